package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// The records of a zone, the tags of a volume, the fields of a contract: no tool
// shows them alone, they stand in a list of another row. What adds, changes or
// removes one changes that list.

// An entry is what such a tool does to the list.
type entry struct {
	how   string            // "+" adds, "-" removes, "=" changes
	noun  string            // what one of the list is
	list  []string          // where the list stands: a column, then properties of objects in it
	item  schema.View       // what the list holds
	owner string            // the argument that names the row
	of    map[string]string // arguments, dotted, and the property of an entry that each gives; "" is a plain entry itself
	many  string            // the argument that lists entries; empty where one is given
}

// entries finds the tools whose things no tool reads, but that stand in a list
// of a row that some tool shows.
func (dr *draft) entries() {
	for _, o := range dr.ops {
		if !writes(o.kind) || o.tool.Effect == scaler.Read {
			continue
		}
		noun := o.noun
		if o.link != "" && o.table != nil && o.table.declared {
			noun = o.part
		} else if o.table != nil && o.table.isRead() {
			continue
		}
		how := o.howEntries()
		if noun == "" || how == "" {
			continue
		}
		for _, t := range dr.atlas.tables {
			if e := o.entryIn(t, noun, how); e != nil {
				o.enter(t, e)
				break
			}
		}
	}
	dr.atlas.tables = slices.DeleteFunc(dr.atlas.tables, func(t *table) bool {
		left := !t.event && !t.kept && len(t.ops) == 0
		if left {
			delete(dr.atlas.byName, t.Entity)
		}
		return left
	})
}

// parting are the verbs that take something off what it belongs to.
var parting = wordSet("remove delete disassociate detach unlink unassign untag unsubscribe deregister drop leave uninvite clear")

// joining are the verbs that put something to what it belongs to, besides those
// that create.
var joining = wordSet("associate attach link assign tag subscribe register join invite grant add put insert append")

// howEntries says what the tool does to entries of a list; empty where its words
// do not say.
func (o *op) howEntries() string {
	verb := o.verb
	if parting[first(o.words)] || joining[first(o.words)] {
		verb = first(o.words)
	}
	switch {
	case o.kind == scaler.Delete, parting[verb]:
		return "-"
	case o.kind == scaler.Create, joining[verb] && o.kind != scaler.Update, joining[verb] && o.tool.Method == "POST":
		return "+"
	case o.kind == scaler.Update:
		return "="
	}
	return ""
}

// entryIn returns what the tool does to a list of the table's rows that is called
// after the noun; nil where there is no such list, or the arguments do not say
// which row or which entry.
func (o *op) entryIn(t *table, noun, how string) *entry {
	if t == o.table && o.link == "" || t.event || t.kept || !t.isRead() {
		return nil
	}
	owner, ok := o.namesRow(t)
	if !ok && !t.alone {
		return nil
	}
	for _, l := range t.listsOf(noun) {
		e := &entry{how: how, noun: noun, list: l.path, item: l.item, owner: owner}
		if o.tellEntry(t, e) {
			return e
		}
	}
	return nil
}

// namesRow returns the argument that names a row of the table: one of the path
// behind the table's noun, or one that is called after it.
func (o *op) namesRow(t *table) (string, bool) {
	for _, l := range o.path {
		if n := len(l.params); n > 0 && l.noun == t.Entity && o.noun != t.Entity {
			return l.params[n-1], true
		}
	}
	for _, p := range o.params {
		if !p.Schema.IsScalar() || p.Wrap != "" || !p.Required && p.In != "path" {
			continue
		}
		n := snake(p.Name)
		called := strings.HasPrefix(n, t.Entity+"_") && slices.Contains(keyNames, plainName(t.Entity, n)) && t.match(p) != nil
		if idStem(p.Name) == t.Entity || n == t.Entity || called {
			return p.Name, true
		}
	}
	return "", false
}

// A shelf is where a list stands in a row.
type shelf struct {
	path []string
	item schema.View
}

// listsOf returns the lists of a row that are called after the noun, in its
// columns and in the objects in them.
func (t *table) listsOf(noun string) []shelf {
	var out []shelf
	var look func(path []string, p schema.Prop, item schema.View)
	look = func(path []string, p schema.Prop, item schema.View) {
		path = append(slices.Clone(path), p.Name)
		switch {
		case p.Schema.Type() == "array" && (sameNoun(p.Name, noun) || singularNoun(p.Name) == t.Entity+"_"+noun):
			out = append(out, shelf{path, item})
		case p.Schema.Type() == "object" && len(path) < 2:
			for _, inner := range p.Schema.Props() {
				look(path, inner, inner.Schema.Items())
			}
		}
	}
	for _, c := range t.Columns {
		s := schema.Parse(c.Schema)
		if c.Type == "array" {
			look(nil, schema.Prop{Name: c.Name, Schema: schema.Parse(schema.OfType("array"))}, s)
		} else if c.Type == "object" {
			look(nil, schema.Prop{Name: c.Name, Schema: s}, schema.View{})
		}
	}
	return out
}

// sameNoun says whether a list of that name is of what the noun means: entries,
// and domain_entries, of a domain entry.
func sameNoun(list, noun string) bool {
	one := words.Singular(contained(snake(list)))
	return one == noun || one == words.Singular(noun) || strings.HasSuffix(noun, "_"+one)
}

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
