package world

import (
	"fmt"
	"slices"
	"strings"
)

// A table is open where it can be asked for anything of a kind: the weather of
// any city, the price of any ticker. Nothing lists what there is, and nothing
// changes it, so what is not on record is answered like what is, the same for
// the same question.

// isOpen says whether the table's rows are only ever asked for by what callers
// make up themselves, of services that change nothing.
func (dr *draft) isOpen(t *table) bool {
	if t.declared || t.event || t.kept || t.owner != nil || len(t.ops) == 0 {
		return false
	}
	for _, o := range t.ops {
		if !describes(o.kind) || !o.asksFreely() {
			return false
		}
	}
	return !slices.ContainsFunc(dr.ops, func(o *op) bool {
		ours := slices.ContainsFunc(t.ops, func(own *op) bool { return own.tool.Service == o.tool.Service })
		return ours && writes(o.kind) || slices.ContainsFunc(o.params, func(p param) bool { return strongID(p.Name) && idStem(p.Name) == t.Entity })
	})
}

// asksFreely says whether a read has to be told what it is about, in words or
// numbers that no other tool hands out.
func (o *op) asksFreely() bool {
	free := 0
	for _, p := range o.params {
		switch n := snake(p.Name); {
		case strongID(p.Name), p.Schema.Type() == "object", !p.Required && searches[n]:
			return false
		case p.Required && p.Schema.IsScalar() && !searches[n] && len(p.Schema.List("enum")) == 0 && p.Schema.Type() != "boolean":
			free++
		}
	}
	return free > 0
}

// standIns writes the line that answers for what is not on record.
func (w *writer) standIns(rows string, filters []bind) {
	if w.t.open {
		w.use("merged")
		w.line(1, "%s = %s or %s(db.%s, {%s})", rows, rows, w.use("likely"), w.t.Name, w.asked(filters))
	}
}

// asked writes what a request asks for, by columns.
func (w *writer) asked(filters []bind) string {
	var parts []string
	for _, f := range filters {
		if f.Op == "" && f.Table == w.t.Name && f.Column != "" {
			parts = append(parts, quote(f.Column)+": "+w.value(f.p, w.t.column(f.Column)))
		}
	}
	return strings.Join(parts, ", ")
}

// shown writes rows without the key that no caller has any use for.
func (w *writer) shown(rows string, one bool) string {
	if !w.t.hidesKey() || !describes(w.o.kind) {
		return rows
	}
	if one {
		return fmt.Sprintf("%s(%s, %s)", w.use("unkeyed"), rows, quote(w.t.Key))
	}
	return fmt.Sprintf("[%s(row, %s) for row in %s]", w.use("unkeyed"), quote(w.t.Key), rows)
}

// hidesKey says whether the key is of our own making and says nothing to a
// caller: that of what is open, or there once.
func (t *table) hidesKey() bool {
	return t.invented && (t.open || t.alone) && len(t.Columns) > 1 && !t.keyAsked()
}
