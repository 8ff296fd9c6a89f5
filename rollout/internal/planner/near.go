package planner

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// becomes says whether a value is what something is to be changed to.
func becomes(s sentence, v value) bool {
	return change.MatchString(s.text) && changedTo.MatchString(s.text[:v.start]) && endsSoon.MatchString(s.text[v.end:])
}

var change = regexp.MustCompile(`(?i)\b(?:chang|set|updat|switch|edit|modif|correct|becom|put|replac|swap|amend|adjust|fix|revis)`)

// attached says whether the words right before a value make it another
// parameter's: "the member number 17" gives no locker.
func attached(s sentence, v value, p *param, tool *tool) bool {
	near := 0
	for i := len(s.tokens) - 1; i >= 0 && near < 2; i-- {
		t := s.tokens[i]
		if t.end > v.start || len(lex.Words(t.word)) == 0 {
			continue
		}
		near++
		if keyStems[t.stem] || t.stem == tool.verb {
			continue
		}
		return !says(p.words, t.stem) && !slices.Contains(p.doc, t.stem) && t.end >= v.start-12
	}
	return false
}

// copula is what stands between a label and what it is.
const copula = `(?:is|are|was|were|(?:should|must|will|would|ought to|has to|have to|needs to) (?:be|read|say)|reads?|says?|it'?s|that'?s|it is|that is|they'?re|those are|becomes|be)`

var (
	linked    = regexp.MustCompile(`(?i)^[\s"'“(]*(?:(?:,?\s*(?:i have|` + copula + `)|=|:|to|as|by|number|no\.?|code|id|called|named|titled|#)[\s"'“(#]*)*$`)
	linkedOf  = regexp.MustCompile(`(?i)^\s+(?:of|at|on|from|in|by|under|for)\s+["'“(]?$`)
	turned    = regexp.MustCompile(`(?i)^["'”)]?,?\s+(?:(?:that|this|which) )?(?:` + copula + `|as|for|in)\s+(?:the|my|a|an|our|its|your|their|his|her)?\s*(?:[\p{L}]+\s+){0,2}$`)
	changedTo = regexp.MustCompile(`(?i)\b(?:to|becomes|into|with|by|at)\s+["'“(]?$`)
	endsSoon  = regexp.MustCompile(`(?i)^["'”)]?(?:\s*[.,!?;]|\s+(?:and|for|please|instead|in|on|at)\b|\s*$)`)
)

// nearness says how surely a value belongs to a label: 1 where nothing but a
// linking word is between them, little where other things are.
func nearness(text string, l span, v value, tool *tool, p *param) float64 {
	if v.start >= l.end {
		between := text[l.end:v.start]
		switch {
		case linked.MatchString(between):
			return 1
		case !p.key && linkedOf.MatchString(between):
			return 0.85
		case tool.writes && changedTo.MatchString(between) && endsSoon.MatchString(text[v.end:]):
			return 0.95
		case p.key || strings.ContainsAny(between, ",;") || strings.Contains(between, " and ") || strings.Contains(between, " with ") || strings.Contains(between, " of "):
			return 0
		}
		return max(0, 0.75-0.1*float64(len(strings.Fields(between))))
	}
	if v.end <= l.start {
		between := text[v.end:l.start]
		if turned.MatchString(between) {
			return 0.95
		}
	}
	return 0
}
