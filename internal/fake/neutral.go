package fake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// Where neither the trade nor the name of a field says anything, a value says
// nothing either: it is made of the words of its own field and of what stands
// beside it in the row, never of another trade's.

// A Beside is a value that the row holds already.
type Beside struct {
	Shape *Shape
	Value any
}

// numberedName calls a thing by the word for it: Solution Group 4.
func (m *Maker) numberedName(s *Shape) string {
	list := words.Split(s.Entity)
	if n := len(s.Words); n > 1 {
		list = s.Words[:n-1]
	}
	list = slices.DeleteFunc(slices.Clone(list), func(w string) bool { return w == "properties" || w == "data" || w == "info" })
	if len(list) == 0 {
		list = []string{"item"}
	}
	list = singulars(list[max(0, len(list)-2):])
	return fmt.Sprintf("%s %d", capitals(list), m.turn())
}

// turn numbers a thing: by its row, where the row is known.
func (m *Maker) turn() int {
	if m.Turn > 0 && len(m.path) == 0 {
		return m.Turn
	}
	return 1 + m.Rand.IntN(40)
}

func capitals(list []string) string {
	var out []string
	for _, w := range list {
		out = append(out, strings.ToUpper(w[:1])+w[1:])
	}
	return strings.Join(out, " ")
}

// filler is a value of which nothing at all is known.
func (m *Maker) filler(s *Shape) string {
	if len(s.Words) == 0 {
		return "value " + strconv.Itoa(m.turn())
	}
	last := words.Singular(s.Words[len(s.Words)-1])
	switch {
	case chosenFrom[last]:
		return m.usual(plainChoices)
	case len(s.Words) > 1 && asks[s.Words[0]]:
		return m.usual([]string{"false", "true"})
	case writtenBy[last]:
		return "By " + m.person(s).first + " " + m.person(s).last
	case readAsText[last]:
		return m.one(plainLines)
	case m.numbered == "" || m.numbered == s.Name || m.Ahead:
		m.numbered = s.Name
	default:
		return m.usual(plainWords)
	}
	if m.In.Technical {
		return strings.Join(s.Words, "-") + "-" + strconv.Itoa(m.turn())
	}
	return strings.Join(s.Words, " ") + " " + strconv.Itoa(m.turn())
}

// asks are words with which the name of what is so or not begins.
var asks = flags("is has can should")

// writtenBy are words for who wrote something, readAsText for what is read, and
// plainLines what may stand there in any trade. Only one column of a row carries
// a number, the others have one of plainWords.
var (
	writtenBy  = flags("byline author writer credit")
	readAsText = flags("quote quotation word sample paragraph passage verse line snippet joke fact saying proverb advice riddle story poem lyric transcript bazi reading context background history commentary statement thought")
	plainLines = []string{"Take it one step at a time.", "The early hours are the quiet ones.", "What is written down is kept.", "A good start is half of the work.", "Nothing is finished until it has been checked.",
		"Those who ask find the way.", "Small things add up.", "It is simpler than it looks.", "There is more than one way to do it.", "The rest follows from here."}
	plainWords = []string{"general", "standard", "main", "regular", "common", "other"}
	plainTells = []string{"Added on request.", "First version.", "Used regularly.", "Kept for reference.", "For internal use.", "Replaces an earlier one."}
)

// chosenFrom are words for what is chosen from a few, and plainChoices what
// nearly every such choice has.
var (
	chosenFrom   = flags("type mode kind style class level tier format method category group scheme strategy policy option behavior behaviour variant profile theme template preset setting preference quality priority strictness model")
	plainChoices = []string{"standard", "default", "basic", "custom"}
)

// retold describes a thing by what the row says of it: its name and two things
// more.
func (m *Maker) retold(s *Shape) string {
	name, facts := m.nameBeside(), m.factsBeside(s)
	if name == "" {
		name = m.nameOf(s)
	}
	if len(facts) == 0 {
		return m.one(plainTells)
	}
	return name + ": " + strings.Join(facts, ", ")
}

// nameBeside is the name that the row holds.
func (m *Maker) nameBeside() string {
	if m.Beside == nil {
		return ""
	}
	for _, b := range m.Beside() {
		text, ok := b.Value.(string)
		if last := len(b.Shape.Words) - 1; ok && last >= 0 && called[b.Shape.Words[last]] && len(text) < 60 {
			return text
		}
	}
	return ""
}

var called = flags("name title subject symbol")

// factsBeside are what the row says that reads on in a sentence: what it chose
// from a few, and how many it counts.
func (m *Maker) factsBeside(s *Shape) []string {
	if m.Beside == nil {
		return nil
	}
	var out []string
	for _, b := range m.Beside() {
		if len(out) < 2 && b.Shape.tells(m) {
			out = append(out, strings.Join(b.Shape.Words, " ")+" "+strings.TrimSpace(asText(b.Value)))
		}
	}
	return out
}

// tells says whether a value says something of its thing to a reader.
func (s *Shape) tells(m *Maker) bool {
	if len(s.Words) == 0 || s.IsStatus() {
		return false
	}
	switch s.Type {
	case "string":
		return len(s.Enum) > 1 && len(s.Words) < 3
	case "integer":
		return s.Semantic == "count" || s.Semantic == "quantity" || s.Semantic == "stock"
	}
	return false
}

// Known says whether anything tells what a value of the shape is: its name, its
// schema, or the trade of its table.
func (m *Maker) Known(s *Shape) bool { return s.Basis() != "" || m.bound(s) != nil }

// Known says whether a value of the shape has something to be made from, in the
// trade that it may be of: its schema, its name, or what any trade knows.
func Known(s *Shape) bool {
	return s.Basis() != "" || (&market{trades: allTrades().list}).bind(s) != nil
}
