package fake

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// What may stand in braces in a trade's values besides its lists and the fields
// of its records. It is filled at the start, as some of them name things.
var fillings map[string]func(m *Maker, s *Shape) string

func init() {
	fillings = map[string]func(m *Maker, s *Shape) string{
		"person":  func(m *Maker, s *Shape) string { first, last := m.fullName(); return first + " " + last },
		"first":   func(m *Maker, s *Shape) string { first, _ := m.fullName(); return first },
		"last":    func(m *Maker, s *Shape) string { _, last := m.fullName(); return last },
		"city":    func(m *Maker, s *Shape) string { return m.town().city },
		"country": func(m *Maker, s *Shape) string { return m.town().country },
		"firm":    func(m *Maker, s *Shape) string { return m.one(firmNames) },
		"street":  func(m *Maker, s *Shape) string { return m.street() },
		"year":    func(m *Maker, s *Shape) string { return strconv.Itoa(m.Now.Year() - m.Rand.IntN(3)) },
		"month":   func(m *Maker, s *Shape) string { return m.Now.AddDate(0, -m.Rand.IntN(12), 0).Month().String() },
		"day":     func(m *Maker, s *Shape) string { return m.Now.AddDate(0, 0, -m.Rand.IntN(7)).Weekday().String() },
		"self":    func(m *Maker, s *Shape) string { return m.nameOf(s) },
		"thing":   func(m *Maker, s *Shape) string { return strings.Join(words.Split(s.Entity), " ") },
		"code":    func(m *Maker, s *Shape) string { return strings.ToUpper(m.faker.LetterN(2)) + m.faker.DigitN(4) },
	}
}

var braces = regexp.MustCompile(`\{[^{}]*\}`)

// expand fills in what stands in braces: {a|b} one of them, {2..9} a number,
// {trait} a word of that list, {breed} what the row's record says, {city} and
// the other fillings.
func (m *Maker) expand(text string, t *trade, s *Shape) string {
	if text == "{person}" { // the whole value is who the row is about, as its e-mail says
		return asText(personName(m, s))
	}
	for range 3 { // a list's words may hold braces too
		if !strings.Contains(text, "{") {
			return text
		}
		text = braces.ReplaceAllStringFunc(text, func(at string) string { return m.filling(at[1:len(at)-1], t, s) })
	}
	return text
}

func (m *Maker) filling(word string, t *trade, s *Shape) string {
	if strings.Contains(word, "|") {
		return m.one(strings.Split(word, "|"))
	}
	if r, err := readSpan(word); err == nil {
		return asText(rounded(r.low+float64((r.high-r.low)*m.Rand.Float64()), r.places))
	}
	if word == "work" && m.In.Technical {
		return m.one(m.works())
	}
	if list := t.lists[word]; list != nil {
		return m.one(list)
	}
	if b := t.fieldOf(word, s); b != nil {
		return strings.ReplaceAll(asText(m.cell(b)), "; ", ", ")
	}
	if f := fillings[word]; f != nil {
		return f(m, s)
	}
	return word
}

// fieldOf finds the record that has a field of this name: that of the row's own
// kind, else the first.
func (t *trade) fieldOf(word string, s *Shape) *bound {
	var found *bound
	thing := words.Split(s.Entity)
	for _, r := range t.records {
		at := r.fieldNamed(singulars(strings.Fields(word)))
		if at < 0 {
			continue
		}
		if n := r.kindAt(thing); n > 0 {
			return &bound{trade: t, record: r, field: at, own: true, group: strings.Join(thing[:len(thing)-n], " ")}
		}
		if found == nil {
			found = &bound{trade: t, record: r, field: at}
		}
	}
	return found
}
