// Package author makes domains executable with a model: it begins with the world
// that package world builds, and keeps of what the model writes whatever is at least
// as good.
//
// The way of a world: author.go keeps the desk, where each tool has a sheet; amend.go
// takes the model's database, given.go its rows, gone.go what it wants left out;
// page.go asks for the code of a tool and talk.go hears the answer, manuscript.go reads
// it from outside, review.go holds it against the contract and the built-in code, and
// mix.go and program.go put together what was accepted. tally.go counts.
package author

import (
	"context"
	"errors"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world"
	"golang.org/x/sync/errgroup"
)

// A Builder builds worlds with a model: it amends the schema, writes the code of
// each tool with its rules, and the handbook. What it writes is checked as
// anything else is; findings go back to it, a bounded number of times; and a
// tool that does not become at least as good as the built-in builder's keeps
// the built-in code. Without a model it is a world.Builder.
type Builder struct {
	Seed     uint64
	Style    seed.Style
	Model    llm.Model
	Repairs  int // how often findings go back about one answer; 0 means 3, below 0 never
	Parallel int // requests in flight; below 8 means 8
}

// Build makes a domain's world. A model that fails or talks nonsense leaves the
// built-in world; the report counts what it was asked and what came of it.
func (a Builder) Build(ctx context.Context, d scaler.Domain, tools []scaler.Tool, deps []scaler.Dependency) (*scaler.World, scaler.Report, error) {
	builtin := world.Builder{Seed: a.Seed, Style: a.Style}
	if a.Model == nil {
		w, err := builtin.Build(ctx, d, tools, deps)
		return w, scaler.Report{}, err
	}
	floor, err := builtin.Floor(ctx, d, tools)
	if ctx.Err() != nil {
		return nil, scaler.Report{}, errors.Join(err, ctx.Err())
	}
	k := newDesk(a, floor, tools)
	w, failed := k.work(ctx)
	if failed != nil {
		return nil, scaler.Report{}, failed
	}
	if len(w.Tools) == 0 {
		return nil, k.tally.report(), err
	}
	return w, k.tally.report(), nil
}

// strict is how code that a model has just written is tried.
var strict = sandbox.Options{Isolate: true, Memory: 128 << 20}

// A desk is where one world is written.
type desk struct {
	Builder
	base   *world.Floor  // what the builder knows
	first  *scaler.World // what it made
	floor  *scaler.World // the same on the model's database, without its tools
	tools  map[scaler.ToolID]scaler.Tool
	sheets []*sheet
	gone   map[string]bool // tables and columns that the model wants out of the schema
	schema string          // the floor's without these, as the model is shown it
	rows   string          // some of the floor's, likewise

	tally tally
}

// A sheet is the work on one tool.
type sheet struct {
	tool scaler.Tool
	name string
	was  *scaler.WorldTool // the built-in tool; nil where the builder left it out
	talk talk
	told bool // how it differs from the built-in tool

	text     *manuscript // the last answer that could be read
	meets    bool        // it meets the contract: what is found is how it differs
	before   *manuscript // an accepted answer, where it was asked again
	findings []string    // about the last answer
	over     bool        // accepted, or given up
}

// newDesk prepares the work.
func newDesk(a Builder, base *world.Floor, tools []scaler.Tool) *desk {
	floor := base.World
	k := &desk{Builder: a, base: base, first: floor, floor: floor, tools: map[scaler.ToolID]scaler.Tool{}}
	for _, t := range tools {
		k.tools[t.ID] = t
	}
	for i, t := range floor.Tools {
		k.sheets = append(k.sheets, &sheet{tool: k.tools[t.Tool], name: t.Name, was: &floor.Tools[i]})
	}
	for _, gone := range floor.Dropped {
		if t, ok := k.tools[gone.Tool]; ok && gone.Clause != world.Outside {
			k.sheets = append(k.sheets, &sheet{tool: t, name: k.free(t.Name)})
		}
	}
	return k
}

// free is a name that no other tool of the world has.
func (k *desk) free(name string) string {
	for slices.ContainsFunc(k.sheets, func(s *sheet) bool { return s.name == name }) {
		name += "_"
	}
	return name
}

// work goes through the whole of it. An error is that of the context.
func (k *desk) work(ctx context.Context) (*scaler.World, error) {
	k.amend(ctx)
	kept := reduced(k.floor.Schema, k.gone)
	k.schema, k.rows = outlined(kept, k.base.Schema()), shownRows(kept, k.floor.Rows, k.gone)
	for range k.repairs() + 1 {
		if err := k.write(ctx); err != nil {
			return nil, err
		}
		if err := k.review(ctx); err != nil {
			return nil, err
		}
	}
	w, err := k.settle(ctx)
	if err != nil {
		return nil, err
	}
	if 4*len(w.Tools) < 3*len(k.first.Tools) { // too many lost: nothing is worse than it was without the model
		w = k.first
	}
	if w != k.first {
		w = k.pruned(ctx, w)
	}
	for _, t := range w.Tools {
		if t.By != "" {
			k.tally.add(&k.tally.tools, 1)
		} else {
			k.tally.add(&k.tally.kept, 1)
		}
	}
	w.Policy = k.handbook(ctx, w).String()
	return w, ctx.Err()
}

func (a Builder) repairs() int {
	switch {
	case a.Repairs == 0:
		return 3
	case a.Repairs < 0:
		return 0
	}
	return a.Repairs
}

// write asks for the code of every tool that is not settled yet.
func (k *desk) write(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(asksAtOnce, k.Parallel))
	for _, s := range k.sheets {
		if s.over {
			continue
		}
		g.Go(func() error {
			k.ask(ctx, s)
			return ctx.Err()
		})
	}
	return g.Wait()
}

// asksAtOnce is how many requests are in flight, however few processors there are.
const asksAtOnce = 8

// ask puts the question about a tool, or the findings about the last answer.
func (k *desk) ask(ctx context.Context, s *sheet) {
	if len(s.talk) == 0 {
		s.talk.say(k.page(s).String())
	} else {
		s.talk.object(s.findings)
	}
	answer, err := k.hear(ctx, &s.talk, manuscriptSchema, llm.Purpose{Stage: "world", Item: string(s.tool.ID), Role: "author"})
	if err != nil {
		s.over = true
		return
	}
	text, findings := readManuscript(answer, s, k.floor.Schema)
	s.findings = findings
	if text == nil {
		k.tally.add(&k.tally.senseless, 1)
		return
	}
	s.text, s.meets = text, false
}
