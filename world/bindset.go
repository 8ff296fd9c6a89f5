package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// bindSet binds a parameter of a write: what it stores, or the row it refers to.
func (o *op) bindSet(a *atlas, b *bind) {
	p, t := b.p, o.table
	n := snake(p.Name)
	if (displays[n] || p.In == "header" || p.In == "cookie") && !p.Required && t.find(p.Name) == nil {
		b.Role = roleInput
		return
	}
	if mask, ok := o.mask(); ok && mask.path() == p.path() || p.In == "query" && !p.Required && t.match(p) == nil {
		b.Role = roleInput
		return
	}
	if _, paging := controls[n]; paging && t.declared && !p.Required && t.match(p) == nil {
		b.Role = roleInput
		return
	}
	b.Role = roleSet
	if to := a.refTo(t, p.Name, p.Schema.Type()); to != nil && p.Schema.Type() != "array" {
		if to != t {
			before := len(t.Columns)
			a.foreignKey(t, to, p)
			if len(t.Columns) > before && (o.kind != scaler.Create || !p.Required && !t.declared) {
				t.Columns[before].Nullable = true // a row that this has not happened to has none
			}
			b.Role, b.Table, b.Column = roleRef, to.Name, to.Key
			return
		}
	}
	if t.match(p) == nil {
		if b.Column = o.inside(p); b.Column != "" {
			return
		}
	}
	if t.match(p) == nil && t.declared && !o.paired(p) {
		if !o.keeps(p) {
			b.Role = roleInput
			o.note("not kept:", p.path()+",", "no result shows it")
			return
		}
		if o.kind != scaler.Create {
			t.onlyAsked(o, b)
			return
		}
	}
	if o.kind == scaler.Transition && !o.paired(p) && (t.match(p) == nil || p.Schema.Type() == "array" && !t.declared) {
		p.Name = o.noted(plainName(t.Entity, snake(p.Name)))
		p.Required = false // a row that never made the move has none
	}
	b.Column = t.columnFor(p)
	switch key, keyed := o.ownKey(t.Entity); {
	case b.Column != t.Key:
	case o.kind != scaler.Create:
		b.Role = roleInput
		o.note("not used:", p.path()+",", "a key does not change")
	case keyed && key.In == "path" && p.In != "path":
		b.Role = roleInput
		o.note("not used:", p.path()+",", "the path says it")
	}
}

// keeps says whether an argument that no result has a place for is kept with the
// row: content of a new row, and what has to make a difference. Flags and what is
// said of one change only are for the moment of the call.
func (o *op) keeps(p param) bool {
	if p.Required {
		return true
	}
	if p.Schema.Type() == "boolean" || o.kind == scaler.Transition || momentary[first(words.Split(p.Name))] {
		return false
	}
	return o.kind == scaler.Create || slices.ContainsFunc(o.table.ops, func(x *op) bool {
		return x.kind == scaler.Create && x.takes(snake(p.Name))
	})
}

// momentary are words with which arguments begin that say how a call is carried out.
var momentary = wordSet("skip ignore overwrite replace force notify validate dry wait use stream check confirm return include exclude suppress bypass preserve client")

// onlyAsked binds an argument of a change to a column that rows have nothing in
// until the change is made.
func (t *table) onlyAsked(o *op, b *bind) {
	p := b.p
	p.Required = false
	if o.kind == scaler.Transition {
		p.Name = o.noted(plainName(t.Entity, snake(p.Name)))
	}
	have := len(t.Columns)
	b.Column = t.columnFor(p)
	if len(t.Columns) > have {
		if t.unsaid == nil {
			t.unsaid = map[string]bool{}
		}
		t.unsaid[b.Column] = true
	}
}

// saidAfterAll gives rows what some tool finds them by, though only changes say it.
func (t *table) saidAfterAll() {
	for _, o := range t.ops {
		for _, b := range o.binds {
			if b.Role != roleSet && b.Table == t.Name {
				delete(t.unsaid, b.Column)
			}
		}
	}
}

// noted is the column that keeps an argument of a move: ship_date.
func (o *op) noted(name string) string {
	if o.verb == "" || strings.HasPrefix(name, o.verb+"_") || strings.HasPrefix(name, english.Participles[o.verb]+"_") {
		return name
	}
	return o.verb + "_" + name
}

// paired says whether the tool also takes the new_ of a list, or is that new_.
func (o *op) paired(p param) bool {
	n := snake(p.Name)
	rest, isNew := strings.CutPrefix(n, "new_")
	return p.Schema.Type() == "array" && (o.takes("new_"+n) || isNew && o.takes(rest))
}
