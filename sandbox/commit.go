package sandbox

import (
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// edits are the changes that were committed.
func (x *txn) edits() []edit {
	var list []edit
	for _, l := range x.order {
		switch {
		case !l.changed:
		case l.deleted:
			list = append(list, edit{Table: l.t.index, Key: l.key})
		default:
			list = append(list, edit{l.t.index, l.key, pyjson.Marshal(l.done.object())})
		}
	}
	return list
}

// finish turns every live row into the record that commit stores.
func (x *txn) finish() error {
	for _, l := range x.order {
		if l.deleted {
			l.changed = l.base != nil
			continue
		}
		if err := l.settle(x.converter()); err != nil {
			return err
		}
		if !l.changed {
			l.done = l.base
			continue
		}
		if v, _ := l.obj.Get(l.t.Key); !isKey(v, l.key) {
			return fmt.Errorf("%s %s: its key column %s may not change", l.t.Entity, l.key, l.t.Key)
		}
		l.done = l.t.newRecord(l.key, l.obj)
	}
	return nil
}

func isKey(v any, key string) bool {
	text, ok := keyText(v)
	return ok && text == key
}

// settle converts the cells back and finds out whether the row differs. A field
// that is the same as before keeps its old value, so that a state and a diff
// applied to its start agree to the last byte.
func (l *live) settle(c *converter) error {
	was := new(pyjson.Object)
	if l.base != nil {
		was = l.base.object()
	}
	l.changed = l.base == nil || was.Len() != l.obj.Len()
	shared := !l.written // fields without a cell are the base's
	for i := range l.obj.Len() {
		field, v := l.obj.At(i)
		if cell, ok := l.cells.get(field); ok && !untouched(v, cell) {
			var err error
			if v, err = c.value(cell, 1); err != nil {
				return fmt.Errorf("%s %s: field %s: %w", l.t.Entity, l.key, field, err)
			}
		} else if shared {
			continue
		}
		old, ok := was.Get(field)
		if ok && l.t.same(field, old, v) {
			v = old
		} else {
			l.changed = true
			l.own()
		}
		if l.written {
			l.obj.Set(field, v)
		}
	}
	return nil
}

// untouched says whether a list or dict that was handed out is as it was, which
// most are: it saves making the value again. A false no does no harm.
func untouched(v any, cell starlark.Value) bool {
	switch v := v.(type) {
	case string:
		s, ok := cell.(starlark.String)
		return ok && v == string(s)
	case nil:
		return cell == starlark.None
	case bool:
		return cell == starlark.Bool(v)
	case int64:
		i, ok := cell.(starlark.Int)
		if !ok {
			return false
		}
		n, small := i.Int64()
		return small && n == v
	case float64:
		f, ok := cell.(starlark.Float)
		return ok && v == float64(f)
	case []any:
		list, ok := cell.(*starlark.List)
		if !ok || list.Len() != len(v) {
			return false
		}
		for i, item := range v {
			if !untouched(item, list.Index(i)) {
				return false
			}
		}
		return true
	case *pyjson.Object:
		dict, ok := cell.(*starlark.Dict)
		if !ok || dict.Len() != v.Len() {
			return false
		}
		for key, item := range v.All() {
			now, ok, _ := dict.Get(starlark.String(key))
			if !ok || !untouched(item, now) {
				return false
			}
		}
		return true
	}
	return false
}

// commit moves the changes into the session and names the tables written.
func (x *txn) commit() []string {
	wrote := make([]bool, len(x.s.w.tables))
	any := false
	for _, l := range x.order {
		if !l.changed {
			continue
		}
		st := x.s.writable()
		if l.deleted {
			st.remove(l.t.index, l.key)
		} else {
			st.put(l.t.index, l.done)
		}
		wrote[l.t.index], any = true, true
	}
	if !any {
		return nil
	}
	return x.s.w.names(wrote)
}

// row converts a view: the record's own object where the call left it alone.
func (c *converter) row(v *row, depth int) (any, error) {
	if l := v.touched(); l != nil {
		if l.done != nil {
			return l.done.object(), c.spend(l.done.size)
		}
		o := pyjson.NewObject(l.obj.Len())
		for field, item := range l.obj.All() {
			if cell, ok := l.cells.get(field); ok {
				var err error
				if item, err = c.value(cell, depth+1); err != nil {
					return nil, err
				}
			}
			o.Set(field, item)
		}
		return o, c.spend(2)
	}
	return v.rec.object(), c.spend(v.rec.size)
}
