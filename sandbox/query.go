package sandbox

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// A condition is one (column, op, value) of a query.
type condition struct {
	column string
	holds  func(have, want any) bool
	want   any
}

// tableQuery is db.T.query(where, sort, descending, offset, limit).
func tableQuery(v *tableView, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var where starlark.Iterable
	var sort, offset, limit starlark.Value
	var descending bool
	err := starlark.UnpackArgs("query", args, kwargs,
		"where??", &where, "sort??", &sort, "descending??", &descending, "offset??", &offset, "limit??", &limit)
	if err != nil {
		return nil, err
	}
	conditions, err := v.x.conditions(where)
	if err != nil {
		return nil, err
	}
	skip, err := count("offset", offset, 0)
	if err != nil {
		return nil, err
	}
	most, err := count("limit", limit, math.MaxInt)
	if err != nil {
		return nil, err
	}
	rows, err := v.x.match(v.t, conditions)
	if err != nil {
		return nil, err
	}
	if column, ok := starlark.AsString(sort); ok && column != "" {
		sortRows(rows, column, descending)
	}
	rows = rows[min(skip, len(rows)):]
	rows = rows[:min(most, len(rows))]
	items := make([]starlark.Value, len(rows))
	for i, r := range rows {
		items[i] = r
	}
	return starlark.NewList(items), nil
}

// mostConditions bounds the work on one row, which counts as one step.
const mostConditions = 64

func (x *txn) conditions(where starlark.Iterable) ([]condition, error) {
	if where == nil {
		return nil, nil
	}
	c := x.converter()
	var list []condition
	iter := where.Iterate()
	defer iter.Done()
	var item starlark.Value
	for iter.Next(&item) {
		t, ok := item.(starlark.Indexable)
		if !ok || t.Len() != 3 {
			return nil, fmt.Errorf("query: a condition is (column, op, value), got a %s", item.Type())
		}
		if len(list) == mostConditions {
			return nil, fmt.Errorf("query: more than %d conditions", mostConditions)
		}
		if t.Index(2) == starlark.None {
			continue
		}
		column, _ := starlark.AsString(t.Index(0))
		op, _ := starlark.AsString(t.Index(1))
		holds := operators[op]
		if column == "" || holds == nil {
			return nil, fmt.Errorf("query: no operator %.40q", op)
		}
		want, err := c.value(t.Index(2), 1)
		if err != nil {
			return nil, err
		}
		list = append(list, condition{column, holds, want})
	}
	return list, nil
}

func count(name string, v starlark.Value, otherwise int) (int, error) {
	if v == nil || v == starlark.None {
		return otherwise, nil
	}
	if f, ok := v.(starlark.Float); ok && float64(f) == math.Trunc(float64(f)) {
		v, _ = starlark.NumberToInt(f)
	}
	n, err := starlark.AsInt32(v)
	if err != nil {
		return 0, fmt.Errorf("query: %s: want an int, got a %s", name, v.Type())
	}
	return max(n, 0), nil
}

// match returns the rows that meet all conditions, in table order. Rows are
// read as they are stored; only the ones found become views.
func (x *txn) match(t *table, conditions []condition) ([]*row, error) {
	x.scan(t)
	var found []*row
	c := *x.converter() // of each row
	touched := x.touches(t)
	for r := range x.st.all(t.index) {
		var l *live
		if touched {
			l = x.lookup(t.index, r.key)
		}
		if l == nil {
			if meets(r.object(), conditions) {
				found = append(found, &row{x: x, t: t, rec: r, key: r.key})
			}
			continue
		}
		ok, err := l.meets(c, conditions)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, &row{x: x, t: t, rec: r, key: r.key, l: l})
		}
	}
	for _, l := range x.order {
		if l.t != t || l.base != nil {
			continue
		}
		ok, err := l.meets(c, conditions)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, &row{x: x, t: t, key: l.key, l: l})
		}
	}
	return found, nil
}

func meets(o *pyjson.Object, conditions []condition) bool {
	for _, c := range conditions {
		have, _ := path(o, c.column)
		if !c.holds(have, c.want) {
			return false
		}
	}
	return true
}

// sortRows sorts by a column, stably; rows without a value come last either way.
func sortRows(rows []*row, column string, descending bool) {
	type item struct {
		row *row
		v   any
	}
	items := make([]item, len(rows))
	for i, r := range rows {
		items[i].row = r
		items[i].v, _ = path(r.plain(), column)
	}
	slices.SortStableFunc(items, func(a, b item) int {
		if a.v == nil || b.v == nil {
			return rank(a.v) - rank(b.v)
		}
		c, ok := compare(a.v, b.v)
		if !ok {
			c = strings.Compare(pyjson.Str(a.v), pyjson.Str(b.v))
		}
		if descending {
			return -c
		}
		return c
	})
	for i := range items {
		rows[i] = items[i].row
	}
}

func rank(v any) int {
	if v == nil {
		return 1
	}
	return 0
}
