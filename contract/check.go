// Package contract says what every tool of a world must keep, whoever wrote it,
// and tries whether it does: a table of clauses, each judged from calls that were
// made, and beside it the rules, the files and the grade.
//
// Check (check.go) makes the trials: probe.go draws calls that succeed, examine.go
// bends them, observe.go looks for what a write changed, shape.go holds results
// against their schemas. clause.go is the contract. prove.go and breaking.go try
// whether the code enforces the rules that the handbook states; flaws.go finds what
// does not fit together in the files, without a call; grade.go says how much of a
// domain its world really does. recheck.go tries again only what a change may
// touch; report.go writes all of it for people.
package contract

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/sandbox"
	"golang.org/x/sync/errgroup"
)

// Check tries every tool of a world against the world contract. A tool that
// breaks a clause is a finding in the result, not an error; it is an error if
// the world cannot be opened for reasons that are no tool's, and then the
// result has its flaws and nothing else.
//
// Each tool is judged on its own, from sessions that nothing else touches, so
// the result does not depend on how many run at once. Code that nobody has
// vouched for deserves o.Isolate.
func Check(ctx context.Context, w *scaler.World, o sandbox.Options) (scaler.Check, error) {
	in := Inspector{proves: true}
	check, err := in.Check(ctx, w, o)
	check.World, check.Flaws = w.ID, Flaws(w)
	return check, err
}

// Check tries every tool of the world that may have changed.
func (in *Inspector) Check(ctx context.Context, w *scaler.World, o sandbox.Options) (scaler.Check, error) {
	env, broken, err := openWhatCompiles(w, o)
	if err != nil {
		return scaler.Check{}, err
	}
	defer env.Close()
	c, err := newChecker(w, env, &in.shapes)
	if err != nil {
		return scaler.Check{}, err
	}
	probes, err := in.gather(ctx, c, broken)
	if err != nil {
		return scaler.Check{}, err
	}
	out := scaler.Check{World: w.ID, Grade: GradeOf(w)}
	if in.proves {
		if out.Rules, err = proofs(ctx, w.Rules, probes); err != nil {
			return scaler.Check{}, err
		}
	}
	for _, p := range probes {
		out.Tools = append(out.Tools, judge(p.evidence))
	}
	in.remember(w, probes)
	out.Clauses = totals(out.Tools)
	return out, nil
}

// gather makes the trials that the evidence about each tool needs.
func (in *Inspector) gather(ctx context.Context, c *checker, broken map[string]string) ([]*probe, error) {
	probes := make([]*probe, len(c.world.Tools))
	known := in.known(c.world)
	for i, t := range c.world.Tools {
		e, done := known[t.Name]
		if !done {
			e = &evidence{Tool: t, Broken: broken[t.Name], Loose: c.loose, strays: c.strays, reach: reach(c.world.Schema, t, map[string]bool{t.Table: true})}
		}
		probes[i] = &probe{checker: c, evidence: e, done: done, base: c.start.Fork()}
	}
	if err := each(ctx, probes, (*probe).prepare); err != nil {
		return nil, err
	}
	if err := each(ctx, probes, (*probe).search); err != nil {
		return nil, err
	}
	helpers := slices.DeleteFunc(slices.Clone(probes), func(p *probe) bool { return len(p.Good) == 0 })
	if err := each(ctx, probes, func(p *probe, ctx context.Context) { p.searchAfter(ctx, helpers) }); err != nil {
		return nil, err
	}
	return probes, each(ctx, probes, (*probe).examine)
}

// each runs a step for every probe that is not done, as many at once as there
// are processors.
func each(ctx context.Context, probes []*probe, step func(*probe, context.Context)) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, p := range probes {
		if p.Broken != "" || p.done {
			continue
		}
		g.Go(func() error {
			step(p, ctx)
			return ctx.Err()
		})
	}
	return g.Wait()
}

// A checker is what all probes of one world share, and only read.
type checker struct {
	world   *scaler.World
	env     *sandbox.World
	start   *sandbox.Session // of which each probe takes a copy
	now     time.Time
	ready   map[string]*draw.Tool // every tool, ready for drawing
	reads   map[string][]string   // table -> the tools that may show it, the likeliest first
	answers sync.Map              // of reads on the world's own state
	loose   []string              // foreign keys of the seed data that point nowhere
	strays  func() []stray        // values of the seed data that their columns do not allow
	shapes  *shapes
}

func newChecker(w *scaler.World, env *sandbox.World, s *shapes) (*checker, error) {
	base, err := env.Start(scaler.Init{}, w.Seed)
	if err != nil {
		return nil, fmt.Errorf("world %s: %w", w.ID, err)
	}
	now, _ := time.Parse(time.RFC3339, w.Now)
	c := &checker{world: w, env: env, start: base, now: now, ready: map[string]*draw.Tool{}, loose: base.Dangling(), shapes: s}
	c.strays = sync.OnceValue(func() []stray { return strays(w, nil) })
	names := draw.NamesOf(w.Schema)
	for _, t := range w.Tools {
		c.ready[t.Name] = names.Prepare(t)
	}
	c.reads = readersOf(w)
	return c, nil
}

// openWhatCompiles opens the world. Where that fails, it finds out which tools
// are to blame and opens the world without them.
func openWhatCompiles(w *scaler.World, o sandbox.Options) (*sandbox.World, map[string]string, error) {
	env, err := sandbox.Open(w, o)
	if err == nil {
		return env, nil, nil
	}
	broken := map[string]string{}
	sound := *w
	sound.Tools = nil
	for _, t := range w.Tools {
		alone := *w
		alone.Tools, alone.Rows = []scaler.WorldTool{t}, nil
		if env, err := sandbox.Open(&alone, o); err != nil {
			broken[t.Name] = strings.TrimPrefix(err.Error(), fmt.Sprintf("world %s: ", w.ID))
		} else {
			env.Close()
			sound.Tools = append(sound.Tools, t)
		}
	}
	if len(broken) == len(w.Tools) {
		sound.Code = "" // nothing of it can run
	}
	if env, err = sandbox.Open(&sound, o); err != nil {
		return nil, nil, fmt.Errorf("checking: %w", err)
	}
	return env, broken, nil
}

// totals counts results clause by clause.
func totals(tools []scaler.ToolCheck) []scaler.Clause {
	var out []scaler.Clause
	for _, c := range Clauses {
		total := scaler.Clause{Name: c.Name}
		for _, t := range tools {
			switch r := t.Results[c.Name]; {
			case r == Pass:
				total.Pass++
			case Breaks(r):
				total.Fail++
			default:
				total.Exempt++
			}
		}
		out = append(out, total)
	}
	return out
}
