package world

import (
	"slices"
	"sort"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/seed"
)

// tables collects columns, keys, references, parameter meanings and statuses.
func (dr *draft) tables() {
	dr.collect()
	dr.hold()
	dr.bind()
	dr.nameRows()
	dr.fitKeys()
	dr.finish()
	dr.bindEvents()
}

// collect gives every table the columns that its tools show and ask for, and a
// key.
func (dr *draft) collect() {
	for _, t := range dr.atlas.tables {
		t.collect()
	}
	for _, t := range dr.atlas.tables {
		if !t.kept {
			t.alone = t.isAlone()
			t.listed()
			t.open = !t.alone && dr.isOpen(t)
			t.chooseKey()
		}
	}
}

// hold decides what rows hold beside what is shown of them: others of their kind,
// lists, ledgers and links, and what one tool tells of another's rows.
func (dr *draft) hold() {
	a := dr.atlas
	a.own()
	a.include()
	dr.entries()
	for _, t := range a.tables {
		t.keepBasket(a)
		t.keepLedger(a)
	}
	for _, t := range a.tables {
		t.keepBookings(a)
		t.keepLinks()
	}
	a.link()
	dr.upserts()
	a.acquaint()
	for _, t := range a.tables {
		t.foretell()
	}
}

// bind says what the parameters of every tool about a table mean.
func (dr *draft) bind() {
	a := dr.atlas
	for _, t := range a.tables {
		for _, o := range writesFirst(t.ops) {
			o.nest()
			o.bindAll(a)
			o.bindInside()
			o.keepDifference()
			o.identify(a)
			o.bindLines(a)
			o.bindSwaps()
		}
	}
	for _, t := range a.tables {
		t.saidAfterAll()
	}
}

// finish says of every table what its columns mean, how its rows move, and what
// of them has to differ.
func (dr *draft) finish() {
	a := dr.atlas
	for _, t := range a.tables {
		t.describe()
		t.pointAt(a)
		t.wordKind()
		t.several()
		t.askedFirst()
		t.surround()
		t.widen()
		t.machine()
		t.promise()
		t.omit()
	}
	a.link()
	dr.findSways()
	for _, t := range a.tables {
		t.markUnique()
	}
}

// bindEvents says what the parameters of tools without a table mean, and gives
// those that are only noted a log.
func (dr *draft) bindEvents() {
	for _, o := range dr.ops {
		if o.kind == scaler.Event {
			dr.atlas.addLog()
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
	if o.kind != scaler.Event || !p.Required || !p.Schema.IsScalar() {
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
			if ok && !creates && o.links(key) {
				o.kind, o.upsert = scaler.Create, true
				o.note("there is nothing to store but that it is there")
				continue
			}
			if !ok || creates || o.tool.Method != "PUT" || o.kind != scaler.Update || key.In != "path" || t.column(t.Key).Type != "string" {
				continue
			}
			if slices.Contains(o.words, "create") || slices.Contains(o.words, "put") || o.verb == "add" || strings.Contains(strings.ToLower(o.tool.Description), "create") {
				o.kind, o.upsert = scaler.Create, true
				o.note("PUT on a key: makes the row where there is none")
			}
		}
	}
}

// links says whether a PUT or POST on a key under something has nothing to store
// but that it lies there: the member of a group, a followed account.
func (o *op) links(key param) bool {
	if o.kind != scaler.Update || o.action != "" || key.In != "path" || o.part != "" || o.tool.Method != "PUT" && o.tool.Method != "POST" {
		return false
	}
	return len(o.path) > 1 && !slices.ContainsFunc(o.params, func(p param) bool { return p.In == "body" })
}

// promise makes columns that some result declares without null never null.
func (t *table) promise() {
	for _, o := range t.ops {
		for _, p := range o.shape.row.Props() {
			if c := t.find(p.Name); c != nil && !p.Schema.Nullable && p.Schema.Type() == c.Type {
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

// several gives a table rows where its name says one and its tools several: configs
// that are made and listed.
func (t *table) several() {
	many := slices.ContainsFunc(t.ops, func(o *op) bool { return o.kind == scaler.List || o.kind == scaler.Create && !o.upsert })
	if many && t.Size == 0 && !t.alone && !t.event && seed.Singleton(t.Entity) {
		t.Size = max(seed.FewRows, 2*len(t.naming.forms))
	}
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

// listedRows is how many rows a table has whose entity is one of a kind elsewhere
// and here is listed or made: the settings of several portals.
const listedRows = 12

// listed gives such a table its size.
func (t *table) listed() {
	if seed.Singleton(t.Entity) && !t.alone && slices.ContainsFunc(t.ops, func(o *op) bool {
		return o.kind == scaler.Create || o.kind == scaler.List && o.shape.mode == many
	}) {
		t.Size = listedRows
		for _, o := range t.ops {
			if most := o.shape.most(); most > 0 {
				t.Size = min(t.Size, most)
			}
		}
	}
}
