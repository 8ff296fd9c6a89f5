package sandbox

import (
	"context"
	"errors"
	"fmt"

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
	lives  []map[string]*live // by table, then key: the rows that this call may have changed
	order  []*live            // the same in the order they were first touched
	unseen int                // values drawn without a name of their own
}

// A live row is one that this call changed, or handed out something mutable of.
type live struct {
	t       *table
	key     string
	base    *record // as the session has it; nil for a new row
	obj     *pyjson.Object
	cells   map[string]starlark.Value // fields set, and lists and dicts handed out
	written bool                      // obj is this call's own copy
	deleted bool
	done    *record // what commit stores; set by finish
	changed bool
}

// Key under which a thread holds its txn.
const txnKey = "txn"

func txnOf(thread *starlark.Thread) *txn { t, _ := thread.Local(txnKey).(*txn); return t }

// runHere executes a tool in this process and commits what it did. The edits
// are the same changes, for a host to repeat.
func (s *Session) runHere(ctx context.Context, t *tool, args *pyjson.Object) (Result, []edit) {
	thread := &starlark.Thread{Name: t.Name, Print: func(*starlark.Thread, string) {}}
	thread.SetMaxExecutionSteps(s.w.options.Steps)
	x := &txn{s: s, st: s.cur, tool: t, args: args, thread: thread}
	thread.SetLocal(txnKey, x)
	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, func() { thread.Cancel(ctx.Err().Error()) })
		defer stop()
	}
	r := x.call()
	r.Steps = thread.Steps
	if err := ctx.Err(); err != nil && r.Refused != nil {
		return Result{Err: err}, nil
	}
	if s.w.worker && r.Changed {
		return r, x.edits()
	}
	return r, nil
}

// edits are the changes that were committed.
func (x *txn) edits() []edit {
	var list []edit
	for _, l := range x.order {
		switch {
		case !l.changed:
		case l.deleted:
			list = append(list, edit{Table: l.t.index, Key: l.key})
		default:
			list = append(list, edit{l.t.index, l.key, pyjson.Marshal(l.done.obj)})
		}
	}
	return list
}

// call runs the tool's function; nothing it did counts before the result is
// known to be good. A panic in the engine is a failed call.
func (x *txn) call() (r Result) {
	defer func() {
		if p := recover(); p != nil {
			r = refused(fmt.Errorf("panic: %v", p))
		}
	}()
	args := toStarlark(x.args)
	args.Freeze()
	v, err := starlark.Call(x.thread, x.tool.fn, starlark.Tuple{(*database)(x), args}, nil)
	if err != nil {
		if x.thread.Steps >= x.s.w.options.Steps {
			err = &Refusal{Code: Internal, Message: "The tool ran for too long.", Rule: "sandbox.steps"}
		}
		return refused(readable(err))
	}
	c := &converter{depth: x.s.w.options.Depth, left: x.s.w.options.Output}
	if err := x.finish(); err != nil {
		return refused(err)
	}
	value, err := c.value(v, 0)
	if err != nil {
		return refused(err)
	}
	text := pyjson.Append(make([]byte, 0, 256), value)
	if len(text) > x.s.w.options.Output {
		return refused(&Refusal{Code: Internal, Message: "The tool's result is too large.", Rule: "sandbox.output"})
	}
	r = Result{Text: string(text), Value: value}
	r.Wrote = x.commit()
	r.Changed = len(r.Wrote) > 0
	return r
}

// readable keeps a refusal, and of any other failure the message with the line
// of tools.star where it happened.
func readable(err error) error {
	var r *Refusal
	var e *starlark.EvalError
	if errors.As(err, &r) || !errors.As(err, &e) || len(e.CallStack) == 0 {
		return err
	}
	for i := len(e.CallStack) - 1; i >= 0; i-- {
		if pos := e.CallStack[i].Pos; pos.Line > 0 {
			return fmt.Errorf("%s:%d: %s", pos.Filename(), pos.Line, e.Msg)
		}
	}
	return err
}

// live returns the row's working copy, made on first use.
func (x *txn) live(t *table, key string, base *record) *live {
	if l := x.lookup(t.index, key); l != nil {
		return l
	}
	l := &live{t: t, key: key, base: base}
	if base != nil {
		l.obj = base.obj
	}
	x.add(l)
	return l
}

func (x *txn) add(l *live) {
	if x.lives == nil {
		x.lives = make([]map[string]*live, len(x.s.w.tables))
	}
	if x.lives[l.t.index] == nil {
		x.lives[l.t.index] = map[string]*live{}
	}
	x.lives[l.t.index][l.key] = l
	x.order = append(x.order, l)
}

func (x *txn) lookup(table int, key string) *live {
	if x.lives == nil {
		return nil
	}
	return x.lives[table][key]
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
	touched := x.lives != nil && len(x.lives[t.index]) > 0
	for r := range x.st.all(t.index) {
		v := row{x: x, t: t, rec: r, key: r.key}
		if touched {
			if v.l = x.lives[t.index][r.key]; v.l != nil && v.l.deleted {
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
	if !ok || key == "" {
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
	l.obj, l.written, l.deleted, l.cells = obj, true, false, nil
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

// finish turns every live row into the record that commit stores.
func (x *txn) finish() error {
	c := &converter{depth: x.s.w.options.Depth, left: x.s.w.options.Output}
	var buf []byte // of the last row's hash, used again
	for _, l := range x.order {
		if l.deleted {
			l.changed = l.base != nil
			continue
		}
		if err := l.settle(c); err != nil {
			return err
		}
		if !l.changed {
			l.done = l.base
			continue
		}
		if v, _ := l.obj.Get(l.t.Key); !isKey(v, l.key) {
			return fmt.Errorf("%s %s: its key column %s may not change", l.t.Entity, l.key, l.t.Key)
		}
		l.done, buf = l.t.newRecord(l.key, l.obj, buf)
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
	var was *pyjson.Object
	if l.base != nil {
		was = l.base.obj
	}
	next := pyjson.NewObject(l.obj.Len())
	l.changed = was == nil || was.Len() != l.obj.Len()
	for field, v := range l.obj.All() {
		if cell, ok := l.cells[field]; ok {
			var err error
			if v, err = c.value(cell, 1); err != nil {
				return fmt.Errorf("%s %s: field %s: %w", l.t.Entity, l.key, field, err)
			}
		}
		if was != nil {
			if old, ok := was.Get(field); ok && l.t.same(field, old, v) {
				v = old
			} else {
				l.changed = true
			}
		}
		next.Set(field, v)
	}
	l.obj = next
	return nil
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
			return l.done.obj, c.spend(l.done.size)
		}
		o := pyjson.NewObject(l.obj.Len())
		for field, item := range l.obj.All() {
			if cell, ok := l.cells[field]; ok {
				var err error
				if item, err = c.value(cell, depth+1); err != nil {
					return nil, err
				}
			}
			o.Set(field, item)
		}
		return o, c.spend(2)
	}
	return v.rec.obj, c.spend(v.rec.size)
}
