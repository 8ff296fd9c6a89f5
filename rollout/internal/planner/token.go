package planner

import (
	"regexp"
	"strings"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A token is a word where it stands.
type token struct {
	word, stem string
	start, end int
}

var word = regexp.MustCompile(`[\p{L}\d]+(?:[-'’][\p{L}\d]+)*`)

func tokenize(text string) []token {
	var out []token
	for _, at := range word.FindAllStringIndex(text, -1) {
		w := strings.ToLower(text[at[0]:at[1]])
		w = strings.NewReplacer("-", "", "'s", "", "’s", "").Replace(w)
		if n := len(out); (w == "in" || w == "out") && n > 0 && out[n-1].word == "check" {
			out[n-1] = token{"check" + w, "check" + w, out[n-1].start, at[1]}
			continue
		}
		out = append(out, token{w, lex.Stem(w), at[0], at[1]})
	}
	return out
}

func lowerWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
}
