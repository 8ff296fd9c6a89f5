package planner

import (
	"regexp"
	"strings"
)

var (
	afterLabel  = regexp.MustCompile(`(?i)^[\s,:=]*(?:` + copula + `|to|as|of|under|named|called|titled|=|:|,)(?:\s+|$)(?:to |` + copula + ` )?`)
	furtherFact = regexp.MustCompile(`(?i),? and the [\p{L} ]+ (?:is|it'?s|should be) `)
	ordered     = regexp.MustCompile(`(?i)^\W*(?:and )?(?:make|set) (?:the|my)\s+(?:[\p{L}]+\s+){0,2}$`)
	factBefore  = regexp.MustCompile(`(?i) (?:as|for) (?:the|my) [\p{L} ]+?(?:,| and) `)
	lastTo      = regexp.MustCompile(`(?i)^.*?\b(?:to|becomes|into)\s+`)
)

// beside takes free text next to a label: behind it, or before one that ends
// its sentence.
func beside(s sentence, l span, tool *tool, p *param) string {
	text := s.text
	after := strings.TrimRight(strings.TrimSpace(text[l.end:]), ".!?")
	if at := furtherFact.FindStringIndex(after); at != nil {
		after = after[:at[0]]
	}
	if m := afterLabel.FindString(after); m != "" && len(strings.Fields(m)) > 0 && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(m)), "of") {
		if strings.Trim(m, ", ") == "" { // "for the city, go with Delft"
			return core(after[len(m):], p.said(tool))
		}
		return strings.Trim(after[len(m):], `"“” `)
	}
	if m := lastTo.FindString(after); m != "" && tool.writes {
		for _, v := range s.values {
			if at := strings.Index(text[l.end:], after) + l.end + len(m); v.start >= at && v.start <= at+1 && endsSoon.MatchString(text[v.end:]) {
				return v.text
			}
		}
		return strings.Trim(after[len(m):], `"“” `)
	}
	if after != "" {
		if ordered.MatchString(text[:l.start]) {
			return strings.Trim(after, `"“” `)
		}
		return ""
	}
	from := 0
	for _, at := range factBefore.FindAllStringIndex(text[:l.start], -1) {
		from = at[1]
	}
	told := core(text[from:], p.said(tool))
	if at := strings.Index(text, told); told == "" || at+len(told) >= l.start {
		return ""
	}
	return told
}
