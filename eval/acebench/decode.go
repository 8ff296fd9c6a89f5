package acebench

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/internal/python"
)

// exception is an error of Python's.
func exception(class, format string, args ...any) error {
	return &python.Error{Class: class, Text: fmt.Sprintf(format, args...)}
}

// decode reads the calls of a reply as the official scorer does: one dict for
// each, {name: {argument: value}}. Arguments without a name are lost.
func decode(reply string) ([]any, error) {
	x, err := pylit.Parse(reply)
	if err != nil {
		return nil, err
	}
	var items []pylit.Expr
	switch x := x.(type) {
	case *pylit.ListExpr:
		items = x.Items
	case *pylit.TupleExpr:
		items = x.Items
	case *pylit.SetExpr:
		items = x.Items
	default:
		return nil, exception("AttributeError", "no list of calls")
	}
	calls := make([]any, len(items))
	for i, item := range items {
		call, ok := item.(*pylit.Call)
		if !ok {
			return nil, exception("AssertionError", "an item is no call")
		}
		if calls[i], err = (reader{bare: asCall}).call(call); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// A reader turns expressions into values. The official code has two of them,
// which differ in what a call without named arguments becomes.
type reader struct {
	bare func(*pylit.Call) any
}

// asCall keeps a call without arguments as a call.
func asCall(c *pylit.Call) any {
	return &pylit.Dict{Keys: []any{function(c)}, Values: []any{&pylit.Dict{}}}
}

// asSource keeps it as its text.
func asSource(c *pylit.Call) any { return c.Source() }

// function is the dotted name of what is called; "" when it is no name.
func function(c *pylit.Call) string {
	var parts []string
	x := c.Func
	for {
		switch y := x.(type) {
		case *pylit.Attribute:
			parts = append([]string{y.Name}, parts...)
			x = y.X
			continue
		case *pylit.Name:
			parts = append([]string{y.ID}, parts...)
		}
		return strings.Join(parts, ".")
	}
}

// call reads the named arguments; **x has the name None.
func (r reader) call(c *pylit.Call) (*pylit.Dict, error) {
	args := &pylit.Dict{}
	for _, k := range c.Keywords {
		v, err := r.value(k.Value)
		if err != nil {
			return nil, err
		}
		var key any = k.Name
		if k.Name == "" {
			key = nil
		}
		args.Set(key, v)
	}
	return &pylit.Dict{Keys: []any{function(c)}, Values: []any{args}}, nil
}

func (r reader) value(x pylit.Expr) (any, error) {
	switch x := x.(type) {
	case *pylit.Constant:
		if x.Ellipsis {
			return "...", nil
		}
		return x.Value, nil
	case *pylit.Unary:
		return negative(x)
	case *pylit.ListExpr:
		return r.values(x.Items)
	case *pylit.TupleExpr:
		items, err := r.values(x.Items)
		return pylit.Tuple(items), err
	case *pylit.DictExpr:
		return r.dict(x)
	case *pylit.Binary:
		return compute(x)
	case *pylit.Name:
		return x.ID, nil
	case *pylit.Call:
		if len(x.Keywords) == 0 {
			return r.bare(x), nil
		}
		return r.call(x)
	case *pylit.Subscript:
		return x.Source(), nil
	}
	if o, ok := x.(*pylit.Other); ok && o.Kind == "Lambda" {
		return nil, exception("TypeError", "'Constant' object is not subscriptable")
	}
	return nil, exception("Exception", "unsupported expression %s", x.Source())
}

func (r reader) values(items []pylit.Expr) ([]any, error) {
	out := make([]any, len(items))
	for i, item := range items {
		v, err := r.value(item)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (r reader) dict(x *pylit.DictExpr) (*pylit.Dict, error) {
	d := &pylit.Dict{}
	for i, k := range x.Keys {
		if k == nil {
			return nil, exception("Exception", "unsupported ** in a dict")
		}
		key, err := r.value(k)
		if err != nil {
			return nil, err
		}
		if !hashable(key) {
			return nil, exception("TypeError", "unhashable type: '%s'", pylit.TypeName(key))
		}
		v, err := r.value(x.Values[i])
		if err != nil {
			return nil, err
		}
		d.Set(key, v)
	}
	return d, nil
}

func hashable(v any) bool {
	switch v := v.(type) {
	case []any, *pylit.Dict, pylit.Set:
		return false
	case pylit.Tuple:
		for _, x := range v {
			if !hashable(x) {
				return false
			}
		}
	}
	return true
}

// negative is what the official code makes of any sign before a constant,
// "not" and "+" included.
func negative(x *pylit.Unary) (any, error) {
	c, ok := x.X.(*pylit.Constant)
	if !ok {
		return nil, exception("AttributeError", "no constant behind %q", x.Op)
	}
	return negated(c.Value)
}
