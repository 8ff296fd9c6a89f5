package world

import (
	"encoding/json"
	"fmt"
	"regexp"
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

// checkChoices refuses a value that the description does not name.
func (w *writer) checkChoices() {
	for _, p := range w.o.params {
		choices := texts(choicesIn(p.Schema.text("description")))
		if p.Schema.typ() != "string" || len(p.Schema.list("enum")) > 0 || len(choices) < 2 {
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
