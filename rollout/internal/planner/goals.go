package planner

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A goal is a tool that the user wants to have called, and the words that said so.
type goal struct {
	tool   *tool
	clause sentence
	unless bool // only if the goal before it cannot be reached
	ask    bool // the user wants to know something
}

// least is the score below which a clause asks for no tool at all.
const least = 1.2

// goals reads what the user wants, in the order in which it was said.
func (k *kit) goals(t *talk) []goal {
	var out []goal
	best, bestScore := goal{}, 0.0
	for i, s := range t.sentences {
		if s.answer && i > 0 {
			continue
		}
		for _, c := range k.clauses(t, s) {
			g, score := k.goal(t, c)
			if g.tool == nil {
				continue
			}
			if c.fact && !g.ask || score < least || !g.wanted(c) {
				if score > bestScore {
					best, bestScore = g, score
				}
				continue
			}
			out = append(out, g)
		}
	}
	if len(out) == 0 && best.tool != nil {
		return []goal{best}
	}
	return out
}

// asking finds words that want to know something.
var asking = regexp.MustCompile(`(?i)\b(tell me|know|look(?:ing)? up|look at|find out|check|what|what's|which|who|when|where|how (?:many|much|long|old|far|often)|let me (?:know|have|see)|curious|wonder(?:ing)?|show me|see|give me|list|find)\b`)

// wanted says whether a clause asks for the goal's tool at all: by a question,
// or by the tool's verb.
func (g goal) wanted(c sentence) bool {
	return g.ask && !g.tool.writes || g.says(c) >= 0.7
}

// says returns how plainly a clause uses the tool's verb.
func (g goal) says(c sentence) float64 {
	best := 0.0
	for _, w := range c.words {
		best = max(best, lex.Akin(w, g.tool.verb))
	}
	return best
}

// goal finds the tool that a clause asks for.
func (k *kit) goal(t *talk, c sentence) (goal, float64) {
	best, bestScore := goal{}, 0.0
	ask := asking.MatchString(c.text)
	for _, tool := range k.tools {
		if s := k.score(t, c, tool, ask); best.tool == nil || s > bestScore {
			best, bestScore = goal{tool: tool, clause: c, unless: c.unless, ask: ask}, s
		}
	}
	return best, bestScore
}

// score says how well a clause fits a tool.
func (k *kit) score(t *talk, c sentence, tool *tool, ask bool) float64 {
	s := 0.0
	seen := map[string]bool{}
	for _, w := range c.words {
		if seen[w] {
			continue
		}
		seen[w] = true
		fit := tool.doc[w]
		for _, n := range append([]string{tool.verb}, tool.nouns...) {
			if a := lex.Akin(w, n); a < 1 {
				fit = max(fit, float64(a*1.8))
			}
		}
		s += float64(fit * k.of(w))
	}
	for _, n := range tool.nouns {
		if !says(c.words, n) {
			s -= float64(1.2 * k.of(n))
		}
	}
	verb := goal{tool: tool}.says(c)
	switch {
	case tool.writes && verb < 0.7:
		s -= 3
	case tool.writes && ask && verb < 1:
		s -= 1.5
	case !tool.writes && !ask:
		s -= 2
	case !tool.writes && ask:
		s += 1
	}
	if target := target(c.text); target != "" && len(tool.nouns) > 0 && !tool.writes {
		if lex.Akin(target, tool.nouns[len(tool.nouns)-1]) >= 0.8 {
			s += 1.5
		}
	}
	for i := range tool.params {
		if p := &tool.params[i]; p.required && p.key {
			if h, ok := hear(t, tool, p, c); ok && h.score >= 0.8 {
				s += 0.8
			} else {
				s -= 0.4
			}
		}
	}
	return s
}

func says(words []string, stem string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return lex.Akin(w, stem) >= 0.7 })
}

var ofWhat = regexp.MustCompile(`(?i)\b(?:of|for|about) (?:the |my |an? |our |this |that |order )?([\p{L}]+)`)

// target is the first thing of which something is asked: the loan in "the due
// date of my loan".
func target(text string) string {
	found := ofWhat.FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	return lex.Stem(strings.ToLower(found[1]))
}

// clauses cuts a sentence where a new request begins: "cancel A and update B".
func (k *kit) clauses(t *talk, s sentence) []sentence {
	text, unless := s.text, s.unless
	if unless {
		_, rest, found := strings.Cut(text, ",")
		if !found {
			return nil
		}
		text = rest
		if stating.MatchString(text) || misread.MatchString(text) {
			return nil
		}
	}
	var out []sentence
	start := 0
	for _, at := range joint.FindAllStringIndex(text, -1) {
		rest := text[at[1]:]
		word, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
		if inQuotes(text, at[0]) || !k.begins(strings.ToLower(strings.Trim(word, ".,?!"))) {
			continue
		}
		out = append(out, t.sentence(text[start:at[0]], s.turn, s.answer))
		start = at[1]
	}
	out = append(out, t.sentence(text[start:], s.turn, s.answer))
	for i := range out {
		out[i].unless = unless
		if i == 0 {
			out[i].fact = s.fact && !unless
		}
	}
	return out
}

var (
	joint   = regexp.MustCompile(`(?i)(?:,|;)? (?:and then|and also|then|and|after that)(?: please)? |, (?:please )?`)
	misread = regexp.MustCompile(`(?i)\b(misread|got it wrong|mistyped|mixed|mistake)\b`)
)

func inQuotes(text string, at int) bool { return strings.Count(text[:at], `"`)%2 == 1 }

// begins says whether a word can begin a request to one of the tools.
func (k *kit) begins(word string) bool {
	if word == "tell" || word == "check" || word == "let" {
		return true
	}
	st := lex.Stem(word)
	return isVerb(word) && slices.ContainsFunc(k.tools, func(t *tool) bool { return lex.Akin(st, t.verb) >= 0.7 }) ||
		slices.ContainsFunc(k.tools, func(t *tool) bool { return st == t.verb })
}
