package task

import (
	"slices"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// facts collects what the user knows, each thing once and under its own label.
type facts struct {
	list []scaler.Fact
	must map[string]bool // labels that have to be said at once: nobody would ask for them
}

// add records a fact and returns its label; the same value is told once.
func (f *facts) add(label string, value any, how manner) string {
	if old, ok := f.saying(label, value); ok {
		return old.Label
	}
	label = f.free(label)
	text, also := how.say(value)
	f.list = append(f.list, scaler.Fact{Label: label, Value: raw(value), Text: text, Also: also})
	return label
}

// free makes a label its own: the second order number is "second order number".
func (f *facts) free(label string) string {
	taken := func(l string) bool {
		return slices.ContainsFunc(f.list, func(old scaler.Fact) bool { return old.Label == l })
	}
	if !taken(label) {
		return label
	}
	for i := 2; ; i++ {
		numbered := strconv.Itoa(i) + "th " + label
		if i < len(ordinals) {
			numbered = ordinals[i] + " " + label
		}
		if !taken(numbered) {
			return numbered
		}
	}
}

var ordinals = []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}

// need marks a fact as one that has to be said at once.
func (f *facts) need(label string) {
	if f.must == nil {
		f.must = map[string]bool{}
	}
	f.must[label] = true
}

// saying returns the fact that tells a value under a label, be it the first or the
// second of its name.
func (f *facts) saying(label string, value any) (scaler.Fact, bool) {
	text := string(raw(value))
	i := slices.IndexFunc(f.list, func(old scaler.Fact) bool {
		return unnumbered(old.Label) == label && string(old.Value) == text
	})
	if i < 0 {
		return scaler.Fact{}, false
	}
	return f.list[i], true
}

func (f *facts) get(label string) (scaler.Fact, bool) {
	i := slices.IndexFunc(f.list, func(old scaler.Fact) bool { return old.Label == label })
	if i < 0 {
		return scaler.Fact{}, false
	}
	return f.list[i], true
}

// clone lets a candidate be tried and forgotten.
func (f *facts) clone() facts {
	c := facts{list: slices.Clone(f.list), must: map[string]bool{}}
	for label := range f.must {
		c.must[label] = true
	}
	return c
}

// A manner is how values of one kind are said.
type manner int

const (
	exact  manner = iota // to the letter: names, codes, free text
	choice               // one of a few states: in_progress is "in progress"
	day                  // dates and times
	money                // amounts
)

// mannerOf decides it from what is known of the column or parameter.
func mannerOf(name, format, semantic string, enum bool) manner {
	switch {
	case enum:
		return choice
	case format == "date" || format == "date-time":
		return day
	case semantic == "money":
		return money
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '_' || r == '.' }) {
		if moneyWords[w] {
			return money
		}
	}
	return exact
}

var moneyWords = set("price amount total cost fee balance salary budget subtotal")

func (m manner) say(v any) (string, []string) {
	if s, ok := v.(string); ok && m != choice && m != day {
		return s, nil
	}
	if list, ok := v.([]any); ok {
		text, also := sayList(list)
		return text, others(text, append(also, string(pyjson.Marshal(v)))...)
	}
	return say(v, m == money)
}

// states says whether a text states a fact, in any of its forms and as words of
// their own: 12 is not stated by 120.
func states(text string, f scaler.Fact) bool {
	if mentions(text, f.Text) {
		return true
	}
	return slices.ContainsFunc(f.Also, func(form string) bool { return mentions(text, form) })
}

// mentions says whether form stands in text with nothing that continues it.
func mentions(text, form string) bool {
	if form == "" {
		return true
	}
	text, form = strings.ToLower(text), strings.ToLower(form)
	for at := 0; ; {
		i := strings.Index(text[at:], form)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(form)
		if !joined(text, start, form[0], true) && !joined(text, end, form[len(form)-1], false) {
			return true
		}
		at = start + 1
	}
}

// joined says whether the character beside a place in text continues the word
// or number whose edge is c.
func joined(text string, at int, c byte, before bool) bool {
	if !isAlnum(c) {
		return false
	}
	if before {
		return at > 0 && isAlnum(text[at-1])
	}
	if at < len(text) && isAlnum(text[at]) {
		return true
	}
	return at+1 < len(text) && (text[at] == '.' || text[at] == ',') && isDigit(c) && isDigit(text[at+1])
}

func isAlnum(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
