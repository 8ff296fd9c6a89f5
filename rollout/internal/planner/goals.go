package planner

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A goal is a tool that the user wants to have called, and the words that said so.
type goal struct {
	tool   *tool
	clause sentence
	unless bool // only if the goal before it cannot be reached
	ask    bool // the user wants to know something
	again  bool // an earlier goal has the same tool: what is "new" belongs here
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
			if k.states(c, g) || score < least || !g.wanted(c) {
				if score > bestScore {
					best, bestScore = g, score
				}
				continue
			}
			g.unless = g.unless && len(out) > 0
			g.again = slices.ContainsFunc(out, func(o goal) bool { return o.tool == g.tool })
			out = append(out, g)
		}
	}
	if len(out) == 0 && best.tool != nil {
		return []goal{best}
	}
	return out
}

// states says whether a clause only gives a value, rather than asking or telling
// for anything.
func (k *kit) states(c sentence, g goal) bool {
	return k.telling(c) && !g.ask && (setting.MatchString(c.text) || k.orders(c, g.tool.verb) < 0.7)
}

// wanted says whether a clause asks for the goal's tool at all: by a question,
// or by the tool's verb.
func (g goal) wanted(c sentence) bool {
	return g.ask && !g.tool.writes || g.says(c) >= 0.7 && (g.tool.writes || !c.fact)
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
	ask := k.asks(c)
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
	switch verb := k.orders(c, tool.verb); {
	case tool.writes:
		s -= float64(3 * (1 - verb))
		if ask && verb < 0.7 {
			s -= 3
		}
	case !ask:
		s -= 3
	default:
		s++
	}
	if ask && !tool.writes {
		s += k.aims(c, tool)
	}
	if tool.writes {
		s += k.object(c, tool)
	}
	for i := range tool.params {
		p := &tool.params[i]
		h, ok := hear(t, tool, p, c)
		switch {
		case ok && h.score >= 0.9:
			s += 0.8
		case p.required && !p.fixed && !p.key && ask:
			s -= 3 // what is asked for is not what it takes
		case p.required && !p.fixed:
			s -= 0.4
		}
	}
	return s
}

// orders says how plainly a clause uses a verb to ask for something to be done:
// in the place of a command, or just somewhere.
func (k *kit) orders(c sentence, verb string) float64 {
	best := 0.0
	for i, t := range c.tokens {
		a := lex.Akin(t.stem, verb)
		if a < 0.7 || inQuotes(c.text, t.start) {
			continue
		}
		if !nominal.MatchString(t.word) && (i == 0 && !titled.MatchString(c.text) || i > 0 && k.verbal(c, i)) {
			best = max(best, a)
		} else {
			best = max(best, 0.4*a)
		}
	}
	if changing[verb] && becoming.MatchString(c.text) {
		best = 1
	}
	return best
}

var (
	pausing   = regexp.MustCompile(`[:;,]`)
	titled    = regexp.MustCompile(`^\W*[\p{L} ]{2,40}:`)
	nominal   = regexp.MustCompile(`(?:ments?|[ts]ions?|als|nces?)$`)
	causative = regexp.MustCompile(`(?i)\b(?:get|have|want|need|like|see|is|are|be)\b`)
	becoming  = regexp.MustCompile(`(?i)\b(becomes?|changed (?:in)?to|is set to|to be set to)\b`)
)

// commanding are words before a verb that is a command.
var commanding = set("to you please and then me just kindly also now could can is us help would should must let lets i we")

func says(words []string, stem string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return lex.Akin(w, stem) >= 0.7 })
}

// aims says how well a reading tool fits what a question is about: the loan in
// "the due date of my loan", all loans in "how many loans".
func (k *kit) aims(c sentence, tool *tool) float64 {
	if len(tool.nouns) == 0 {
		return 0
	}
	at := slices.IndexFunc(c.tokens, func(t token) bool { return t.word == "many" || t.word == "of" || t.word == "about" })
	for _, t := range c.tokens[at+1:] {
		if !k.things[t.stem] {
			continue
		}
		s := -3.0
		if slices.Contains(tool.nouns, t.stem) {
			s = 3
		}
		many := words.Singular(t.word) != t.word || at >= 0 && c.tokens[at].word == "many" || highest.MatchString(c.text) || lowest.MatchString(c.text)
		switch {
		case many == tool.lists:
			s += 1
		case many:
			s -= 1.5
		}
		return s
	}
	return 0
}

// object says how well a writing tool fits what a command is about: the first
// thing behind its verb.
func (k *kit) object(c sentence, tool *tool) float64 {
	at := slices.IndexFunc(c.tokens, func(t token) bool { return lex.Akin(t.stem, tool.verb) >= 0.7 })
	if at < 0 || len(tool.nouns) == 0 {
		return 0
	}
	for i, t := range c.tokens[at+1:] {
		if !k.things[t.stem] {
			continue
		}
		if next := at + i + 2; next < len(c.tokens) && k.things[c.tokens[next].stem] {
			continue // of "ticket order" the last word counts
		}
		if slices.Contains(tool.nouns, t.stem) {
			return 2.5
		}
		return -2
	}
	return 0
}

// clauses cuts a sentence where a new request begins: "cancel A and update B".
func (k *kit) clauses(t *talk, s sentence) []sentence {
	text, unless := s.text, s.unless
	if unless {
		if _, rest, found := strings.Cut(text, ","); found {
			text = rest
		}
		if c := t.sentence(text, s.turn, s.answer); k.telling(c) || misread.MatchString(text) {
			return nil
		}
	}
	var out []sentence
	start := 0
	for _, at := range joint.FindAllStringIndex(text, -1) {
		rest := text[at[1]:]
		if inQuotes(text, at[0]) || !k.begins(lowerWords(rest)) {
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

// begins says whether words begin a request to one of the tools: with a verb,
// and what it is about.
func (k *kit) begins(text []string) bool {
	if len(text) < 2 {
		return false
	}
	verb, next := text[0], text[1]
	if verb == "tell" || verb == "let" {
		return next == "me"
	}
	if !determiners[next] && !k.things[lex.Stem(next)] {
		return false
	}
	st := lex.Stem(verb)
	return slices.ContainsFunc(k.tools, func(t *tool) bool {
		return st == t.verb || isVerb(verb) && lex.Akin(st, t.verb) >= 0.7
	})
}

var determiners = set("the a an my our this that it its all any another her his their me one")
