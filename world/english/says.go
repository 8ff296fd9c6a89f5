package english

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// What a description says of states is read sentence by sentence: "Sets the
// order's status to paid", "Only held or confirmed reservations can be moved",
// "The account must be open", "A cancelled card cannot be changed".

// Sentences splits a text into sentences of words.
func Sentences(text string) [][]string {
	var out [][]string
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ';' || r == '\n' || r == '!' }) {
		if w := words.Split(oneWord.Replace(s)); len(w) > 0 {
			out = append(out, w)
		}
	}
	return out
}

// oneWord spells what are two words to a splitter and one to a reader.
var oneWord = strings.NewReplacer("can't", "cannot", "e-mail", "email", "E-mail", "email", "E-Mail", "email")

// Target returns the state that a text says the tool sets: the word after
// "status to", in the service's own spelling; as written where states is nil.
func Target(text string, states []string) string {
	if m := quotedState.FindStringSubmatch(text); m != nil && (states == nil || slices.Contains(states, m[1])) {
		return m[1]
	}
	for _, s := range Sentences(text) {
		for i := range s {
			if s[i] != "status" && s[i] != "state" || i+2 >= len(s) || s[i+1] != "to" && s[i+1] != "is" && s[i+1] != "as" {
				continue
			}
			next := s[i+2]
			if (next == "changed" || next == "set") && i+4 < len(s) && s[i+3] == "to" {
				next = s[i+4]
			}
			if states == nil {
				return nameOfState(text, next)
			}
			if to := StateAt(s, slices.Index(s, next), states); to != "" {
				return to
			}
		}
	}
	return ""
}

// quotedState is a state that a text names in quotes: its status will be changed
// to 'return requested'.
var quotedState = regexp.MustCompile("(?i)\\b(?:status|state)(?: will be| is| gets| becomes)?(?: changed| set| updated)?(?: to| as)? ['\"`]([a-z][a-z _-]{1,40})['\"`]")

// capitals is a state that a text writes with capitals: Sets bill status to
// AWAITING_PAYMENT, Line status must be Suspended or Pending Activation.
var (
	capitals = regexp.MustCompile(`\b(?:status|state) (?:to|is|as) ([A-Z][A-Za-z]*(?:[ _][A-Z][A-Za-z]*)*)`)
	demands  = regexp.MustCompile(`\b(?:status|state) must be ([^.;\n]+)`)
)

// nameOfState returns the state of which a text's word is the first.
func nameOfState(text, word string) string {
	if m := capitals.FindStringSubmatch(text); m != nil && strings.HasPrefix(words.Snake(m[1]), word) {
		return words.Snake(m[1])
	}
	return word
}

// demanded returns the states that a text says a row must be in.
func demanded(text string) []string {
	m := demands.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	phrases := strings.Split(strings.NewReplacer(" or ", ",", " and ", ",", "/", ",", "'", "", "`", "", "\"", "").Replace(m[1]), ",")
	var out []string
	for _, phrase := range phrases {
		phrase = strings.TrimSpace(phrase)
		name := words.Snake(phrase)
		if n := strings.Count(name, "_"); name == "" || n > 2 {
			break
		}
		if IsState(name) || phrase[0] >= 'A' && phrase[0] <= 'Z' {
			out = append(out, name)
		}
	}
	return out
}

// StateAt returns the state that the words from i on spell, of one word or two.
func StateAt(s []string, i int, states []string) string {
	if i < 0 || i >= len(s) {
		return ""
	}
	for _, n := range []int{3, 2, 1} {
		if i+n > len(s) {
			continue
		}
		want := strings.Join(s[i:i+n], "_")
		for _, have := range states {
			if words.Snake(have) == want {
				return have
			}
		}
	}
	return ""
}

// A guard is what one sentence demands: the words that may hold the states, and
// whether the states are those that are barred.
type guard struct {
	words  []string // where states are looked for
	all    []string // the whole sentence, in the singular
	barred bool
}

// guards returns the demands of a text.
func guards(text string) []guard {
	var out []guard
	for _, s := range Sentences(text) {
		all := make([]string, len(s))
		for i, w := range s {
			all[i] = words.Singular(w)
		}
		g := guard{all: all}
		only, must := slices.Index(s, "only"), slices.Index(s, "must")
		not := slices.IndexFunc(s, func(w string) bool { return w == "cannot" })
		if i := slices.Index(s, "can"); not < 0 && i >= 0 && i+1 < len(s) && s[i+1] == "not" {
			not = i
		}
		can := slices.IndexFunc(s, func(w string) bool { return w == "can" || w == "may" || w == "are" })
		switch {
		case not > 0:
			g.words, g.barred = s[:not], true
		case only >= 0 && can > only:
			g.words = s[only+1 : can]
		case only >= 0 && condition(s[only:]) > 0:
			g.words = s[only+condition(s[only:])+1:]
			g.barred = slices.Contains(g.words, "not")
		case must > 0 && must+2 < len(s) && s[must+1] == "be":
			g.words = s[must+2:]
		default:
			continue
		}
		out = append(out, g)
	}
	return out
}

// condition returns where the words begin a condition: while of "only while it is open",
// in of "only be confirmed in draft state"; -1 where they begin none.
func condition(s []string) int {
	return slices.IndexFunc(s, func(w string) bool { return w == "if" || w == "when" || w == "while" || w == "in" })
}

// Allows returns the states of an entity from which a text lets the tool run: those
// that a sentence demands, those that what the tool is about is said to be in, and of
// all others those that no sentence bars.
func Allows(text, entity string, states []string) ([]string, bool) {
	var barred []string
	for _, g := range guards(text) {
		if !slices.Contains(g.all, words.Singular(words.Last(entity))) {
			continue
		}
		var found []string
		for i := range g.words {
			if s := StateAt(g.words, i, states); s != "" && !slices.Contains(found, s) {
				found = append(found, s)
			}
		}
		switch {
		case len(found) == 0 || len(found) == len(states):
		case !g.barred:
			return found, true
		case barred == nil:
			barred = found
		}
	}
	if from := Without(Object(text, entity, states), barred); len(from) > 0 {
		return from, true
	}
	if barred != nil {
		return Without(states, barred), true
	}
	if s := qualified(text, entity, states); s != "" {
		return []string{s}, true
	}
	return nil, false
}

// Initially returns the state that a text says new rows are in: "with status
// open", "creates a pending order".
func Initially(text string, states []string) string {
	for _, s := range Sentences(text) {
		for i, w := range s {
			if (w == "status" || w == "state") && i > 0 && (s[i-1] == "with" || s[i-1] == "in") {
				if to := StateAt(s, i+1, states); to != "" {
					return to
				}
			}
			if (w == "a" || w == "an" || w == "as") && i > 0 && slices.Contains(Initials, strings.Join(s[i+1:min(i+2, len(s))], "")) {
				if to := StateAt(s, i+1, states); to != "" {
					return to
				}
			}
		}
	}
	return ""
}

// WantsStock says whether a text asks for something to be left of an entity.
func WantsStock(text, entity string) bool {
	for _, s := range Sentences(text) {
		line := " " + strings.Join(s, " ") + " "
		about := slices.ContainsFunc(s, func(w string) bool { return words.Singular(w) == words.Last(entity) })
		if about && (strings.Contains(line, " in stock ") || strings.Contains(line, " available ") || strings.Contains(line, " left ") || strings.Contains(line, " free ")) {
			return true
		}
	}
	return false
}

// Order returns how a text says a list is sorted: by which meaning and way.
func Order(text string) (semantics []string, descending, ok bool) {
	low := strings.ToLower(text)
	for _, o := range []struct {
		cue        string
		semantics  []string
		descending bool
	}{
		{"newest first", dates, true}, {"latest first", dates, true}, {"most recent first", dates, true}, {"latest booking first", dates, true},
		{"oldest first", dates, false}, {"earliest first", dates, false}, {"soonest first", dates, false},
		{"cheapest first", []string{"money"}, false}, {"most expensive first", []string{"money"}, true}, {"best rated first", []string{"rating"}, true},
	} {
		if strings.Contains(low, o.cue) {
			return o.semantics, o.descending, true
		}
	}
	return nil, false, false
}

// OrderBy returns what a text says a list is sorted by: "ordered by last name", "most
// recent drop-off first".
func OrderBy(text string) (by []string, descending, ok bool) {
	for _, s := range Sentences(text) {
		for i, w := range s {
			switch {
			case w == "by" && i > 0 && (s[i-1] == "ordered" || s[i-1] == "sorted" || s[i-1] == "order" || s[i-1] == "sort") && i+1 < len(s):
				by = s[i+1 : min(i+4, len(s))]
				return by, slices.Contains(s[i:], "descending") || slices.Contains(s[i:], "desc"), true
			case w == "first" && i > 1:
				for j := max(0, i-4); j < i-1; j++ {
					if way, known := extremes[s[j]]; known {
						return s[j+1 : i], way, true
					}
				}
			}
		}
	}
	return nil, false, false
}

// extremes are words of what comes first in a list, and whether it goes down from there.
var extremes = map[string]bool{"recent": true, "newest": true, "latest": true, "highest": true, "largest": true, "oldest": false, "earliest": false, "lowest": false, "smallest": false, "soonest": false}

var dates = []string{"date.created", "datetime", "date", "date.updated"}

// qualified returns the state that a text gives the thing that something is done for:
// completed, where it "records a payment for a completed work order".
func qualified(text, entity string, states []string) string {
	noun := words.Split(entity)
	for _, s := range Sentences(text) {
		for i := 2; i < len(s); i++ {
			if s[i-1] != "a" && s[i-1] != "an" || !leading[s[i-2]] {
				continue
			}
			for n := 1; n <= 3 && i+n+len(noun) <= len(s); n++ {
				if to := StateAt(s[:i+n], i, states); to != "" && len(words.Split(to)) == n && slices.Equal(s[i+n:i+n+len(noun)], noun) {
					return to
				}
			}
		}
	}
	return ""
}

var leading = words.Set("for to of on from against")
