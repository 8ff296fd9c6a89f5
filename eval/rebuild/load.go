package rebuild

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A spot is a value inside an official row, with the way to it: names[i] is
// where values[i] stands in values[i-1], names[0] the key of the row.
type spot struct {
	names  []string
	values []any
}

func (s spot) value() any { return s.values[len(s.values)-1] }

func (s spot) into(name string, v any) spot {
	n := len(s.names)
	return spot{append(s.names[:n:n], name), append(s.values[:n:n], v)}
}

// at follows a path of names, ".." and "@".
func (s spot) at(path []string) (any, bool) {
	for i, name := range path {
		switch name {
		case "..":
			n := len(s.names) - 1
			if n == 0 {
				return nil, false
			}
			s = spot{s.names[:n], s.values[:n]}
		case "@":
			return s.names[len(s.names)-1], i == len(path)-1
		default:
			v, ok := member(s.value(), name)
			if !ok {
				return nil, false
			}
			s = s.into(name, v)
		}
	}
	return s.value(), true
}

// each yields the spots that a path with "*" leads to.
func (s spot) each(path []string) iter.Seq[spot] {
	return func(yield func(spot) bool) { s.walk(path, yield) }
}

func (s spot) walk(path []string, yield func(spot) bool) bool {
	if len(path) == 0 {
		return yield(s)
	}
	for name, v := range members(s.value()) {
		if (path[0] == "*" || path[0] == name) && !s.into(name, v).walk(path[1:], yield) {
			return false
		}
	}
	return true
}

// members yields what an object or a list holds.
func members(v any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		switch v := v.(type) {
		case *pyjson.Object:
			for name, x := range v.All() {
				if !yield(name, x) {
					return
				}
			}
		case []any:
			for i, x := range v {
				if !yield(strconv.Itoa(i), x) {
					return
				}
			}
		}
	}
}

func member(v any, name string) (any, bool) {
	for have, x := range members(v) {
		if have == name {
			return x, true
		}
	}
	return nil, false
}

// A found is a row of a rebuilt table, and the official row it lies in.
type found struct {
	row   scaler.Row
	value *pyjson.Object
	spot  spot
}

// rows returns the rows of our table that lie in one official row.
func (m *Mapping) rows(t scaler.Table, table, key string, official *pyjson.Object) []found {
	at := m.rowsAt(t.Name)
	if at[0] != table {
		return nil
	}
	var out []found
	for s := range (spot{[]string{key}, []any{official}}).each(at[2:]) {
		row := m.row(t, s)
		key, _ := row.Get(t.Key)
		text, ok := key.(string)
		if !ok {
			text = pyjson.Str(key)
		}
		out = append(out, found{scaler.Row{Table: t.Name, Key: text, Value: pyjson.Marshal(row)}, row, s})
	}
	return out
}

// row makes the row of a table out of what stands at a spot. A key that is
// nowhere is the way to the row; a status that is nowhere is the initial one.
func (m *Mapping) row(t scaler.Table, s spot) *pyjson.Object {
	row := pyjson.NewObject(len(t.Columns))
	for _, c := range t.Columns {
		v, ok := m.column(t, c, s)
		switch {
		case ok:
		case c.Name == t.Key:
			v = strings.Join(s.names, "/")
		case t.Status != nil && c.Name == t.Status.Column:
			v = t.Status.Initial
		case !c.Nullable:
			v = empty(c.Type)
		}
		row.Set(c.Name, v)
	}
	return row
}

// empty is the value of a column of which the data knows nothing.
func empty(typ string) any {
	switch typ {
	case "array":
		return []any{}
	case "object":
		return pyjson.NewObject(0)
	case "integer", "number":
		return int64(0)
	case "boolean":
		return false
	}
	return ""
}

func (m *Mapping) column(t scaler.Table, c scaler.Column, s spot) (any, bool) {
	path, list := m.name(t.Name, c.Name)
	v, ok := s.at(path)
	if !ok || !list {
		if !ok && c.Name == t.Key {
			return s.names[len(s.names)-1], len(s.names) == 1
		}
		return v, ok
	}
	items := []any{}
	for name, x := range members(v) {
		items = append(items, m.item(t.Name+"."+c.Name, c, s.into("", v).into(name, x)))
	}
	return items, true
}

// item makes one item of a list column: the fields that the column's schema or
// the mapping names.
func (m *Mapping) item(of string, c scaler.Column, s spot) any {
	names := m.renamed(of)
	for _, name := range fields(c) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	out := pyjson.NewObject(len(names))
	for _, name := range names {
		path, _ := m.name(of, name)
		v, ok := s.at(path)
		if !ok {
			v, ok = least(c, name)
		}
		if ok {
			out.Set(name, v)
		}
	}
	return out
}

// least is what a field of an item holds of which the data knows nothing: the
// first of its choices, where it has to be one.
func least(c scaler.Column, name string) (any, bool) {
	schema, err := pyjson.ParseObject(c.Schema)
	if err != nil {
		return nil, false
	}
	v, _ := spot{[]string{""}, []any{schema}}.at([]string{"properties", name, "enum", "0"})
	return v, v != nil
}

// fields are the fields of a list column's items, as its schema says.
func fields(c scaler.Column) []string {
	schema, err := pyjson.ParseObject(c.Schema)
	if err != nil {
		return nil
	}
	var out []string
	props, _ := schema.Get("properties")
	for name := range members(props) {
		out = append(out, name)
	}
	return out
}
