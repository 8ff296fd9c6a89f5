package task

import (
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// question chooses what a read is asked for, and with it what a right reply
// contains. It is false where the output holds nothing worth asking for.
func (w *walk) question(g *goal) bool {
	out := w.outs[len(w.outs)-1]
	table, _ := w.horizon.view.world.Schema.Table(g.tool.Table)
	if items, ok := listIn(out); ok {
		return w.askList(g, table, items)
	}
	if g.target != (row{}) && g.target.table == table.Name {
		if it, _, ok := find(out, table, g.target.key); ok {
			return w.askRow(g, table, it.value)
		}
	}
	if o, ok := out.(*pyjson.Object); ok {
		return w.askRow(g, table, o)
	}
	if scalar(out) {
		w.replyWith(g, "result", out, exact)
		return true
	}
	return false
}

// listIn returns the first list of objects in an output.
func listIn(out any) ([]*pyjson.Object, bool) {
	switch out := out.(type) {
	case []any:
		return objects(out)
	case *pyjson.Object:
		for _, v := range out.All() {
			if list, ok := v.([]any); ok && out.Len() <= 6 {
				if items, ok := objects(list); ok {
					return items, true
				}
			}
		}
	}
	return nil, false
}

func objects(list []any) ([]*pyjson.Object, bool) {
	var out []*pyjson.Object
	for _, v := range list {
		o, ok := v.(*pyjson.Object)
		if !ok {
			return nil, false
		}
		out = append(out, o)
	}
	return out, true
}

// askRow asks for one or two fields of a row.
func (w *walk) askRow(g *goal, table scaler.Table, it *pyjson.Object) bool {
	var can []node
	for _, n := range nodes(it) {
		if !strings.Contains(n.path, "[") && worth(table, n.path, n.value) && w.tellsNew(n.value) && !w.shown(n.value) {
			can = append(can, n)
		}
	}
	if len(can) == 0 {
		return false
	}
	shuffle(w.rng, can)
	n := 1 + w.rng.IntN(2)
	for _, n := range can[:min(n, len(can))] {
		g.ask.labels = append(g.ask.labels, shortLabel(table, n.path))
		w.replyColumn(g, table, n.path, n.value)
	}
	return true
}

// askList asks about the rows of a list: which they are where they are few, the
// one that leads them, or how many.
func (w *walk) askList(g *goal, table scaler.Table, items []*pyjson.Object) bool {
	if len(items) == 0 {
		return false
	}
	if len(items) == 1 && (len(g.leaves) > 0 || w.rng.IntN(2) == 0) && w.askRow(g, table, items[0]) {
		return true
	}
	name := w.nameColumn(table, items)
	if name != "" && len(items) > 1 && w.rng.IntN(2) == 0 && w.askMost(g, table, items, name) {
		return true
	}
	if name != "" && len(items) <= 4 {
		g.ask = question{labels: []string{shortLabel(table, name)}, plural: true}
		for _, it := range items {
			v, _ := it.Get(name)
			w.replyColumn(g, table, name, v)
		}
		return true
	}
	if len(items) >= 3 && len(items) < w.pageOf(g) {
		g.ask.count = true
		w.replyWith(g, "number of "+plural(heading(table.Entity)), int64(len(items)), exact)
		return w.tellsNew(int64(len(items)))
	}
	return false
}

// pageOf returns how many rows the list shows at most, as far as is known.
func (w *walk) pageOf(g *goal) int {
	for _, p := range g.tool.params {
		if n, ok := p.fixed.(int64); ok && p.bind.Role == "limit" {
			return int(n)
		}
	}
	return 10
}

// askMost asks for the row with the highest or lowest value of a column.
func (w *walk) askMost(g *goal, table scaler.Table, items []*pyjson.Object, name string) bool {
	var can []string
	for _, c := range table.Columns {
		if (c.Type == "number" || c.Type == "integer") && c.Ref == "" && c.Name != table.Key && !isIDName(c.Name) && c.Name != name {
			can = append(can, c.Name)
		}
	}
	shuffle(w.rng, can)
	for _, column := range can {
		way, word := 1.0, "highest"
		if w.rng.IntN(3) == 0 {
			way, word = -1, "lowest"
		}
		if it, ok := extreme(items, column, way); ok && len(items) < w.pageOf(g) {
			v, _ := it.Get(name)
			best, _ := it.Get(column)
			g.ask = question{labels: []string{shortLabel(table, name)}, most: word + " " + shortLabel(table, column)}
			w.replyColumn(g, table, name, v)
			w.replyColumn(g, table, column, best)
			return w.tellsNew(v)
		}
	}
	return false
}

// extreme returns the item with the highest (way 1) or lowest (-1) value of a
// column; false where items share it or lack it.
func extreme(items []*pyjson.Object, column string, way float64) (*pyjson.Object, bool) {
	var best *pyjson.Object
	top, shared := 0.0, false
	for _, it := range items {
		v, _ := it.Get(column)
		x, ok := pyjson.Number(v)
		if !ok {
			return nil, false
		}
		x *= way
		switch {
		case best == nil || x > top:
			best, top, shared = it, x, false
		case x == top:
			shared = true
		}
	}
	return best, best != nil && !shared
}

// nameColumn returns the column by which people would list the items: the most
// telling one whose values all differ.
func (w *walk) nameColumn(table scaler.Table, items []*pyjson.Object) string {
	best, bestRank := "", 5
	for _, c := range table.Columns {
		rank, ok := human(table, c.Name)
		if c.Name == table.Key && w.horizon.public[table.Name] {
			rank, ok = 3, true
		}
		if !ok || rank >= bestRank || c.Type != "string" && c.Name != table.Key {
			continue
		}
		seen := map[string]bool{}
		for _, it := range items {
			if v, ok := it.Get(c.Name); ok && scalar(v) && w.tellsNew(v) {
				seen[plain(v)] = true
			}
		}
		if len(seen) == len(items) {
			best, bestRank = c.Name, rank
		}
	}
	return best
}
