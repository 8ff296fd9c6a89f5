package planner

import (
	"regexp"
	"slices"
	"strings"
)

// A hearing is a value that the user gave for a parameter, and how sure that is:
// 1 and more where it stands beside the parameter's label.
type hearing struct {
	value any
	text  string
	score float64
	turn  int
}

// hear finds what the user gave for a parameter, in a goal's clause before the
// rest of the talk.
func hear(t *talk, tool *tool, p *param, clause sentence, not ...string) (hearing, bool) {
	best, found := t.answered(tool, p)
	consider := func(s sentence, bonus float64, loose bool) {
		h, ok := hearIn(s.without(not), tool, p, loose)
		if ok && h.score+bonus > best.score {
			h.score += bonus
			h.turn = s.turn
			best, found = h, true
		}
	}
	if !found {
		consider(clause, 0.2, true)
		for _, s := range t.sentences {
			if !s.unless && s.text != clause.text {
				bonus := 0.0
				if !s.answer && !tool.kit.telling(s) {
					bonus = -0.3 // it is about something else
				}
				consider(s, bonus, s.turn == clause.turn && p.required)
			}
		}
	}
	return best, found && best.score >= 0.3
}

// marked is hear for a goal whose tool an earlier goal has too: only what is
// called new or second, or stands in the goal's own clause.
func marked(t *talk, g goal, p *param) (hearing, bool) {
	var best hearing
	for _, s := range append([]sentence{g.clause}, t.sentences...) {
		if s.text != g.clause.text && !another.MatchString(s.text) {
			continue
		}
		for _, part := range parts.Split(s.text, -1) {
			if s.text != g.clause.text && !another.MatchString(part) {
				continue
			}
			if h, ok := hearIn(t.sentence(part, s.turn, s.answer), g.tool, p, false); ok && h.score > best.score {
				best = h
			}
		}
	}
	return best, best.score >= 0.6
}

var (
	another = regexp.MustCompile(`(?i)\b(new|second|other)\b`)
	parts   = regexp.MustCompile(`(?:,| and) the `)
)

// without returns a sentence in which some values do not count.
func (s sentence) without(texts []string) sentence {
	if len(texts) > 0 {
		s.memo = nil
		s.values = slices.DeleteFunc(slices.Clone(s.values), func(v value) bool { return slices.Contains(texts, v.text) })
	}
	return s
}

// hearIn finds a parameter's value in one sentence; loose also takes one that
// stands without a label.
func hearIn(s sentence, tool *tool, p *param, loose bool) (hearing, bool) {
	if s.memo != nil {
		return s.memo.hear(s, tool, p, loose)
	}
	return listenFor(s, tool, p, loose)
}

func listenFor(s sentence, tool *tool, p *param, loose bool) (hearing, bool) {
	switch {
	case len(p.enum) > 0:
		return hearChoice(s, tool, p)
	case p.kind == "boolean":
		return hearBool(s, tool, p)
	}
	best := hearing{}
	take := func(text string, score float64) {
		if v, ok := convert(text, p); ok && score > best.score {
			best = hearing{value: v, text: text, score: score}
		}
	}
	for _, l := range labels(s, tool, p) {
		for _, v := range s.values {
			if !tool.writes && becomes(s, v) {
				continue
			}
			if fit := fits(v, p); fit > 0 && (!l.name || v.kind == name || v.kind == quoted) {
				take(v.text, float64(l.score*fit*nearness(s.text, l, v, tool, p)))
			}
		}
		if p.kind == "string" && p.format == "" && !p.key && !l.name {
			if text := beside(s, l, tool, p); len(strings.Fields(text)) > 1 {
				take(text, 0.98*l.score)
			} else {
				take(text, 0.7*l.score)
			}
		}
	}
	if best.score < 0.9 && len(s.values) == 1 && !s.answer && tool.kit.telling(s) {
		for _, l := range labels(s, tool, p) { // the only value belongs to the only label
			if v := s.values[0]; !l.name && (v.end <= l.start || v.start >= l.end) {
				take(v.text, float64(0.95*l.score*fits(v, p)))
			}
		}
	}
	if loose {
		for _, v := range s.values {
			if fit := fits(v, p); fit > 0 && best.score < 0.3 && (s.answer || !attached(s, v, p, tool)) && !((tool.writes || p.key) && within.MatchString(s.text[:v.start])) {
				take(v.text, 0.45*fit)
			}
		}
	}
	return best, best.score > 0
}
