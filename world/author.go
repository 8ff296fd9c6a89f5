package world

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/prompt"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
	"golang.org/x/sync/errgroup"
)

// An Author builds worlds with a model: it amends the schema, writes the code of
// each tool with its rules, and the handbook. What it writes is checked as
// anything else is; findings go back to it, a bounded number of times; and a
// tool that does not become at least as good as the built-in builder's keeps
// the built-in code. Without a model an Author is a Builder.
type Author struct {
	Seed     uint64
	Style    Style
	Model    llm.Model
	Repairs  int // how often findings go back about one answer; 0 means 2, below 0 never
	Parallel int // requests in flight; 0 means 8
}

// Build makes a domain's world. A model that fails or talks nonsense leaves the
// built-in world; the report counts what it was asked and what came of it.
func (a Author) Build(ctx context.Context, d scaler.Domain, tools []scaler.Tool, deps []scaler.Dependency) (*scaler.World, scaler.Report, error) {
	builtin := Builder{Seed: a.Seed, Style: a.Style}
	floor, dr, err := builtin.build(ctx, d, tools)
	if a.Model == nil || ctx.Err() != nil {
		return floor, scaler.Report{}, errors.Join(err, ctx.Err())
	}
	k := newDesk(a, dr, floor, tools)
	w, failed := k.work(ctx)
	if failed != nil {
		return nil, scaler.Report{}, failed
	}
	if len(w.Tools) == 0 {
		return nil, k.tally.report(), err
	}
	return w, k.tally.report(), nil
}

// BuiltIn says whether all code of a world is the built-in builder's: only that
// may run in this process.
func BuiltIn(w *scaler.World) bool {
	return w.Builder == "builtin" && !slices.ContainsFunc(w.Tools, func(t scaler.WorldTool) bool { return t.By != "" })
}

// strict is how code that a model has just written is tried.
var strict = sandbox.Options{Isolate: true, Memory: 128 << 20, Time: slowest}

// A desk is where one world is written.
type desk struct {
	Author
	draft  *draft
	floor  *scaler.World // what stands without the tools of the model
	tools  map[scaler.ToolID]scaler.Tool
	sheets []*sheet
	schema string // the floor's, as the model is shown it

	tally tally
}

// A sheet is the work on one tool.
type sheet struct {
	tool scaler.Tool
	name string
	was  *scaler.WorldTool // the built-in tool; nil where the builder left it out
	talk talk

	text     *manuscript // the last answer that could be read
	findings []string    // about it
	over     bool        // accepted, or given up
}

// newDesk prepares the work. Where the builder could build nothing, the floor is
// a world without tools.
func newDesk(a Author, dr *draft, floor *scaler.World, tools []scaler.Tool) *desk {
	if floor == nil {
		floor = Builder{Seed: a.Seed, Style: a.Style}.assemble(dr)
		floor.Check = scaler.Check{World: floor.ID}
	}
	k := &desk{Author: a, draft: dr, floor: floor, tools: map[scaler.ToolID]scaler.Tool{}}
	for _, t := range tools {
		k.tools[t.ID] = t
	}
	for i, t := range floor.Tools {
		k.sheets = append(k.sheets, &sheet{tool: k.tools[t.Tool], name: t.Name, was: &floor.Tools[i]})
	}
	for _, gone := range floor.Dropped {
		if t, ok := k.tools[gone.Tool]; ok {
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
	k.schema = outlined(k.floor.Schema, k.draft.schema())
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
	k.prune(w)
	w.Policy = k.handbook(ctx, w.Rules).String()
	return w, ctx.Err()
}

func (a Author) repairs() int {
	switch {
	case a.Repairs == 0:
		return 2
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
		s.talk.say(prompt.Findings(s.findings))
	}
	answer, err := k.hear(ctx, &s.talk, manuscriptSchema, llm.Purpose{Stage: "world", Item: string(s.tool.ID), Role: "author"})
	if err != nil {
		s.over = true
		return
	}
	s.text, s.findings = readManuscript(answer, s, k.floor.Schema)
	if s.text == nil {
		k.tally.add(&k.tally.senseless, 1)
	}
}

// review tries what was written: each tool by itself, whether it compiles, and
// all that do together, among those of the builder.
func (k *desk) review(ctx context.Context) error {
	var ready []*sheet
	for _, s := range k.sheets {
		if !s.over && s.text != nil && len(s.findings) == 0 {
			ready = append(ready, s)
		}
	}
	if err := k.compile(ctx, ready); err != nil {
		return err
	}
	fresh := slices.DeleteFunc(k.written(), func(s *sheet) bool { return s.over })
	if len(fresh) == 0 {
		return nil
	}
	mixed := k.mix(k.written())
	check, err := CheckIn(ctx, mixed, strict)
	if err != nil {
		return errors.Join(ctx.Err(), k.giveUp(err))
	}
	for _, s := range fresh {
		s.findings = k.judged(s, mixed, check)
		s.over = len(s.findings) == 0
	}
	return nil
}

// giveUp ends the work where what was written cannot even be checked: the
// built-in world stands.
func (k *desk) giveUp(err error) error {
	for _, s := range k.sheets {
		s.over, s.findings = true, append(s.findings, err.Error())
	}
	return nil
}

// written are the sheets whose code compiles and has no findings so far.
func (k *desk) written() []*sheet {
	var out []*sheet
	for _, s := range k.sheets {
		if s.text != nil && len(s.findings) == 0 {
			out = append(out, s)
		}
	}
	return out
}

// compile opens each tool's code alone, in a worker: code that does not compile
// would hide what is wrong with the others.
func (k *desk) compile(ctx context.Context, sheets []*sheet) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, s := range sheets {
		g.Go(func() error {
			alone := *k.mix([]*sheet{s})
			alone.Rows = nil
			env, err := sandbox.Open(&alone, strict)
			if err != nil {
				s.findings = append(s.findings, "compiles: "+strings.TrimPrefix(err.Error(), fmt.Sprintf("world %s: ", alone.ID)))
				return ctx.Err()
			}
			return errors.Join(env.Close(), ctx.Err())
		})
	}
	return g.Wait()
}

// settle checks the world of all accepted tools. Where some tool breaks the
// contract in that company, what the model wrote for it, or else for the tables
// it shares, goes; in the end nothing is worse than it was without the model.
func (k *desk) settle(ctx context.Context) (*scaler.World, error) {
	accepted := k.written()
	for len(accepted) > 0 {
		w := k.mix(accepted)
		check, err := CheckIn(ctx, w, strict)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			break
		}
		guilty := k.guilty(accepted, w, check)
		if len(guilty) == 0 {
			w.Check = check
			k.tally.add(&k.tally.tools, len(accepted))
			k.tally.add(&k.tally.kept, len(k.sheets)-len(accepted))
			return w, nil
		}
		accepted = slices.DeleteFunc(accepted, func(s *sheet) bool { return slices.Contains(guilty, s) })
	}
	k.tally.add(&k.tally.kept, len(k.sheets))
	return k.floor, ctx.Err()
}

// guilty are the accepted tools that have to go: those with findings, or where
// a built-in tool has some, those that write a table of its; where that is
// none, all.
func (k *desk) guilty(accepted []*sheet, w *scaler.World, check scaler.Check) []*sheet {
	var out []*sheet
	for _, s := range accepted {
		if len(k.judged(s, w, check)) > 0 {
			out = append(out, s)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, s := range k.sheets {
		if s.was == nil || slices.Contains(accepted, s) || len(found(check, s.name)) == 0 {
			continue
		}
		for _, other := range accepted {
			if slices.Contains(append(other.text.Writes, other.text.Table), s.was.Table) {
				out = append(out, other)
			}
		}
		if len(out) == 0 {
			return accepted
		}
	}
	return out
}

// found returns what a check says against a tool and its rules.
func found(check scaler.Check, name string) []string {
	var out []string
	for _, t := range check.Tools {
		if t.Name == name {
			out = Findings(t)
		}
	}
	for _, r := range check.Rules {
		if tool, _, _ := strings.Cut(r.ID, "."); tool == name && breaks(r.Result) {
			out = append(out, fmt.Sprintf("rule %s: %s", r.ID, r.Result))
		}
	}
	return out
}

// A tally counts what a model was asked and what came of it.
type tally struct {
	mu sync.Mutex // guards what follows

	asked, senseless, failed, tools, kept int
	tokens                                scaler.Usage
}

func (t *tally) add(n *int, by int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*n += by
}

func (t *tally) spend(u scaler.Usage) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tokens.Prompt += u.Prompt
	t.tokens.Completion += u.Completion
}

func (t *tally) report() scaler.Report {
	r := scaler.Report{Failed: t.failed, Tokens: t.tokens}
	r.Add("questions to a model", t.asked)
	r.Add("answers that make no sense", t.senseless)
	r.Add("tools that a model wrote", t.tools)
	r.Add("tools that stay as built in", t.kept)
	return r
}
