package planner

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/rollout/internal/lex"
)

// A record is an object that some result showed.
type record struct {
	object *pyjson.Object
	entity []string // stems of what it seems to be, from its place and its tool
	call   int
}

// recall finds a key parameter's value in what the tools have shown: in the
// record that fits the user's words best. It fails where nothing tells several
// candidates apart; sure says that the goal's own words fit the record, or that
// they say nothing that could.
func (pl *plan) recall(tool *tool, p *param, g goal) (v any, sure, ok bool) {
	return pl.recallFrom(tool, p, g, func(record, float64, float64) bool { return true })
}

// recallFor is recall for a look-up's key: only from what the goal's own words
// fit, or from the thing itself where the user has said which.
func (pl *plan) recallFor(r *tool, p *param, g goal) (any, bool) {
	v, _, ok := pl.recallFrom(r, p, g, func(rec record, clause, all float64) bool {
		return clause > 0 || all > 0 && related(rec.entity, p.entity(r))
	})
	return v, ok
}

func (pl *plan) recallFrom(tool *tool, p *param, g goal, fits func(rec record, clause, all float64) bool) (v any, sure, ok bool) {
	type candidate struct {
		value     any
		score     float64
		mentioned bool
	}
	var best, second candidate
	for _, r := range pl.records() {
		v, fit := keyIn(r, tool, p)
		if fit == 0 {
			continue
		}
		clause, all := pl.mentioned(r.object, g)
		if !fits(r, clause, all) {
			continue
		}
		if clause+all > 0 && related(r.entity, p.entity(tool)) {
			fit += 1.5 // the thing itself, not one that refers to it
		}
		c := candidate{v, fit + clause + all + 0.01*float64(r.call), clause > 0}
		switch {
		case best.value != nil && pyjson.Str(best.value) == pyjson.Str(v):
			best.score = max(best.score, c.score)
			best.mentioned = best.mentioned || c.mentioned
		case c.score > best.score:
			best, second = c, best
		case c.score > second.score:
			second = c
		}
	}
	if best.value == nil || second.value != nil && best.score-second.score < 0.009 {
		return nil, false, false
	}
	return best.value, best.mentioned || len(g.clause.values) == 0, true
}

// records lists every object in the results, latest call last.
func (pl *plan) records() []record {
	var out []record
	for i, c := range pl.talk.calls {
		if c.code != "" {
			continue
		}
		var nouns []string
		if t := pl.kit.tool(c.tool); t != nil {
			nouns = t.nouns
		}
		out = pl.collect(out, c.result, nouns, i)
	}
	return out
}

// collect appends the objects in a value. A name that is none of the things the
// tools are about ("data", "items") says nothing of what is in it.
func (pl *plan) collect(out []record, v any, entity []string, call int) []record {
	switch v := v.(type) {
	case *pyjson.Object:
		out = append(out, record{v, entity, call})
		for name, sub := range v.All() {
			inner := entityOf(name)
			if !slices.ContainsFunc(inner, func(w string) bool { return pl.kit.things[w] }) {
				inner = entity
			}
			out = pl.collect(out, sub, inner, call)
		}
	case []any:
		for _, sub := range v {
			out = pl.collect(out, sub, entity, call)
		}
	}
	return out
}

func entityOf(name string) []string {
	var out []string
	for _, w := range words.Split(name) {
		out = append(out, lex.Stem(words.Singular(w)))
	}
	return out
}

// keyIn finds the field of a record that holds what a parameter names, and how
// well it does.
func keyIn(r record, tool *tool, p *param) (any, float64) {
	last := p.path[strings.LastIndexAny(p.path, ".]")+1:]
	entity := p.entity(tool)
	for name, v := range r.object.All() {
		if !scalar(v) || v == nil {
			continue
		}
		if words.Snake(name) == words.Snake(last) && (name != "id" || related(r.entity, entity)) {
			return v, 1
		}
	}
	for name, v := range r.object.All() {
		if !scalar(v) || v == nil {
			continue
		}
		w := lex.Words(name)
		if len(w) == 1 && keyStems[w[0]] && related(r.entity, entity) {
			return v, 0.8
		}
		if len(w) > 1 && keyStems[w[len(w)-1]] && related(w[:len(w)-1], entity) {
			return v, 0.7
		}
	}
	return nil, 0
}

// related says whether two names are of one thing: their heads are.
func related(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	head := b[len(b)-1]
	return slices.ContainsFunc(a, func(w string) bool { return lex.Alike(w, head) >= 0.7 })
}

func scalar(v any) bool {
	switch v.(type) {
	case *pyjson.Object, []any:
		return false
	}
	return true
}

// mentioned weighs the values of a record that the user has said, in the goal's
// own clause and in all.
func (pl *plan) mentioned(o *pyjson.Object, g goal) (clause, all float64) {
	for name, v := range o.All() {
		if !scalar(v) {
			continue
		}
		for _, form := range forms(v) {
			low := strings.ToLower(form)
			if g.clause.says(low) {
				clause += float64(pl.worth(v) * labelled(g.clause.text, name, form))
			}
			if slices.ContainsFunc(pl.talk.sentences, func(s sentence) bool { return s.says(low) }) {
				all += pl.worth(v)
				break
			}
		}
	}
	return clause, all
}

// labelled is more where a field's name stands before its value, and less where
// the value may belong to another: the return date is not the pickup date.
func labelled(text, field, form string) float64 {
	before, _, _ := strings.Cut(strings.ToLower(text), strings.ToLower(form))
	before = before[max(0, len(before)-40):]
	want := lex.Words(field)
	if len(want) == 0 {
		return 1
	}
	said, n := lex.Words(before), 0
	for _, w := range want {
		if slices.Contains(said[max(0, len(said)-len(want)-1):], w) {
			n++
		}
	}
	return 0.5 + 1.5*float64(n)/float64(len(want))
}

// worth is what a value's mention tells: a state or a small number little, a
// name or number much.
func (pl *plan) worth(v any) float64 {
	s := pyjson.Str(v)
	switch {
	case len(s) < 2:
		return 0.1
	case len(s) < 4:
		return 0.3
	}
	return 1
}
