package task

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// spans are the words that name the two ends of a stretch of time.
var spans = [][2]string{
	{"start", "end"}, {"from", "to"}, {"check_in", "check_out"}, {"checkin", "checkout"}, {"begin", "end"},
	{"pickup", "dropoff"}, {"pickup", "return"}, {"departure", "return"}, {"since", "until"}, {"after", "before"},
}

// inOrder lets what starts end later: two dates that were drawn apart change
// places where they are the wrong way round.
func inOrder(d draft) {
	for i := range d.leaves {
		for j := range d.leaves {
			a, b := &d.leaves[i], &d.leaves[j]
			start, isA := a.value.(string)
			end, isB := b.value.(string)
			if !isA || !isB || start <= end || !isTime(start) || len(start) != len(end) || !spanned(a.path, b.path) {
				continue
			}
			a.value, b.value = end, start
			put(d.args, a.path, end)
			put(d.args, b.path, start)
		}
	}
}

func spanned(a, b string) bool {
	one, two := "_"+words.Snake(a)+"_", "_"+words.Snake(b)+"_"
	return slices.ContainsFunc(spans, func(s [2]string) bool {
		return strings.Contains(one, "_"+s[0]+"_") && strings.Contains(two, "_"+s[1]+"_")
	})
}

// together looks at the rows a draft names: where one of them lists rows of
// another's table, as an order lists products, it asks for one of those.
func (w *walk) together(d draft, want func(table, key string, _ *pyjson.Object) bool) func(table, key string, _ *pyjson.Object) bool {
	for _, a := range rowsOf(d.leaves) {
		values, ok := w.session.Row(a.table, a.key)
		if !ok {
			continue
		}
		for _, b := range rowsOf(d.leaves) {
			if b.table == a.table || a.table == d.tool.Table || slices.Contains(d.tool.Writes, a.table) {
				continue
			}
			table, _ := w.horizon.view.world.Schema.Table(b.table)
			listed := w.listed(values, table)
			if len(listed) == 0 {
				listed = w.siblings(a, b)
			}
			if len(listed) > 0 && !listed[b.key] {
				return func(table, key string, values *pyjson.Object) bool {
					switch table {
					case a.table:
						return key == a.key
					case b.table:
						return listed[key]
					}
					return want(table, key, values)
				}
			}
		}
	}
	return nil
}

// siblings returns the keys of b's table that belong to the same owner as a; none
// where the tables share no owner, or b's row is one of them.
func (w *walk) siblings(a, b row) map[string]bool {
	schema := w.horizon.view.world.Schema
	one, _ := schema.Table(a.table)
	two, _ := schema.Table(b.table)
	keys := map[string]bool{}
	for _, c := range one.Columns {
		for _, d := range two.Columns {
			if c.Ref == "" || c.Ref != d.Ref || c.Name != d.Name {
				continue
			}
			values, _ := w.session.Row(a.table, a.key)
			owner, _ := values.Get(c.Name)
			for key, other := range w.session.Rows(b.table) {
				if v, _ := other.Get(d.Name); scalar(v) && plain(v) == plain(owner) {
					keys[key] = true
				}
			}
			return keys
		}
	}
	return keys
}

// listed returns the keys of a table that a row holds.
func (w *walk) listed(values *pyjson.Object, table scaler.Table) map[string]bool {
	names := w.horizon.view.referring(table)
	keys := map[string]bool{}
	for _, n := range nodes(values) {
		if names[lastName(n.path)] && scalar(n.value) {
			keys[plain(n.value)] = true
		}
	}
	return keys
}
