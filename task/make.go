package task

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// A Maker makes tasks for worlds.
type Maker struct {
	Seed     uint64
	PerWorld int // tasks to aim for; 0 means 24
	Phrasing int // which of the disjoint sets of phrasings speaks, 0 to 3; 2 is held out from the built-in planner
}

// Offered is how many tools an agent is offered at most.
const Offered = 40

// How many candidates are tried for each task that is wanted: in all, and in a
// row without a task coming of them.
const (
	attempts = 24
	dry      = 5
)

// Make makes proven tasks for a world, spread over families, tools and starts.
// The same maker makes the same tasks of the same world. It may make fewer than
// it aims for, where a world has no more to offer; the report says why.
func (m Maker) Make(ctx context.Context, w *scaler.World, env *sandbox.World, deps []scaler.Dependency) ([]scaler.Task, scaler.Report, error) {
	if m.PerWorld == 0 {
		m.PerWorld = 24
	}
	b := &batch{Maker: m, ctx: ctx, env: env, view: newView(w, deps), tally: newTally()}
	base, err := env.Start(scaler.Init{}, m.Seed)
	if err != nil {
		return nil, scaler.Report{}, fmt.Errorf("make tasks for %s: %w", w.ID, err)
	}
	b.base = base
	for i, last := 0, 0; i < m.PerWorld*attempts && i-last < m.PerWorld*dry && len(b.tasks) < m.PerWorld; i++ {
		if err := ctx.Err(); err != nil {
			return nil, scaler.Report{}, err
		}
		before := len(b.tasks)
		if err := b.attempt(i); err != nil {
			return nil, scaler.Report{}, fmt.Errorf("make tasks for %s: %w", w.ID, err)
		}
		if len(b.tasks) > before {
			last = i
		}
	}
	return b.tasks, b.report(), nil
}

// A batch is the making of one world's tasks.
type batch struct {
	Maker
	ctx   context.Context
	env   *sandbox.World
	view  *view
	base  *sandbox.Session
	tasks []scaler.Task
	*tally
}

// attempt makes one candidate and keeps it if it is proven and new.
func (b *batch) attempt(i int) error {
	rng := scaler.Rand(b.Seed, "task", string(b.view.world.ID), strconv.Itoa(i))
	c := &candidate{batch: b, rng: rng, family: b.wanting(rng, b.PerWorld)}
	t, reason, err := c.make()
	if err != nil {
		return err
	}
	if reason == "" {
		reason = b.duplicate(t, i)
	}
	if reason == "" {
		t.Proof, err = prove(b.ctx, b.env, b.view, t)
		if err != nil {
			return err
		}
		if clause := objection(t.Proof); clause != "" {
			reason = "unproven: " + clause
		}
	}
	if reason != "" {
		b.discard(c.family, reason)
		return nil
	}
	b.keep(t)
	b.tasks = append(b.tasks, t)
	return b.dependence(t)
}

// duplicate says whether a task is too like one that is there: the same calls on
// the same rows, or a sequence of tools that has had its share. The share grows
// with the attempts: a world that has more sequences gets to show them first.
func (b *batch) duplicate(t scaler.Task, i int) string {
	if b.exact[exactKey(t)] {
		return "duplicate"
	}
	if b.sequences[sequence(t)] > i/b.PerWorld {
		return "sequence had its share"
	}
	return ""
}

// sequence is the tools a task calls, in order.
func sequence(t scaler.Task) string {
	var names []string
	for _, c := range t.Calls {
		names = append(names, c.Tool)
	}
	return strings.Join(names, " ")
}

func exactKey(t scaler.Task) string {
	var b strings.Builder
	for _, c := range t.Calls {
		b.WriteString(c.Tool + string(c.Arguments) + "\n")
	}
	return b.String()
}

// finish fills in what follows from the calls, and names the task.
func finish(t *scaler.Task, asked int) error {
	t.Steps = len(t.Calls)
	covers := map[string]bool{}
	read := 0
	for _, c := range t.Calls {
		covers[c.Tool] = true
		for _, s := range c.Sources {
			if s.From == "call" {
				read++
			}
		}
	}
	for name := range covers {
		t.Covers = append(t.Covers, name)
	}
	slices.Sort(t.Covers)
	t.Hardness = hardness(t.Steps, read, asked, len(t.Tools))
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	t.ID = scaler.TaskID(scaler.ContentID(scaler.Version, string(text)))
	return nil
}

// hardness grows with calls, arguments that have to be read or asked for, and
// tools to choose from; each has its ceiling.
func hardness(steps, read, asked, tools int) float64 {
	part := func(n, full int, weight float64) float64 {
		return float64(weight * float64(min(n, full)) / float64(full))
	}
	h := part(steps-1, 8, 0.45) + part(read, 6, 0.25) + part(asked, 4, 0.15) + part(tools, Offered, 0.15)
	return float64(int(h*1000+0.5)) / 1000
}

// offer chooses the tools the agent is offered: all of a scope, or the ones
// around the goal where the scope is wide.
func (b *batch) offer(rng *rand.Rand, scope []string, goal *tool) []string {
	scope = b.widen(scope, goal)
	if len(scope) <= Offered {
		return scope
	}
	near := map[string]bool{goal.Table: true}
	for _, p := range goal.params {
		if to, ok := b.view.points(p.bind); ok {
			near[to.Name] = true
		}
	}
	names := slices.Clone(scope)
	shuffle(rng, names)
	slices.SortStableFunc(names, func(x, y string) int { return b.distance(x, goal, near) - b.distance(y, goal, near) })
	names = names[:Offered]
	return slices.DeleteFunc(slices.Clone(scope), func(n string) bool { return !slices.Contains(names, n) })
}

// widen adds look-ups from outside the scope for tables that the goal names rows
// of and nothing in the scope shows: the site of a deploy.
func (b *batch) widen(scope []string, goal *tool) []string {
	for _, p := range goal.params {
		to, ok := b.view.points(p.bind)
		shows := func(name string) bool {
			t := b.view.named[name]
			return t != nil && t.Table == to.Name && t.shows() && t.Kind == scaler.List
		}
		if !ok || slices.ContainsFunc(scope, shows) {
			continue
		}
		added := 0
		for _, t := range b.view.tools {
			if shows(t.Name) && added < 2 {
				scope = append(slices.Clip(scope), t.Name)
				added++
			}
		}
	}
	return scope
}

// distance orders tools by how much they have to do with a goal.
func (b *batch) distance(name string, goal *tool, near map[string]bool) int {
	t := b.view.named[name]
	switch {
	case t == nil:
		return 4
	case t == goal:
		return 0
	case near[t.Table] && t.shows():
		return 1
	case near[t.Table]:
		return 2
	}
	return 3
}
