package author

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/prompt"
	"github.com/agentscaler/scaler/llm"
)

// A talk is a conversation with a model about one thing: the question, its
// answer, what was found, its next answer.
type talk []scaler.Message

func (t *talk) say(text string) { *t = append(*t, scaler.Message{Role: "user", Content: text}) }

// mostTold is how many findings go back at once.
const mostTold = 40

// object says what was found wrong with an answer, and asks for another.
func (t *talk) object(found []string) {
	if n := len(found) - mostTold; n > 0 {
		found = append(slices.Clone(found[:mostTold]), fmt.Sprintf("and %d more findings like these", n))
	}
	t.say(prompt.Findings(found))
}

// longestAnswer is how many bytes of an answer are looked at.
const longestAnswer = 192 << 10

// hear gets the next answer. An error means that the model did not answer.
func (k *desk) hear(ctx context.Context, t *talk, schema json.RawMessage, about llm.Purpose) (llm.Response, error) {
	zero := 0.0
	about.Turn = len(*t) / 2
	r, err := k.Model.Chat(ctx, llm.Request{Messages: *t, Schema: schema, Temperature: &zero, For: about})
	k.tally.add(&k.tally.asked, 1)
	if err != nil {
		k.tally.add(&k.tally.failed, 1)
		return r, err
	}
	k.tally.spend(r.Usage)
	*t = append(*t, scaler.Message{Role: "assistant", Content: cut(r.Message.Content, longestAnswer)})
	return r, nil
}

// readAnswer reads a structured answer of bearable length.
func readAnswer(r llm.Response, v any) error {
	if n := len(r.Message.Content); n > longestAnswer {
		return fmt.Errorf("the answer is %d bytes long; at most %d are read", n, longestAnswer)
	}
	return llm.Answer(r, v)
}

// cut is the beginning of a text.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "")
}
