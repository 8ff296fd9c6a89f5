package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
)

// tellEntry finds which arguments give which property of an entry, and says
// whether they give enough: for a change, the one that it is known by.
func (o *op) tellEntry(t *table, e *entry) bool {
	e.of = map[string]string{}
	for _, p := range o.params {
		if p.Name == e.owner && p.Wrap == "" || p.In == "header" || p.In == "cookie" || displays[snake(p.Name)] {
			continue
		}
		o.tellOf(e, p)
	}
	if len(e.of) == 0 {
		return false
	}
	if e.owner == "" && slices.ContainsFunc(o.params, func(p param) bool { _, tells := e.of[p.path()]; return p.Required && !tells && p.Wrap == "" }) {
		return false
	}
	return e.how != "=" || len(o.known(e)) > 0
}

// tellOf finds what of an entry an argument gives.
func (o *op) tellOf(e *entry, p param) {
	own := sameNoun(p.Name, e.noun) || o.lastOfPath(p.Name) || idStem(p.Name) != "" && sameNoun(idStem(p.Name), e.noun)
	items := p.Schema.Items()
	switch {
	case !e.item.IsObject():
		if own && p.Schema.Type() == "array" && e.many == "" && items.Type() == e.item.Type() {
			e.many, e.of[p.path()] = p.path(), ""
		} else if own && p.Schema.IsScalar() && p.Schema.Type() == e.item.Type() {
			e.of[p.path()] = ""
		}
	case p.Schema.Type() == "array" && p.Wrap == "" && (own || sameNoun(p.Name, e.list[len(e.list)-1])) && items.IsObject() && len(common(items, e.item)) > 0:
		e.many = p.Name
		for _, name := range common(items, e.item) {
			e.of[p.Name+"."+name] = name
		}
	case p.Schema.IsObject() && p.Wrap == "" && own && len(common(p.Schema, e.item)) > 0:
		for _, name := range common(p.Schema, e.item) {
			e.of[p.Name+"."+name] = name
		}
	default:
		if f, ok := e.property(p, o.lastOfPath(p.Name)); ok {
			e.of[p.path()] = f
		}
	}
}

// property returns the property of an entry that an argument gives.
func (e *entry) property(p param, last bool) (string, bool) {
	for _, f := range e.item.Props() {
		n := snake(f.Name)
		if schema.Like(f.Schema.Type(), p.Schema.Type()) && (n == snake(p.Name) || n == snake(plainName(e.noun, p.Name)) || n == snake(plainName(lastWord(e.noun), p.Name))) {
			return f.Name, true
		}
	}
	if keys := e.keys(); len(keys) > 0 && (last || idStem(p.Name) != "" && sameNoun(idStem(p.Name), e.noun)) {
		f, _ := e.item.Prop(keys[0])
		return f.Name, schema.Like(f.Schema.Type(), p.Schema.Type())
	}
	return "", false
}

// lastOfPath says whether the argument is the last of the path: the key of the
// entry in /zones/{zone}/records/{record}.
func (o *op) lastOfPath(name string) bool {
	if !o.restful() {
		return false
	}
	last := o.path[len(o.path)-1].params
	return len(last) > 0 && last[len(last)-1] == name
}

// keys are the properties by which an entry is known, the surest first.
func (e *entry) keys() []string {
	var out []string
	last := lastWord(e.noun)
	for _, want := range append([]string{"id", e.noun + "_id", last + "_id", e.noun + "_arn", "arn", "uuid", "key", last}, "name", "code", "number", "slug", "login") {
		for _, f := range e.item.Props() {
			if snake(f.Name) == want && f.Schema.IsScalar() && f.Schema.Type() != "boolean" && !slices.Contains(out, f.Name) {
				out = append(out, f.Name)
			}
		}
	}
	return out
}

// known are the properties that arguments give by which an entry is known.
func (o *op) known(e *entry) []string {
	var out []string
	for _, key := range e.keys() {
		for _, name := range e.of {
			if name == key {
				out = append(out, key)
				break
			}
		}
	}
	return out
}

// common returns the names that two object schemas share, of values of like types.
func common(a, b schema.View) []string {
	var out []string
	for _, p := range a.Props() {
		if q, ok := b.Prop(p.Name); ok && schema.Like(q.Schema.Type(), p.Schema.Type()) {
			out = append(out, p.Name)
		}
	}
	return out
}

// enter gives the tool to the table in whose rows the list stands.
func (o *op) enter(t *table, e *entry) {
	o.leave()
	for i, l := range o.path {
		if l.noun == t.Entity && slices.Contains(l.params, e.owner) {
			o.path = o.path[:i+1]
			break
		}
	}
	o.table, o.entry, o.kind, o.link, o.nested = t, e, scaler.Relate, "", ""
	o.noun, o.part = t.Entity, e.noun
	t.ops = append(t.ops, o)
	if sh := shapeOf(o.result, t.Entity); sh.mode == single && t.belongs(sh.row) {
		o.shape = sh
	}
	o.note("it is one of the", strings.Join(e.list, "."), "of the", spoken(t.Entity))
}

// bindEntry binds a parameter of a tool that changes a list of its row.
func (o *op) bindEntry(b *bind) bool {
	e, t := o.entry, o.table
	if e == nil {
		return false
	}
	if name, ok := e.of[b.Param]; ok {
		b.Role, b.Column = roleSet, strings.TrimSuffix(strings.Join(e.list, ".")+"."+name, ".")
		if e.how == "-" || slices.Contains(o.known(e), name) && e.how == "=" {
			b.Role = roleFilter
		}
		return true
	}
	if b.p.Name == e.owner && b.p.Wrap == "" {
		b.Role, b.Column = roleKey, t.Key
		if c := t.match(b.p); c != nil && c.Name != t.Key && !strongID(b.p.Name) {
			b.Role, b.Column = roleFilter, c.Name
		}
		return true
	}
	if b.p.In == "path" {
		return false
	}
	b.Role = roleInput
	return true
}

// bindInside binds the properties of the objects that entries are given as.
func (o *op) bindInside() {
	if o.entry == nil {
		return
	}
	for _, p := range o.params {
		for _, name := range common(insideOf(p), o.entry.item) {
			if _, ok := o.entry.of[p.path()+"."+name]; !ok || p.Wrap != "" {
				continue
			}
			b := bind{p: param{Prop: schema.Prop{Name: name}, In: p.In, Wrap: p.Name}, Bind: scaler.Bind{Param: p.Name + "." + name, Table: o.table.Name}}
			o.bindEntry(&b)
			o.binds = append(o.binds, b)
		}
	}
}

// insideOf is the schema of the objects that an argument is or lists.
func insideOf(p param) schema.View {
	if p.Schema.Type() == "array" {
		return p.Schema.Items()
	}
	return p.Schema
}

// ofEntry says whether an argument tells of an entry of a list, and not of the row.
func (o *op) ofEntry(b bind) bool {
	if o.entry == nil {
		return false
	}
	_, ok := o.entry.of[b.Param]
	return ok
}
