package export

import (
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"pgregory.net/rapid"
)

// Any conversation that a form can hold comes back from it; a form that cannot
// hold it says so.
func TestAnyConversationComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLine(conversation("x", "library", drawTalk(t)...), Part{General, Train}, nil)
		for _, f := range Formats {
			text, err := f.Encode(l)
			if err == errMarks {
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			got, err := f.Decode(text)
			if err != nil {
				t.Fatalf("%s: %v in %s", f.Name, err, text)
			}
			if essence(got) != essence(l) {
				t.Fatalf("%s:\n got %s\nwant %s", f.Name, essence(got), essence(l))
			}
		}
	})
}

// drawTalk draws a conversation whose parts take turns.
func drawTalk(t *rapid.T) []scaler.Message {
	text := rapid.StringMatching(`[a-z<>/_"\\\n ,é😀]{1,20}x`)
	var talk []scaler.Message
	for range rapid.IntRange(1, 3).Draw(t, "rounds") {
		talk = append(talk, said("user", text.Draw(t, "user")))
		for range rapid.IntRange(0, 2).Draw(t, "steps") {
			talk = append(talk, drawCalls(t, text)...)
		}
		answer := said("assistant", text.Draw(t, "answer"))
		answer.Reasoning = rapid.OneOf(rapid.Just(""), text).Draw(t, "thought")
		talk = append(talk, answer)
	}
	return talk
}

func drawCalls(t *rapid.T, text *rapid.Generator[string]) []scaler.Message {
	wish := scaler.Message{Role: "assistant", Content: rapid.OneOf(rapid.Just(""), text).Draw(t, "before")}
	var results []scaler.Message
	for range rapid.IntRange(1, 3).Draw(t, "calls") {
		arguments := object("z", text.Draw(t, "value"), "a", rapid.Float64Range(-1e9, 1e9).Draw(t, "number"))
		wish.ToolCalls = append(wish.ToolCalls, scaler.ToolCall{Name: "get_member", Arguments: string(pyjson.Marshal(arguments))})
		results = append(results, scaler.Message{Role: "tool", Content: text.Draw(t, "result")})
	}
	return append([]scaler.Message{wish}, results...)
}
