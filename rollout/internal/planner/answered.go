package planner

import (
	"regexp"
	"slices"
	"strings"
)

// answered returns what the user said when asked for a parameter.
func (t *talk) answered(tool *tool, p *param) (hearing, bool) {
	for _, q := range slices.Backward(t.questions) {
		if !asksFor(q.text, p) || unknowing.MatchString(q.answer) {
			continue
		}
		alone := !strings.Contains(q.text, ", or the ")
		best := hearing{}
		for _, s := range q.said {
			if h, ok := hearIn(s, tool, p, alone); ok && h.score > best.score {
				best = h
			}
		}
		if best.score < 0.6 && alone && p.required && free(p) && !tellsNothing(q.answer, p.said(tool)) {
			best = hearing{value: core(q.answer, p.said(tool)), score: 0.5}
		}
		if alone && free(p) && best.score > 0 {
			if whole := core(q.answer, p.said(tool)); strings.Contains(whole, best.text) && !severalFacts.MatchString(whole) {
				best.value, best.text = whole, whole // not only the name in it
			}
		}
		if best.score > 0 {
			best.score += 1
			return best, true
		}
	}
	return hearing{}, false
}

// free says whether a parameter takes any text.
func free(p *param) bool {
	return p.kind == "string" && !p.key && len(p.enum) == 0 && p.format == ""
}

// severalFacts is found where an answer gives more than one value.
var severalFacts = regexp.MustCompile(`(?i) (?:as|for|is|are) (?:the|my|it) |, the `)

// unknowing is how people say that they cannot tell.
var unknowing = regexp.MustCompile(`(?i)\b(don'?t (?:know|have|remember|recall)|do not (?:know|have)|no idea|not sure|can'?t (?:say|tell|remember)|couldn'?t (?:say|tell)|afraid|haven'?t got|no clue|wouldn'?t know|beyond me)\b`)

// asksFor says whether a question names a parameter's label.
func asksFor(question string, p *param) bool {
	for _, label := range []string{"the " + p.label, "the new " + p.label} {
		_, after, found := strings.Cut(question, label)
		if found && (after == "" || strings.ContainsRune("?,.!", rune(after[0]))) {
			return true
		}
	}
	return false
}
