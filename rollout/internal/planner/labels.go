package planner

import (
	"regexp"
	"slices"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A span is where a label stands, and how well it names the parameter.
type span struct {
	start, end int
	score      float64
	name       bool // it is the thing's noun, behind which its name may stand
}

// labels finds where a sentence names a parameter: by its own words, by those
// without "min" or "new", or, for a key, by what it is the key of.
func labels(s sentence, tool *tool, p *param) []span {
	tokens := s.tokens
	wants := [][]string{p.last}
	if core := p.core(); len(core) > 0 && len(core) < len(p.last) {
		wants = append(wants, core)
	}
	if e := p.entity(tool); p.key && len(e) > 0 {
		wants = [][]string{e[len(e)-1:]}
	}
	if p.key && p.required && len(tool.nouns) > 0 && len(wants[0]) > 0 && !tool.kit.things[wants[0][0]] {
		wants = append(wants, tool.nouns[len(tool.nouns)-1:])
	}
	own := len(wants)
	if !p.key && len(p.last) == 1 && naming[p.last[0]] && len(tool.nouns) > 0 {
		wants = append(wants, tool.nouns[len(tool.nouns)-1:])
	}
	context := append(slices.Clone(p.words), tool.nouns...)
	var out []span
	for i := range tokens {
		for n, want := range wants {
			length, score := match(tokens[i:], want)
			if length == 0 {
				continue
			}
			end := i + length
			if p.key && end < len(tokens) && keyStems[tokens[end].stem] {
				end++
				score += 0.1
			}
			if i > 0 && slices.Contains(context, tokens[i-1].stem) && tokens[i-1].stem != want[0] {
				score += 0.1
			} else if i > 0 && foreign(tokens[i-1], p, tool) {
				score -= 0.25
			}
			if n > 0 && n < own && i > 0 && len(lex.Words(tokens[i-1].word)) > 0 && !says(tool.nouns, tokens[i-1].stem) && !says(p.words, tokens[i-1].stem) {
				continue // the due date is not the date
			}
			if i > 0 && tokens[i-1].word == "new" && !tool.writes {
				continue // what is to become of a thing does not find it
			}
			if p.key && tool.writes && i > 0 && tokens[i-1].word == "of" {
				score -= 0.25 // what something else belongs to
			}
			if tool.writes && !p.key && !creating[tool.verb] && i > 0 && slices.Contains(tool.nouns, tokens[i-1].stem) && (being.MatchString(s.text[tokens[end-1].end:]) || beingSo.MatchString(s.text[:tokens[i-1].start]) && !wishing.MatchString(s.text)) {
				continue // it says what is, not what is to be
			}
			if tool.writes && !p.key && qualifying.MatchString(s.text[:tokens[i].start]) {
				continue // it says which thing is meant
			}
			out = append(out, span{tokens[i].start, tokens[end-1].end, score - 0.1*float64(n), n >= own})
		}
	}
	return out
}

var (
	creating = map[string]bool{"creat": true, "add": true, "regist": true, "open": true, "place": true, "plac": true, "submit": true, "fil": true, "file": true, "book": true, "mak": true, "make": true, "request": true, "report": true}
	beingSo  = regexp.MustCompile(`(?i)\b(?:as|that'?s|which is) (?:the|my|our|its) $`)
	wishing  = regexp.MustCompile(`(?i)\b(?:put|use|want|make|enter|go|set|take|write)\b`)
	being    = regexp.MustCompile(`(?i)^,? (?:is|it'?s|that'?s) `)
)

// qualifying is what stands before a label that tells one thing from others:
// "the loan with the due date".
var qualifying = regexp.MustCompile(`(?i)\bwith (?:the |an? )?(?:[\p{L}]+ )?$|\bwith the [^.,]* and (?:the )?(?:[\p{L}]+ )?$`)

// within is what stands somewhere before a value that tells which thing is meant.
var within = regexp.MustCompile(`(?i)\bwith (?:the|an?) `)

// foreign says whether the word before a label makes it another thing's: the
// book title is not the loan's.
func foreign(before token, p *param, tool *tool) bool {
	return tool.kit.things[before.stem] && !says(p.words, before.stem) && !says(tool.nouns, before.stem)
}

// naming are last words of parameters that take what a thing is called by.
var naming = map[string]bool{"nam": true, "name": true, "titl": true, "title": true, "queri": true, "query": true, "q": true, "search": true, "keyword": true, "text": true, "term": true}

// match says how many tokens make up the wanted words, and how exactly.
func match(tokens []token, want []string) (int, float64) {
	if len(want) == 0 || len(tokens) < len(want) {
		return 0, 0
	}
	score := 0.0
	for i, w := range want {
		a := lex.Akin(tokens[i].stem, w)
		if a < 0.7 {
			return 0, 0
		}
		score += a
	}
	return len(want), score / float64(len(want))
}
