package task

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// single finds a row in the latest output and makes sure that the agent can
// tell it from the others there: by what the user has said already, or by facts
// that are added now.
func (w *walk) single(table scaler.Table, values *pyjson.Object, r row) bool {
	last := len(w.outs) - 1
	here, rivals, ok := find(w.outs[last], table, r.key)
	if !ok {
		return false
	}
	if labels, ok := w.tell(table, here.value, rivals); ok {
		w.held = append(w.held, held{r, last, here.path})
		if _, ok := w.named[r]; !ok {
			w.named[r] = naming{labels: labels}
		}
		return true
	}
	return false
}

// An item is an object in an output, and where it stands.
type item struct {
	path  string
	value *pyjson.Object
}

// find returns the item of an output that is the row with that key, and the
// items beside it in its list.
func find(out any, table scaler.Table, key string) (here item, rivals []*pyjson.Object, ok bool) {
	var visit func(path string, v any, beside []any)
	visit = func(path string, v any, beside []any) {
		if ok {
			return
		}
		switch v := v.(type) {
		case *pyjson.Object:
			for _, name := range []string{table.Key, table.Entity + "_" + table.Key} {
				if id, has := v.Get(name); has && scalar(id) && plain(id) == key {
					here, ok = item{path, v}, true
					for _, b := range beside {
						if o, isObject := b.(*pyjson.Object); isObject && o != v {
							rivals = append(rivals, o)
						}
					}
					return
				}
			}
			for name, sub := range v.All() {
				visit(below(path, name), sub, nil)
			}
		case []any:
			for i, sub := range v {
				visit(indexed(path, i), sub, v)
			}
		}
	}
	visit("", out, nil)
	return here, rivals, ok
}

// tell finds facts that single an item out among its rivals. A name is told
// even where nothing else is there, since people say what they speak of.
func (w *walk) tell(table scaler.Table, it *pyjson.Object, rivals []*pyjson.Object) ([]string, bool) {
	columns := w.telling(table, it)
	var chosen []string
	left := w.unlike(table, it, rivals)
	if len(left) == 0 {
		return w.aboutOne(table, it, columns), true
	}
	for _, c := range columns {
		if still := alike(it, left, c); len(still) < len(left) && len(chosen) < 3 {
			chosen, left = append(chosen, c), still
		}
		if len(left) == 0 {
			break
		}
	}
	if len(left) > 0 {
		return nil, false
	}
	labels := w.aboutOne(table, it, columns)
	for _, c := range chosen {
		labels = append(labels, w.tellColumn(table, it, c))
	}
	return labels, true
}

// unlike returns the rivals that nothing said so far rules out.
func (w *walk) unlike(table scaler.Table, it *pyjson.Object, rivals []*pyjson.Object) []*pyjson.Object {
	left := rivals
	for _, c := range table.Columns {
		v, ok := it.Get(c.Name)
		if !ok || !scalar(v) {
			continue
		}
		if _, said := w.facts.saying(columnLabel(table, c.Name), v); said {
			left = alike(it, left, c.Name)
		}
	}
	return left
}

// aboutOne returns the fact by which the user has already said which row is
// meant, where there is one.
func (w *walk) aboutOne(table scaler.Table, it *pyjson.Object, columns []string) []string {
	for _, c := range columns {
		v, _ := it.Get(c)
		if f, said := w.facts.saying(columnLabel(table, c), v); said {
			return []string{f.Label}
		}
	}
	return nil
}

// telling returns the columns of an item by which a person would tell it, the
// most telling first, with some chance.
func (w *walk) telling(table scaler.Table, it *pyjson.Object) []string {
	type ranked struct {
		name string
		rank int
	}
	var list []ranked
	for _, c := range table.Columns {
		v, ok := it.Get(c.Name)
		if !ok || !scalar(v) || v == "" {
			continue
		}
		if s, isText := v.(string); isText && len(s) > 60 {
			continue
		}
		if rank, ok := human(table, c.Name); ok {
			list = append(list, ranked{c.Name, 2*rank + w.rng.IntN(3)})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return a.rank - b.rank })
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = r.name
	}
	return names
}

func (w *walk) tellColumn(table scaler.Table, it *pyjson.Object, name string) string {
	c, _ := table.Column(name)
	v, _ := it.Get(name)
	how := mannerOf(name, c.Format, c.Semantic, len(c.Enum) > 0)
	if s, ok := v.(string); ok && isTime(s) {
		how = day
	}
	l := w.facts.add(columnLabel(table, name), v, how)
	w.facts.need(l)
	return l
}

// alike returns the rivals that have the same value as the item in a column.
func alike(it *pyjson.Object, rivals []*pyjson.Object, column string) []*pyjson.Object {
	v, _ := it.Get(column)
	var out []*pyjson.Object
	for _, r := range rivals {
		if other, ok := r.Get(column); ok && scalar(other) && strings.EqualFold(plain(other), plain(v)) {
			out = append(out, r)
		}
	}
	return out
}

// locate says where an earlier output shows a row's key, and in which row: in
// the row itself, or in one known to the agent that refers to it and to no other
// of its kind there.
func (w *walk) locate(r row) (src scaler.Source, in row, ok bool) {
	table, _ := w.horizon.view.world.Schema.Table(r.table)
	names := w.horizon.view.referring(table)
	for _, h := range slices.Backward(w.held) {
		seen := map[string]string{}
		found := ""
		for _, n := range nodes(w.outs[h.call]) {
			if !within(n.path, h.path) || n.value == nil {
				continue
			}
			own := h.row == r && n.path == below(h.path, lastName(n.path)) && isKey(table, lastName(n.path))
			if !own && !names[lastName(n.path)] && !nested(n.path, table) {
				continue
			}
			at, value := plainPath(n.path), plain(n.value)
			if old, again := seen[at]; again && old != value {
				found = ""
				break
			}
			seen[at] = value
			if value == r.key && found == "" {
				found = n.path
			}
		}
		if found != "" {
			return scaler.Source{From: "call", Call: h.call, Path: found}, h.row, true
		}
	}
	return src, in, false
}

func isKey(table scaler.Table, name string) bool {
	return name == table.Key || name == table.Entity+"_"+table.Key
}

// nested says whether a path ends in a table's entity and key: "customer.id".
func nested(path string, table scaler.Table) bool {
	segments := strings.Split(plainPath(path), ".")
	if len(segments) < 2 || segments[len(segments)-1] != table.Key {
		return false
	}
	return words.Singular(segments[len(segments)-2]) == table.Entity
}

// referring returns the names under which rows refer to a table.
func (v *view) referring(table scaler.Table) map[string]bool {
	names := map[string]bool{table.Entity + "_id": true, table.Entity + "_" + table.Key: true}
	for _, t := range v.world.Schema.Tables {
		for _, c := range t.Columns {
			if c.Ref == table.Name {
				names[c.Name] = true
			}
		}
	}
	return names
}

// keyLabel is what people call a table's key: an order number, a customer ID.
func keyLabel(table scaler.Table) string {
	entity := words.Split(table.Entity)
	if len(entity) > 0 && printed[entity[len(entity)-1]] && isIDName(table.Key) {
		return heading(table.Entity) + " number"
	}
	return label(table.Key, table.Entity)
}

// columnLabel is what people call a column, with its entity where the name
// alone would leave open of what.
func columnLabel(table scaler.Table, column string) string {
	if column == table.Key {
		return keyLabel(table)
	}
	l := label(column, "")
	if entity := heading(table.Entity); !strings.HasPrefix(l, entity+" ") {
		return entity + " " + l
	}
	return l
}

func isIDName(name string) bool {
	w := words.Split(name)
	return len(w) > 0 && (w[len(w)-1] == "id" || w[len(w)-1] == "key")
}
