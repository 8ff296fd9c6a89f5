package contract

import (
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// evidence is what was seen of one tool; the clauses judge nothing else.
type evidence struct {
	Tool         scaler.WorldTool
	Broken       string // why it does not compile
	Required     []string
	PointsAtRows bool // some parameter names a row that has to exist
	Trials       []trial
	Good         []int // the trials that are drawn and succeeded
	Seen         []sight
	Loose        []string // foreign keys of the seed data that point nowhere
	ShapeError   string   // why the declared result schema cannot be used

	strays func() []stray // values of the seed data that their columns do not allow
	reach  []string       // the tables whose rows the tool may meet
}

// Why a trial was made.
const (
	drawn      = "drawn"      // arguments that should work
	again      = "again"      // the same call from the same state
	varied     = "varied"     // another value for one argument
	unknownKey = "unknown id" // an id that no row has
	wrongType  = "wrong type" // a value the schema does not allow
)

// A trial is one executed call.
type trial struct {
	Why           string
	Param         string // what differs from the trial it is like
	ID            string // of an unknown id: as it stands in a readable refusal
	Like          int    // the trial it is compared with; -1 for none
	Args          string
	Fits          bool // of a wrong type: the schema allows it all the same
	Result        sandbox.Result
	Before, After scaler.Digest
	Loose         []string // foreign keys that point nowhere since
	Odd           string   // a value that it stored and that its column does not take
	Misfit        string   // how the value breaks the declared result schema

	args  []draw.Arg
	from  *sandbox.Session // the state before, for a successful draw
	calls []scaler.Call    // what led to that state
}

// A sight is an attempt to see a changed row through read tools.
type sight struct {
	Table, Key string
	By         string // the read that showed it; empty for none
	Tried      int
	First      string // the first of these
}

// A probe gathers evidence about one tool.
type probe struct {
	*checker
	*evidence
	base  *sandbox.Session // the world's own state; a copy, since sessions serve one at a time
	draw  *draw.Tool
	shape *jsonschema.Schema
	want  func(table, key string, row *pyjson.Object) bool
	done  bool // the evidence is complete, from an earlier inspection
}

// prepare reads what the trials need to know of the tool.
func (p *probe) prepare(context.Context) {
	p.draw = p.ready[p.Tool.Name]
	for _, f := range p.draw.Params().Fields {
		if f.Required {
			p.Required = append(p.Required, f.Shape.Name)
		}
		if b, ok := p.draw.Bind(f.Shape.Name); ok && pointsAtRow(p.Tool, b) {
			p.PointsAtRows = true
		}
	}
	p.want = wanted(p.world.Rules, p.Tool)
	p.shape, p.ShapeError = p.shapes.compiled(p.Tool.Result)
}

// Bounds on the work for one tool.
const (
	drawsUntilGood = 40 // draws before the tool counts as never succeeding
	enoughGood     = 3  // successful calls to examine
	mostGood       = 9  // of a write, while none of them changes anything
	drawsAfterGood = 9
	slowest        = 5 * time.Second // for one call, on top of its limit of steps
)

func (p *probe) rand(path ...string) *rand.Rand {
	return scaler.Rand(p.world.Seed, append([]string{"check", p.Tool.Name}, path...)...)
}

// options draws optional arguments never, sometimes or always, in turn.
func (p *probe) options(i int) draw.Options {
	o := draw.Options{Schema: p.world.Schema, Now: p.now, Optional: []float64{0, 0.5, 1}[i%3]}
	if i%4 != 3 {
		o.Want = p.want
	}
	return o
}

// search looks for calls that succeed on the world as it is: those that the
// tool names, then drawn ones.
func (p *probe) search(ctx context.Context) {
	for i, call := range p.Tool.Calls {
		args, err := pyjson.ParseObject(call)
		if err != nil || ctx.Err() != nil {
			continue
		}
		p.try(ctx, p.base, nil, drawsUntilGood+i, draw.Options{Schema: p.world.Schema, Now: p.now, Fixed: maps.Collect(args.All())})
	}
	for i := range drawsUntilGood {
		satisfied := len(p.Good) >= enoughGood || len(p.Good) > 0 && i >= drawsAfterGood
		if satisfied && (p.showsItself() || len(p.Good) >= mostGood) || ctx.Err() != nil {
			return
		}
		p.try(ctx, p.base, nil, i, p.options(i))
		if Breaks(bounded(p.evidence)) {
			return // it would only run into its limit again
		}
	}
}

// showsItself says whether what the tool does was seen: of a write, that it
// changes something. A light that is switched on may have been on.
func (p *probe) showsItself() bool {
	return p.Tool.Effect == scaler.Read || p.Tool.Tier == scaler.TierEvent || slices.ContainsFunc(p.Good, func(i int) bool { return p.Trials[i].Result.Changed })
}

// try draws arguments on a state and calls the tool. A success is kept with
// the state it started from.
func (p *probe) try(ctx context.Context, s *sandbox.Session, calls []scaler.Call, i int, o draw.Options) bool {
	args, ok := p.draw.Arguments(p.rand("draw", strconv.Itoa(i)), s, o)
	if !ok && o.Want != nil {
		o.Want = nil
		args, ok = p.draw.Arguments(p.rand("draw", strconv.Itoa(i)), s, o)
	}
	if !ok {
		return false
	}
	t := p.call(ctx, s, trial{Why: drawn, Like: -1, Args: string(draw.JSON(args)), args: args, calls: calls})
	if t.Result.Refused != nil || t.Result.Err != nil {
		return false
	}
	p.Good = append(p.Good, len(p.Trials)-1)
	return true
}

// call runs the tool on a copy of the state and keeps what happened.
func (p *probe) call(ctx context.Context, s *sandbox.Session, t trial) *trial {
	ctx, cancel := context.WithTimeout(ctx, slowest)
	defer cancel()
	f := s.Fork()
	t.Before = f.Digest()
	t.Result = f.Call(ctx, p.Tool.Name, []byte(t.Args))
	t.After = f.Digest()
	if t.Result.Refused == nil && t.Result.Err == nil {
		t.from = s
		if t.Result.Changed {
			t.Loose = p.looseAfter(s, f)
		}
		if t.Result.Changed && t.Why == drawn { // a schema that takes anything is no fault of the code's
			t.Odd = p.oddAfter(s, f)
		}
		if t.Why == drawn && p.shape != nil {
			t.Misfit = misfit(p.shape, t.Result.Text)
		}
	}
	p.Trials = append(p.Trials, t)
	return &p.Trials[len(p.Trials)-1]
}

// searchAfter looks again, after calls of other tools that change the tool's
// table: what is never true of seed data may become true.
func (p *probe) searchAfter(ctx context.Context, helpers []*probe) {
	if len(p.Good) > 0 || Breaks(bounded(p.evidence)) {
		return
	}
	tried := 0
	for _, other := range helpers {
		if !p.helpedBy(other.Tool) {
			continue
		}
		if tried++; tried > 12 || ctx.Err() != nil {
			return
		}
		for i := range min(len(other.Good), 2) {
			if p.tryAfter(ctx, other, other.Trials[other.Good[i]], tried*10+i) {
				return
			}
		}
	}
}

// helpedBy says whether the other tool changes a table that this one is about.
func (p *probe) helpedBy(other scaler.WorldTool) bool {
	for _, table := range other.Writes {
		if table == p.Tool.Table {
			return true
		}
		for _, b := range p.Tool.Binds {
			if b.Table == table {
				return true
			}
		}
	}
	return false
}

func (p *probe) tryAfter(ctx context.Context, other *probe, first trial, i int) bool {
	s := p.base.Fork()
	if r := s.Call(ctx, other.Tool.Name, []byte(first.Args)); r.Refused != nil || r.Err != nil {
		return false
	}
	changed := map[string]bool{}
	for _, c := range s.Diff() {
		changed[c.Table+"\x00"+c.Key] = true
	}
	calls := []scaler.Call{{Tool: other.Tool.Name, Arguments: json.RawMessage(first.Args), Changed: first.Result.Changed}}
	o := p.options(i % 3)
	o.Want = func(table, key string, row *pyjson.Object) bool {
		return table != p.Tool.Table || changed[table+"\x00"+key]
	}
	for j := range 3 {
		if p.try(ctx, s, calls, 1000+10*i+j, o) {
			return true
		}
	}
	return false
}

// best returns the success that shows most: of a write, one that changed
// something.
func (e *evidence) best() (trial, bool) {
	for _, i := range e.Good {
		if e.Trials[i].Result.Changed {
			return e.Trials[i], true
		}
	}
	if len(e.Good) == 0 {
		return trial{}, false
	}
	return e.Trials[e.Good[0]], true
}

// pointsAtRow says whether a parameter names a row without which the call
// cannot succeed. A search for an unknown id finds nothing, and that is no error.
func pointsAtRow(t scaler.WorldTool, b scaler.Bind) bool {
	return b.Role == "key" || b.Role == "ref" && t.Kind != scaler.List && t.Kind != scaler.Aggregate
}

// wanted says which rows a tool's rules let it run on; nil where it has none.
func wanted(rules []scaler.Rule, t scaler.WorldTool) func(table, key string, row *pyjson.Object) bool {
	var mine []scaler.Rule
	for _, r := range rules {
		if r.Tool == t.Name && r.Column != "" && (r.Kind == "state" && len(r.Allowed) > 0 || r.Kind == "stock" || r.Kind == "balance") {
			if r.Table == "" {
				r.Table = t.Table
			}
			mine = append(mine, r)
		}
	}
	if len(mine) == 0 {
		return nil
	}
	return func(table, key string, row *pyjson.Object) bool {
		for _, r := range mine {
			if r.Table == table && !allowedBy(r, row) {
				return false
			}
		}
		return true
	}
}

func allowedBy(r scaler.Rule, row *pyjson.Object) bool {
	v, ok := row.Get(r.Column)
	if !ok {
		return true
	}
	if r.Kind == "state" {
		for _, s := range r.Allowed {
			if s == v {
				return true
			}
		}
		return false
	}
	if is, boolean := v.(bool); boolean {
		return is
	}
	x, number := pyjson.Number(v)
	return !number || x > 0
}
