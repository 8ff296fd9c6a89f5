package spec

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"text/template"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/llm"
)

// A Rewrite is what became of asking a model for a better description.
type Rewrite struct {
	Before, After string // the same where the model was turned down
	Finding       string // why the last answer was turned down; empty where it was taken
	Usage         scaler.Usage
}

//go:embed rewrite.md
var rewriteText string

var rewritePrompt = template.Must(template.New("rewrite.md").Parse(rewriteText))

// rewriteAnswer is the schema of what the model answers.
const rewriteAnswer = `{"type":"object","properties":{"description":{"type":"string"},` +
	`"parameters":{"type":"array","items":{"type":"string"}}},"required":["description","parameters"]}`

// rewriters is how many descriptions are asked for at a time.
const rewriters = 8

// rewritten has the model write the weak descriptions anew. The order stays.
func (r Reader) rewritten(ctx context.Context, items iter.Seq2[Item, error]) iter.Seq2[Item, error] {
	if r.Model == nil {
		return items
	}
	return ordered(ctx, items, rewriters, func(item Item) Item {
		if item.Tool != nil && weakText(item.Tool) {
			item.Rewrite = rewrite(ctx, r.Model, item.Tool)
			item.Tool.Description = item.Rewrite.After
		}
		return item
	})
}

// weakText says whether a description tells no more than the tool's name and
// schema: it is short, or made of their words.
func weakText(t *scaler.Tool) bool {
	known := map[string]bool{"takes": true, "returns": true, "more": true}
	for _, name := range append(append(propertyNames(t.Parameters), resultNames(t.Result)...), t.Name, t.Title, t.Path) {
		for _, w := range words.Split(name) {
			known[words.Singular(w)] = true
		}
	}
	telling := 0
	for _, w := range words.Split(t.Description) {
		if !known[w] && !known[words.Singular(w)] && !filler[w] {
			telling++
		}
	}
	return t.Language != "" || telling < 3
}

// rewriteTries is how often a model may answer for one tool.
const rewriteTries = 2

// rewrite asks for a description and checks it. A model that fails, or invents
// something twice, changes nothing.
func rewrite(ctx context.Context, model llm.Model, t *scaler.Tool) *Rewrite {
	out := &Rewrite{Before: t.Description, After: t.Description}
	for try := range rewriteTries {
		var question strings.Builder
		about := struct {
			*scaler.Tool
			Parameters, Result, Finding string
		}{t, string(t.Parameters), string(t.Result), out.Finding}
		if err := rewritePrompt.Execute(&question, about); err != nil {
			panic(err) // unreachable: the template is fixed, and a Builder takes everything
		}
		resp, err := model.Chat(ctx, llm.Request{
			Messages: []scaler.Message{{Role: "user", Content: question.String()}},
			Schema:   json.RawMessage(rewriteAnswer),
			For:      llm.Purpose{Stage: "spec", Item: string(t.ID), Role: "writer", Turn: try},
		})
		if err != nil {
			out.Finding = err.Error()
			return out
		}
		out.Usage.Prompt += resp.Usage.Prompt
		out.Usage.Completion += resp.Usage.Completion
		var answer struct {
			Description string
			Parameters  []string
		}
		if err := llm.Answer(resp, &answer); err != nil {
			out.Finding = "no JSON object with a description"
			continue
		}
		if out.Finding = invented(t, answer.Description, answer.Parameters); out.Finding == "" {
			out.After = plainText(answer.Description, toolText)
			return out
		}
	}
	return out
}

// invented checks a description against its tool and says what is wrong with it:
// a parameter the tool does not have, named as one or spelt like one, or no text
// worth having.
func invented(t *scaler.Tool, text string, named []string) string {
	if n := len(strings.Fields(text)); n < 4 {
		return fmt.Sprintf("%d words are no description", n)
	}
	params := propertyNames(t.Parameters)
	for _, name := range named {
		if !slices.Contains(params, name) {
			return fmt.Sprintf("the tool has no parameter %q", name)
		}
	}
	known := vocabulary(t)
	for _, token := range identifiers(text) {
		if !known[strings.ToLower(token)] {
			return fmt.Sprintf("the tool has no parameter %q", token)
		}
	}
	for _, w := range taken(text) {
		if !known[w] && !known[words.Singular(w)] {
			return fmt.Sprintf("nothing says that it takes %q", w)
		}
	}
	return ""
}

// vocabulary holds every word the specification itself uses for a tool, whole
// names as well as their parts, in lower case.
func vocabulary(t *scaler.Tool) map[string]bool {
	known := map[string]bool{}
	texts := []string{t.Name, t.Title, t.Description, t.Service, t.Path, t.Method}
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case string:
			texts = append(texts, v)
		case []any:
			for _, e := range v {
				collect(e)
			}
		case *object:
			for k, e := range v.all() {
				texts = append(texts, k)
				collect(e)
			}
		}
	}
	for _, schema := range []json.RawMessage{t.Parameters, t.Result} {
		v, _ := parseJSON(string(schema))
		collect(v)
	}
	for _, text := range texts {
		known[strings.ToLower(text)] = true
		for field := range strings.FieldsSeq(text) {
			known[strings.ToLower(strings.Trim(field, ".,;:()'\"`"))] = true
		}
		for _, w := range words.Split(text) {
			known[w], known[words.Singular(w)] = true, true
		}
	}
	return known
}

// identifiers returns what is spelt like a name of a program: order_id, orderId, `id`.
func identifiers(text string) []string {
	var out []string
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			out = append(out, part)
		}
	}
	for field := range strings.FieldsSeq(text) {
		field = strings.Trim(field, ".,;:()'\"`?!")
		if strings.Contains(field, "_") || isCamel(field) {
			out = append(out, field)
		}
	}
	return out
}

func isCamel(s string) bool {
	if s == "" || s[0] < 'a' || s[0] > 'z' || strings.ContainsAny(s, "/-'’") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' }) > 0
}

// taken returns the telling words of the clauses that say what a tool takes.
func taken(text string) []string {
	var out []string
	inside := false
	for field := range strings.FieldsSeq(text) {
		w := strings.ToLower(strings.Trim(field, ".,;:()'\"`?!"))
		switch {
		case takeWords[w]:
			inside = true
		case w == "returns" || w == "return" || w == "returning":
			inside = false
		case inside && w != "" && !connectives[w]:
			for _, part := range words.Split(w) {
				if !connectives[part] {
					out = append(out, part)
				}
			}
		}
		if strings.ContainsAny(field[len(field)-1:], ".;:!?") {
			inside = false
		}
	}
	return out
}

var (
	takeWords   = wordSet(`takes take taking requires require requiring accepts accept accepting needs expects given`)
	connectives = wordSet(`a an the of and or to in on for with by as its their it that which optional optionally required require
		no any one two three more than least at most is are be from each every this these also both either other into if
		parameter parameters argument arguments input inputs value values name names number text string list object body
		given such all only up not only when where whether per`)
)
