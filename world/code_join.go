package world

import (
	"fmt"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
)

// listed writes a list that the rows of another table make up, in the shape of a
// schema of its items.
func (w *writer) listed(j join, v string, items schema.View) string {
	as, one := *w, "each"
	if v == one {
		one = "inner"
	}
	as.t = j.of
	return fmt.Sprintf("[%s for %s in db.%s.query(where = [(%s, \"==\", %s[%s])])]", as.project(items, one), one, j.of.Name, quote(j.back), v, quote(w.t.Key))
}

// joined writes a property of a row that other rows make up, or that has parts
// which they do.
func (w *writer) joined(p schema.Prop, v string) (string, bool) {
	text := v + "[" + quote(p.Name) + "]"
	found := false
	for _, j := range w.t.joinsIn(p.Name) {
		if len(j.list) == 1 {
			return w.listed(j, v, p.Schema.Items()), p.Schema.Type() == "array"
		}
		if inner, ok := p.Schema.Prop(j.list[1]); ok && inner.Schema.Type() == "array" {
			text = w.use("merged") + "(" + text + ", {" + quote(inner.Name) + ": " + w.listed(j, v, inner.Schema.Items()) + "})"
			found = true
		}
	}
	return text, found
}

// store writes the keeping of lists that are given with a row, as rows of their
// own table; those that were there give way.
func (w *writer) store(v string, anew bool) {
	for _, s := range w.o.stores {
		given := w.arg(s.p)
		for _, step := range s.list[1:] {
			given = "(" + given + " or {}).get(" + quote(step) + ")"
		}
		w.writes(s.of.Name)
		w.line(1, "given = %s", given)
		depth := 1
		if !anew {
			old := variable("old_" + s.of.Entity)
			w.line(1, "if given != None:")
			w.line(2, "for %s in db.%s.query(where = [(%s, \"==\", %s[%s])]):", old, s.of.Name, quote(s.back), v, quote(w.t.Key))
			w.unhook(s.of, old, 3, nil)
			w.line(3, "db.%s.delete(%s[%s])", s.of.Name, old, quote(s.of.Key))
			depth = 2
		}
		w.line(depth, "for item in given or []:")
		kept, one := "", variable(s.of.Entity)
		if w.t.listsOwn(s.list[0]) {
			kept = one + " = "
		}
		w.line(depth+1, "%sdb.%s.insert({", kept, s.of.Name)
		for _, c := range s.of.Columns {
			w.line(depth+2, "%s: %s,", quote(c.Name), w.fromItem(s, c, v))
		}
		w.line(depth+1, "})")
		if kept != "" {
			w.line(depth+1, "%[1]s[%[2]s] = %[1]s[%[2]s] + [%[3]s[%[4]s]]", v, quote(s.list[0]), one, quote(s.of.Key))
		}
	}
}

// fromItem writes a column of a row that is given as an item of a list.
func (w *writer) fromItem(s stored, c scaler.Column, v string) string {
	as := *w
	as.t, as.made = s.of, nil
	switch {
	case c.Name == s.back:
		return v + "[" + quote(w.t.Key) + "]"
	case c.Name == s.of.Key:
		own := "item.get(" + quote(c.Name) + ")"
		next := "db." + s.of.Name + ".next_id()"
		if !s.itemHas(c) {
			return next
		}
		return fmt.Sprintf("%s if %s != None and not db.%s.has(%s) else %s", own, own, s.of.Name, own, next)
	case w.t.find(c.Name) != nil && slices.Contains(s.of.around, c.Name) && produces(*w.t.find(c.Name), schema.Parse(schema.OfType(c.Type))):
		return v + "[" + quote(w.t.find(c.Name).Name) + "]"
	case s.itemHas(c):
		return "item.get(" + quote(c.Name) + ", " + as.defaultOf(c) + ")"
	}
	return as.defaultOf(c)
}

// itemHas says whether the items of the given list have the column.
func (s stored) itemHas(c scaler.Column) bool {
	in := s.p.Schema
	for _, step := range s.list[1:] {
		p, _ := in.Prop(step)
		in = p.Schema
	}
	p, ok := in.Items().Prop(c.Name)
	return ok && schema.Like(c.Type, p.Schema.Type())
}
