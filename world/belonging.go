package world

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// Some rows are named by tools and no tool is about them: the cards of a
// customer, the sizes of an article. Where a text says whose they are, they are
// a table of their own that the owner's details show.

// A mention is an identifier of which no tool is about the entity.
type mention struct {
	stem   string // as the parameter says: card of card_id
	entity string // as a list of them is called: payment_card of payment_cards
	key    schema.Prop
	texts  []string // what is said of it: its own descriptions
	by     []*op
}

// belongings adds the tables of what tools name and none is about.
func (dr *draft) belongings() {
	owners := slices.Clone(dr.atlas.tables)
	for _, m := range dr.mentions() {
		owner := dr.ownerOf(m, owners)
		if owner == nil || owner.showsFields() {
			continue
		}
		if lastWord(owner.Entity) == lastWord(m.entity) { // the activity of a workflow activity is itself
			dr.atlas.byName[m.stem] = owner
			continue
		}
		t := dr.belonging(m, owner)
		dr.atlas.tables = append(dr.atlas.tables, t)
		dr.atlas.byName[t.Entity] = t
		dr.atlas.byName[m.stem] = t
		owner.holds = append(owner.holds, t)
		dr.grants(t)
	}
	for _, t := range owners {
		dr.belongs(t, owners)
	}
}

// belongs finds whose the rows are of a table that tools are about: the sizes of
// an article, where "each article has several sizes", the cards of a customer.
func (dr *draft) belongs(t *table, owners []*table) {
	if t.event || slices.ContainsFunc(t.ops, func(o *op) bool { return o.result.Type() != "" }) {
		return
	}
	m := &mention{stem: t.Entity, entity: t.Entity, by: dr.naming(t)}
	for _, o := range m.by {
		for _, p := range o.params {
			if idStem(strings.TrimPrefix(snake(p.Name), "new_")) == t.Entity {
				m.texts = append(m.texts, p.Schema.Text("description"))
			}
		}
	}
	byWord := map[string]*table{}
	for _, x := range owners {
		if x != t && !x.event && !x.alone {
			byWord[lastWord(x.Entity)] = x
		}
	}
	for _, o := range dr.ops {
		owner, said := eachHas(o.tool.Description, t.Entity, byWord)
		if owner == nil || owner.showsFields() {
			continue
		}
		t.owner = owner
		owner.holds = append(owner.holds, t)
		t.addSaid(said)
		t.addGoods(m.about(owner))
		return
	}
	if w := strings.Split(t.Entity, "_"); slices.Contains(w, "payment") || slices.Contains(w, "card") {
		if t.owner = t.nameOwner(dr.atlas); t.owner != nil {
			t.addKinds(m.texts)
		}
	}
}

// naming lists the tools that name rows of a table by their identifier.
func (dr *draft) naming(t *table) []*op {
	var out []*op
	for _, o := range dr.ops {
		if slices.ContainsFunc(o.params, func(p param) bool { return idStem(strings.TrimPrefix(snake(p.Name), "new_")) == t.Entity }) {
			out = append(out, o)
		}
	}
	return out
}

// nameOwner returns the people that the tools about a table name.
func (t *table) nameOwner(a *atlas) *table {
	for _, o := range t.ops {
		for _, p := range o.params {
			if to := a.byName[idStem(p.Name)]; to != nil && to != t && strongID(p.Name) && words.Person(lastWord(to.Entity)) {
				return to
			}
		}
	}
	return nil
}

// mentions lists the identifiers of which no table has the entity, in the order
// of the tools.
func (dr *draft) mentions() []*mention {
	var out []*mention
	byStem := map[string]*mention{}
	add := func(o *op, p schema.Prop, list string) {
		stem := strings.TrimPrefix(idStem(p.Name), "new_")
		typ := p.Schema.Type()
		if typ == "array" {
			typ = p.Schema.Items().Type()
		}
		if stem == "" || !strongID(p.Name) || typ != "string" && typ != "integer" || dr.atlas.byName[stem] != nil {
			return
		}
		m := byStem[stem]
		if m == nil {
			if dr.atlas.entity(stem) != nil {
				return
			}
			m = &mention{stem: stem, entity: stem, key: schema.Prop{Name: stem + "_id", Schema: p.Schema}}
			if typ == "integer" {
				m.key.Schema = schema.Parse(json.RawMessage(`{"type": "integer"}`))
			}
			byStem[stem] = m
			out = append(out, m)
		}
		if name := singularNoun(list); strings.HasPrefix(name, stem+"_") {
			m.entity = name
		}
		m.texts = append(m.texts, p.Schema.Text("description"))
		if !slices.Contains(m.by, o) {
			m.by = append(m.by, o)
		}
	}
	for _, o := range dr.ops {
		for _, p := range o.params {
			add(o, p.Prop, "")
			if p.Schema.Type() == "array" {
				for _, inner := range p.Schema.Items().Props() {
					add(o, inner, p.Name)
				}
			}
		}
	}
	return out
}

// showsFields says whether some result schema says what rows look like: then
// they hold what that says and no more.
func (t *table) showsFields() bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool { return o.result.Type() != "" }) ||
		!slices.ContainsFunc(t.ops, func(o *op) bool { return o.kind == scaler.Get || o.kind == scaler.List })
}

// ownerOf returns the table whose rows hold what a mention names: "each
// product has several items", "stored with the customer".
func (dr *draft) ownerOf(m *mention, owners []*table) *table {
	byWord := map[string]*table{}
	for _, t := range owners {
		if !t.event {
			byWord[lastWord(t.Entity)] = t
		}
	}
	for _, o := range dr.ops {
		if owner, _ := eachHas(o.tool.Description, m.entity, byWord); owner != nil {
			return owner
		}
	}
	votes, best := map[*table]int{}, (*table)(nil)
	for _, text := range m.texts {
		for _, s := range english.Sentences(text) {
			if t := placedWith(s, byWord); t != nil && !m.onlyBy(t) {
				if votes[t]++; best == nil || votes[t] > votes[best] {
					best = t
				}
			}
		}
	}
	return best
}

// onlyBy says whether every tool that names it is about that table anyway.
func (m *mention) onlyBy(t *table) bool {
	return !slices.ContainsFunc(m.by, func(o *op) bool { return o.table != t })
}

// belonging makes the table of what a mention names.
func (dr *draft) belonging(m *mention, owner *table) *table {
	t := &table{Table: scaler.Table{Entity: m.entity, Name: tableName(m.entity), Key: m.key.Name}, owner: owner, kept: true, parents: []string{owner.Entity}}
	key := columnOf(m.key)
	if m.key.Schema.Type() == "array" {
		key.Type, key.Schema = "string", nil
	}
	key.Semantic, key.Unique, key.Enum, key.Doc = "id", true, nil, ""
	key.Examples = m.examples()
	t.Columns = []scaler.Column{key}
	for _, o := range dr.ops {
		if _, rest := eachHas(o.tool.Description, m.entity, map[string]*table{lastWord(owner.Entity): owner}); rest != nil {
			t.addSaid(rest)
		}
	}
	if t.addKinds(m.texts); t.find("type") == nil {
		t.addGoods(m.about(owner))
	}
	for _, o := range m.by {
		o.note("assumed:", spoken(t.Name), "are kept with the", spoken(owner.Entity))
	}
	return t
}

// about returns what the tools that name it, and those about its owner, say.
func (m *mention) about(owner *table) string {
	text := strings.Join(m.texts, " ")
	for _, o := range append(slices.Clone(m.by), owner.ops...) {
		text += " " + o.tool.Description
	}
	for _, o := range m.by {
		for _, p := range o.params {
			if said := p.Schema.Text("description"); strings.Contains(said, spoken(m.entity)+" price") || strings.Contains(said, "price of the "+spoken(m.entity)) {
				text += " " + said
			}
		}
	}
	return strings.ToLower(text)
}

// examples are the identifiers that its descriptions show.
func (m *mention) examples() []json.RawMessage {
	for _, text := range m.texts {
		if shown := fake.Shown(text); len(shown) > 0 {
			return []json.RawMessage{pyjson.Marshal(shown[0])}
		}
	}
	return nil
}

// own gives the rows of belongings the column that says whose they are.
func (a *atlas) own() {
	for _, t := range a.tables {
		if t.owner == nil {
			continue
		}
		to, _ := t.Column(a.foreignKey(t, t.owner, param{}))
		if !t.kept {
			continue
		}
		rest := slices.DeleteFunc(t.Columns[1:], func(c scaler.Column) bool { return c.Name == to.Name })
		t.Columns = append([]scaler.Column{t.Columns[0], to}, rest...)
	}
}

// heldApart says whether what is kept with a row has the field, so that the row
// has not: each size of an article has its own price.
func (t *table) heldApart(field string) bool {
	apart := map[string]string{"price": "price", "currency": "price", "in_stock": "available", "stock": "available", "quantity": "available", "balance": "balance"}
	return slices.ContainsFunc(t.holds, func(of *table) bool { return of.find(apart[field]) != nil })
}

// ownedBy returns the column of a belonging that says whose it is.
func (t *table) ownedBy() string {
	for _, c := range t.Columns {
		if t.owner != nil && c.Ref == t.owner.Name {
			return c.Name
		}
	}
	return ""
}

// withHoldings writes a row with the rows that are kept with it.
func (w *writer) withHoldings(v string) string {
	if w.o.kind != scaler.Get || len(w.t.holds) == 0 {
		return v
	}
	var parts []string
	for _, t := range w.t.holds {
		parts = append(parts, quote(t.Name)+": db."+t.Name+".query(where = [("+quote(t.ownedBy())+`, "==", `+v+"["+quote(w.t.Key)+"])])")
	}
	return w.use("merged") + "(" + v + ", " + braces(parts) + ")"
}
