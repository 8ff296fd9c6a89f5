package planner

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A sentence orders, asks or tells. People order by the verbs of tools and tell
// with values; what does neither and speaks of a thing asks, in whatever words.

// telling says whether a sentence only tells: it holds a value, and neither
// orders nor asks.
func (k *kit) telling(s sentence) bool {
	return k.mood(s).tells
}

// A mood is what a sentence does, to those who have a kit.
type mood struct{ tells, orders, asks bool }

// mood finds a sentence's mood, once.
func (k *kit) mood(s sentence) mood {
	if s.memo == nil {
		return mood{tells: s.fact}
	}
	s.memo.mu.Lock()
	m, known := s.memo.moods[k]
	s.memo.mu.Unlock()
	if !known {
		s = s.memo.sentence // as it is by itself, wherever it stands
		m.orders = k.orderly(s)
		m.tells = k.tells(s, m.orders)
		m.asks = wondering(s) || !m.orders && (k.aboutSome(s) || !s.fact && !m.tells && k.thing(s))
		s.memo.mu.Lock()
		s.memo.moods[k] = m
		s.memo.mu.Unlock()
	}
	return m
}

func (k *kit) tells(s sentence, orders bool) bool {
	switch {
	case orders:
		return s.fact && setting.MatchString(s.text)
	case s.fact:
		return !k.aboutSome(s)
	}
	return len(s.values) > 0 && !strings.HasSuffix(s.text, "?") && !wondering(s)
}

// asks says whether a clause wants to know something.
func (k *kit) asks(c sentence) bool { return k.mood(c).asks }

// thing says whether a sentence speaks of what the tools are about.
func (k *kit) thing(s sentence) bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return k.things[t.stem] })
}

// orderly says whether a sentence orders something done that a tool does.
func (k *kit) orderly(s sentence) bool {
	for _, t := range k.tools {
		if t.writes && k.orders(s, t.verb) >= 0.7 {
			return true
		}
	}
	return false
}

// wondering says whether a sentence has words that want to know something.
func wondering(s sentence) bool {
	return asking.MatchString(particle.ReplaceAllString(s.text, ""))
}

// particle makes another verb of check, and another word of when.
var particle = regexp.MustCompile(`(?i)\bcheck(?:ing)? (?:in|out)\b|^\W*(?:and )?when (?:that|this|it|you|we|i|all)\b[^,]*,`)

// asking finds words that want to know something.
var asking = regexp.MustCompile(`(?i)\b(tell me|know|look(?:ing)? up|look at|find out|check|what|what's|which|who|whose|when|where|how (?:many|much|long|old|far|often|high|low)|let me (?:know|have|see)|curious|interested|question|wonder(?:ing)?|show me|see|hear|read me|learn|forg[eo]t\w*|remind|give me|list|find)\b`)

// aboutSome says whether a sentence is a noun phrase about a thing of something:
// "the city of the customer with the phone 12".
func (k *kit) aboutSome(s sentence) bool {
	text, rest, _ := strings.Cut(s.text, ", ")
	if n := len(s.values); n > 0 && s.values[n-1].start > len(text) {
		text += ", " + rest
	}
	return aspect.MatchString(text) && !linkVerb.MatchString(text) && k.thing(s)
}

var (
	aspect   = regexp.MustCompile(`(?i)^\W*(?:(?:oh|and|also|so|ok|okay|just|then),? )*(?:the|its|his|her|their|my) [\p{L} ,]+ of\b`)
	linkVerb = regexp.MustCompile(`(?i)\b(?:is|are|was|be|reads?|says?|has|have|should|it's|that's)\b`)
)

// verbal says whether the i-th word stands where a verb stands: behind a word
// that a command follows or a pause, before its object, or done to one.
func (k *kit) verbal(c sentence, i int) bool {
	before, t := c.tokens[i-1], c.tokens[i]
	if commanding[before.word] && !past(t.word) || pausing.MatchString(c.text[before.end:t.start]) {
		return true
	}
	if past(t.word) {
		return !determiners[before.word] && causative.MatchString(c.text[:before.end]) && lex.Stem(before.word) != "be"
	}
	return i+1 < len(c.tokens) && determiners[c.tokens[i+1].word] && !determiners[before.word] && !prepositions[before.word] && !k.things[before.stem]
}

// past says whether a verb tells what was done, or is to be found done.
func past(verb string) bool {
	return strings.HasSuffix(verb, "ed") && verb != "need" && verb != "proceed"
}

var prepositions = set("of in on at by for from under as is are was be")
