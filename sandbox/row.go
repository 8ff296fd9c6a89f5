package sandbox

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// A row is a table's row as tool code sees it: like a dict of its fields, and
// writes reach the table. Fields turn into Starlark values when they are read.
//
// Its type is "row", not "dict": Starlark's own == would take a value that
// calls itself a dict for one, and crash.
type row struct {
	x   *txn
	t   *table
	rec *record // as the session has it; nil for a new row
	key string
	l   *live
}

var (
	_ starlark.IterableMapping = (*row)(nil)
	_ starlark.HasSetKey       = (*row)(nil)
	_ starlark.HasAttrs        = (*row)(nil)
	_ starlark.Sequence        = (*row)(nil)
	_ starlark.Comparable      = (*row)(nil)
)

// touched returns the working copy, where this call has made one.
func (r *row) touched() *live {
	if r.l == nil {
		r.l = r.x.lookup(r.t.index, r.key)
	}
	return r.l
}

func (r *row) live() *live {
	if r.touched() == nil {
		r.l = r.x.live(r.t, r.key, r.rec)
	}
	return r.l
}

func (r *row) obj() *pyjson.Object {
	if l := r.touched(); l != nil {
		return l.obj
	}
	return r.rec.object()
}

// field returns a field's value. A list or dict is handed out once and kept, so
// that changes to it are changes to the row.
func (r *row) field(name string) (starlark.Value, bool) {
	name = whole(name)
	v, ok := r.obj().Get(name)
	if !ok {
		return nil, false
	}
	if l := r.touched(); l != nil {
		if cell, ok := l.cells.get(name); ok {
			return cell, true
		}
	}
	switch v.(type) {
	case []any, *pyjson.Object:
		cell := r.x.shelf.value(v)
		r.live().cells.set(name, cell)
		return cell, true
	}
	return scalar(v), true
}

// whole is a text as it is stored: half a letter becomes a mark that it was one.
func whole(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// dict returns the row as a plain dict.
func (r *row) dict() *starlark.Dict {
	d := r.x.shelf.dict(r.Len())
	for _, name := range r.obj().Keys() {
		v, _ := r.field(name)
		_ = d.SetKey(starlark.String(name), v) // a fresh dict takes any string
	}
	return d
}

func (r *row) String() string { return r.dict().String() }

func (r *row) Type() string { return "row" }

func (r *row) Freeze() {}

func (r *row) Truth() starlark.Bool { return r.Len() > 0 }

func (r *row) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable type: row") }

func (r *row) Len() int { return r.obj().Len() }

func (r *row) Get(k starlark.Value) (starlark.Value, bool, error) {
	name, ok := k.(starlark.String)
	if !ok {
		return nil, false, nil
	}
	v, ok := r.field(string(name))
	return v, ok, nil
}

func (r *row) SetKey(k, v starlark.Value) error {
	name, ok := k.(starlark.String)
	if !ok {
		return fmt.Errorf("a row's field is named by a string, not %s", k.Type())
	}
	r.live().set(string(name), v)
	return nil
}

func (r *row) Iterate() starlark.Iterator { return r.dict().Iterate() }

func (r *row) Items() []starlark.Tuple { return r.dict().Items() }

// CompareSameType makes rows with equal fields equal.
func (r *row) CompareSameType(op syntax.Token, y starlark.Value, depth int) (bool, error) {
	if op != syntax.EQL && op != syntax.NEQ {
		return false, fmt.Errorf("row %s row: not ordered", op)
	}
	other, ok := y.(*row)
	if !ok {
		return op == syntax.NEQ, nil
	}
	return starlark.CompareDepth(op, r.dict(), other.dict(), depth)
}

// path returns the value at a dotted path: into objects by name.
func path(o *pyjson.Object, p string) (any, bool) {
	if v, ok := o.Get(p); ok {
		return v, true
	}
	head, rest, ok := strings.Cut(p, ".")
	if !ok {
		return nil, false
	}
	inner, _ := o.Get(head)
	if obj, ok := inner.(*pyjson.Object); ok {
		return path(obj, rest)
	}
	return nil, false
}

// plain is the row as JSON in the middle of a call; a value that is not JSON
// leaves the row as it is stored.
func (r *row) plain() *pyjson.Object {
	l := r.touched()
	if l == nil {
		return r.rec.object()
	}
	o, err := l.snapshot(r.x.converter())
	if err != nil {
		return l.obj
	}
	return o
}
