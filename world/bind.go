package world

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// A bind is what one parameter means to the tables, with the parameter itself.
type bind struct {
	scaler.Bind
	p param
}

// The roles of parameters; see scaler.Bind.
const (
	roleKey    = "key"
	roleRef    = "ref"
	roleFilter = "filter"
	roleSet    = "set"
	roleLimit  = "limit"
	roleOffset = "offset"
	roleSort   = "sort"
	roleInput  = "input"
)

// bindAll decides what each parameter of the tool means.
func (o *op) bindAll(a *atlas) {
	key, keyed := o.ownKey(o.table.Entity)
	keyed = keyed && !o.table.open
	o.moved = o.relocates()
	for _, p := range o.params {
		b := bind{p: p, Bind: scaler.Bind{Param: p.path(), Table: o.table.Name}}
		switch {
		case o.saidByPath(p):
			b.Role = roleInput
			o.note("not used:", p.path()+",", "the path says it")
		case o.bindMove(&b), o.bindEnclosed(&b), o.bindEntry(&b), o.bindSeveral(&b):
		case keyed && p.Name == key.Name && o.kind == scaler.List && p.Schema.Type() == "array":
			b.Role, b.Column, b.Op = roleFilter, o.table.Key, "in"
		case keyed && p.Name == key.Name && p.Wrap == key.Wrap && !o.table.alone:
			b.Role, b.Column = roleKey, o.table.Key
			if p.In == "path" {
				o.table.slug(o.table.Key, p)
			}
			if o.kind == scaler.Create {
				b.Role = roleSet
			}
		case p.In == "path":
			o.bindParent(a, &b)
		case o.bindOwner(a, &b), o.bindPick(a, &b), o.bindPayment(a, &b), o.bindBooking(&b), o.bindGrant(&b):
		case o.nested != "" && p.In == "body":
			o.bindNested(a, &b)
		default:
			o.bindByKind(a, &b)
		}
		if b.Role == roleInput {
			b.Table, b.Column = "", ""
		}
		o.binds = append(o.binds, b)
	}
}

// saidByPath says whether an argument of the body repeats one that stands in the path:
// what is made or changed lies where the path says.
func (o *op) saidByPath(p param) bool {
	return p.In == "body" && p.Schema.IsScalar() && slices.ContainsFunc(o.params, func(q param) bool {
		return q.In == "path" && snake(q.Name) == snake(p.Name)
	})
}

func (o *op) bindByKind(a *atlas, b *bind) {
	switch o.kind {
	case scaler.List, scaler.Aggregate:
		o.bindFilter(a, b, true)
	case scaler.Get, scaler.Delete:
		o.bindFilter(a, b, false)
	default:
		o.bindSet(a, b)
	}
}

// bindParent binds a path parameter before the tool's own: the row's foreign
// key to the entity that the path goes through.
func (o *op) bindParent(a *atlas, b *bind) {
	parent, last := o.parentTable(a, b.p.Name)
	if b.p.Name == o.whole && len(o.table.parents) > 1 {
		parent = nil // rows lie under several kinds of things, and the name tells which
	}
	within := b.p.Name == o.whole && o.inCollection(b.p)
	if within {
		parent = nil
	}
	if parent == nil || parent == o.table {
		of := b.p
		if parent == nil && of.Name == o.whole {
			of.Name = "parent" // whatever the argument is called, it does not name the row
		}
		if within {
			of.Name = "collection"
		}
		b.Role = roleFilter
		b.Column = o.table.columnFor(of)
		o.table.slug(b.Column, b.p)
		if parent == nil {
			o.table.around = append(o.table.around, b.Column)
		}
		if o.kind == scaler.Create {
			b.Role = roleSet
		}
		return
	}
	if !last { // owner of /repos/{owner}/{repo}/issues
		b.Role, b.Table = roleRef, parent.Name
		b.Column = parent.columnFor(b.p)
		parent.slug(b.Column, b.p)
		return
	}
	b.Column = a.foreignKey(o.table, parent, b.p)
	b.Role = roleFilter
	if o.tie != "" {
		o.table.find(b.Column).Nullable = true
	}
	if o.kind == scaler.Create || o.tie == "+" {
		b.Role, b.Table, b.Column = roleRef, parent.Name, parent.Key
	}
}

// parentTable returns the table a path parameter belongs to, and whether the
// parameter is that table's key.
func (o *op) parentTable(a *atlas, name string) (*table, bool) {
	for i, l := range o.path {
		at := slices.Index(l.params, name)
		if at < 0 {
			continue
		}
		last := at == len(l.params)-1
		if i == len(o.path)-1 {
			return o.table, last
		}
		if stem := idStem(name); stem != "" && a.byName[stem] != nil {
			return a.byName[stem], last
		}
		return a.byName[l.noun], last
	}
	return nil, false
}
