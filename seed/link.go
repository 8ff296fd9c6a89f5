package seed

import (
	"math"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// fillRefs chooses the rows that this row refers to. Those that refer to others
// come first: the customer of a payment is the customer of its order.
func (r *row) fillRefs() {
	var cols []int
	for col, c := range r.t.Columns {
		if r.byName[c.Ref] != nil && !r.has[col] {
			cols = append(cols, col)
		}
	}
	slices.SortStableFunc(cols, func(a, b int) int {
		return len(r.byName[r.t.Columns[b].Ref].parents) - len(r.byName[r.t.Columns[a].Ref].parents)
	})
	for _, col := range cols {
		if r.t.Columns[col].Type == "array" {
			r.set(col, r.refList(col))
		} else {
			r.set(col, r.ref(col))
		}
	}
}

// ref chooses the row that a foreign key points at; null where it may and
// there is none, or now and then.
func (r *row) ref(col int) any {
	c := r.t.Columns[col]
	to := r.byName[c.Ref]
	if to == r.t {
		return r.refSelf(col)
	}
	if _, holds := r.t.heldBy(r.i, col); len(to.keys) == 0 || c.Nullable && !holds && r.rng.Float64() < 0.08 {
		return nil
	}
	i, ok := r.t.heldBy(r.i, col)
	if !ok {
		i, ok = r.agreed(to)
	}
	if !ok {
		i = r.spread(len(to.keys), c.Unique)
		for try := 0; r.used(to, i) && try < 4; try++ {
			i = r.spread(len(to.keys), false)
		}
	}
	r.refs[to.Name] = i
	if i < len(to.born) && to.born[i].After(r.maker.NotBefore) {
		r.maker.NotBefore = to.born[i]
	}
	return to.keys[i]
}

// used says whether another column of the row points at that row already: a
// message goes to somebody else than its sender.
func (r *row) used(to *table, i int) bool {
	have, ok := r.refs[to.Name]
	return ok && have == i
}

// agreed returns the row of to that rows chosen before refer to.
func (r *row) agreed(to *table) (int, bool) {
	if _, chosen := r.refs[to.Name]; chosen {
		return 0, false
	}
	for _, via := range r.t.parents {
		i, chosen := r.refs[via.Name]
		if !chosen || i >= len(via.rows) {
			continue
		}
		for _, c := range via.Columns {
			if c.Ref != to.Name || c.Type == "array" {
				continue
			}
			if v, _ := via.rows[i].Get(c.Name); v != nil {
				if at, ok := to.at[pyjson.Bare(v)]; ok {
					return at, true
				}
			}
		}
	}
	return 0, false
}

// refSelf points at an earlier row of the same table, so that there are no
// circles; the first rows point nowhere, or at themselves where they must.
func (r *row) refSelf(col int) any {
	c := r.t.Columns[col]
	if c.Nullable && (r.i == 0 || r.rng.Float64() < 0.4) {
		return nil
	}
	if r.i == 0 {
		return r.t.keys[0]
	}
	return r.t.keys[r.rng.IntN(r.i)]
}

// spread chooses one of n rows: some often, most now and then, the last never.
func (r *row) spread(n int, unique bool) int {
	if unique {
		return r.i % n
	}
	if r.i < n-unusedTail && r.rng.Float64() < 0.4 {
		return r.i // so that most rows are referred to at all
	}
	return r.long(n)
}

// long chooses with a long tail.
func (r *row) long(n int) int {
	usable := max(n-unusedTail, 1)
	return min(int(float64(usable)*math.Pow(r.rng.Float64(), 1.4)), usable-1)
}

func (r *row) refList(col int) any {
	c, s := r.t.Columns[col], r.t.shapes[col]
	to := r.byName[c.Ref]
	n := min(int(r.rng.ExpFloat64()*2), 6)
	if r.i == len(r.t.keys)-2 {
		n = 0
	}
	if s.MaxLength >= 0 {
		n = min(n, s.MaxLength)
	}
	n = min(max(n, s.MinLength), len(to.keys))
	seen := map[int]bool{}
	list := []any{}
	for try := 0; len(list) < n && try < 20*n; try++ {
		if i := r.long(len(to.keys)); !seen[i] && !(to == r.t && i == r.i) {
			seen[i] = true
			list = append(list, to.keys[i])
		}
	}
	return list
}

// refer fills a nested property that names a row of another table: product_id
// of an item, id of a customer object.
func (r *row) refer(s *fake.Shape, inList bool) (any, *pyjson.Object, bool) {
	to, met := r.known[s]
	if !met {
		to = r.referredBy(s)
		r.known[s] = to
	}
	if to == nil || to == r.t || len(to.keys) == 0 {
		return nil, nil, false
	}
	i, chosen := r.refs[to.Name]
	if inList || !chosen {
		i = r.long(len(to.keys))
	}
	for try := 0; inList && r.listed[to.Name+to.texts[i]] && try < 6; try++ {
		i = r.long(len(to.keys))
	}
	if inList {
		r.listed[to.Name+to.texts[i]] = true
	}
	if !s.Allows(to.keys[i]) {
		return nil, nil, false
	}
	if i < len(to.rows) {
		return to.keys[i], to.rows[i], true
	}
	return to.keys[i], nil, true
}

func (f *seeder) referredBy(s *fake.Shape) *table {
	if to := f.byRef[glued(s.Name)]; to != nil {
		return to
	}
	return f.byRef[glued(words.Singular(words.Snake(s.Entity))+s.Name)]
}

// glued returns a name without what stands between its words, since paths often
// write them as one: quotationproperties, quotationPropertyId.
func glued(name string) string { return strings.ReplaceAll(words.Snake(name), "_", "") }

// A source is a column of another table whose value a column repeats.
type source struct {
	table  *table
	column string
}

// findCopies finds the columns that repeat what a row referred to says:
// customer_email, or the price of an order line.
func (f *seeder) findCopies(t *table) {
	t.copies = make([][]source, len(t.Columns))
	line := strings.Contains(t.Entity, "item") || strings.Contains(t.Entity, "line")
	for _, p := range t.parents {
		for col, s := range t.shapes {
			name := strings.TrimPrefix(t.names[col], "unit_")
			from, ok := withoutEntity(s.Words, p.Entity)
			if !ok && (name == "currency" || line && repeated[name]) {
				from, ok = name, true
			}
			if ok && s.Type != "array" && s.Type != "object" && p.column(from) >= 0 {
				t.copies[col] = append(t.copies[col], source{p, from})
			}
		}
	}
}

// copied returns the value that a column repeats from a row referred to.
func (r *row) copied(col int) (any, bool) {
	for _, c := range r.t.copies[col] {
		i, chosen := r.refs[c.table.Name]
		if !chosen || i >= len(c.table.rows) {
			continue
		}
		if v, _ := c.table.rows[i].Get(c.column); v != nil && r.t.shapes[col].Allows(v) {
			return v, true
		}
	}
	return nil, false
}

// repeated are columns that a line of an order repeats from its product.
var repeated = words.Set("name price title sku category color size")

// invert makes the lists of a table agree with the foreign keys that point
// back at it: a user's orders are the orders of that user.
func (f *seeder) invert(t *table) {
	for col, c := range t.Columns {
		to := f.byName[c.Ref]
		if c.Type != "array" || to == nil || to == t {
			continue
		}
		back, ok := to.backTo(t)
		if !ok || back.list && indexOfTable(f.tables, to) > indexOfTable(f.tables, t) {
			continue // of two lists that mirror each other, the first decides
		}
		lists := make([][]any, len(t.rows))
		for i, row := range to.rows {
			v, _ := row.Get(back.column)
			for _, key := range pyjson.Items(v) {
				if at, ok := t.at[pyjson.Bare(key)]; ok {
					lists[at] = append(lists[at], to.keys[i])
				}
			}
		}
		for i, list := range lists {
			if list == nil {
				list = []any{}
			}
			if t.shapes[col].Allows(list) {
				t.rows[i].Set(c.Name, list)
			}
		}
	}
}

type backLink struct {
	column string
	list   bool
}

// backTo returns the one column of t that refers to another table.
func (t *table) backTo(other *table) (backLink, bool) {
	var found []backLink
	for _, c := range t.Columns {
		if c.Ref == other.Name {
			found = append(found, backLink{c.Name, c.Type == "array"})
		}
	}
	if len(found) != 1 {
		return backLink{}, false
	}
	return found[0], true
}

func indexOfTable(tables []*table, t *table) int { return slices.Index(tables, t) }
