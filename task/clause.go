package task

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// A clause is a goal as part of a sentence: something to do ("cancel order
// W1007") or something to tell ("the due date of invoice INV-2").
type clause struct {
	text    string
	asks    bool
	details []string // labels of this goal's facts that the text leaves out
}

// A speaker turns goals into clauses with one phrasing.
type speaker struct {
	w        *walk
	phrasing phrasing
	held     map[string]bool // facts that are told only when asked
	said     map[row]bool    // rows that the clause has spoken of
}

// clause puts a goal. Facts that the text has room for are in it; the rest are
// told beside it.
func (s *speaker) clause(g goal) clause {
	used := map[string]bool{}
	s.said = map[row]bool{}
	c := clause{asks: g.tool.Effect == scaler.Read && (len(g.ask.labels) > 0 || g.ask.count)}
	switch {
	case c.asks:
		c.text = s.asked(g, used)
	case s.changes(g):
		c.text = s.change(g, used)
	default:
		c.text = s.done(g, used)
	}
	for _, a := range g.leaves {
		if l := g.labels[a.path]; l != "" && !used[l] && !slices.Contains(c.details, l) {
			c.details = append(c.details, l)
		}
	}
	return c
}

// asked is what a read is to tell.
func (s *speaker) asked(g goal, used map[string]bool) string {
	table, _ := s.w.horizon.view.world.Schema.Table(g.tool.Table)
	entity := firstOf(heading(table.Entity), strings.Join(actionOf(g.tool).object, " "), "result")
	switch {
	case g.ask.count:
		return "how many " + plural(entity) + s.conditions(g, used) + " there are"
	case g.ask.most != "":
		return "the " + join(g.ask.labels, "and") + " of the " + entity + s.conditions(g, used) + " that has the " + g.ask.most + ", and how high that is"
	case g.ask.plural:
		return "the " + plural(g.ask.labels[0]) + " of the " + plural(entity) + s.conditions(g, used)
	case g.target != (row{}) && g.target.table == table.Name && s.keyed(g):
		return "the " + join(g.ask.labels, "and") + " of " + s.ref(g.target, used)
	case g.tool.Kind == scaler.Compute || g.tool.Kind == scaler.Aggregate || table.Name == "":
		return "the " + join(g.ask.labels, "and") + s.conditions(g, used)
	}
	return "the " + join(g.ask.labels, "and") + " of the " + entity + s.conditions(g, used)
}

// keyed says whether the goal's call names its target.
func (s *speaker) keyed(g goal) bool {
	return slices.ContainsFunc(g.leaves, func(a argument) bool {
		return a.row == g.target || a.bind.Role == "key" && plain(a.value) == g.target.key
	})
}

// conditions are a list's filters as speech.
func (s *speaker) conditions(g goal, used map[string]bool) string {
	var b strings.Builder
	withs := 0
	for _, a := range g.leaves {
		if a.row != (row{}) && s.said[a.row] {
			continue
		}
		if a.row != (row{}) {
			b.WriteString(" of " + s.ref(a.row, used))
			continue
		}
		l := g.labels[a.path]
		f, ok := s.w.facts.get(l)
		if !ok || len(f.Text) > 60 {
			continue
		}
		word := " with"
		if withs++; withs > 1 {
			word = " and"
		}
		used[l] = true
		b.WriteString(word + " " + s.condition(g, a, f))
	}
	return b.String()
}

// condition is one filter as speech: "status open", "price up to 20", "blue in
// the title".
func (s *speaker) condition(g goal, a argument, f scaler.Fact) string {
	table, _ := s.w.horizon.view.world.Schema.Table(g.tool.Table)
	short := strings.TrimPrefix(f.Label, heading(table.Entity)+" ")
	_, isDay := say(a.value, false)
	switch a.bind.Op {
	case "contains":
		return f.Text + " in the " + shortLabel(table, a.bind.Column)
	case "min":
		return shortLabel(table, a.bind.Column) + map[bool]string{true: " since ", false: " from "}[len(isDay) > 8] + f.Text
	case "max":
		return shortLabel(table, a.bind.Column) + map[bool]string{true: " until ", false: " up to "}[len(isDay) > 8] + f.Text
	}
	return short + " " + f.Text
}

// changes says whether a goal is best put as what of it becomes what.
func (s *speaker) changes(g goal) bool {
	if g.tool.Kind != scaler.Update || g.target == (row{}) {
		return false
	}
	a := actionOf(g.tool)
	table, _ := s.w.horizon.view.world.Schema.Table(g.target.table)
	if !vague[a.verb] || len(a.object) > 0 && a.object[len(a.object)-1] != lastWord(table.Entity) {
		return false
	}
	n := 0
	for _, arg := range g.leaves {
		if arg.bind.Role == "set" && arg.row == (row{}) && arg.kind != "boolean" {
			n++
		}
	}
	return n > 0
}

func lastWord(name string) string {
	h := heading(name)
	return h[strings.LastIndexByte(h, ' ')+1:]
}

func (s *speaker) change(g goal, used map[string]bool) string {
	of := s.ref(g.target, used)
	for _, a := range g.leaves {
		f, ok := s.w.facts.get(g.labels[a.path])
		if !ok || a.bind.Role != "set" || a.kind == "boolean" || len(f.Text) > 80 {
			continue
		}
		table, _ := s.w.horizon.view.world.Schema.Table(g.target.table)
		what := strings.TrimPrefix(strings.TrimPrefix(unnumbered(f.Label), "new "), heading(table.Entity)+" ")
		if s.held[f.Label] {
			return fmt.Sprintf(pick(s.w, s.phrasing.alter), what, of)
		}
		used[f.Label] = true
		return fmt.Sprintf(pick(s.w, s.phrasing.change), what, of, quoted(f))
	}
	return s.done(g, used)
}

// done is what a goal's tool is to do: the action on its object, then the
// further rows that come into it.
func (s *speaker) done(g goal, used map[string]bool) string {
	a := actionOf(g.tool)
	text, about := s.object(g, a, used)
	tail := a.tail
	for _, arg := range g.leaves {
		if arg.row == (row{}) || arg.row == about || s.said[arg.row] {
			continue
		}
		table, _ := s.w.horizon.view.world.Schema.Table(arg.row.table)
		if strings.HasSuffix(tail, " "+lastWord(table.Entity)) {
			text += " " + strings.Fields(tail)[0] + " " + s.ref(arg.row, used)
			tail = ""
			continue
		}
		text += " " + preposition(g.tool, arg.path) + " " + qualify(s.ref(arg.row, used), arg.path, table)
	}
	if tail != "" {
		text += " " + tail
	}
	return text
}

// qualify says in a reference which of several rows of a table it is: the
// pickup branch, the return branch.
func qualify(ref, path string, table scaler.Table) string {
	entity := heading(table.Entity)
	var which []string
	for _, w := range words.Split(lastName(path)) {
		if w != "id" && w != "key" && w != "new" && !prepositions[w] && !strings.Contains(entity, words.Singular(w)) {
			which = append(which, w)
		}
	}
	if len(which) == 0 || len(which) > 2 || strings.Contains(ref, strings.Join(which, " ")) {
		return ref
	}
	return strings.Replace(ref, entity, strings.Join(which, " ")+" "+entity, 1)
}

// object is the verb with what it is done to, and the row that this is.
func (s *speaker) object(g goal, a action, used map[string]bool) (string, row) {
	object := strings.Join(a.object, " ")
	if r := s.direct(g, a); r != (row{}) {
		return a.verb + " " + s.ref(r, used), r
	}
	if g.target != (row{}) && s.keyed(g) && g.tool.Kind != scaler.Create && object != "" {
		if g.tool.Kind == scaler.Delete && g.tool.Table == g.target.table {
			return a.verb + " " + s.ref(g.target, used), g.target
		}
		if conditions[object] {
			return a.verb + " " + s.ref(g.target, used) + " as " + object, g.target
		}
		return a.verb + " the " + object + " of " + s.ref(g.target, used), g.target
	}
	if object == "" {
		own, _ := s.w.horizon.view.world.Schema.Table(g.tool.Table)
		return a.verb + " " + firstOf(article(heading(own.Entity)), "it"), row{}
	}
	if g.tool.Kind == scaler.Create && !vague[a.verb] {
		return a.verb + " " + article(object), row{}
	}
	return a.verb + " the " + object, row{}
}

// direct is the row that is the object of the action: of borrowing a book the
// book; of an action that names none, the first row that its tail does not name.
func (s *speaker) direct(g goal, a action) row {
	for _, arg := range g.leaves {
		table, ok := s.w.horizon.view.world.Schema.Table(arg.row.table)
		switch {
		case !ok:
		case len(a.object) > 0 && a.object[len(a.object)-1] == lastWord(table.Entity),
			len(a.object) == 0 && !strings.HasSuffix(a.tail, " "+lastWord(table.Entity)):
			return arg.row
		}
	}
	return row{}
}

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

func pick[T any](w *walk, list []T) T { return list[w.rng.IntN(len(list))] }
