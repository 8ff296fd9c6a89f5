package sandbox

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// A condition is one (column, op, value) of a query.
type condition struct {
	column string
	holds  func(have, want any) bool
	want   any
}

// operators by their names in tool code.
var operators = map[string]func(have, want any) bool{
	"==":       equal,
	"!=":       func(have, want any) bool { return !equal(have, want) },
	"<":        func(have, want any) bool { c, ok := compare(have, want); return ok && c < 0 },
	"<=":       func(have, want any) bool { c, ok := compare(have, want); return ok && c <= 0 },
	">":        func(have, want any) bool { c, ok := compare(have, want); return ok && c > 0 },
	">=":       func(have, want any) bool { c, ok := compare(have, want); return ok && c >= 0 },
	"contains": contains,
	"in":       func(have, want any) bool { return isIn(have, want) },
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

func (x *txn) conditions(where starlark.Iterable) ([]condition, error) {
	if where == nil {
		return nil, nil
	}
	c := &converter{depth: x.s.w.options.Depth, left: x.s.w.options.Output}
	var list []condition
	iter := where.Iterate()
	defer iter.Done()
	var item starlark.Value
	for iter.Next(&item) {
		t, ok := item.(starlark.Indexable)
		if !ok || t.Len() != 3 {
			return nil, fmt.Errorf("query: a condition is (column, op, value), got %s", item)
		}
		if t.Index(2) == starlark.None {
			continue
		}
		column, _ := starlark.AsString(t.Index(0))
		op, _ := starlark.AsString(t.Index(1))
		holds := operators[op]
		if column == "" || holds == nil {
			return nil, fmt.Errorf("query: no operator %s", t.Index(1))
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
		return 0, fmt.Errorf("query: %s: want an int, got %s", name, v)
	}
	return max(n, 0), nil
}

// match returns the rows that meet all conditions, in table order. Rows are
// read as they are stored; only the ones found become views.
func (x *txn) match(t *table, conditions []condition) ([]*row, error) {
	x.scan(t)
	var found []*row
	c := &converter{depth: x.s.w.options.Depth, left: x.s.w.options.Output}
	touched := x.lives != nil && len(x.lives[t.index]) > 0
	for r := range x.st.all(t.index) {
		var l *live
		if touched {
			l = x.lives[t.index][r.key]
		}
		if l == nil {
			if meets(r.obj, conditions) {
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

func (l *live) meets(c *converter, conditions []condition) (bool, error) {
	if l.deleted {
		return false, nil
	}
	obj, err := l.snapshot(c)
	return err == nil && meets(obj, conditions), err
}

// snapshot is the row as it is in the middle of a call.
func (l *live) snapshot(c *converter) (*pyjson.Object, error) {
	if len(l.cells) == 0 {
		return l.obj, nil
	}
	o := l.obj.Shallow()
	for field, cell := range l.cells {
		v, err := c.value(cell, 1)
		if err != nil {
			return nil, err
		}
		o.Set(field, v)
	}
	return o, nil
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

func equal(a, b any) bool { return same(a, b) }

// contains looks for text inside text, whatever the case, or for an item of a list.
func contains(have, want any) bool {
	w, isText := want.(string)
	switch have := have.(type) {
	case string:
		return isText && containsFold(have, w)
	case []any:
		for _, item := range have {
			if equal(item, want) {
				return true
			}
			if text, ok := item.(string); ok && isText && strings.EqualFold(text, w) {
				return true
			}
		}
	}
	return false
}

// containsFold is strings.Contains whatever the case, without a copy where w is
// plain ASCII.
func containsFold(s, w string) bool {
	if w == "" {
		return true
	}
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return strings.Contains(strings.ToLower(s), strings.ToLower(w))
		}
	}
	first := w[0] | 0x20
	for i := 0; i+len(w) <= len(s); i++ {
		if s[i]|0x20 == first && strings.EqualFold(s[i:i+len(w)], w) {
			return true
		}
	}
	return false
}

// isIn says whether a value, or some item of a list, is one of the wanted.
func isIn(have, want any) bool {
	list, ok := want.([]any)
	if !ok {
		return equal(have, want)
	}
	items, ok := have.([]any)
	if !ok {
		items = []any{have}
	}
	for _, item := range items {
		for _, w := range list {
			if equal(item, w) {
				return true
			}
		}
	}
	return false
}

// compare orders two numbers or two strings; other pairs have no order.
func compare(a, b any) (int, bool) {
	if x, ok := a.(string); ok {
		y, ok := b.(string)
		return strings.Compare(x, y), ok
	}
	if x, ok := a.(int64); ok {
		if y, ok := b.(int64); ok {
			return cmp.Compare(x, y), true
		}
	}
	if x, ok := a.(float64); ok {
		if y, ok := b.(float64); ok {
			return cmp.Compare(x, y), true
		}
	}
	x, okX := number(a)
	y, okY := number(b)
	if !okX || !okY {
		return 0, false
	}
	return x.Cmp(y), true
}

func number(v any) (*big.Float, bool) {
	switch v := v.(type) {
	case int64:
		return new(big.Float).SetInt64(v), true
	case float64:
		return big.NewFloat(v), true
	case *big.Int:
		return new(big.Float).SetInt(v), true
	}
	return nil, false
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
