package fake

import (
	_ "embed"
	"regexp"
	"strings"
)

// vocabulary.txt and names.txt hold words for what has no maker of its own. To
// add some, add a line.
var (
	//go:embed vocabulary.txt
	vocabularyText string
	//go:embed names.txt
	namesText string
)

// An entry is one line of a vocabulary: the names that it is for, and values.
type entry struct {
	section string
	phrases []string
	values  []string
}

// entries reads a vocabulary: "phrase, phrase = value | value". A line that
// begins with # names the section of those after it.
func entries(text string) []entry {
	var out []entry
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "# "); ok {
			section = title
		}
		phrases, values, ok := strings.Cut(line, " = ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		out = append(out, entry{section, strings.Split(phrases, ", "), strings.Split(values, " | ")})
	}
	return out
}

// vocabulary makes a row of Semantics of each line.
func vocabulary() []Semantic {
	var out []Semantic
	for _, e := range entries(vocabularyText) {
		coded := e.section == "states" || e.section == "kinds"
		out = append(out, Semantic{Name: e.section + ": " + e.phrases[0], Types: "string", Words: e.phrases, Make: func(m *Maker, _ *Shape) any {
			v := m.usual(e.values)
			if coded && m.In.Upper && plainWord.MatchString(v) {
				v = strings.ToUpper(v)
			}
			return v
		}})
	}
	return out
}

var plainWord = regexp.MustCompile(`^[a-z][a-z_]*$`)

// usual chooses one of the words, the first ones more often.
func (m *Maker) usual(list []string) string {
	x := m.Rand.Float64()
	return list[int(float64(len(list))*(0.35*x+0.65*x*x))]
}

// Choices returns the few values that the shape's meaning has; none where it has
// no such meaning.
func (s *Shape) Choices() []string { return choices[s.Semantic] }

var choices = func() map[string][]string {
	out := map[string][]string{}
	for _, e := range entries(vocabularyText) {
		out[e.section+": "+e.phrases[0]] = e.values
	}
	return out
}()

// Few says whether there are only a handful of values of the shape's meaning:
// too few to tell rows apart.
func (s *Shape) Few() bool { return strings.Contains(s.Semantic, ": ") }

// IsStatus says whether the shape is a state that its row is in, by its name.
func (s *Shape) IsStatus() bool {
	if s.Type != "string" || len(s.Words) == 0 {
		return false
	}
	last := s.Words[len(s.Words)-1]
	return (last == "status" || last == "state") && len(s.Enum) > 0 || strings.HasPrefix(s.Semantic, "states: ")
}
