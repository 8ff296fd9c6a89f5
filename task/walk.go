package task

import (
	"context"
	"math/rand/v2"
	"slices"

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
