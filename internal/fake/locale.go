package fake

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
)

//go:embed people.txt
var peopleText string

// A locale is where the people of a world live, and how they are called.
type locale struct {
	country     string
	first, last []string // empty where the library's own names are used
}

var locales = func() map[string]locale {
	out := map[string]locale{}
	for line := range strings.Lines(peopleText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		head, rest, _ := strings.Cut(strings.TrimSpace(line), " =")
		name, country, _ := strings.Cut(head, " ")
		first, last, _ := strings.Cut(rest, "=")
		out[name] = locale{country, strings.Fields(first), strings.Fields(last)}
	}
	return out
}()

// Locales lists the names of the locales that a Setting may have.
func Locales() []string { return slices.Sorted(maps.Keys(locales)) }

// fullName draws the names of a person of the world's locale.
func (m *Maker) fullName() (first, last string) {
	if at := locales[m.In.Locale]; len(at.first) > 0 {
		return m.one(at.first), m.one(at.last)
	}
	return m.faker.FirstName(), m.faker.LastName()
}

// cities are the places of the world's locale: all, most of them in one
// country, where it has none.
func (m *Maker) cities() []place {
	at, ok := locales[m.In.Locale]
	if !ok {
		if m.chance(0.7) {
			return places[:north]
		}
		return places
	}
	return slices.DeleteFunc(slices.Clone(places), func(p place) bool { return p.code != at.country })
}

// town draws one of the cities.
func (m *Maker) town() place {
	list := m.cities() // which they are is drawn, too
	return list[m.Rand.IntN(len(list))]
}

// dialling are the codes of countries for telephones.
var dialling = map[string]int{"US": 1, "CA": 1, "GB": 44, "IE": 353, "FR": 33, "DE": 49, "ES": 34, "NL": 31, "CH": 41, "SE": 46, "JP": 81, "SG": 65, "AU": 61, "NZ": 64, "IN": 91, "BR": 55}

// phone makes a telephone number that nobody has.
func (m *Maker) phone(s *Shape) any {
	p := m.place(s)
	return fmt.Sprintf("+%d-%d-555-01%02d", dialling[p.code], p.area, m.Rand.IntN(100))
}
