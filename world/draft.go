package world

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A draft is a world between its tools and its files: what was inferred, and
// which tools are still in it.
type draft struct {
	domain  scaler.Domain
	ops     []*op
	atlas   *atlas
	dropped []scaler.Dropped

	seeded    []scaler.Row // what fill made last, and for which schema
	seededFor scaler.Schema
}

// infer decides for a domain's tools what they do and to which tables.
func infer(d scaler.Domain, tools []scaler.Tool) *draft {
	dr := &draft{domain: d, ops: readOps(d, tools)}
	unique(dr.ops)
	for _, o := range dr.ops {
		o.classify()
	}
	lex := lexiconOf(dr.ops)
	rows := dr.rowFields()
	for _, o := range dr.ops {
		o.settle(lex, rows)
	}
	dr.settleKinds()
	dr.atlas = newAtlas(entities(dr.ops))
	dr.tables()
	dr.unbindUnread()
	dr.unbindIdle()
	dr.grade()
	return dr
}

// readOps reads the domain's tools in the order of their IDs.
func readOps(d scaler.Domain, tools []scaler.Tool) []*op {
	in := map[scaler.ToolID]bool{}
	for _, id := range d.Tools {
		in[id] = true
	}
	byService := map[string][]scaler.Tool{}
	for _, t := range tools {
		byService[t.Service] = append(byService[t.Service], t)
	}
	prefix := map[string]int{}
	for service, list := range byService {
		prefix[service] = servicePrefix(list)
	}
	var ops []*op
	for _, t := range tools {
		if len(in) == 0 || in[t.ID] {
			ops = append(ops, newOp(t, prefix[t.Service]))
		}
	}
	sort.SliceStable(ops, func(i, j int) bool { return ops[i].tool.ID < ops[j].tool.ID })
	return ops
}

// settleKinds turns kinds that the rest of the domain contradicts: a sent
// message is a new row where messages can be listed.
func (dr *draft) settleKinds() {
	held := map[string]bool{}
	for _, o := range dr.ops {
		if describes(o.kind) || o.kind == scaler.Create {
			held[o.noun] = true
		}
	}
	fields := dr.rowFields()
	for _, o := range dr.ops {
		switch {
		case o.answersWithParent(fields):
			o.demote(held)
		case o.unread(held):
			o.demote(held)
		case o.kind == scaler.Event && held[o.noun] && !o.hasOwnID() && o.action == "":
			o.kind = scaler.Create
			o.note("what it makes can be read back")
		case o.kind == scaler.Event && held[o.noun] && o.hasOwnID() && o.restful() && o.tool.Method != "POST":
			o.kind = scaler.Update
		case describes(o.kind) && o.noun == "" && len(o.params) > 0:
			o.noun = singularNoun(strings.Join(o.words, "_"))
		case stateful(o.kind) && o.noun == "":
			o.kind = scaler.Event
			if o.tool.Effect == scaler.Read {
				o.kind = scaler.Compute
			}
			o.note("assumed: it names no thing that could be kept")
		}
	}
}

// rowFields collects, for each noun, the fields of the rows that its reads by
// key and lists return.
func (dr *draft) rowFields() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, o := range dr.ops {
		if !describes(o.kind) || o.noun == "" || o.restful() && o.tool.Method != "GET" {
			continue
		}
		if out[o.noun] == nil {
			out[o.noun] = map[string]bool{}
		}
		o.addFields(out[o.noun])
	}
	return out
}

// answersWithParent says whether a REST write to something under a row answers
// with that row: then it changes the row, whatever the path calls the change.
func (o *op) answersWithParent(fields map[string]map[string]bool) bool {
	n := len(o.path)
	if !o.restful() || n < 2 || o.tool.Method == "" || o.tool.Method == "GET" || o.tool.Method == "DELETE" || len(o.path[n-1].params) > 0 || len(o.path[n-2].params) == 0 {
		return false
	}
	parent, own := o.path[n-2].noun, map[string]bool{}
	sh := shapeOf(o.result, parent)
	if sh.mode != single {
		return false
	}
	for _, p := range sh.row.props() {
		own[snake(p.Name)] = true
	}
	return len(own) >= 3 && closeTo(own, fields[parent]) && !closeTo(own, fields[o.noun])
}

// unread says whether a REST write is about a noun that nothing reads or makes
// by itself: the volume of a player, the break-off of a replication.
func (o *op) unread(held map[string]bool) bool {
	if !o.restful() || o.tool.Method == "" || len(o.path[len(o.path)-1].params) > 0 || o.plural {
		return false
	}
	switch o.kind {
	case scaler.Create:
		return !isRowLike(shapeOf(o.result, o.noun).row) && !(held[o.noun] && dictates(o))
	case scaler.Update, scaler.Delete:
		return !held[o.noun]
	}
	return false
}

// dictates says whether the tool stores anything at all.
func dictates(o *op) bool {
	for _, p := range o.params {
		if p.In == "body" {
			return true
		}
	}
	return false
}

// isRowLike says whether a result is a row with a key of its own.
func isRowLike(s view) bool {
	for _, p := range s.props() {
		if strongID(p.Name) || p.Name == "id" || p.Name == "key" {
			return true
		}
	}
	return false
}

// demote makes such a write change what it hangs on, or an event where that is
// no entity either.
func (o *op) demote(held map[string]bool) {
	if n := len(o.path); n > 1 && held[o.path[n-2].noun] && o.kind != scaler.Delete {
		o.part = o.noun
		o.noun = o.path[n-2].noun
		o.path = o.path[:n-1]
		o.kind = scaler.Update
		verb, _, _ := strings.Cut(o.part, "_")
		if joined := strings.ReplaceAll(o.part, "_", ""); participles[joined] != "" {
			verb = joined
		}
		if participles[verb] != "" && len(o.path[n-2].params) > 0 && o.tool.Method == "POST" {
			o.kind, o.verb = scaler.Transition, verb
		}
		o.note("part of the", spoken(o.noun))
		return
	}
	o.kind = scaler.Event
}

// tables collects columns, keys, references, parameter meanings and statuses.
func (dr *draft) tables() {
	a := dr.atlas
	for _, t := range a.tables {
		t.collect()
	}
	for _, t := range a.tables {
		t.alone = t.isAlone()
		t.chooseKey()
	}
	a.link()
	dr.upserts()
	for _, t := range a.tables {
		for _, o := range writesFirst(t.ops) {
			o.nest()
			o.bindAll(a)
			o.identify()
			o.bindLines(a)
			o.bindSwaps()
		}
	}
	for _, t := range a.tables {
		t.describe()
		t.surround()
		t.machine()
		t.promise()
	}
	a.link()
	for _, t := range a.tables {
		t.markUnique()
	}
	for _, o := range dr.ops {
		if o.kind == scaler.Event {
			a.addLog()
		}
		if o.table == nil {
			o.shape = shapeOf(o.result, o.noun)
			for _, p := range o.params {
				o.binds = append(o.binds, dr.eventBind(o, p))
			}
		}
	}
}

// eventBind says what a parameter of a tool without a table points at.
func (dr *draft) eventBind(o *op, p param) bind {
	b := bind{p: p, Bind: scaler.Bind{Param: p.path(), Role: roleInput}}
	stem := idStem(p.Name)
	if o.kind != scaler.Event || !p.Required || !p.Schema.isScalar() {
		return b
	}
	t := dr.atlas.byName[stem]
	if p.In == "path" {
		if pt, last := o.parentTable(dr.atlas, p.Name); pt != nil && last {
			t = pt
		}
	}
	if t == nil || t.alone || stem != "" && !strongID(p.Name) && p.In != "path" {
		return b
	}
	b.Role, b.Table, b.Column = roleRef, t.Name, t.Key
	return b
}

// upserts makes creates of the PUTs on a key of the caller's choice that are
// the only way to such rows.
func (dr *draft) upserts() {
	for _, t := range dr.atlas.tables {
		creates := slices.ContainsFunc(t.ops, func(o *op) bool { return o.kind == scaler.Create && o.restful() })
		for _, o := range t.ops {
			key, ok := o.ownKey(t.Entity)
			if !ok || creates || o.tool.Method != "PUT" || o.kind != scaler.Update || key.In != "path" || t.column(t.Key).Type != "string" {
				continue
			}
			if slices.Contains(o.words, "create") || slices.Contains(o.words, "put") || strings.Contains(strings.ToLower(o.tool.Description), "create") {
				o.kind, o.upsert = scaler.Create, true
				o.note("PUT on a key: makes the row where there is none")
			}
		}
	}
}

// promise makes columns that some result declares without null never null.
func (t *table) promise() {
	for _, o := range t.ops {
		for _, p := range o.shape.row.props() {
			if c := t.find(p.Name); c != nil && !p.Schema.nullable && p.Schema.typ() == c.Type {
				c.Nullable = false
			}
		}
	}
}

// writesFirst orders tools so that columns come from what creates rows before
// what searches them.
func writesFirst(ops []*op) []*op {
	out := slices.Clone(ops)
	rank := map[scaler.Kind]int{scaler.Create: 0, scaler.Update: 1, scaler.Get: 2, scaler.Relate: 2, scaler.List: 3}
	sort.SliceStable(out, func(i, j int) bool {
		ri, ok := rank[out[i].kind]
		if !ok {
			ri = 4
		}
		rj, ok := rank[out[j].kind]
		if !ok {
			rj = 4
		}
		return ri < rj
	})
	return out
}

// isAlone says whether the table holds one row that no tool needs to name:
// the settings of the account, the current user.
func (t *table) isAlone() bool {
	for _, o := range t.ops {
		if o.kind == scaler.List || o.kind == scaler.Create || o.kind == scaler.Delete || o.kind == scaler.Aggregate {
			return false
		}
		if _, ok := o.ownKey(t.Entity); ok {
			return false
		}
		for _, p := range o.params {
			if p.In == "path" || p.Required && describes(o.kind) {
				return false
			}
		}
	}
	t.Size = 1
	return true
}

// identify makes a required argument the one that finds the row, where a write
// to one row has no other way to say which.
func (o *op) identify() {
	if o.table.alone || o.kind == scaler.Create || describes(o.kind) || o.kind == scaler.Aggregate {
		return
	}
	for _, b := range o.binds {
		if b.Role == roleKey || b.Role == roleFilter {
			return
		}
	}
	pick := -1
	for i, b := range o.binds {
		if !b.p.Required || b.p.Schema.typ() != "string" && b.p.Schema.typ() != "integer" || b.Role == roleInput {
			continue
		}
		if b.Role == roleRef && pick < 0 || b.Role == roleSet && slices.Contains(keyNames, plainName(o.table.Entity, snake(b.p.Name))) {
			pick = i
			if b.Role == roleSet {
				break
			}
		}
		if pick < 0 && len(b.p.Schema.list("enum")) == 0 {
			pick = i
		}
	}
	if pick < 0 {
		return
	}
	b := &o.binds[pick]
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

// schema returns the tables as the world shows them.
func (dr *draft) schema() scaler.Schema {
	var s scaler.Schema
	for _, t := range dr.atlas.ordered() {
		table := t.Table
		table.Columns = slices.Clone(t.Columns)
		s.Tables = append(s.Tables, table)
	}
	return s
}

// offered returns the tool's parameters with the headers that mean nothing to
// the tables no longer required: they belong to the transport.
func (o *op) offered() json.RawMessage {
	s := parseView(o.tool.Parameters)
	if s.o == nil {
		return json.RawMessage(`{"type": "object", "properties": {}}`)
	}
	var idle []any
	for _, b := range o.binds {
		if b.Role == roleInput && b.p.Required && (b.p.In == "header" || b.p.In == "cookie") {
			idle = append(idle, b.p.Name)
		}
	}
	if len(idle) == 0 {
		return o.tool.Parameters
	}
	relaxed := s.o.Shallow()
	relaxed.Set("required", slices.DeleteFunc(slices.Clone(s.list("required")), func(name any) bool { return slices.Contains(idle, name) }))
	return pyjson.Marshal(relaxed)
}

// worldTool describes one op as a tool of the world.
func (dr *draft) worldTool(o *op) scaler.WorldTool {
	t := scaler.WorldTool{Tool: o.tool.ID, Name: o.name, Description: o.tool.Description, Parameters: o.offered(),
		Result: o.tool.Result, Effect: scaler.Read, Kind: o.kind, Writes: o.wrote, Tier: o.tier, Evidence: o.evidence,
		Method: o.tool.Method, Path: o.tool.Path, In: o.tool.In, Statuses: o.tool.Statuses}
	if o.table != nil {
		t.Table = o.table.Name
	}
	if len(o.wrote) > 0 {
		t.Effect = scaler.Write
	}
	for _, b := range o.binds {
		t.Binds = append(t.Binds, dr.shown(o, b))
	}
	return t
}

// shown returns a bind as the world shows it: a reference that a change stores
// in its row is a set of the foreign key.
func (dr *draft) shown(o *op, b bind) scaler.Bind {
	switch o.kind {
	case scaler.Update, scaler.Relate, scaler.Transition:
		to := dr.atlas.table(b.Table)
		if b.Role == roleRef && o.nested == "" && to != nil && b.Column == to.Key {
			return scaler.Bind{Param: b.Param, Role: roleSet, Table: o.table.Name, Column: dr.atlas.foreignKey(o.table, to, b.p)}
		}
	}
	return b.Bind
}
