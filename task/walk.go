package task

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// A walk is a solution while it is found: the calls made so far on a live
// session, what they showed, and what the user had to know for them.
type walk struct {
	ctx     context.Context
	horizon *horizon
	session *sandbox.Session
	rng     *rand.Rand
	trail
	busy   []row           // being learnt: what leads to them must not need them
	wishes map[string]bool // facts that say how something is to be
	tries  int             // look-ups that may still be tried
}

// A trail is the part of a walk that is taken back when a way leads nowhere.
type trail struct {
	calls []scaler.GoldCall
	outs  []any
	held  []held
	facts facts
	named map[row]naming
}

// A row names one row of a table.
type row struct{ table, key string }

// held says where an output shows a row that the agent can tell from others.
type held struct {
	row
	call int
	path string
}

// A naming is how the user speaks of a row without its key: by facts about it,
// or as the one that another row belongs to.
type naming struct {
	labels []string // facts that single it out
	of     row      // the row that refers to it, where it was found through one
}

func (w *walk) mark() trail {
	m := w.trail
	m.facts = w.facts.clone()
	m.named = map[row]naming{}
	for r, n := range w.named {
		m.named[r] = n
	}
	m.calls, m.outs, m.held = slices.Clip(w.calls), slices.Clip(w.outs), slices.Clip(w.held)
	return m
}

// reset goes back to a mark, which stays good.
func (w *walk) reset(m trail) {
	w.trail = m
	w.trail = w.mark()
}

// learn makes sure that the agent can come to know the key of a row, by
// looking it up where the user cannot tell it, and says where it then stands.
func (w *walk) learn(r row, depth int) (scaler.Source, bool) {
	table, ok := w.horizon.view.world.Schema.Table(r.table)
	if !ok {
		return scaler.Source{}, false
	}
	values, ok := w.session.Row(r.table, r.key)
	if !ok {
		return scaler.Source{}, false
	}
	if w.horizon.knows(r.table) {
		key, _ := values.Get(table.Key)
		return scaler.Source{From: "user", Label: w.facts.add(keyLabel(table), key, exact)}, true
	}
	if src, at, ok := w.locate(r); ok {
		w.nameBy(r, at)
		return src, true
	}
	if depth == 0 || slices.Contains(w.busy, r) {
		return scaler.Source{}, false
	}
	w.busy = append(w.busy, r)
	defer func() { w.busy = w.busy[:len(w.busy)-1] }()
	for _, try := range w.ways(table, depth) {
		before := w.mark()
		if try(table, values, r, depth-1) {
			if src, _, ok := w.locate(r); ok {
				return src, true
			}
		}
		w.reset(before)
	}
	return scaler.Source{}, false
}

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
	if _, ok := human(table, lastName(p.bind.Column)); !ok && p.bind.Column != table.Key {
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

// nameBy lets the user speak of a row as the one of another, unless there is a
// better way already, or the other is itself spoken of by this one.
func (w *walk) nameBy(r, of row) {
	if n := w.named[r]; of == (row{}) || len(n.labels) > 0 || n.of != (row{}) {
		return
	}
	for at := of; at != (row{}); at = w.named[at].of {
		if at == r {
			return
		}
	}
	w.named[r] = naming{of: of}
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

// call executes a call and records it. It is false where the infrastructure
// failed; a refusal is recorded like any other result.
func (w *walk) call(t *tool, args *pyjson.Object, sources []scaler.Source) (sandbox.Result, bool) {
	text := pyjson.Marshal(args)
	res := w.session.Call(w.ctx, t.Name, text)
	if res.Err != nil {
		return res, false
	}
	g := scaler.GoldCall{Tool: t.Name, Arguments: text, Sources: sources, Output: res.Text, Writes: res.Changed}
	if res.Refused != nil {
		g.Error = res.Refused.Code
	}
	w.calls = append(w.calls, g)
	w.outs = append(w.outs, res.Value)
	return res, true
}

func shuffle[T any](rng *rand.Rand, s []T) {
	rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

func scalar(v any) bool {
	switch v.(type) {
	case nil, []any, *pyjson.Object:
		return false
	}
	return true
}
