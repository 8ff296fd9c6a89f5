package task

import (
	"math/rand/v2"
	"slices"

	scaler "github.com/agentscaler/scaler"
)

// A candidate is a task on its way.
type candidate struct {
	*batch
	rng    *rand.Rand
	family scaler.Family
}

// A plan builds a family's story on a walk; the reason says why it could not.
type plan func(c *candidate, w *walk, t *tool, focus row) (story, *scaler.Refusal, string)

var plans = map[scaler.Family]plan{
	scaler.FamilyRead:     (*candidate).single,
	scaler.FamilyWrite:    (*candidate).single,
	scaler.FamilyMulti:    (*candidate).several,
	scaler.FamilyLong:     (*candidate).several,
	scaler.FamilyRefusal:  (*candidate).refused,
	scaler.FamilyRecovery: (*candidate).recovered,
}

// make builds the candidate; the reason says why there is none.
func (c *candidate) make() (t scaler.Task, reason string, err error) {
	scope := pick(c.rng, c.view.scopes())
	goal := c.goalTool(scope)
	if goal == nil {
		return t, "no tool for the family", nil
	}
	offered := c.offer(c.rng, scope, goal)
	st := &starter{view: c.view, base: c.base, rng: c.rng}
	var patch []scaler.Change
	var focus row
	if c.rng.IntN(8) > 0 {
		patch, focus = st.patch(goal, c.family == scaler.FamilyRefusal)
	}
	session, err := c.env.Start(scaler.Init{Patch: patch}, c.Seed)
	if err != nil {
		return t, "start does not fit", nil
	}
	t = scaler.Task{World: c.view.world.ID, Tools: offered, Seed: c.Seed, Init: scaler.Init{Digest: session.Digest(), Patch: patch}}
	w := &walk{ctx: c.ctx, horizon: newHorizon(c.view, offered, sampler(session)), session: session, rng: c.rng, tries: 24}
	w.named, w.wishes = map[row]naming{}, map[string]bool{}
	if c.rng.IntN(4) == 0 {
		focus = row{}
	}
	story, refusal, reason := plans[c.family](c, w, goal, focus)
	if reason != "" {
		return t, reason, c.ctx.Err()
	}
	t.Refusal = refusal
	return t, c.fill(&t, w, story), c.ctx.Err()
}

// replies returns what a reply has to say in the end: each thing once, and of a
// row that several goals change only what became of it last.
func (st story) replies() []scaler.Fact {
	var out []scaler.Fact
	for i, g := range st.goals {
		for _, f := range g.reply {
			again := func(old scaler.Fact) bool { return old.Label == f.Label && old.Text == f.Text }
			if !slices.ContainsFunc(out, again) && !slices.ContainsFunc(st.goals[i+1:], func(later goal) bool { return later.overtakes(g, f) }) {
				out = append(out, f)
			}
		}
	}
	return out
}

// overtakes says whether a later goal changes again what an earlier one has
// changed, and with it what f states.
func (g goal) overtakes(earlier goal, f scaler.Fact) bool {
	return g.target == earlier.target && g.target != (row{}) && g.tool.Effect == scaler.Write && earlier.tool.Effect == scaler.Write &&
		slices.ContainsFunc(g.reply, func(mine scaler.Fact) bool { return mine.Label == f.Label })
}

// longest is how much a person writes at most, in bytes.
const longest = 1500

// fill writes the walk into the task.
func (c *candidate) fill(t *scaler.Task, w *walk, st story) (reason string) {
	t.Calls, t.Gold, t.Digest = w.calls, w.session.Diff(), w.session.Digest()
	t.Family = familyOf(t.Calls, t.Refusal)
	if c.overfull(t.Family) {
		return "family is full"
	}
	t.Reply = st.replies()
	t.Opening, t.Intent = w.compose(st, phrasings[c.Phrasing])
	if len(t.Intent) > longest {
		return "too much to say"
	}
	if !w.upfront(t.Opening, t.Intent, st) {
		return "a fact is not in the intent"
	}
	t.Knows = w.facts.list
	if st.misread != "" {
		t.Knows = append(t.Knows, st.wrong)
	}
	asked := 0
	for _, f := range t.Knows {
		if !f.Upfront {
			asked++
		}
	}
	if err := finish(t, asked); err != nil {
		return "task is no JSON"
	}
	return ""
}

func (b *batch) overfull(f scaler.Family) bool {
	for _, s := range Families {
		if s.Family == f {
			return b.families[f] > (b.PerWorld*s.Share*2+99)/100
		}
	}
	return false
}

// familyOf names the family of what has become of a plan.
func familyOf(calls []scaler.GoldCall, refusal *scaler.Refusal) scaler.Family {
	writes, failed := 0, false
	for _, c := range calls {
		if c.Writes {
			writes++
		}
		failed = failed || c.Error != ""
	}
	switch {
	case refusal != nil:
		return scaler.FamilyRefusal
	case failed:
		return scaler.FamilyRecovery
	case len(calls) >= 5:
		return scaler.FamilyLong
	case writes == 0 && len(calls) <= 2:
		return scaler.FamilyRead
	case writes == 1 && len(calls) == 1:
		return scaler.FamilyWrite
	}
	return scaler.FamilyMulti
}

// goalTool draws the tool of the (first) goal, the less used the likelier.
func (c *candidate) goalTool(scope []string) *tool {
	var can []*tool
	var weights []float64
	sum := 0.0
	for _, name := range scope {
		t := c.view.named[name]
		if t == nil || !c.suits(t) {
			continue
		}
		weight := float64(worthOf(t.Tier)) / float64(1+c.used[name])
		can, weights, sum = append(can, t), append(weights, weight), sum+weight
	}
	x := float64(c.rng.Float64() * sum)
	for i, t := range can {
		if x -= weights[i]; x < 0 {
			return t
		}
	}
	return nil
}

// worthOf says how much a tool that does that much is worth making a goal of.
func worthOf(t scaler.Tier) int {
	switch t {
	case scaler.TierEvent:
		return 1
	case scaler.TierSearch, scaler.TierCompute:
		return 3
	}
	return 5
}

func (c *candidate) suits(t *tool) bool {
	writes := t.Effect == scaler.Write && t.Tier != scaler.TierNone
	switch c.family {
	case scaler.FamilyRead:
		return t.Effect == scaler.Read
	case scaler.FamilyRefusal:
		return writes && (c.ruled(t) || c.rng.IntN(6) == 0)
	case scaler.FamilyMulti, scaler.FamilyLong:
		return writes || c.rng.IntN(4) == 0
	}
	return writes
}

func (c *candidate) ruled(t *tool) bool {
	return slices.ContainsFunc(c.view.world.Rules, func(r scaler.Rule) bool { return r.Tool == t.Name })
}

// pick draws one of a list.
func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
