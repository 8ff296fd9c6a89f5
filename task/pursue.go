package task

import (
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// pursue drafts a goal and makes its call; it tries a few drafts on forks of the
// session first, so that the recorded walk holds no failed tries.
func (c *candidate) pursue(w *walk, t *tool, target row) (goal, string) {
	reason := "no arguments"
	for range 6 {
		d, ok := w.draft(t, target)
		if !ok {
			continue
		}
		if why := c.promising(w, d); why != "" {
			reason = why
			continue
		}
		before := w.mark()
		old, _ := w.session.Row(d.target.table, d.target.key)
		g, ok := w.achieve(d)
		if !ok || g.result.Refused != nil {
			w.reset(before)
			reason = "arguments nobody can know"
			continue
		}
		if t.Effect == scaler.Read {
			if w.question(&g) {
				return g, ""
			}
			w.reset(before)
			reason = "nothing worth asking"
			continue
		}
		w.confirm(&g, old)
		return g, ""
	}
	return goal{}, reason
}

// promising tries a draft on a fork: it has to succeed, and a write to change
// something.
func (c *candidate) promising(w *walk, d draft) string {
	res := w.try(d)
	switch {
	case res.Err != nil:
		return "infrastructure"
	case res.Refused != nil:
		return "refused: " + res.Refused.Code
	case d.tool.Effect == scaler.Write && !res.Changed:
		return "changes nothing"
	}
	return ""
}

func (w *walk) try(d draft) sandbox.Result {
	return w.session.Fork().Call(w.ctx, d.tool.Name, raw(d.args))
}

// single is one goal.
func (c *candidate) single(w *walk, t *tool, focus row) (story, *scaler.Refusal, string) {
	g, reason := c.pursue(w, t, focus)
	return story{goals: []goal{g}}, nil, reason
}

// several are goals that hang together: about the same rows, or rows that they
// refer to. A long horizon wants five calls and more.
func (c *candidate) several(w *walk, t *tool, focus row) (story, *scaler.Refusal, string) {
	enough, most := 2, 2
	if c.family == scaler.FamilyLong {
		enough, most = 5, 5
	}
	var st story
	for tries := 0; len(w.calls) < enough && len(st.goals) < most && tries < 12; tries++ {
		if t != nil {
			g, reason := c.pursue(w, t, focus)
			if reason != "" && len(st.goals) == 0 {
				return st, nil, reason
			}
			if reason == "" {
				st.goals = append(st.goals, g)
			}
		}
		t, focus = c.onward(w, st.goals)
	}
	if len(w.calls) < enough || len(w.calls) > 10 {
		return st, nil, "too few calls or too many"
	}
	return st, nil, ""
}

// onward draws a next goal: a tool not used yet in this walk, about a row that
// the walk has touched or one beside it.
func (c *candidate) onward(w *walk, goals []goal) (*tool, row) {
	var can []*tool
	for _, t := range w.horizon.scope {
		used := slices.ContainsFunc(goals, func(g goal) bool { return g.tool == t })
		if !used && (t.Effect == scaler.Write || t.Effect == scaler.Read && c.rng.IntN(3) == 0) && t.Tier != scaler.TierNone {
			can = append(can, t)
		}
	}
	shuffle(c.rng, can)
	slices.SortStableFunc(can, func(a, b *tool) int { return worthOf(b.Tier) - worthOf(a.Tier) })
	touched := w.touched(goals)
	for _, t := range can {
		for _, r := range touched {
			if r.table == t.Table {
				return t, r
			}
		}
	}
	if len(can) == 0 || c.rng.IntN(3) > 0 {
		return nil, row{}
	}
	return can[0], row{}
}

// touched returns the rows that the goals are about and those they refer to.
func (w *walk) touched(goals []goal) []row {
	var out []row
	for _, g := range goals {
		if g.target != (row{}) {
			out = append(out, g.target)
		}
		for _, a := range g.leaves {
			if a.row != (row{}) {
				out = append(out, a.row)
			}
		}
	}
	for _, r := range slices.Clone(out) {
		table, _ := w.horizon.view.world.Schema.Table(r.table)
		values, ok := w.session.Row(r.table, r.key)
		if !ok {
			continue
		}
		for _, col := range table.Columns {
			if v, ok := values.Get(col.Name); ok && col.Ref != "" && scalar(v) {
				out = append(out, row{col.Ref, plain(v)})
			}
		}
	}
	shuffle(w.rng, out)
	return out
}
