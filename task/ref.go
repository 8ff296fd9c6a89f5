package task

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// qualify says in a reference which of several rows of a table it is: the
// pickup branch, the return branch.
func qualify(ref, path string, table scaler.Table) string {
	entity := heading(table.Entity)
	var which []string
	for _, w := range words.Split(lastName(path)) {
		if !pointing[w] && !prepositions[w] && !strings.Contains(entity, words.Singular(w)) {
			which = append(which, w)
		}
	}
	if len(which) == 0 || len(which) > 2 || strings.Contains(ref, strings.Join(which, " ")) {
		return ref
	}
	return strings.Replace(ref, entity, strings.Join(which, " ")+" "+entity, 1)
}

// pointing are words of parameters that only say that they name a row.
var pointing = set("id ids key new name names code number no slug uuid ref reference resource identifier")

// preposition is how a further row comes into what is done.
func preposition(t *tool, path string) string {
	name := strings.ToLower(lastName(path))
	switch {
	case strings.HasPrefix(name, "to") || strings.HasPrefix(name, "dest") || strings.HasPrefix(name, "target"):
		return "to"
	case strings.HasPrefix(name, "from") || strings.HasPrefix(name, "source"):
		return "from"
	case t.Kind == scaler.Update:
		return "of"
	}
	return "for"
}

// ref is how the user speaks of a row: by its number, by what singles it out, or
// as the one that another row belongs to.
func (s *speaker) ref(r row, used map[string]bool) string {
	table, _ := s.w.horizon.view.world.Schema.Table(r.table)
	entity := heading(table.Entity)
	s.said[r] = true
	if l := s.told(table, r); l != "" {
		if s.held[l] {
			return article(entity)
		}
		used[l] = true
		f, _ := s.w.facts.get(l)
		if carriedName(f.Text) && !printed[lastWord(table.Entity)] {
			return "the " + entity + " " + f.Text
		}
		return entity + " " + f.Text
	}
	n, ok := s.w.named[r]
	if !ok {
		return "the " + entity
	}
	if n.of != (row{}) {
		return "the " + entity + " of " + s.ref(n.of, used)
	}
	text, called := "the "+entity, false
	for i, l := range n.labels {
		f, _ := s.w.facts.get(l)
		used[l] = true
		short := strings.TrimPrefix(unnumbered(l), entity+" ")
		switch {
		case i == 0 && (short == "name" || short == "title"):
			text += " " + quoted(f)
			called = true
		case i == 0 || i == 1 && called:
			text += " with the " + short + " " + quoted(f)
		default:
			text += " and the " + short + " " + quoted(f)
		}
	}
	return text
}

// quoted is a fact's text, in quotes where it is somebody's words: a remark, not
// a name, a place or a date.
func quoted(f scaler.Fact) string {
	last := f.Label[strings.LastIndexByte(f.Label, ' ')+1:]
	gaps := strings.Count(f.Text, " ")
	if string(f.Value) != string(raw(f.Text)) || gaps < 2 || gaps < 5 && plainlySaid[last] {
		return f.Text
	}
	return `"` + f.Text + `"`
}

// plainlySaid are last words of labels whose texts need no quotes.
var plainlySaid = set("name title address street city country phone number author brand product location company department")

// told returns the label under which the user tells a row's key, if they do.
func (s *speaker) told(table scaler.Table, r row) string {
	if !s.w.horizon.knows(r.table) {
		return ""
	}
	for _, f := range s.w.facts.list {
		if strings.Trim(string(f.Value), `"`) == r.key && strings.HasSuffix(f.Label, keyLabel(table)) {
			return f.Label
		}
	}
	return ""
}

// unnumbered drops what sets a label apart from an earlier one.
func unnumbered(label string) string {
	first, rest, ok := strings.Cut(label, " ")
	if ok && slices.Contains(ordinals, first) {
		return rest
	}
	return label
}

func carriedName(text string) bool { return !strings.ContainsAny(text, "0123456789") }
