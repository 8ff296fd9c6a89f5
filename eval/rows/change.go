package rows

import (
	"bytes"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Mark begins a call: Changes tells what was written since.
func (s *State) Mark() { s.marked = s.marked[:0] }

// A Change is a field that differs: "table/key/field/..." with fields escaped as
// in a JSON pointer, set or del. A whole new row is set; a list that grew or
// shrank is set as a whole.
type Change struct{ Path, Op string }

// Changed says whether anything differs from what it was at Mark.
func (s *State) Changed() bool {
	for _, e := range s.marked {
		if e.before == nil || !same(e.before, s.changed[e.table][e.key]) {
			return true
		}
	}
	return false
}

// Same says whether two states of one store have the same text in a style, and
// so the same hash. It looks at rows that changed only.
func (s *State) Same(o *State, style Style) bool {
	text := styles[style].value
	for t := range s.changed {
		for _, pair := range [2][2]*State{{s, o}, {o, s}} {
			for key, row := range pair[0].changed[t] {
				other, ok := pair[1].row(t, key)
				if !ok || row != other && !bytes.Equal(text(row), text(other)) {
					return false
				}
			}
		}
	}
	return true
}

// Changes lists what differs from what it was at Mark: the rows as "table/key"
// and the fields, both sorted.
func (s *State) Changes() (rows []string, fields []Change) {
	seen := map[string]bool{}
	for _, e := range s.marked {
		path := s.base.tables[e.table].name + "/" + e.key
		if seen[path] {
			continue
		}
		seen[path] = true
		var before any
		if e.before != nil {
			before = e.before
		}
		if found := diff(nil, path, before, s.changed[e.table][e.key]); len(found) > 0 {
			rows = append(rows, path)
			fields = append(fields, found...)
		}
	}
	slices.Sort(rows)
	sort.Slice(fields, func(i, j int) bool { return fields[i].Path < fields[j].Path })
	return rows, fields
}

// Diff lists what differs between two versions of the row at a path, sorted; a
// version that is not there is nil.
func Diff(path string, before, after any) []Change {
	found := diff(nil, path, before, after)
	sort.Slice(found, func(i, j int) bool { return found[i].Path < found[j].Path })
	return found
}

var escape = strings.NewReplacer("~", "~0", "/", "~1").Replace

func same(a, b any) bool { return bytes.Equal(pyjson.Canonical(a), pyjson.Canonical(b)) }

func diff(out []Change, path string, before, after any) []Change {
	if x, ok := before.(*pyjson.Object); ok {
		if y, ok := after.(*pyjson.Object); ok {
			return diffObjects(out, path, x, y)
		}
	}
	x, ok := before.([]any)
	y, ok2 := after.([]any)
	if ok && ok2 && len(x) == len(y) {
		for i := range x {
			out = diff(out, path+"/"+strconv.Itoa(i), x[i], y[i])
		}
		return out
	}
	if ok != ok2 || !same(before, after) {
		out = append(out, Change{path, "set"})
	}
	return out
}

func diffObjects(out []Change, path string, before, after *pyjson.Object) []Change {
	for key, v := range after.All() {
		if old, ok := before.Get(key); ok {
			out = diff(out, path+"/"+escape(key), old, v)
		} else {
			out = append(out, Change{path + "/" + escape(key), "set"})
		}
	}
	for key := range before.All() {
		if _, ok := after.Get(key); !ok {
			out = append(out, Change{path + "/" + escape(key), "del"})
		}
	}
	return out
}
