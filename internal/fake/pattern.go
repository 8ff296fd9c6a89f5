package fake

import (
	"regexp/syntax"
	"strings"
)

// fromPattern makes a text that matches the shape's pattern, of an allowed
// length if a few tries find one.
func (m *Maker) fromPattern(s *Shape) string {
	re, err := syntax.Parse(s.Pattern.String(), syntax.Perl)
	if err != nil {
		return ""
	}
	re = re.Simplify()
	out := ""
	for try := range 12 {
		more := try
		if s.MinLength > 12 && try < 6 { // one open repetition has to fill most of it
			more = min(s.MinLength, mostText) - try
		}
		var b strings.Builder
		m.match(&b, re, more)
		if out = b.String(); s.allowsText(out) {
			break
		}
	}
	return out
}

// match writes a text that re matches; more is how often an open repetition
// goes on beyond what it must.
func (m *Maker) match(b *strings.Builder, re *syntax.Regexp, more int) {
	if b.Len() > mostText { // repetitions of repetitions
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(m.runeOf(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune('a' + rune(m.Rand.IntN(26)))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			m.match(b, sub, more)
		}
	case syntax.OpAlternate:
		m.match(b, re.Sub[m.Rand.IntN(len(re.Sub))], more)
	case syntax.OpQuest:
		if more > 0 && m.chance(0.5) {
			m.match(b, re.Sub[0], more)
		}
	case syntax.OpStar:
		for range more {
			m.match(b, re.Sub[0], more)
		}
	case syntax.OpPlus:
		for range 1 + more {
			m.match(b, re.Sub[0], more)
		}
	}
}

// runeOf chooses a character of a class, a letter or digit where it has one.
func (m *Maker) runeOf(class []rune) rune {
	var nice []rune
	for i := 0; i+1 < len(class); i += 2 {
		lo, hi := max(class[i], '0'), min(class[i+1], 'z')
		for r := lo; r <= hi; r++ {
			if r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' {
				nice = append(nice, r)
			}
		}
	}
	if len(nice) > 0 {
		return nice[m.Rand.IntN(len(nice))]
	}
	if len(class) > 0 {
		return class[0]
	}
	return 'x'
}
