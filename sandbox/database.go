package sandbox

import (
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// A database is the db that tool code gets: its tables by name.
type database txn

var (
	_ starlark.HasAttrs = (*database)(nil)
	_ starlark.Mapping  = (*database)(nil)
)

func (d *database) String() string        { return "db" }
func (d *database) Type() string          { return "database" }
func (d *database) Freeze()               {}
func (d *database) Truth() starlark.Bool  { return true }
func (d *database) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable type: database") }

func (d *database) AttrNames() []string {
	var names []string
	for _, t := range d.s.w.tables {
		names = append(names, t.Name)
	}
	return names
}

func (d *database) Attr(name string) (starlark.Value, error) {
	t := d.s.w.byName[name]
	if t == nil {
		return nil, starlark.NoSuchAttrError(fmt.Sprintf("db has no table %q", name))
	}
	return &tableView{(*txn)(d), t}, nil
}

func (d *database) Get(k starlark.Value) (starlark.Value, bool, error) {
	name, _ := starlark.AsString(k)
	v, err := d.Attr(name)
	return v, err == nil, err
}

// A tableView is a table as tool code sees it.
type tableView struct {
	x *txn
	t *table
}

var (
	_ starlark.HasAttrs  = (*tableView)(nil)
	_ starlark.Sequence  = (*tableView)(nil)
	_ starlark.Container = (*tableView)(nil)
)

func (v *tableView) String() string        { return "db." + v.t.Name }
func (v *tableView) Type() string          { return "table" }
func (v *tableView) Freeze()               {}
func (v *tableView) Truth() starlark.Bool  { return v.Len() > 0 }
func (v *tableView) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable type: table") }

// Len counts the rows as the call sees them.
func (v *tableView) Len() int {
	n := v.x.st.len(v.t.index)
	for _, l := range v.x.order {
		switch {
		case l.t != v.t:
		case l.base == nil && !l.deleted:
			n++
		case l.base != nil && l.deleted:
			n--
		}
	}
	return n
}

// Has says whether a key is there: "k in db.t".
func (v *tableView) Has(k starlark.Value) (bool, error) {
	key, ok := starlarkKey(k)
	return ok && v.x.get(v.t, key) != nil, nil
}

// Iterate yields the rows.
func (v *tableView) Iterate() starlark.Iterator { return v.list().Iterate() }

func (v *tableView) list() *starlark.List {
	rows := v.x.all(v.t)
	items := make([]starlark.Value, len(rows))
	for i, r := range rows {
		items[i] = r
	}
	return starlark.NewList(items)
}

var tableMethods = map[string]func(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error){
	"all":     tableAll,
	"delete":  tableDelete,
	"get":     tableGet,
	"has":     tableHas,
	"insert":  tableInsert,
	"next_id": tableNextID,
	"query":   tableQuery,
}

var tableMethodNames = []string{"all", "delete", "get", "has", "insert", "next_id", "query"}

func (v *tableView) AttrNames() []string { return tableMethodNames }

func (v *tableView) Attr(name string) (starlark.Value, error) {
	method := tableMethods[name]
	if method == nil {
		return nil, starlark.NoSuchAttrError("a table has no ." + name)
	}
	return starlark.NewBuiltin(name, func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		return method(v, args, kwargs)
	}), nil
}

func tableAll(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if err := starlark.UnpackArgs("all", args, kwargs); err != nil {
		return nil, err
	}
	return v.list(), nil
}

func tableGet(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var key starlark.Value
	if err := starlark.UnpackArgs("get", args, kwargs, "key", &key); err != nil {
		return nil, err
	}
	if text, ok := starlarkKey(key); ok {
		if r := v.x.get(v.t, text); r != nil {
			return r, nil
		}
	}
	return starlark.None, nil
}

func tableHas(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var key starlark.Value
	if err := starlark.UnpackArgs("has", args, kwargs, "key", &key); err != nil {
		return nil, err
	}
	ok, err := v.Has(key)
	return starlark.Bool(ok), err
}

// tableInsert adds a row; its fields take the order of the schema's columns.
func tableInsert(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var value starlark.Value
	if err := starlark.UnpackArgs("insert", args, kwargs, "row", &value); err != nil {
		return nil, err
	}
	c := v.x.converter()
	x, err := c.value(value, 1)
	if err != nil {
		return nil, fmt.Errorf("insert into %s: %w", v.t.Name, err)
	}
	obj, ok := x.(*pyjson.Object)
	if !ok {
		return nil, fmt.Errorf("insert into %s: want a dict, got %s", v.t.Name, value.Type())
	}
	return v.x.insert(v.t, v.t.arrange(obj))
}

// arrange returns the fields in column order, then those of no column.
func (t *table) arrange(obj *pyjson.Object) *pyjson.Object {
	o := pyjson.NewObject(obj.Len())
	for _, c := range t.Columns {
		if v, ok := obj.Get(c.Name); ok {
			o.Set(c.Name, v)
		}
	}
	for name, v := range obj.All() {
		o.Set(name, v)
	}
	return o
}

func tableDelete(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var key starlark.Value
	if err := starlark.UnpackArgs("delete", args, kwargs, "key", &key); err != nil {
		return nil, err
	}
	text, ok := starlarkKey(key)
	return starlark.Bool(ok && v.x.remove(v.t, text)), nil
}

func tableNextID(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if err := starlark.UnpackArgs("next_id", args, kwargs); err != nil {
		return nil, err
	}
	return v.x.nextID(v.t), nil
}
