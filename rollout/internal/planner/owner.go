package planner

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// An owner is what a thing is said to belong to: order 12 in "the customer of
// order 12".
type owner struct {
	words []string // stems
	key   string
}

// ownerOf finds what the thing that a key parameter names is said to belong to.
func (pl *plan) ownerOf(g goal, tool *tool, p *param) (owner, bool) {
	e := p.entity(tool)
	head := e[len(e)-1]
	ts := g.clause.tokens
	for i := 0; i+2 < len(ts); i++ {
		if ts[i].stem != head || ts[i+1].word != "of" {
			continue
		}
		for _, v := range g.clause.values {
			if v.start < ts[i+1].end || v.kind != code && v.kind != number {
				continue
			}
			var o owner
			for _, t := range ts[i+2:] {
				if t.end <= v.start && !determiners[t.word] {
					o.words = append(o.words, t.stem)
				}
			}
			between := strings.ToLower(g.clause.text[ts[i+1].end:v.start])
			if n := len(o.words); n == 0 || n > 3 || strings.Contains(between, " of ") || strings.Contains(between, " with ") {
				break
			}
			o.key = v.text
			return o, true
		}
	}
	return owner{}, false
}

// owned finds a key in what results have shown of the thing's owner.
func (pl *plan) owned(o owner, tool *tool, p *param) (any, bool) {
	for _, r := range slices.Backward(pl.records()) {
		if !holdsKey(r.object, o.key) {
			continue
		}
		if v, fit := keyIn(r, tool, p); fit > 0 && pyjson.Str(v) != o.key {
			return v, true
		}
	}
	return nil, false
}

func holdsKey(o *pyjson.Object, key string) bool {
	for _, v := range o.All() {
		if scalar(v) && v != nil && pyjson.Str(v) == key {
			return true
		}
	}
	return false
}

// lookUpOwner calls the tool that shows a thing's owner by its key.
func (pl *plan) lookUpOwner(o owner) (scaler.Message, bool) {
	for _, r := range pl.kit.tools {
		if r.writes {
			continue
		}
		for i := range r.params {
			p := &r.params[i]
			if !p.key || !p.required || !related(o.words, p.entity(r)) {
				continue
			}
			v, ok := convert(o.key, p)
			args := &pyjson.Object{}
			place(args, p, v)
			if ok && !pl.done(r, args) {
				return pl.call(r, args), true
			}
		}
	}
	return scaler.Message{}, false
}
