package english

import (
	"regexp"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// LeadingVerb returns the verb that begins a description: "Returns the orders".
func LeadingVerb(text string) string {
	for i, w := range words.Split(FirstWords(Unannounced(text), 3)) {
		if i == 0 && (w == "returns" || w == "lists") {
			w = words.Singular(w)
		}
		for _, form := range forms(w) {
			if form == "return" {
				return "get"
			}
			if _, ok := Verbs[form]; ok && !NounVerbs[form] {
				return form
			}
		}
		if i == 0 && (w == "this" || w == "use" || w == "the") {
			continue
		}
		return ""
	}
	return ""
}

// forms are what a verb may be of which a word is the form after he, she or it.
func forms(w string) []string {
	return []string{w, strings.TrimSuffix(w, "s"), strings.TrimSuffix(w, "es")}
}

// announced is what descriptions begin with that are about the tool: "Tool to
// reclaim a submission", "This operation removes".
var announced = regexp.MustCompile(`(?i)^\s*(?:a |an |this |the )?(?:tool|action|function|operation|endpoint|method|call|command) (?:(?:is )?used to |allows (?:you|users) to |lets you |to )?`)

// Unannounced is a description without what announces the tool.
func Unannounced(text string) string {
	return strings.TrimPrefix(text, announced.FindString(text))
}

// FirstWords is the beginning of a text: its first so many words.
func FirstWords(text string, n int) string {
	f := strings.Fields(text)
	return strings.Join(f[:min(n, len(f))], " ")
}
