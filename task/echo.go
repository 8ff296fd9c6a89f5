package task

import (
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// echo lets what stands beside a key inside an argument say what the row says:
// an item of an order repeats its product's name and price.
func (w *walk) echo(d draft) {
	for i := range d.leaves {
		a := &d.leaves[i]
		if a.row != (row{}) || !strings.ContainsAny(a.path, ".[") {
			continue
		}
		for _, key := range d.leaves {
			if key.row == (row{}) || around(key.path) != around(a.path) {
				continue
			}
			values, _ := w.session.Row(key.row.table, key.row.key)
			column, ok := repeats(values, lastName(a.path))
			if !ok {
				continue
			}
			v, _ := values.Get(column)
			if v, ok := fit(v, a.param); ok {
				a.value, a.like, a.of = v, key.row, column
				put(d.args, a.path, v)
			}
		}
	}
}

// around is the object that a path's last name stands in.
func around(path string) string { return path[:strings.LastIndexByte(path, '.')+1] }

// repeats returns the column of a row that a field repeats: name, or unit_price
// where the row has a price.
func repeats(values *pyjson.Object, field string) (string, bool) {
	for column, v := range values.All() {
		if scalar(v) && column != "id" && column != "status" && (field == column || strings.HasSuffix(field, "_"+column)) {
			return column, true
		}
	}
	return "", false
}

// echoed says where an output shows what an argument repeats.
func (w *walk) echoed(a argument) (scaler.Source, bool) {
	for _, h := range w.held {
		if h.row != a.like {
			continue
		}
		for _, n := range nodes(w.outs[h.call]) {
			if n.path == below(h.path, a.of) && plain(n.value) == plain(a.value) {
				return scaler.Source{From: "call", Call: h.call, Path: n.path}, true
			}
		}
	}
	return scaler.Source{}, false
}
