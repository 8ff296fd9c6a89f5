package planner

import (
	"cmp"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A way is a look-up that may show what a parameter names.
type way struct {
	tool  *tool
	args  *pyjson.Object
	by    int // arguments that tell what is looked for
	fit   float64
	lacks []*param // what it could be filled with, if the user knew
}

// lookUp calls the tool that most likely shows what p names. told leaves only
// those that what the user has said leads to.
func (pl *plan) lookUp(t *tool, p *param, g goal, told bool, depth int) (scaler.Message, bool) {
	if o, ok := pl.ownerOf(g, t, p); ok {
		if m, ok := pl.lookUpOwner(o); ok {
			return m, true
		}
	}
	ways := pl.ways(t, p, g)
	for _, w := range ways {
		if w.args == nil || w.by == 0 && (told || w.fit < 1) {
			continue
		}
		if !pl.done(w.tool, w.args) {
			return pl.call(w.tool, w.args), true
		}
		if args, ok := pl.wider(w); ok {
			return pl.call(w.tool, args), true
		}
	}
	if depth == 0 {
		return scaler.Message{}, false
	}
	for _, w := range ways {
		for _, l := range w.lacks {
			if l.key && !related(l.entity(w.tool), p.entity(t)) {
				if m, ok := pl.lookUp(w.tool, l, g, true, depth-1); ok {
					return m, true
				}
			}
		}
	}
	return scaler.Message{}, false
}

// wider is a look-up that found nothing by several things, by one of them.
func (pl *plan) wider(w way) (*pyjson.Object, bool) {
	for _, c := range pl.talk.calls {
		if w.args.Len() < 2 || c.tool != w.tool.name || !same(c.arguments, w.args) || !c.nothing() {
			continue
		}
		for name, v := range w.args.All() {
			args := &pyjson.Object{}
			args.Set(name, v)
			if !pl.done(w.tool, args) {
				return args, true
			}
		}
	}
	return nil, false
}

// done says whether a call has been made.
func (pl *plan) done(t *tool, args *pyjson.Object) bool {
	return slices.ContainsFunc(pl.talk.calls, func(c made) bool {
		return c.tool == t.name && string(pyjson.Canonical(c.arguments)) == string(pyjson.Canonical(args))
	})
}

// ways lists the tools that could show what p names, the likeliest first.
func (pl *plan) ways(t *tool, p *param, g goal) []way {
	entity := p.entity(t)
	var out []way
	for _, r := range pl.kit.tools {
		if r.writes || r == t {
			continue
		}
		fit := shows(r, entity)
		if fit == 0 && !slices.ContainsFunc(g.clause.words, func(w string) bool { return slices.Contains(r.nouns, w) }) {
			continue
		}
		w := pl.way(r, entity, g)
		w.fit = fit
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b way) int {
		return cmp.Compare(b.fit+float64(b.by), a.fit+float64(a.by))
	})
	return out
}

// shows says how likely a tool's results hold an entity: it is what the tool is
// named after, or its text speaks of it.
func shows(r *tool, entity []string) float64 {
	if len(entity) == 0 {
		return 0
	}
	head := entity[len(entity)-1]
	best := 0.0
	for _, n := range r.nouns {
		best = max(best, 2*lex.Alike(n, head))
	}
	if best >= 1.4 {
		return best
	}
	if r.doc[head] >= 0.6 {
		return 0.5
	}
	return 0
}

// way fills a look-up's parameters with what the user has said and results have
// shown. A way that needs the very thing looked for leads nowhere.
func (pl *plan) way(r *tool, entity []string, g goal) way {
	w := way{tool: r}
	var found []filling
	for i := range r.params {
		p := &r.params[i]
		if p.key && related(p.entity(r), entity) && len(r.params) == 1 {
			h, ok := hear(pl.talk, r, p, g.clause)
			if !ok || h.score < 0.8 {
				return way{tool: r}
			}
		}
		if f, ok := pl.tells(r, p, entity, g); ok {
			found = append(found, f)
			continue
		}
		if p.required && !p.fixed || p.key {
			w.lacks = append(w.lacks, p)
		} else if !control(p) {
			w.lacks = append(w.lacks, p)
		}
		if p.required && !p.fixed {
			w.by = -1
		}
	}
	if w.by < 0 {
		w.by = 0
		return w
	}
	w.args = &pyjson.Object{}
	for _, f := range unclaimed(found) {
		place(w.args, f.param, f.value)
		w.by++
	}
	return w
}

// tells finds what a parameter of a look-up of an entity can be given.
func (pl *plan) tells(r *tool, p *param, entity []string, g goal) (filling, bool) {
	if control(p) {
		return filling{}, false
	}
	h, ok := hear(pl.talk, r, p, g.clause)
	least := 0.9
	if p.required && !p.key {
		least = 0.6
	}
	if ok && h.score >= least {
		return filling{p, h.value, h.text, h.score}, true
	}
	if p.key && !related(p.entity(r), entity) {
		if v, ok := pl.recallFor(r, p, g); ok {
			return filling{p, v, "", 1}, true
		}
	}
	return filling{}, false
}

// control says whether a parameter pages or orders.
func control(p *param) bool {
	switch p.path {
	case "limit", "offset", "page", "page_size", "per_page", "sort", "order", "sort_by", "cursor":
		return true
	}
	return false
}

// askForLookUp asks for what would let a look-up succeed: one question for all
// that would do.
func (pl *plan) askForLookUp(t *tool, p *param) (scaler.Message, bool) {
	if len(pl.talk.questions) >= maxAsked {
		return scaler.Message{}, false
	}
	labels := pl.helpful(nil, t, p, 2)
	if len(labels) == 0 {
		return scaler.Message{}, false
	}
	return scaler.Message{Content: pl.voice.anyOf(labels[:min(6, len(labels))])}, true
}

// helpful appends the labels of what look-ups of p lack and nobody was asked
// for, then those of what would tell the keys among them.
func (pl *plan) helpful(labels []string, t *tool, p *param, depth int) []string {
	ways := pl.ways(t, p, goal{tool: t})
	for _, w := range ways {
		for _, l := range w.lacks {
			if w.fit >= 1 && !pl.asked(l) && l.kind != "boolean" && !slices.Contains(labels, l.label) && !(l.key && related(l.entity(w.tool), p.entity(t))) {
				labels = append(labels, l.label)
			}
		}
	}
	if depth > 1 {
		for _, w := range ways {
			for _, l := range w.lacks {
				if w.fit >= 1 && l.key && !related(l.entity(w.tool), p.entity(t)) {
					labels = pl.helpful(labels, w.tool, l, depth-1)
				}
			}
		}
	}
	return labels
}
