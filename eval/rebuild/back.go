package rebuild

import (
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A place is where a row of ours lies in the official data: the row, and the
// way inside it.
type place struct {
	table, key string
	inside     []string
}

// An effect is what a call changed, in official terms.
type effect struct {
	rows   []string
	fields []rows.Change
}

// official reads the official rows before a call.
type official interface {
	Row(table, key string) (*pyjson.Object, bool)
}

// A tablesOf answers for tables that the official data lacks too.
type tablesOf struct {
	official
	names []string
}

func (t tablesOf) Row(table, key string) (*pyjson.Object, bool) {
	if !slices.Contains(t.names, table) {
		return nil, false
	}
	return t.official.Row(table, key)
}

// A translation turns our changes into changes of official rows.
type translation struct {
	*Mapping
	schema scaler.Schema
	tables []string // the official ones
	places map[string]map[string]place
	before official
	after  map[string]*pyjson.Object // table/key -> the row with our changes made
	stray  []string                  // changes with no counterpart
}

// back returns what our changes come to in the official data.
func (x *translation) back(changes []scaler.Change) effect {
	x.after, x.stray = map[string]*pyjson.Object{}, nil
	for _, c := range changes {
		x.change(c)
	}
	var e effect
	for _, path := range sorted(x.after) {
		table, key, _ := strings.Cut(path, "/")
		var before any
		if row, ok := x.before.Row(table, key); ok {
			before = row
		}
		if diff := rows.Diff(path, before, any(x.after[path])); len(diff) > 0 {
			e.rows = append(e.rows, path)
			e.fields = append(e.fields, diff...)
		}
	}
	for _, path := range x.stray {
		e.fields = append(e.fields, rows.Change{Path: path, Op: "set"})
		if row := rowOf(path); !slices.Contains(e.rows, row) {
			e.rows = append(e.rows, row)
		}
	}
	return e
}

func sorted(m map[string]*pyjson.Object) []string {
	var out []string
	for path := range m {
		out = append(out, path)
	}
	slices.Sort(out)
	return out
}

// rowOf is the row of a field: the first two names of its path.
func rowOf(path string) string {
	table, rest, _ := strings.Cut(path, "/")
	key, _, _ := strings.Cut(rest, "/")
	return table + "/" + key
}

func (x *translation) change(c scaler.Change) {
	t, _ := x.schema.Table(c.Table)
	p, ok := x.places[c.Table][c.Key]
	if !ok {
		p, ok = x.newPlace(t, c)
	}
	if !ok {
		x.stray = append(x.stray, c.Table+"/"+c.Key)
		return
	}
	row := x.edit(p)
	switch c.Op {
	case "delete":
		remove(row, p.inside)
	case "insert":
		fresh, _ := pyjson.ParseObject(c.Row)
		for name, v := range fresh.All() {
			if v != nil {
				x.set(row, p, t, name, v)
			}
		}
	default:
		for _, f := range c.Fields {
			v, _ := pyjson.Parse(f.New)
			x.set(row, p, t, f.Field, v)
		}
	}
}

// edit returns the official row to write our changes into.
func (x *translation) edit(p place) *pyjson.Object {
	path := p.table + "/" + p.key
	if x.after[path] == nil {
		x.after[path] = pyjson.NewObject(8)
		if row, ok := x.before.Row(p.table, p.key); ok {
			x.after[path] = row.Clone()
		}
	}
	return x.after[path]
}

// newPlace is where a new row of ours would lie: under the row that one of its
// columns names where rows of its kind are nested.
func (x *translation) newPlace(t scaler.Table, c scaler.Change) (place, bool) {
	at := x.rowsAt(t.Name)
	row, err := pyjson.ParseObject(c.Row)
	if len(at) < 2 || err != nil || !slices.Contains(x.tables, at[0]) {
		return place{}, false
	}
	names := slices.Clone(at[1:])
	names[len(names)-1] = c.Key
	for _, col := range t.Columns {
		path, _ := x.name(t.Name, col.Name)
		up := len(names) - len(path)
		if path[len(path)-1] != "@" || up < 0 {
			continue
		}
		v, _ := row.Get(col.Name)
		if text, ok := v.(string); ok {
			names[up] = text
		}
	}
	return place{at[0], names[0], names[1:]}, !slices.Contains(names, "*")
}

// set writes one column of ours into the official row.
func (x *translation) set(row *pyjson.Object, p place, t scaler.Table, column string, v any) {
	path, list := x.name(t.Name, column)
	whole := slices.Clone(p.inside)
	for _, name := range path {
		switch {
		case name == "@":
			return
		case name == ".." && len(whole) > 0:
			whole = whole[:len(whole)-1]
		default:
			whole = append(whole, name)
		}
	}
	if list {
		old, _ := spot{[]string{p.key}, []any{row}}.at(whole)
		v = x.list(t.Name+"."+column, old, v)
	}
	put(row, whole, v)
}

// list makes an official list, or object of rows, of the items of ours. An item
// keeps what the official one in its place has and ours does not know.
func (x *translation) list(of string, old, v any) any {
	items, _ := v.([]any)
	was, keyed := old.(*pyjson.Object)
	if !keyed {
		return x.plainList(of, old, items)
	}
	out := pyjson.NewObject(len(items))
	for i, item := range items {
		key := x.keyOf(of, item, i)
		before, _ := was.Get(key)
		out.Set(key, x.back1(of, before, item))
	}
	return out
}

func (x *translation) plainList(of string, old any, items []any) any {
	was, _ := old.([]any)
	out := make([]any, len(items))
	for i, item := range items {
		var before any
		if i < len(was) {
			before = was[i]
		}
		out[i] = x.back1(of, before, item)
	}
	return out
}

// back1 makes one official item.
func (x *translation) back1(of string, before, item any) any {
	ours, ok := item.(*pyjson.Object)
	if !ok {
		return item
	}
	out := pyjson.NewObject(ours.Len())
	if was, ok := before.(*pyjson.Object); ok {
		out = was.Clone()
	}
	for name, v := range ours.All() {
		path, _ := x.name(of, name)
		if path[0] != "@" && path[0] != ".." && v != nil {
			put(out, path, v)
		}
	}
	return out
}

// keyOf is the name under which an item of ours is kept.
func (x *translation) keyOf(of string, item any, i int) string {
	ours, _ := item.(*pyjson.Object)
	for _, name := range x.renamed(of) {
		if x.names[of][name] == "@" && ours != nil {
			v, _ := ours.Get(name)
			return pyjson.Str(v)
		}
	}
	return strconv.Itoa(i)
}

func put(row *pyjson.Object, path []string, v any) {
	for _, name := range path[:len(path)-1] {
		next, _ := row.Get(name)
		inner, ok := next.(*pyjson.Object)
		if !ok {
			inner = pyjson.NewObject(2)
			row.Set(name, inner)
		}
		row = inner
	}
	row.Set(path[len(path)-1], v)
}

func remove(row *pyjson.Object, path []string) {
	for i, name := range path {
		if i == len(path)-1 {
			row.Delete(name)
			return
		}
		next, _ := row.Get(name)
		inner, ok := next.(*pyjson.Object)
		if !ok {
			return
		}
		row = inner
	}
}
