package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
)

// A request may name several of the rows that it is about: certificate_ids of
// activate_certificates, or inputs that hold an id each and what changes there.
// What it does to one row it does to each, and it refuses where one is not there.

// eachOp is the Op of the key of such a request.
const eachOp = "in"

// bindSeveral binds a list of keys of the tool's own rows.
func (o *op) bindSeveral(b *bind) bool {
	p, t := b.p, o.table
	if !o.mayNameSeveral() || p.In == "path" || p.Wrap != "" {
		return false
	}
	switch items := p.Schema.Items(); {
	case p.Schema.Type() == "array" && items.IsScalar() && schema.Like(items.Type(), t.column(t.Key).Type) && o.callsRows(p.Name):
	case p.Schema.Type() == "array" && items.IsObject() && p.Required:
		id, ok := o.itemKey(items)
		if !ok {
			return false
		}
		b.Role = roleInput
		one := bind{p: p, Bind: scaler.Bind{Param: p.path() + "." + id.Name, Role: roleKey, Op: eachOp, Table: t.Name, Column: t.Key}}
		o.binds = append(o.binds, one)
		o.note("each of the", p.Name, "names a row")
		return true
	default:
		return false
	}
	b.Role, b.Column, b.Op = roleKey, t.Key, eachOp
	o.note("each of the", p.Name, "is a row")
	return true
}

// mayNameSeveral says whether the tool is a change that names no single row.
func (o *op) mayNameSeveral() bool {
	switch o.kind {
	case scaler.Update, scaler.Transition, scaler.Delete:
	default:
		return false
	}
	if o.verb == "set" || o.verb == "replace" { // they are put in the place of others
		return false
	}
	_, one := o.ownKey(o.table.Entity)
	return !one && !o.table.alone && !o.table.open && o.entry == nil && o.label == nil && o.nested == "" &&
		!slices.ContainsFunc(o.binds, func(b bind) bool { return b.Role == roleKey })
}

// callsRows says whether a list of that name holds keys of the tool's table.
func (o *op) callsRows(name string) bool {
	n, stem := snake(name), idStem(name)
	if n == "ids" || n == "uuids" || n == pluralNoun(o.table.Entity)+"_list" {
		return true
	}
	keys := strings.HasSuffix(n, "ids") || strings.HasSuffix(n, "arns") || strings.HasSuffix(n, "numbers") || strings.HasSuffix(n, "keys")
	return keys && stem != "" && (stem == o.table.Entity || stem == o.noun || strings.HasSuffix(o.table.Entity, "_"+stem))
}

// itemKey returns the property of an item that is the key of its row.
func (o *op) itemKey(item schema.View) (schema.Prop, bool) {
	for _, p := range item.Props() {
		n, stem := snake(p.Name), idStem(p.Name)
		if p.Schema.IsScalar() && schema.Like(p.Schema.Type(), o.table.column(o.table.Key).Type) && (n == "id" || strongID(p.Name) && stem == o.table.Entity) {
			return p, true
		}
	}
	return schema.Prop{}, false
}

// eachKey is the bind of a request's several keys; nil where it names one row.
func (w *writer) eachKey() *bind {
	if b := w.keyBind(); b != nil && b.Op == eachOp {
		return b
	}
	return nil
}

// eachRow begins the loop over the rows that a request names.
func (w *writer) eachRow(v string, key bind, filters []bind) {
	w.line(1, "done = []")
	asked, list := "key", w.arg(key.p)
	if key.p.Schema.Type() == "string" {
		list = w.use("separate") + "(" + list + ")"
	}
	if !key.p.Required {
		list += " or []"
	}
	if key.p.Schema.Items().IsObject() {
		w.line(1, "for item in %s:", list)
		asked = "item.get(" + quote(key.Param[strings.LastIndexByte(key.Param, '.')+1:]) + ")"
	} else {
		w.line(1, "for key in %s:", list)
	}
	w.shift = 1
	rule := w.rule(scaler.Rule{Kind: "exists", Table: w.t.Name, Column: w.t.Key,
		Text: "Each " + spoken(w.t.Entity) + " named in the request must be one that we have on record."}, "exists")
	w.line(1, "%s = %s(db.%s, %s, %s, rule = %s)", v, w.use("need"), w.t.Name, quote(spoken(w.t.Entity)), asked, quote(rule))
	w.checkFilters(v, asked, filters)
}

// closing writes the end of a change of the row in variable v and returns the
// answer: that of one row, or of all that were changed.
func (w *writer) closing(v string) string {
	if w.eachKey() == nil {
		return w.answerRow(v)
	}
	w.line(1, "done.append(%s)", v)
	return w.answerDone()
}

// answerDone ends the loop over rows and returns the answer about all of them.
func (w *writer) answerDone() string {
	w.shift = 0
	if w.o.silent {
		return "{}"
	}
	return w.answerRows(paging{rows: "done", all: "done"})
}

// removeEach writes the deleting of each row that a request names.
func (w *writer) removeEach(v string) {
	w.line(1, "done.append(%s(%s, None))", w.use("merged"), v)
	w.line(1, "db.%s.delete(%s[%s])", w.t.Name, v, quote(w.t.Key))
	answer := w.answerDone()
	if w.o.shape.loose() && !w.o.silent {
		answer = `{"deleted": len(done)}`
	}
	w.line(1, "return %s", answer)
}

// changeItem writes what an item of the request changes in its row: its own
// properties that are columns, and those of an object in it.
func (w *writer) changeItem(v string) {
	key := w.eachKey()
	if key == nil || !key.p.Schema.Items().IsObject() {
		return
	}
	for _, p := range key.p.Schema.Items().Props() {
		if c := w.t.find(p.Name); c != nil && c.Name != w.t.Key && produces(*c, p.Schema) {
			w.line(1, "if %s in item:", quote(p.Name))
			w.line(2, "%s[%s] = item[%s]", v, quote(c.Name), quote(p.Name))
		} else if names := w.editable(p.Schema); p.Schema.IsObject() && len(names) > 0 {
			w.line(1, "fields = item.get(%s) or {}", quote(p.Name))
			w.line(1, "for field in %s:", w.list(w.t.Entity, "EDITABLE", names))
			w.line(2, "if fields.get(field) != None:")
			w.line(3, "%s[field] = fields[field]", v)
		}
	}
}

// editable are the columns that an object of fields declares.
func (w *writer) editable(s schema.View) []string {
	var out []string
	for _, p := range s.Props() {
		if c := w.t.find(p.Name); c != nil && c.Name == p.Name && c.Name != w.t.Key && c.Ref == "" && produces(*c, p.Schema) {
			out = append(out, c.Name)
		}
	}
	return out
}

// changesItems says whether the items of the request say what changes in their
// rows.
func (o *op) changesItems() bool {
	return o.kind == scaler.Update && slices.ContainsFunc(o.binds, func(b bind) bool {
		return b.Op == eachOp && b.Role == roleKey && b.p.Schema.Items().IsObject()
	})
}
