package task

import (
	"math/rand/v2"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
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
	scope := pickOf(c.rng, c.view.scopes())
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

// fill writes the walk into the task.
func (c *candidate) fill(t *scaler.Task, w *walk, st story) (reason string) {
	t.Calls, t.Gold, t.Digest = w.calls, w.session.Diff(), w.session.Digest()
	t.Family = familyOf(t.Calls, t.Refusal)
	if c.overfull(t.Family) {
		return "family is full"
	}
	for _, g := range st.goals {
		for _, f := range g.reply {
			if !slices.ContainsFunc(t.Reply, func(old scaler.Fact) bool { return old.Label == f.Label && old.Text == f.Text }) {
				t.Reply = append(t.Reply, f)
			}
		}
	}
	t.Opening, t.Intent = w.compose(st, phrasings[c.Phrasing&1])
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
		for _, call := range w.calls[:len(w.calls)-1] {
			if !slices.Contains(refusal.Lookups, call.Tool) {
				refusal.Lookups = append(refusal.Lookups, call.Tool)
			}
		}
		c.explain(w, &g, refusal)
		return story{goals: []goal{g}}, refusal, ""
	}
	return story{}, nil, reason
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
			if src.From != "user" || !ok || strings.ContainsAny(src.Param, "[") {
				continue
			}
			if wrong, ok := c.mistake(w, i, src, right); ok {
				return story{goals: []goal{g}, misread: right.Label, wrong: wrong}, ""
			}
		}
	}
	return story{}, "no number to get wrong"
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

func pickOf[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
