package sandbox

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// A txn is one call at work. It reads the session's state and gathers changes
// beside it; commit moves them over in one go.
type txn struct {
	s      *Session
	st     *state
	tool   *tool
	args   *pyjson.Object
	thread *starlark.Thread
	shelf  *shelf
	order  []*live         // the rows that this call may have changed, in the order they were first touched
	lives  map[place]*live // the same by place, once they are many
	unseen int             // values drawn without a name of their own
}

// A place is where a row is.
type place struct {
	table int
	key   string
}

// few is how many are found faster by looking at each than by a map.
const few = 8

// converter has the limits of one value: a row, a result.
func (x *txn) converter() *converter {
	return &converter{depth: x.s.w.options.Depth, left: x.s.w.options.Output}
}

// live returns the row's working copy, made on first use.
func (x *txn) live(t *table, key string, base *record) *live {
	if l := x.lookup(t.index, key); l != nil {
		return l
	}
	l := &live{t: t, key: key, base: base}
	if base != nil {
		l.obj = base.object()
	}
	x.add(l)
	return l
}

func (x *txn) add(l *live) {
	x.order = append(x.order, l)
	if len(x.order) <= few {
		return
	}
	if x.lives == nil {
		x.lives = map[place]*live{}
		for _, l := range x.order {
			x.lives[place{l.t.index, l.key}] = l
		}
	}
	x.lives[place{l.t.index, l.key}] = l
}

func (x *txn) lookup(table int, key string) *live {
	if x.lives != nil {
		return x.lives[place{table, key}]
	}
	for _, l := range x.order {
		if l.t.index == table && l.key == key {
			return l
		}
	}
	return nil
}

// touches says whether this call may have changed a row of the table.
func (x *txn) touches(t *table) bool {
	return slices.ContainsFunc(x.order, func(l *live) bool { return l.t == t })
}

// get returns a view of a row as the call sees it, or nil.
func (x *txn) get(t *table, key string) *row {
	if l := x.lookup(t.index, key); l != nil {
		if l.deleted {
			return nil
		}
		return &row{x: x, t: t, rec: l.base, key: key, l: l}
	}
	r := x.st.get(t.index, key)
	if r == nil {
		return nil
	}
	return &row{x: x, t: t, rec: r, key: key}
}

// all returns views of a table's rows: the session's in order, then new ones.
func (x *txn) all(t *table) []*row {
	x.scan(t)
	rows := make([]row, 0, x.st.len(t.index))
	touched := x.touches(t)
	for r := range x.st.all(t.index) {
		v := row{x: x, t: t, rec: r, key: r.key}
		if touched {
			if v.l = x.lookup(t.index, r.key); v.l != nil && v.l.deleted {
				continue
			}
		}
		rows = append(rows, v)
	}
	if touched {
		for _, l := range x.order {
			if l.t == t && l.base == nil && !l.deleted {
				rows = append(rows, row{x: x, t: t, key: l.key, l: l})
			}
		}
	}
	views := make([]*row, len(rows))
	for i := range rows {
		views[i] = &rows[i]
	}
	return views
}

// scan counts a look at every row of a table as that many steps, which the
// interpreter does not see.
func (x *txn) scan(t *table) { x.thread.Steps += uint64(x.st.len(t.index)) }

// insert adds a row and returns its view.
func (x *txn) insert(t *table, obj *pyjson.Object) (*row, error) {
	v, _ := obj.Get(t.Key)
	key, ok := keyText(v)
	switch {
	case ok && key == "":
		return nil, refusal(InvalidArguments, "The %s of a new %s may not be empty.", t.Key, strings.ReplaceAll(t.Entity, "_", " "))
	case !ok:
		return nil, fmt.Errorf("insert into %s: the key column %s is %s", t.Name, t.Key, pyjson.Repr(v))
	}
	l := x.lookup(t.index, key)
	switch {
	case l == nil && x.st.get(t.index, key) != nil, l != nil && !l.deleted:
		return nil, refusal(Conflict, "There is already %s %s.", article(t.Entity), key)
	case l == nil:
		l = &live{t: t, key: key}
		x.add(l)
	}
	l.obj, l.written, l.deleted, l.cells = obj, true, false, cells{}
	return &row{x: x, t: t, rec: l.base, key: key, l: l}, nil
}

// remove deletes a row and says whether it was there.
func (x *txn) remove(t *table, key string) bool {
	v := x.get(t, key)
	if v == nil {
		return false
	}
	x.live(t, key, v.rec).deleted = true
	return true
}
