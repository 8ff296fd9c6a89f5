package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// update writes a tool that changes the given fields of one row.
func (w *writer) update() {
	w.writes(w.t.Name)
	v := w.row()
	w.checkOwnState(v)
	w.checkPeople(v)
	costs := cmp.Or(w.book(v), w.fees(v))
	var same []bind
	for _, b := range w.o.binds {
		switch {
		case b.Role == roleRef && w.isComposite(b), w.o.inSwap(b), w.o.picks(b), w.o.pays(b), w.o.books(b):
		case b.Role == roleRef:
			w.checkRef(b)
			w.assign(v, w.t.column(w.a.refColumn(w.t, b)), b)
		case b.Role == roleSet && b.Column == b.p.Name && !b.p.Required && w.o.raise(b) == "" && w.value(b.p, w.t.column(b.Column)) == w.arg(b.p) && w.t.column(b.Column).Type != "object":
			w.checkStored(b)
			same = append(same, b)
		case b.Role == roleSet:
			w.checkStored(b)
			w.assign(v, w.t.column(b.Column), b)
		}
	}
	if len(same) == 1 {
		w.assign(v, w.t.column(same[0].Column), same[0])
	} else if len(same) > 1 {
		var names []string
		for _, b := range same {
			names = append(names, b.Column)
		}
		source := "args"
		if same[0].p.Wrap != "" {
			source = "body"
		}
		allowed := ""
		if text := w.masked("field"); text != "" {
			allowed = " and " + text
		}
		w.line(1, "for field in %s:", w.list(w.t.Entity, "EDITABLE", names))
		w.line(2, "if field in %s%s:", source, allowed)
		w.line(3, "%s[field] = %s[field]", v, source)
	}
	w.untie(v)
	w.changeItem(v)
	if s := w.t.Status; s != nil && slices.ContainsFunc(w.o.binds, func(b bind) bool { return b.Role == roleSet && b.Column == s.Column }) {
		w.follow(v, "")
	}
	w.exchange(v)
	w.renew(v)
	w.pay(v, cmp.Or(w.pick(v), costs))
	w.mark(v)
	w.store(v, false)
	w.touch(v)
	w.line(1, "return %s", w.closing(v))
}

// assign writes the storing of one argument into a column.
func (w *writer) assign(v string, c scaler.Column, b bind) {
	depth, value := 1, w.value(b.p, c)
	if !b.p.Required || b.p.Wrap != "" {
		allowed := ""
		if text := w.masked(quote(b.p.Name)); text != "" {
			allowed = " and " + text
		}
		w.line(1, "if %s%s:", w.given(b.p), allowed)
		depth = 2
	}
	if in, field, ok := strings.Cut(b.Column, "."); ok && b.Role == roleSet {
		w.line(depth, "%[1]s[%[2]s] = %[3]s(%[1]s[%[2]s], {%[4]s: %[5]s})", v, quote(in), w.use("merged"), quote(field), w.arg(b.p))
		return
	}
	if c.Type == "object" && b.p.Schema.Type() == "object" && !isChoice(schema.Parse(c.Schema)) {
		value = w.use("merged") + "(" + v + "[" + quote(c.Name) + "], " + value + ")"
	}
	if sign := w.o.raise(b); sign != "" && b.Role == roleSet {
		w.line(depth, "%[1]s[%[2]s] = (%[1]s[%[2]s] or 0) %[3]s %[4]s", v, quote(c.Name), sign, value)
		return
	}
	w.line(depth, "%s[%s] = %s", v, quote(c.Name), value)
}

// changed are words with which the names of dates of the last change begin.
var changed = wordSet("update updated modify modified changed")

// touch writes the time of the change where the rows keep it.
func (w *writer) touch(v string) {
	for _, c := range w.t.Columns {
		if c.Type == "string" && (c.Semantic == "date.updated" || isDate(c) && changed[first(words.Split(c.Name))]) {
			w.line(1, "%s[%s] = %s", v, quote(c.Name), stamp(c))
		}
	}
}
