package task

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A way tries to make a row known.
type way func(table scaler.Table, values *pyjson.Object, r row, depth int) bool

// ways returns the ways to a row of a table in random order: look-ups on the
// table itself, most of the time before rows that refer to it. Those come in at
// the first step only: nobody speaks of the owner of the device of the line.
func (w *walk) ways(table scaler.Table, left int) []way {
	var direct, around []way
	for _, t := range w.horizon.scope {
		if t.shows() && t.Table == table.Name {
			direct = append(direct, func(table scaler.Table, values *pyjson.Object, r row, depth int) bool {
				before := w.mark()
				if w.lookUp(t, table, values, r, depth, telling) {
					return true
				}
				w.reset(before)
				return w.lookUp(t, table, values, r, depth, common)
			})
			continue
		}
		if own, ok := w.horizon.view.world.Schema.Table(t.Table); ok && t.shows() && left == depth {
			for _, c := range own.Columns {
				if c.Ref == table.Name && c.Type != "array" {
					around = append(around, func(_ scaler.Table, _ *pyjson.Object, r row, depth int) bool {
						return w.through(own, c.Name, r, depth)
					})
				}
			}
		}
	}
	shuffle(w.rng, direct)
	shuffle(w.rng, around)
	if len(around) > 0 && w.rng.IntN(4) == 0 {
		return append(around, direct...)
	}
	return append(direct, around...)
}

// The worst rank of column that an optional filter may be on: one that tells a
// row, or any that narrows a list down.
const (
	telling = 4
	common  = 7
)

// lookUp calls t so that it shows the row, with arguments that the user can
// tell or that are learnt first, and makes sure the row can be told from the
// others that t shows.
func (w *walk) lookUp(t *tool, table scaler.Table, values *pyjson.Object, r row, depth, worst int) bool {
	if w.tries--; w.tries < 0 {
		return false
	}
	args, sources, of := pyjson.NewObject(2), []scaler.Source(nil), row{}
	put := func(p param) bool {
		v, src, ok := w.fill(p, t, table, values, depth)
		if !ok {
			return false
		}
		v, ok = fit(v, p)
		if !ok {
			return false
		}
		if to, points := w.horizon.view.points(p.bind); points && to.Name != table.Name {
			of = row{to.Name, plain(v)}
		}
		place(args, p.path, v)
		src.Param = p.path
		sources = append(sources, src)
		return true
	}
	var optional []param
	for _, p := range t.params {
		switch {
		case p.required:
			if !put(p) {
				return false
			}
		case p.bind.Role == "filter" || p.bind.Role == "key" || p.bind.Role == "ref":
			if w.narrows(p, table, values) < worst {
				optional = append(optional, p)
			}
		}
	}
	if len(sources) == 0 {
		shuffle(w.rng, optional)
		slices.SortStableFunc(optional, func(a, b param) int {
			return w.narrows(a, table, values) - w.narrows(b, table, values)
		})
		for _, p := range optional {
			if before := w.mark(); !put(p) {
				w.reset(before)
				continue
			}
			break
		}
	}
	res, ok := w.call(t, args, sources)
	if !ok || res.Refused != nil || !w.single(table, values, r) {
		return false
	}
	w.nameBy(r, of)
	return true
}

// narrows ranks an optional filter by how well it tells a row, as human does: a
// row that the agent knows of comes after names, one to be learnt comes late.
func (w *walk) narrows(p param, table scaler.Table, values *pyjson.Object) int {
	if to, ok := w.horizon.view.points(p.bind); ok && to.Name != table.Name {
		v, ok := refersTo(table, values, p.bind, to.Name)
		if !ok {
			return common
		}
		if _, _, known := w.locate(row{to.Name, plain(v)}); known || persons[lastWord(to.Entity)] {
			return 2
		}
		return telling + 1
	}
	rank, ok := human(table, lastName(p.bind.Column))
	if !ok || p.kind == "boolean" {
		return common
	}
	return rank
}

// fill finds the value of a look-up's parameter for a row that is wanted.
func (w *walk) fill(p param, t *tool, table scaler.Table, values *pyjson.Object, depth int) (any, scaler.Source, bool) {
	if p.bind.Role == "" || control(p.bind.Role) || p.bind.Role == "set" || p.bind.Role == "input" {
		return p.fixed, scaler.Source{From: "default"}, p.fixed != nil && p.required
	}
	if to, ok := w.horizon.view.points(p.bind); ok && (to.Name != table.Name || p.bind.Column != table.Key && p.bind.Table == table.Name) {
		v, ok := refersTo(table, values, p.bind, to.Name)
		if !ok {
			return nil, scaler.Source{}, false
		}
		src, ok := w.learn(row{to.Name, plain(v)}, depth)
		return v, src, ok
	}
	if p.bind.Op != "" && p.bind.Op != "contains" && p.bind.Op != "in" {
		return nil, scaler.Source{}, false
	}
	if p.bind.Table != table.Name || p.bind.Column == table.Key && !w.horizon.public[table.Name] {
		return nil, scaler.Source{}, false
	}
	v, ok := at(values, p.bind.Column)
	if !ok || v == nil {
		return nil, scaler.Source{}, false
	}
	c, _ := table.Column(p.bind.Column)
	switch v.(type) {
	case bool, []any, *pyjson.Object:
		return nil, scaler.Source{}, false
	}
	// What a look-up demands the user has, even an account's id; what it merely
	// takes has to be something that people say.
	if _, ok := human(table, lastName(p.bind.Column)); !ok && !p.required && p.bind.Column != table.Key {
		return nil, scaler.Source{}, false
	}
	how := mannerOf(p.bind.Column, c.Format, c.Semantic, len(c.Enum) > 0)
	l := w.facts.add(columnLabel(table, p.bind.Column), v, how)
	if !p.required {
		w.facts.need(l)
	}
	return v, scaler.Source{From: "user", Label: l}, true
}

// refersTo returns the key by which a row refers to a table: in the bound column,
// else in its only column that refers there.
func refersTo(table scaler.Table, values *pyjson.Object, b scaler.Bind, to string) (any, bool) {
	if b.Table == table.Name && b.Column != "" {
		v, ok := values.Get(b.Column)
		return v, ok && scalar(v)
	}
	for _, c := range table.Columns {
		if c.Ref == to && c.Type != "array" {
			v, ok := values.Get(c.Name)
			return v, ok && scalar(v)
		}
	}
	return nil, false
}

// through learns a row from another row that refers to it: an order shows its
// customer.
func (w *walk) through(own scaler.Table, column string, r row, depth int) bool {
	var from []row
	for key, values := range w.session.Rows(own.Name) {
		if v, ok := values.Get(column); ok && scalar(v) && plain(v) == r.key {
			from = append(from, row{own.Name, key})
		}
	}
	if len(from) == 0 {
		return false
	}
	slices.SortFunc(from, func(a, b row) int { return strings.Compare(a.key, b.key) })
	of := from[w.rng.IntN(len(from))]
	if !w.show(of, depth) {
		return false
	}
	delete(w.named, r)
	w.nameBy(r, of)
	return true
}

// show makes an output hold the row: by the look-up that found it, else by a
// get of it.
func (w *walk) show(r row, depth int) bool {
	isHeld := func() bool {
		return slices.ContainsFunc(w.held, func(h held) bool { return h.row == r })
	}
	if _, ok := w.learn(r, depth); !ok {
		return false
	}
	if isHeld() {
		return true
	}
	for _, t := range w.horizon.scope {
		if t.Table != r.table || !t.shows() {
			continue
		}
		if before := w.mark(); w.get(t, r, depth) && isHeld() {
			return true
		} else {
			w.reset(before)
		}
	}
	return false
}

// get calls a look-up by key.
func (w *walk) get(t *tool, r row, depth int) bool {
	table, _ := w.horizon.view.world.Schema.Table(r.table)
	values, ok := w.session.Row(r.table, r.key)
	if !ok {
		return false
	}
	args, sources, keyed := pyjson.NewObject(1), []scaler.Source(nil), false
	for _, p := range t.params {
		if !p.required && p.bind.Role != "key" {
			continue
		}
		var v any
		var src scaler.Source
		ok := false
		if to, points := w.horizon.view.points(p.bind); points && to.Name == r.table && p.bind.Column == table.Key {
			v, _ = values.Get(table.Key)
			src, ok = w.learn(r, depth)
			keyed = true
		} else {
			v, src, ok = w.fill(p, t, table, values, depth)
		}
		if !ok {
			return false
		}
		if v, ok = fit(v, p); !ok {
			return false
		}
		place(args, p.path, v)
		src.Param = p.path
		sources = append(sources, src)
	}
	if !keyed {
		return false
	}
	res, ok := w.call(t, args, sources)
	return ok && res.Refused == nil && w.single(table, values, r)
}
