package world

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// identify makes a required argument the one that finds the row, where a write
// to one row has no other way to say which.
func (o *op) identify(a *atlas) {
	if o.table.alone || o.kind == scaler.Create || describes(o.kind) || o.kind == scaler.Aggregate {
		return
	}
	if slices.ContainsFunc(o.binds, func(b bind) bool { return b.Role == roleKey || b.Role == roleFilter }) {
		o.keepsPlace(a)
		return
	}
	if parts := o.askedOf(); len(parts) > 0 {
		for i := range o.binds {
			if slices.Contains(parts, o.binds[i].Param) {
				o.findBy(&o.binds[i])
			}
		}
		return
	}
	pick := slices.IndexFunc(o.binds, func(b bind) bool { return b.p.Required && b.Role == roleSet && b.p.saysOf(o.table.Entity) })
	for i, b := range o.binds {
		if pick >= 0 {
			break
		}
		if !b.p.Required || b.p.Schema.Type() != "string" && b.p.Schema.Type() != "integer" || b.Role == roleInput {
			continue
		}
		if b.Role == roleRef && pick < 0 || b.Role == roleSet && slices.Contains(keyNames, plainName(o.table.Entity, snake(b.p.Name))) {
			pick = i
			if b.Role == roleSet {
				break
			}
		}
		if pick < 0 && len(b.p.Schema.List("enum")) == 0 {
			pick = i
		}
	}
	if pick < 0 {
		return
	}
	o.findBy(&o.binds[pick])
}

// keepsPlace makes arguments say where the row lies, and not where it is put, that
// look-ups of a row take too: the keyspace of a table that is changed.
func (o *op) keepsPlace(a *atlas) {
	parts := o.askedOf()
	if !slices.ContainsFunc(o.binds, func(b bind) bool { return b.Role == roleKey && slices.Contains(parts, b.Param) }) {
		return
	}
	for i := range o.binds {
		b := &o.binds[i]
		switch to := a.table(b.Table); {
		case !slices.Contains(parts, b.Param):
		case b.Role == roleRef && to != nil && b.Column == to.Key:
			b.Role, b.Table, b.Column = roleFilter, o.table.Name, a.refColumn(o.table, *b)
			o.note("the row has to lie where", b.Param, "says")
		case b.Role == roleSet:
			b.Role = roleFilter
			o.note("the row has to lie where", b.Param, "says")
		}
	}
}

// findBy makes the argument one that the row is found by.
func (o *op) findBy(b *bind) {
	if b.Role == roleRef {
		for _, c := range o.table.Columns {
			if c.Ref == b.Table {
				b.Column = c.Name
			}
		}
		b.Table = o.table.Name
	}
	b.Role = roleFilter
	o.note("assumed: the row is found by its", b.Column)
}

// askedOf returns the arguments with which a look-up or a deletion of one row
// names it, where they are several and the tool is told them all: a table by
// its schema and its name.
func (o *op) askedOf() []string {
	for _, other := range o.table.ops {
		if other.kind != scaler.Get && other.kind != scaler.Delete || other.plural {
			continue
		}
		var parts []string
		all := true
		for _, p := range other.params {
			if p.Required {
				mine, ok := o.param(p.Name)
				all = all && ok && (mine.Required || o.kind == scaler.Update && o.verb == "update") && p.Wrap == "" && p.Schema.IsScalar() && p.Schema.Type() == mine.Schema.Type()
				parts = append(parts, p.Name)
			}
		}
		if all && len(parts) > 1 && (len(parts) < len(o.params) || o.kind == scaler.Transition) {
			return parts
		}
	}
	return nil
}
