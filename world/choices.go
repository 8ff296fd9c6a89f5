package world

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// "The reason, which should be either 'too late' or 'too dear'": choices that
// only the description tells.

var saidChoices = regexp.MustCompile(`(?i)\b(?:either|one of|any of)[: ]+((?:['"‘’“”][^'"‘’“”]{1,40}['"‘’“”](?:,? or |, | / )?){2,})`)

var quotedText = regexp.MustCompile(`['"‘’“”]([^'"‘’“”]{1,40})['"‘’“”]`)

// choicesIn returns the values of which a text says that one must be given.
func choicesIn(text string) []json.RawMessage {
	m := saidChoices.FindStringSubmatch(strings.Join(strings.Fields(text), " "))
	if m == nil {
		return nil
	}
	var out []json.RawMessage
	for _, q := range quotedText.FindAllStringSubmatch(m[1], -1) {
		out = append(out, pyjson.Marshal(q[1]))
	}
	return out
}

// explained is one of the numbers of which a text says what each means.
var explained = regexp.MustCompile(`\b(\d{1,3})\)? ?(?:=|:|：|-|–|for|means) ?['"]?\p{L}`)

// numbersIn returns the numbers that a text explains: 0 = active, 1 = done.
func numbersIn(text string) []json.RawMessage {
	var out []json.RawMessage
	for _, m := range explained.FindAllStringSubmatch(text, -1) {
		if v := json.RawMessage(m[1]); !slices.ContainsFunc(out, func(have json.RawMessage) bool { return string(have) == m[1] }) {
			out = append(out, v)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// checkChoices refuses a value that the description does not name.
func (w *writer) checkChoices() {
	for _, p := range w.o.params {
		choices := texts(choicesIn(p.Schema.Text("description")))
		if p.Schema.Type() != "string" || len(p.Schema.List("enum")) > 0 || len(choices) < 2 {
			continue
		}
		condition := w.arg(p) + " not in " + quotes(choices)
		if !p.Required || p.Wrap != "" {
			condition = w.arg(p) + " != None and " + condition
		}
		rule := w.rule(scaler.Rule{Kind: "limit", Text: fmt.Sprintf("The %s must be %s.", spoken(p.Name), either(choices))}, p.Name)
		w.line(1, "if %s:", condition)
		w.line(2, `refuse("invalid_arguments", %s, rule = %s)`, quote(fmt.Sprintf("The %s must be %s.", spoken(p.Name), either(choices))), quote(rule))
	}
}
