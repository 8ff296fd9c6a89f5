package world

import (
	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
)

// nest turns an update that names a list of its row (POST /carts/{id}/items)
// into one that adds an item to that list.
func (o *op) nest() {
	if o.kind != scaler.Update || o.part == "" || o.tool.Method != "POST" {
		return
	}
	c := o.table.find(pluralNoun(o.part))
	if c == nil || c.Type != "array" {
		return
	}
	item := schema.Parse(c.Schema)
	if !item.IsObject() {
		return
	}
	for _, p := range o.params {
		if _, known := item.Prop(p.Name); !known && p.In == "body" {
			return
		}
	}
	o.kind, o.nested = scaler.Relate, c.Name
	o.note("adds to the", c.Name, "of its row")
}

// bindNested binds a parameter that becomes a field of the added item.
func (o *op) bindNested(a *atlas, b *bind) {
	if o.link == "-" {
		b.Role, b.Column = roleFilter, o.nested+"."+b.p.Name
		return
	}
	if to := a.refTo(o.table, b.p.Name, b.p.Schema.Type()); to != nil && to != o.table {
		b.Role, b.Table, b.Column = roleRef, to.Name, to.Key
		return
	}
	b.Role, b.Column = roleSet, o.nested+"."+b.p.Name
}

// adjoin writes a tool that adds an item to a list of its row.
func (w *writer) adjoin() {
	w.writes(w.t.Name)
	v := w.row()
	w.checkOwnState(v)
	if len(w.o.stores) > 0 {
		w.store(v, true)
		w.touch(v)
		w.line(1, "return %s", w.answerRow(v))
		return
	}
	l := &lines{}
	for _, b := range w.o.binds {
		if b.Role != roleRef || w.isComposite(b) {
			continue
		}
		l.ref, l.to = b.p.Prop, w.a.table(b.Table)
		w.checkRef(b)
	}
	var parts []string
	for _, p := range schema.Parse(w.t.column(w.o.nested).Schema).Props() {
		if text := w.nestedField(p, l); text != "" {
			parts = append(parts, quote(p.Name)+": "+text)
		}
	}
	w.line(1, "%s[%s] = %s[%s] + [%s]", v, quote(w.o.nested), v, quote(w.o.nested), braces(parts))
	w.addUp(v)
	w.touch(v)
	w.line(1, "return %s", w.answerRow(v))
}

// nestedField writes one field of an added item: the argument of its name, what
// the row that the item refers to knows, or the least its schema accepts.
func (w *writer) nestedField(p schema.Prop, l *lines) string {
	for _, arg := range w.o.params {
		if arg.Name == p.Name && arg.Schema.Type() == p.Schema.Type() {
			if arg.Required || p.Schema.Nullable {
				return w.arg(arg)
			}
			return w.arg(arg) + " or " + literal(plain(p.Schema, 0))
		}
	}
	if l.to != nil && l.ref.Required {
		if text := l.known(p, variable(l.to.Entity)); text != "" {
			return text
		}
	}
	if text := amountOf(schema.Parse(w.t.column(w.o.nested).Schema), p, w.factor); text != "" {
		return text
	}
	if !p.Required {
		return ""
	}
	return literal(plain(p.Schema, 0))
}

// factor writes an argument that the amount of an added line is worked out from.
func (w *writer) factor(name string) string {
	arg, ok := w.o.param(name)
	switch {
	case !ok:
		return ""
	case arg.Required && arg.Wrap == "":
		return w.arg(arg)
	}
	return "(" + w.arg(arg) + " or 0)"
}

// addUp writes what an added line comes to into the total of its row.
func (w *writer) addUp(v string) {
	t, ok := tallyOf(schema.Parse(w.t.column(w.o.nested).Schema))
	total := w.totalColumn(nil)
	if !ok || total == "" || w.t.column(total).Type != "number" {
		return
	}
	columns := []string{total}
	if c := w.t.owedColumn(); c != nil {
		columns = append(columns, c.Name)
	}
	for _, c := range columns {
		w.line(1, "%[1]s[%[2]s] = round((%[1]s[%[2]s] or 0) + %[1]s[%[3]s][-1][%[4]s], 2)", v, quote(c), quote(w.o.nested), quote(t.amount))
	}
}
