package task

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// recovered is a goal whose first try fails: the user has misread a number, or
// what they want first is refused and something else will do.
func (c *candidate) recovered(w *walk, t *tool, focus row) (story, *scaler.Refusal, string) {
	if c.rng.IntN(2) == 0 {
		if st, reason := c.otherwise(w, t, focus); reason == "" {
			return st, nil, ""
		}
	}
	before := w.mark()
	st, reason := c.corrected(w, t, focus)
	if reason != "" {
		w.reset(before)
	}
	return st, nil, reason
}

// corrected is a goal that is reached, with a wrong try before: something the
// user told was misread, and the call that takes it fails.
func (c *candidate) corrected(w *walk, t *tool, focus row) (story, string) {
	g, reason := c.pursue(w, t, focus)
	if reason != "" {
		return story{}, reason
	}
	order := c.rng.Perm(len(w.calls))
	for _, i := range order {
		for _, src := range w.calls[i].Sources {
			right, ok := w.facts.get(src.Label)
			if src.From != "user" || !ok || strings.ContainsAny(src.Param, "[") || used(w.calls[:i], src.Label) {
				continue // what has worked once was not misread
			}
			if wrong, ok := c.mistake(w, i, src, right); ok {
				return story{goals: []goal{g}, misread: right.Label, wrong: wrong}, ""
			}
		}
	}
	return story{}, "no number to get wrong"
}

// used says whether any of the calls takes a fact.
func used(calls []scaler.GoldCall, label string) bool {
	return slices.ContainsFunc(calls, func(c scaler.GoldCall) bool {
		return slices.ContainsFunc(c.Sources, func(s scaler.Source) bool { return s.Label == label })
	})
}

// mistake puts a call that fails on a misread fact before the i-th call.
func (c *candidate) mistake(w *walk, i int, src scaler.Source, right scaler.Fact) (scaler.Fact, bool) {
	args, err := pyjson.ParseObject(w.calls[i].Arguments)
	if err != nil {
		return right, false
	}
	value, _ := at(args, src.Param)
	text, ok := misspell(c.rng, plain(value))
	wrong, fits := fit(text, param{kind: kindOf(value)})
	if !ok || !fits || strings.Contains(right.Text, text) {
		return right, false
	}
	put(args, src.Param, wrong)
	s := w.session.Fork()
	s.Reset()
	if _, err := replay(w.ctx, s, w.calls[:i], -1); err != nil {
		return right, false
	}
	res := s.Call(w.ctx, w.calls[i].Tool, pyjson.Marshal(args))
	if res.Err != nil || res.Refused == nil || res.Refused.Code != sandbox.NotFound {
		return right, false
	}
	fact := scaler.Fact{Label: right.Label + " as first given", Value: raw(wrong), Text: text, Upfront: true}
	failed := w.calls[i]
	failed.Arguments, failed.Output, failed.Error, failed.Writes = pyjson.Marshal(args), res.Text, res.Refused.Code, false
	failed.Sources = slices.Clone(failed.Sources)
	for k := range failed.Sources {
		if failed.Sources[k].Param == src.Param {
			failed.Sources[k].Label = fact.Label
		}
	}
	w.insert(i, failed)
	return fact, true
}

// insert puts a call before the i-th, and lets the later ones point past it.
func (w *walk) insert(i int, call scaler.GoldCall) {
	w.calls = slices.Insert(slices.Clone(w.calls), i, call)
	for k := i + 1; k < len(w.calls); k++ {
		sources := slices.Clone(w.calls[k].Sources)
		for x := range sources {
			if sources[x].From == "call" && sources[x].Call >= i {
				sources[x].Call++
			}
		}
		w.calls[k].Sources = sources
	}
}

// otherwise wants a second row where the first is refused.
func (c *candidate) otherwise(w *walk, t *tool, focus row) (story, string) {
	before := w.mark()
	reason := "no rule refuses"
	for range 6 {
		first, ok := w.draft(t, row{})
		if !ok || first.target == (row{}) {
			continue
		}
		if res := w.try(first); res.Err != nil || res.Refused == nil || !domainRefusal[res.Refused.Code] {
			continue
		}
		second, ok := w.draft(t, focus)
		focus = row{}
		second.copy(first)
		if !ok || second.target == first.target || c.promising(w, second) != "" {
			continue
		}
		a, ok := w.achieve(first)
		if ok && a.result.Refused != nil {
			old, _ := w.session.Row(second.target.table, second.target.key)
			if b, ok := w.achieve(second); ok && b.result.Refused == nil {
				w.confirm(&b, old)
				return story{goals: []goal{a, b}, instead: true}, ""
			}
		}
		w.reset(before)
		reason = "arguments nobody can know"
	}
	return story{}, reason
}

// copy takes over what another draft says but for the rows it names: what is
// wanted instead is wanted in the same way.
func (d *draft) copy(from draft) {
	for i := range d.leaves {
		a := &d.leaves[i]
		for _, b := range from.leaves {
			if a.path == b.path && a.row == (row{}) && b.row == (row{}) && a.like == (row{}) {
				a.value = b.value
				put(d.args, a.path, b.value)
			}
		}
	}
}

// misreadable drafts a goal with a key that the user tells, and says which leaf.
func (c *candidate) misreadable(w *walk, t *tool, focus row) (draft, int, bool) {
	for range 4 {
		d, ok := w.draft(t, focus)
		if !ok {
			continue
		}
		for i, a := range d.leaves {
			if a.row != (row{}) && w.horizon.knows(a.row.table) && a.bind.Role == "key" {
				return d, i, true
			}
		}
	}
	return draft{}, 0, false
}
