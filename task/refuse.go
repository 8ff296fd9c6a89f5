package task

import (
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// refused is a request that a rule forbids: what is due is looked up, the try
// fails, nothing changes, and the user is told why.
func (c *candidate) refused(w *walk, t *tool, focus row) (story, *scaler.Refusal, string) {
	if c.rng.IntN(5) == 0 {
		return c.unknown(w, t, focus)
	}
	reason := "no rule refuses"
	for range 10 {
		target := focus
		if target == (row{}) {
			target, _ = w.anyRow(t.Table)
		}
		focus = row{}
		d, ok := w.draft(t, target)
		if !ok {
			continue
		}
		res := w.try(d)
		if res.Err != nil || res.Refused == nil || !domainRefusal[res.Refused.Code] {
			continue
		}
		before := w.mark()
		g, ok := w.achieve(d)
		if !ok || g.result.Refused == nil || g.result.Refused.Code != res.Refused.Code {
			w.reset(before)
			reason = "arguments nobody can know"
			continue
		}
		refusal := &scaler.Refusal{Rule: res.Refused.Rule, Code: res.Refused.Code}
		refusal.Lookups = w.due()
		c.explain(w, &g, refusal)
		return story{goals: []goal{g}}, refusal, ""
	}
	return story{}, nil, reason
}

// due returns the look-ups that the latest call rests on directly. How the agent
// came to those is its own affair.
func (w *walk) due() (tools []string) {
	for _, s := range w.calls[len(w.calls)-1].Sources {
		if tool := w.calls[s.Call].Tool; s.From == "call" && !slices.Contains(tools, tool) {
			tools = append(tools, tool)
		}
	}
	return tools
}

// domainRefusal holds the refusals that are about the state, not about the shape
// of the call.
var domainRefusal = map[string]bool{
	sandbox.InvalidState: true, sandbox.OutOfStock: true, sandbox.LimitExceeded: true, sandbox.Forbidden: true, sandbox.Conflict: true,
}

// explain chooses what the user has to be told about a refusal: the value that
// the rule looks at, or in words what the matter is.
func (c *candidate) explain(w *walk, g *goal, refusal *scaler.Refusal) {
	for _, rule := range c.view.world.Rules {
		if rule.ID != refusal.Rule || rule.Column == "" {
			continue
		}
		for _, r := range append([]row{g.target}, rowsOf(g.leaves)...) {
			if r.table != rule.Table {
				continue
			}
			table, _ := c.view.world.Schema.Table(r.table)
			values, _ := w.session.Row(r.table, r.key)
			if values == nil {
				continue
			}
			if v, ok := at(values, rule.Column); ok && scalar(v) && w.tellsNew(v) && v != true && v != false {
				w.replyColumn(g, table, rule.Column, v)
				return
			}
		}
	}
	if words, ok := reasons[refusal.Code]; ok {
		g.reply = append(g.reply, scaler.Fact{Label: "reason", Value: raw(refusal.Code), Text: words[0], Also: words[1:]})
	}
}

func rowsOf(leaves []argument) []row {
	var out []row
	for _, a := range leaves {
		if a.row != (row{}) {
			out = append(out, a.row)
		}
	}
	return out
}

// reasons are the words any of which tell why something was refused.
var reasons = map[string][]string{
	sandbox.NotFound:      {"not found", "no such", "does not exist", "doesn't exist", "couldn't find", "could not find", "can't find", "cannot find", "there is no", "unable to find", "unable to locate", "no record"},
	sandbox.Conflict:      {"already", "exists", "taken", "in use", "duplicate", "conflict"},
	sandbox.OutOfStock:    {"out of stock", "not enough", "not available", "unavailable", "no copy", "none left", "sold out", "insufficient", "only"},
	sandbox.LimitExceeded: {"limit", "maximum", "at most", "too many", "exceed", "more than", "no more", "already", "insufficient", "not enough"},
	sandbox.Forbidden:     {"not allowed", "not permitted", "forbidden", "can't", "cannot", "unable", "must first", "owes", "may not"},
	sandbox.InvalidState:  {"can't", "cannot", "not possible", "not allowed", "already", "only", "still", "unable", "no longer"},
}

// unknown asks for something to be done to a row that is not there.
func (c *candidate) unknown(w *walk, t *tool, focus row) (story, *scaler.Refusal, string) {
	d, at, ok := c.misreadable(w, t, focus)
	if !ok {
		return story{}, nil, "no number to get wrong"
	}
	text, ok := misspell(w.rng, plain(d.leaves[at].value))
	wrong, fits := fit(text, param{kind: kindOf(d.leaves[at].value)})
	if !ok || !fits {
		return story{}, nil, "no number to get wrong"
	}
	d = d.with(at, wrong)
	g, ok := w.achieve(d)
	if !ok || g.result.Refused == nil || g.result.Refused.Code != sandbox.NotFound {
		return story{}, nil, "a wrong number is not noticed"
	}
	refusal := &scaler.Refusal{Rule: g.result.Refused.Rule, Code: sandbox.NotFound}
	words := reasons[sandbox.NotFound]
	g.reply = []scaler.Fact{{Label: "reason", Value: raw(sandbox.NotFound), Text: words[0], Also: words[1:]}}
	return story{goals: []goal{g}}, refusal, ""
}
