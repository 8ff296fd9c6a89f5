package sandbox

import (
	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// A live row is one that this call changed, or handed out something mutable of.
type live struct {
	t       *table
	key     string
	base    *record // as the session has it; nil for a new row
	obj     *pyjson.Object
	cells   cells // fields set, and lists and dicts handed out
	written bool  // obj is this call's own copy
	deleted bool
	done    *record // what commit stores; set by finish
	changed bool
}

// own makes obj this call's own, to be written.
func (l *live) own() {
	if !l.written {
		l.obj, l.written = l.obj.Shallow(), true
	}
}

func (l *live) set(name string, v starlark.Value) {
	name = whole(name)
	l.own()
	if _, ok := l.obj.Get(name); !ok {
		l.obj.Set(name, nil) // its place; the value is the cell's
	}
	l.cells.set(name, v)
}

func (l *live) remove(name string) {
	name = whole(name)
	l.own()
	l.obj.Delete(name)
	l.cells.remove(name)
}

func (l *live) meets(c converter, conditions []condition) (bool, error) {
	if l.deleted {
		return false, nil
	}
	obj, err := l.snapshot(&c)
	return err == nil && meets(obj, conditions), err
}

// snapshot is the row as it is in the middle of a call.
func (l *live) snapshot(c *converter) (*pyjson.Object, error) {
	if l.cells.empty() {
		return l.obj, nil
	}
	o := l.obj.Shallow()
	for _, field := range o.Keys() {
		if cell, ok := l.cells.get(field); ok {
			v, err := c.value(cell, 1)
			if err != nil {
				return nil, err
			}
			o.Set(field, v)
		}
	}
	return o, nil
}
