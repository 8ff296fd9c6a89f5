package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// An atlas finds tables by entity.
type atlas struct {
	tables []*table
	byName map[string]*table
}

func newAtlas(tables []*table) *atlas {
	a := &atlas{tables: tables, byName: map[string]*table{}}
	for _, t := range tables {
		a.byName[t.Entity] = t
	}
	return a
}

// entity returns the table an entity name or its end means: customer for
// default_customer. Nil if none.
func (a *atlas) entity(stem string) *table {
	for stem != "" {
		if t := a.byName[stem]; t != nil && !t.alone && !t.event {
			return t
		}
		_, rest, ok := strings.Cut(stem, "_")
		if !ok {
			return nil
		}
		stem = rest
	}
	return nil
}

// link marks the columns that hold keys of other tables.
func (a *atlas) link() {
	for _, t := range a.tables {
		for i := range t.Columns {
			c := &t.Columns[i]
			if c.Name == t.Key || c.Ref != "" {
				continue
			}
			if to := a.refTo(t, c.Name, c.Type); to != nil && (to != t || idStem(c.Name) != t.Entity) { // the watch_id of a watch is its own
				a.setRef(t, c, to)
			}
		}
	}
}

// refTo returns the table whose key a column of that name holds.
func (a *atlas) refTo(t *table, name, typ string) *table {
	stem := idStem(name)
	if stem == "" || typ == "object" || typ == "boolean" || !strongID(name) && !a.keyOf(stem, name) {
		return nil
	}
	if strings.HasPrefix(stem, "parent") && a.entity(stem) == nil {
		return t
	}
	to := a.entity(stem)
	if to == nil || !t.near(to, stem) {
		return nil
	}
	if to.Key != "" && (lastWord(snake(name)) == "arn") != (lastWord(snake(to.Key)) == "arn") {
		return nil // a resource name is no id, and an id none
	}
	return to
}

// near says whether a table can refer to another by the name of its entity: both
// are of one service, or of one maker, or the name says of whose it is. The
// user of a chat is none of a code forge.
func (t *table) near(to *table, stem string) bool {
	if len(t.ops) == 0 || len(to.ops) == 0 || t == to {
		return true
	}
	for _, o := range to.ops {
		maker := first(words.Split(o.tool.Service))
		if strings.HasPrefix(stem, maker+"_") || slices.ContainsFunc(t.ops, func(own *op) bool {
			return own.tool.Service == o.tool.Service || first(words.Split(own.tool.Service)) == maker
		}) {
			return true
		}
	}
	return false
}

// keyOf says whether a name is that of the key of the entity it speaks of, where
// no schema shows its rows: project_key.
func (a *atlas) keyOf(stem, name string) bool {
	to := a.byName[stem]
	return to != nil && !to.declared && !to.alone && snake(to.Key) == snake(name) && to.Key != ""
}

func (a *atlas) setRef(t *table, c *scaler.Column, to *table) {
	key, ok := to.Column(to.Key)
	if !ok {
		return
	}
	typ := c.Type
	if typ == "array" {
		typ = schema.Parse(c.Schema).Type()
	}
	if typ != key.Type && c.Type != "array" && !t.declared {
		c.Type = key.Type
		typ = key.Type
	}
	if typ != key.Type || len(c.Enum) > 0 {
		return
	}
	c.Ref, c.Semantic = to.Name, "id"
	if to == t {
		c.Nullable = c.Nullable || !t.declared
		if !c.Nullable {
			c.Ref = ""
		}
	}
}

// ordered returns the tables so that each follows those it refers to, where
// there is no cycle.
func (a *atlas) ordered() []*table {
	var out []*table
	state := map[*table]int{}
	var visit func(t *table)
	visit = func(t *table) {
		if state[t] != 0 {
			return
		}
		state[t] = 1
		for _, c := range t.Columns {
			for _, to := range a.tables {
				if to.Name == c.Ref {
					visit(to)
				}
			}
		}
		out = append(out, t)
	}
	for _, t := range a.tables {
		visit(t)
	}
	return out
}
