package fake

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// fromPattern makes a text that matches the shape's pattern, of an allowed
// length if a few tries find one.
func (m *Maker) fromPattern(s *Shape) string {
	re, err := syntax.Parse(s.Pattern.String(), syntax.Perl)
	if err != nil {
		return ""
	}
	if m.In.Cloud == "aws" && strings.Contains(s.Pattern.String(), "{12}") && s.allowsText(m.In.account()) {
		return m.accountOf(s)
	}
	if known, ok := m.knownForm(s); ok {
		return known
	}
	out := ""
	for try := range 12 {
		p := patterner{Maker: m, s: s, more: try, worded: try < 5, first: true}
		if s.MinLength > 12 && try < 6 { // one open repetition has to fill most of it
			p.more, p.worded = min(s.MinLength, mostText)-try, try > 3
		}
		p.match(re)
		if out = p.out.String(); s.allowsText(out) {
			break
		}
	}
	return out
}

// knownForm makes what a pattern spells out letter for letter and yet leaves to
// chance: the name of a cloud's resource, a date.
func (m *Maker) knownForm(s *Shape) (string, bool) {
	pattern := s.Pattern.String()
	if strings.Contains(pattern, "arn:") {
		name := asText(m.arn(s))
		return name, s.allowsText(name)
	}
	if m.In.Cloud == "google" && namePath.MatchString(pattern) {
		if v := m.spelledPath(pattern); s.allowsText(v) {
			return v, true
		}
	}
	for range 3 {
		if v := m.addressed(s); v != "" && s.allowsText(v) {
			return v, true
		}
	}
	for _, layout := range timeSpellings {
		text := m.Now.Format(layout)
		letters := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return 'x'
			}
			return r
		}, text)
		marks := strings.NewReplacer("-", "0", ":", "0").Replace(text)
		if s.allowsText(text) && !s.allowsText(letters) && !s.allowsText(marks) {
			return m.like(text), true
		}
	}
	return "", false
}

// namePath is the pattern of a path of names: ^projects/[^/]+/datasets/[^/]+$.
var namePath = regexp.MustCompile(`^\^[A-Za-z]+/\[\^/\]\+(/[A-Za-z0-9]+(/\[\^/\]\+)?)*\$$`)

// spelledPath fills such a pattern with the names of the world and of things of
// the kinds on the way.
func (m *Maker) spelledPath(pattern string) string {
	parts := strings.Split(strings.ReplaceAll(strings.Trim(pattern, "^$"), "[^/]+", "*"), "/")
	for i, part := range parts {
		if part != "*" {
			continue
		}
		kind := words.Split(parts[i-1])
		kind[len(kind)-1] = words.Singular(kind[len(kind)-1])
		switch strings.Join(kind, " ") {
		case "project":
			parts[i] = m.In.project()
		case "location", "region":
			parts[i] = m.In.home()
		case "organization", "folder", "billing account":
			parts[i] = m.In.account()
		default:
			parts[i] = tidy(m.called(&Shape{Entity: strings.Join(kind, " "), Words: kind, MaxLength: -1}))
		}
	}
	return strings.Join(parts, "/")
}

// addressed makes what a name asks for that has an address on the net: the dots
// of a pattern leave room for it. It is empty for anything else.
func (m *Maker) addressed(s *Shape) string {
	if len(s.Words) == 0 {
		return ""
	}
	last := s.Words[len(s.Words)-1]
	of := last
	if last == "name" {
		of = first(owners(s))
	}
	switch of {
	case "domain", "subdomain":
		return m.domain()
	case "hostname", "host", "fqdn":
		return m.one(hostParts) + "." + m.domain()
	case "email":
		return m.email(s)
	case "url", "uri":
		return m.link(s)
	}
	return ""
}

// A patterner writes one text that matches a pattern.
type patterner struct {
	*Maker
	s      *Shape
	out    strings.Builder
	more   int  // how often an open repetition goes on beyond what it must
	worded bool // repeated letters make words
	first  bool // no word has been written yet
}

// match writes a text that re matches.
func (p *patterner) match(re *syntax.Regexp) {
	if p.out.Len() > mostText { // repetitions of repetitions
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		p.out.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		p.out.WriteRune(p.runeOf(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		p.out.WriteRune('a' + rune(p.Rand.IntN(26)))
	case syntax.OpCapture:
		p.match(re.Sub[0])
	case syntax.OpConcat:
		for i := 0; i < len(re.Sub); i++ {
			if p.joined(re.Sub[i:]) {
				i++
				continue
			}
			if re.Sub[i].Op == syntax.OpAnyCharNotNL || re.Sub[i].Op == syntax.OpAnyChar {
				p.out.WriteByte('.') // 23.97, whose author meant a point
				continue
			}
			p.match(re.Sub[i])
		}
	case syntax.OpAlternate:
		p.match(re.Sub[p.Rand.IntN(len(re.Sub))])
	case syntax.OpQuest:
		if p.more > 0 && p.chance(0.5) {
			p.match(re.Sub[0])
		}
	case syntax.OpStar:
		p.repeat(re.Sub[0], 0, -1)
	case syntax.OpPlus:
		p.repeat(re.Sub[0], 1, -1)
	case syntax.OpRepeat:
		p.repeat(re.Sub[0], re.Min, re.Max)
	}
}

// joined writes a word for a first letter with more letters behind it.
func (p *patterner) joined(list []*syntax.Regexp) bool {
	if !p.worded || len(list) < 2 || list[0].Op != syntax.OpCharClass {
		return false
	}
	least, most := 0, -1
	switch rest := list[1]; rest.Op {
	case syntax.OpStar:
	case syntax.OpPlus:
		least = 1
	case syntax.OpRepeat:
		if least, most = rest.Min, rest.Max; most >= 0 && most < 4 {
			return false
		}
	default:
		return false
	}
	if most >= 0 {
		most++
	}
	text := p.word(list[1].Sub[0], least+1, most)
	if text == "" || !allowsRune(list[0], rune(text[0])) {
		return false
	}
	p.out.WriteString(text)
	return true
}

// repeat writes re from least to most times; most is -1 where nothing ends it.
func (p *patterner) repeat(re *syntax.Regexp, least, most int) {
	if text := p.out.String(); p.worded && least == 0 && most < 0 && text != "" && isLetter(text[len(text)-1]) {
		return // a word that may go on has ended
	}
	if p.worded && (most < 0 || most-least >= 4) {
		if text := p.word(re, least, most); text != "" {
			p.out.WriteString(text)
			return
		}
	}
	n := least + p.more
	if most >= 0 {
		n = min(n, most)
	}
	for range min(n, mostText) {
		p.match(re)
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// word is a text of characters that re allows, as long as names and numbers
// tend to be; empty where there is none.
func (p *patterner) word(re *syntax.Regexp, least, most int) string {
	fits := func(r rune) bool { return allowsRune(re, r) }
	if most < 0 {
		most = max(least, 40)
	}
	var text string
	switch {
	case fits('g') && fits('z'):
		text = slugged(p.nextName())
	case fits('G') && fits('Z'):
		text = strings.ToUpper(slugged(p.nextName()))
	case fits('0') && fits('9'):
		n := 6
		if most == 40 && least <= 1 { // as long as it likes
			n = 1 + p.Rand.IntN(2)
		}
		text = p.faker.DigitN(uint(min(max(least, n), most)))
		if text[0] == '0' && fits('1') {
			text = "1" + text[1:]
		}
		if fits('a') && fits('f') {
			text = p.hex(min(max(least, 8), most))
		}
	default:
		return ""
	}
	kept := strings.Map(func(r rune) rune {
		if fits(r) {
			return r
		}
		return -1
	}, text)
	for len(kept) < least && kept != "" {
		kept += kept[:min(len(kept), least-len(kept))]
	}
	if len(kept) > most {
		kept = kept[:most]
	}
	return strings.TrimRight(kept, "-_")
}

// nextName is what the row is called, and then another name for each further
// part of the pattern.
func (p *patterner) nextName() string {
	if p.first {
		p.first = false
		return p.called(&Shape{Entity: p.s.Entity, MaxLength: -1})
	}
	return p.one(p.works())
}

func allowsRune(re *syntax.Regexp, r rune) bool {
	switch re.Op {
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	case syntax.OpCapture:
		return allowsRune(re.Sub[0], r)
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i] <= r && r <= re.Rune[i+1] {
				return true
			}
		}
	}
	return false
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
	if lower := slices.DeleteFunc(slices.Clone(nice), func(r rune) bool { return r >= 'A' && r <= 'Z' }); len(lower) > 10 {
		nice = lower
	}
	if len(nice) > 0 {
		return nice[m.Rand.IntN(len(nice))]
	}
	if len(class) > 0 {
		return class[0]
	}
	return 'x'
}
