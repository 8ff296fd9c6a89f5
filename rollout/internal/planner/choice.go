package planner

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// hearChoice finds one of an enum's values, as it is spelt or as it is said.
func hearChoice(s sentence, tool *tool, p *param) (hearing, bool) {
	best := hearing{}
	ls := labels(s, tool, p)
	for _, e := range p.enum {
		spelt := pyjson.Str(e)
		for _, at := range places(s.tokens, lowerWords(spelt)) {
			v := value{start: at.start, end: at.end}
			score := 0.5
			for _, l := range ls {
				score = max(score, float64(1.1*l.score*nearness(s.text, l, v, tool, p)))
			}
			score += 0.002 * float64(len(spelt)) // "in progress" is not "progress"
			if score > best.score {
				best = hearing{value: e, text: spelt, score: score}
			}
		}
	}
	return best, best.score > 0
}

// places finds where a sentence says words in a row.
func places(tokens []token, want []string) []span {
	var out []span
	for i := 0; len(want) > 0 && i+len(want) <= len(tokens); i++ {
		same := true
		for j, w := range want {
			same = same && (tokens[i+j].word == w || tokens[i+j].stem == lex.Stem(w) && len(w) > 4)
		}
		if same {
			out = append(out, span{start: tokens[i].start, end: tokens[i+len(want)-1].end, score: 1})
		}
	}
	return out
}

var negated = regexp.MustCompile(`(?i)\b(no|not|without|don't|off|false)\b`)

func hearBool(s sentence, tool *tool, p *param) (hearing, bool) {
	n := 0
	for _, w := range p.last {
		if slices.Contains(s.words, w) {
			n++
		}
	}
	if n == 0 || n < len(p.last) {
		return hearing{}, false
	}
	for _, l := range labels(s, tool, p) {
		if m := yesNo.FindStringSubmatch(s.text[l.end:]); m != nil {
			return hearing{value: affirming[strings.ToLower(m[1])], score: 1}, true
		}
	}
	if !tool.writes && !only.MatchString(s.text) {
		return hearing{}, false // it may be what is asked for
	}
	return hearing{value: !negated.MatchString(s.text), score: 1}, true
}

var (
	yesNo     = regexp.MustCompile(`(?i)^\s*(?:[:,]|is|it'?s|should be|to be|to)?\s*(yes|no|true|false)\b`)
	affirming = map[string]bool{"yes": true, "true": true}
	only      = regexp.MustCompile(`(?i)\b(only|that (?:is|are)|which (?:is|are))\b`)
)
