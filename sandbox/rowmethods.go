package sandbox

import (
	"fmt"

	"go.starlark.net/starlark"
)

// rowMethods are those of a dict.
var rowMethods = map[string]func(r *row, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error){
	"get":        rowGet,
	"items":      rowRead,
	"keys":       rowRead,
	"values":     rowRead,
	"pop":        rowPop,
	"setdefault": rowSetDefault,
	"update":     rowUpdate,
}

var rowMethodNames = []string{"get", "items", "keys", "pop", "setdefault", "update", "values"}

func (r *row) AttrNames() []string { return rowMethodNames }

func (r *row) Attr(name string) (starlark.Value, error) {
	method := rowMethods[name]
	if method == nil {
		return nil, starlark.NoSuchAttrError(fmt.Sprintf("row has no .%s; a field is row[%q]", name, name))
	}
	return starlark.NewBuiltin(name, func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		return method(r, b, args, kwargs)
	}), nil
}

func rowGet(r *row, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var name string
	var otherwise starlark.Value = starlark.None
	if err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 1, &name, &otherwise); err != nil {
		return nil, err
	}
	if v, ok := r.field(name); ok {
		return v, nil
	}
	return otherwise, nil
}

// rowRead answers keys, values and items through a dict.
func rowRead(r *row, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	method, err := r.dict().Attr(b.Name())
	if err != nil {
		return nil, err
	}
	return starlark.Call(&starlark.Thread{}, method, args, kwargs)
}

func rowPop(r *row, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var name string
	var otherwise starlark.Value
	if err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 1, &name, &otherwise); err != nil {
		return nil, err
	}
	if v, ok := r.field(name); ok {
		r.live().remove(name)
		return v, nil
	}
	if otherwise == nil {
		return nil, fmt.Errorf("pop: no field %q", name)
	}
	return otherwise, nil
}

func rowSetDefault(r *row, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var name string
	var otherwise starlark.Value = starlark.None
	if err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 1, &name, &otherwise); err != nil {
		return nil, err
	}
	if v, ok := r.field(name); ok {
		return v, nil
	}
	r.live().set(name, otherwise)
	return otherwise, nil
}

func rowUpdate(r *row, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) > 1 {
		return nil, fmt.Errorf("update: got %d arguments, want at most 1", len(args))
	}
	if len(args) == 1 {
		m, ok := args[0].(starlark.IterableMapping)
		if !ok {
			return nil, fmt.Errorf("update: want a dict, got %s", args[0].Type())
		}
		for _, item := range m.Items() {
			if err := r.SetKey(item[0], item[1]); err != nil {
				return nil, err
			}
		}
	}
	for _, item := range kwargs {
		if err := r.SetKey(item[0], item[1]); err != nil {
			return nil, err
		}
	}
	return starlark.None, nil
}
