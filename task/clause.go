package task

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
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
			return fmt.Sprintf(pick(s.w.rng, s.phrasing.alter), what, of)
		}
		used[f.Label] = true
		return fmt.Sprintf(pick(s.w.rng, s.phrasing.change), what, of, quoted(f))
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
		case !ok, g.tool.Kind == scaler.Create && table.Name == g.tool.Table:
		case len(a.object) > 0 && a.object[len(a.object)-1] == lastWord(table.Entity),
			len(a.object) == 0 && !strings.HasSuffix(a.tail, " "+lastWord(table.Entity)):
			return arg.row
		}
	}
	return row{}
}
