package planner

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A filling is a parameter with the value found for it.
type filling struct {
	param *param
	value any
	text  string // as the user said it; empty where a result showed it
	score float64
}

// A draft is a goal's call as far as it can be filled.
type draft struct {
	args    *pyjson.Object
	lacking *param   // the first required parameter without a value
	weak    []*param // filled with what may be meant, for want of better
}

// fill finds the arguments of a goal's call.
func (pl *plan) fill(g goal, failed []made) draft {
	var d draft
	var found []filling
	for i := range g.tool.params {
		p := &g.tool.params[i]
		f, ok := pl.value(g, p, failed)
		if !ok {
			continue
		}
		if other, ok := pl.second(g, f, found); ok {
			f = other
		}
		found = append(found, f)
		if p.key && f.score < 0.8 {
			d.weak = append(d.weak, p)
		}
	}
	found = unclaimed(found)
	for i := range g.tool.params {
		p := &g.tool.params[i]
		if p.required && !p.fixed && !slices.ContainsFunc(found, func(f filling) bool { return f.param == p }) {
			d.lacking = p
			return d
		}
	}
	d.args = &pyjson.Object{}
	for _, f := range found {
		place(d.args, f.param, f.value)
	}
	return d
}

// second finds another value for a key whose value another key of the same kind
// has taken: from account 1 to account 2.
func (pl *plan) second(g goal, f filling, found []filling) (filling, bool) {
	if !f.param.key || f.text == "" {
		return f, false
	}
	for _, old := range found {
		if old.param.key && old.text == f.text && related(old.param.entity(g.tool), f.param.entity(g.tool)) {
			h, ok := hear(pl.talk, g.tool, f.param, g.clause, f.text)
			return filling{f.param, h.value, h.text, h.score}, ok && h.score >= 0.8
		}
	}
	return f, false
}

// value finds one parameter's value: what the user said beside its label, else
// what results show, else what the user said without one.
func (pl *plan) value(g goal, p *param, failed []made) (filling, bool) {
	if len(failed) > 0 {
		if f, ok := pl.corrected(g, p, failed); ok {
			return f, true
		}
	}
	if p.key {
		if o, ok := pl.ownerOf(g, g.tool, p); ok {
			if v, ok := pl.owned(o, g.tool, p); ok {
				return filling{p, v, "", 1.2}, true
			}
			if _, ok := pl.lookUpOwner(o); ok {
				return filling{}, false
			}
		}
	}
	if g.again && g.tool.writes && !p.key && p.required {
		if h, ok := marked(pl.talk, g, p); ok {
			return filling{p, h.value, h.text, 2}, true
		}
		if !pl.askedAnew(p) {
			return filling{}, false
		}
	}
	h, heard := hear(pl.talk, g.tool, p, g.clause)
	f := filling{p, h.value, h.text, h.score}
	if heard && p.required && h.score >= 0.8 {
		return f, true
	}
	if p.key && pl.recalls(g, p, heard && h.score >= 0.8) {
		if v, sure, ok := pl.recall(g.tool, p, g); ok {
			score := 0.7
			if sure {
				score = 1
			}
			return filling{p, v, "", score}, true
		}
	}
	if !p.required {
		return f, heard && pl.meant(g, p, h)
	}
	return f, heard && h.score >= 0.3
}

// recalls says whether results may tell a key: not what something is to become,
// and not what the user did not speak of, before they were asked.
func (pl *plan) recalls(g goal, p *param, heard bool) bool {
	if !p.required {
		return !heard && !changing[g.tool.verb] && pl.speaksOf(g, p)
	}
	e := p.entity(g.tool)
	head := e[len(e)-1]
	return !g.tool.writes || slices.Contains(g.tool.nouns, head) || slices.Contains(g.clause.words, head) || pl.asked(p)
}

// meant says whether the user wanted an optional parameter filled: its label
// was said.
func (pl *plan) meant(g goal, p *param, h hearing) bool {
	return h.score >= 0.9 && !control(p)
}

// corrected finds another value for an argument that was refused: one that the
// user gave in case the first is wrong.
func (pl *plan) corrected(g goal, p *param, failed []made) (filling, bool) {
	last := failed[len(failed)-1]
	for _, s := range pl.talk.sentences {
		if !s.unless && !misread.MatchString(s.text) {
			continue
		}
		h, ok := hearIn(s, g.tool, p, false)
		if !ok || h.score < 0.7 {
			continue
		}
		if old, has := last.arguments.Get(p.path); has && pyjson.Str(old) != pyjson.Str(h.value) {
			return filling{p, h.value, h.text, 3}, true
		}
	}
	return filling{}, false
}

// unclaimed lets each text of the user fill one parameter, the one it suits best.
func unclaimed(found []filling) []filling {
	order := slices.Clone(found)
	slices.SortStableFunc(order, func(a, b filling) int { return cmp.Compare(b.score, a.score) })
	taken := map[string]float64{}
	var drop []*param
	for _, f := range order {
		if f.text == "" || len(f.param.enum) > 0 {
			continue
		}
		if best, ok := taken[f.text]; ok && f.score < best-0.05 {
			drop = append(drop, f.param)
			continue
		}
		taken[f.text] = max(taken[f.text], f.score)
	}
	return slices.DeleteFunc(found, func(f filling) bool { return slices.Contains(drop, f.param) })
}

// place puts a value where its path says: "address.city", "items[].sku".
func place(o *pyjson.Object, p *param, v any) {
	segments := strings.Split(p.path, ".")
	for _, s := range segments[:len(segments)-1] {
		o = inside(o, s)
	}
	if p.list {
		v = []any{v}
	}
	o.Set(segments[len(segments)-1], v)
}

// inside returns the object under a name, or the first in the list there.
func inside(o *pyjson.Object, segment string) *pyjson.Object {
	name, list := strings.CutSuffix(segment, "[]")
	old, _ := o.Get(name)
	if items, ok := old.([]any); ok && len(items) > 0 {
		old = items[0]
	}
	if sub, ok := old.(*pyjson.Object); ok {
		return sub
	}
	sub := &pyjson.Object{}
	if list {
		o.Set(name, []any{sub})
	} else {
		o.Set(name, sub)
	}
	return sub
}
