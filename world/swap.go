package world

import "strings"

// A swap is a pair of list arguments, items and new_items: each item of the
// first gives way to the item of the second at its place.
type swap struct {
	old, new bind
	column   string
}

// bindSwaps binds the pairs of list arguments of a change: the old values are
// those that stand in the row.
func (o *op) bindSwaps() {
	for i := range o.binds {
		p := o.binds[i].p
		rest, ok := strings.CutPrefix(snake(p.Name), "new_")
		if !ok || p.Schema.Type() != "array" || o.table == nil {
			continue
		}
		for j := range o.binds {
			b := &o.binds[j]
			if snake(b.p.Name) == rest && b.p.Schema.Type() == "array" && b.Role == roleSet {
				column := o.table.columnFor(b.p)
				b.Role, b.Column = roleFilter, column
				o.binds[i].Role, o.binds[i].Column = roleSet, column
				o.swaps = append(o.swaps, swap{old: *b, new: o.binds[i], column: column})
				o.note("replaces", b.p.Name, "by", p.Name, "place by place")
			}
		}
	}
}

// inSwap says whether a bind belongs to a pair.
func (o *op) inSwap(b bind) bool {
	for _, s := range o.swaps {
		if b.p.Name == s.old.p.Name || b.p.Name == s.new.p.Name {
			return true
		}
	}
	return false
}

// exchange writes the replacing of list items, refusing one that is not there.
func (w *writer) exchange(v string) {
	for _, s := range w.o.swaps {
		col := quote(s.column)
		w.line(1, "for old, new in zip(%s, %s):", w.arg(s.old.p), w.arg(s.new.p))
		w.line(2, "if old not in %s[%s]:", v, col)
		w.line(3, `refuse("not_found", "The %s %%s has no %%s among its %s." %% (%s[%s], old))`, spoken(w.t.Entity), spoken(s.column), v, quote(w.t.Key))
		w.line(2, "%s[%s] = [new if x == old else x for x in %s[%s]]", v, col, v, col)
	}
}
