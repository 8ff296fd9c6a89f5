package world

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
)

// The routes of a route table are shown in its own row and have tools of their
// own. They are held once, as rows that refer to theirs; the list is made when
// the row is shown.

// A join is a list in rows of one table that the rows of another make up.
type join struct {
	list []string // where the list stands: a column, then properties of objects in it
	of   *table   // whose rows are listed
	back string   // their column that names the row
}

// A stored is a list that a caller gives with its row, and the join that keeps it.
type stored struct {
	join
	p param
}

// join finds the lists that rows of other tables make up, and takes them out of
// the columns.
func (a *atlas) join() {
	for _, t := range a.tables {
		if !t.declared || t.event || t.alone {
			continue
		}
		for _, of := range a.tables {
			back := of.refersTo(t)
			if of == t || of.event || !of.isRead() || back == "" {
				continue
			}
			for _, l := range t.listsOf(of.Entity) {
				if !t.busy(l.path) && !t.isJoined(l.path) && of.rowsLike(t, l) {
					of.lend(l.item)
					t.joins = append(t.joins, join{l.path, of, back})
					break
				}
			}
		}
		for _, j := range t.joins {
			t.takeOut(j)
		}
	}
}

// refersTo returns the one column whose value is the row of another table that
// a row lies under; empty where there is none, or several.
func (t *table) refersTo(other *table) string {
	found := ""
	for _, c := range t.Columns {
		if c.Ref != other.Name || c.Type == "array" {
			continue
		}
		if found != "" {
			return ""
		}
		found = c.Name
	}
	return found
}

// busy says whether a tool of the table works on the list itself: looks
// something up in it, or changes entries of it.
func (t *table) busy(list []string) bool {
	at := strings.Join(list, ".")
	return slices.ContainsFunc(t.ops, func(o *op) bool {
		return o.nested == list[0] || o.entry != nil && slices.Equal(o.entry.list, list) || slices.ContainsFunc(o.binds, func(b bind) bool {
			return b.Table == t.Name && (b.Role == roleFilter && b.Column == list[0] || strings.HasPrefix(b.Column, at+"."))
		})
	})
}

// isJoined says whether rows of a table make up the list already, or what it stands in.
func (t *table) isJoined(list []string) bool {
	return slices.ContainsFunc(t.joins, func(j join) bool {
		n := min(len(j.list), len(list))
		return slices.Equal(j.list[:n], list[:n])
	})
}

// rowsLike says whether what a list holds looks like rows of the table.
func (t *table) rowsLike(parent *table, l shelf) bool {
	known, props := 0, l.item.Props()
	for _, p := range props {
		if c := t.find(p.Name); c != nil && produces(*c, p.Schema) {
			known++
		}
	}
	return known > 1 && (2*known >= len(props) || t.nestedIn(parent) && t.declared)
}

// lend makes rows of the table right for a list that shows them: what an item
// shows besides, they have too.
func (t *table) lend(item schema.View) {
	for _, p := range item.Props() {
		c := columnOf(p)
		if have := t.find(p.Name); have == nil && (p.Schema.IsScalar() || !t.declares(p.Name)) {
			t.add(c)
		} else if have != nil && c.Type != "object" && c.Type != "array" {
			narrow(have, c)
		}
	}
}

// declares says whether a result of the table's tools has a property of that name.
func (t *table) declares(name string) bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool {
		_, ok := o.shape.row.Prop(name)
		return ok
	})
}

// takeOut takes a list out of the columns, and notes which tools are given it.
func (t *table) takeOut(j join) {
	for _, o := range t.ops {
		for i := range o.binds {
			b := &o.binds[i]
			if b.Table != t.Name || b.Role != roleSet || b.Column != j.list[0] {
				continue
			}
			o.stores = append(o.stores, stored{j, b.p})
			if len(j.list) == 1 {
				b.Bind.Role, b.Bind.Table, b.Bind.Column = roleInput, "", ""
			}
		}
		o.note("the", strings.Join(j.list, "."), "of the", spoken(t.Entity), "are the rows of", j.of.Name)
	}
	at := slices.IndexFunc(t.Columns, func(c scaler.Column) bool { return c.Name == j.list[0] })
	if len(j.list) == 1 {
		t.Columns = slices.Delete(t.Columns, at, at+1)
		return
	}
	t.Columns[at].Schema = dropped(t.Columns[at].Schema, j.list[1:])
	t.Columns[at].Examples = nil
}

// dropped returns an object schema without the property at a path.
func dropped(whole json.RawMessage, path []string) json.RawMessage {
	o, err := pyjson.ParseObject(whole)
	if err != nil {
		return whole
	}
	in := o
	for i, step := range path {
		props, ok := in.Get("properties")
		of, isObject := props.(*pyjson.Object)
		if !ok || !isObject {
			return whole
		}
		if i == len(path)-1 {
			of.Delete(step)
			in.Set("required", slices.DeleteFunc(schema.Of(in).List("required"), func(v any) bool { return v == any(step) }))
			break
		}
		next, _ := of.Get(step)
		if in, ok = next.(*pyjson.Object); !ok {
			return whole
		}
	}
	o.Delete("example")
	o.Delete("examples")
	return pyjson.Marshal(o)
}

// hidden are the properties of an object column that rows of other tables make up.
func (t *table) hidden(column string) []string {
	var out []string
	for _, j := range t.joinsIn(column) {
		if len(j.list) == 2 {
			out = append(out, j.list[1])
		}
	}
	return out
}

// joinsIn are the joins in a column of that name.
func (t *table) joinsIn(name string) []join {
	var out []join
	for _, j := range t.joins {
		if j.list[0] == name {
			out = append(out, j)
		}
	}
	return out
}
