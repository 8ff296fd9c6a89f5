package pipeline_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

var soakFor = flag.Duration("soak", 5*time.Minute, "with -measure: CPU time of TestSoak")

// Random calls, sensible and not, in many worlds at once: no call breaks the
// contract, and memory does not grow.
//
// Worlds are called side by side on all cores, and each makes the same calls in
// the same order whatever the others do; only how many depends on the machine.
//
//	go test ./pipeline -run 'TestSoak$' -v -timeout 0 -args -measure -soak 24m
func TestSoak(t *testing.T) {
	worlds := worldsOf(t, demoTools(t))
	if *measure {
		for _, source := range []string{"openapi-vendors", "powerplatform-connectors", "mcp-toucan-smithery", "google-discovery", "toolbench-rapidapi", "apis-guru-openapi"} {
			for _, tools := range someServices(corpus(t, source, 0), 31, 5, 60) {
				worlds = append(worlds, worldsOf(t, tools)...)
			}
		}
	}
	var pits []*pit
	for i, w := range worlds[:min(200, len(worlds))] {
		pits = append(pits, newPit(t, w, uint64(i)))
	}
	t.Logf("%d worlds, %d tools", len(pits), tools(pits))
	began := cpu()
	soak(pits, 2, soakFor.Seconds()/4)
	before, calls := heapInUse(pits), tallied(pits)
	soak(pits, 6, soakFor.Seconds()*3/4)
	after, all := heapInUse(pits), tallied(pits)
	t.Logf("%.1f CPU-minutes on %d cores: %d calls, %d changed something, %d were refused; %d breaches of the contract",
		(cpu()-began)/60, runtime.GOMAXPROCS(0), all["calls"], all["changed"], all["refused"], all["breaches"])
	t.Logf("heap in use: %.1f MB after %d calls, %.1f MB after %d calls", before/1e6, calls["calls"], after/1e6, all["calls"])
	for _, p := range pits {
		for _, breach := range p.breaches {
			t.Error(breach)
		}
	}
	if all["calls"] < 100 || all["changed"] == 0 || all["refused"] == 0 {
		t.Errorf("too little happened: %v", all)
	}
	if growth := after - before; growth > 0.05*before+4e6 {
		t.Errorf("memory grew by %.1f MB", growth/1e6)
	}
}

// A pit is a world that is being called.
type pit struct {
	world *scaler.World
	env   *sandbox.World
	tools []*draw.Tool
	rng   *rand.Rand
	now   time.Time

	session  *sandbox.Session
	seen     map[string]int
	breaches []string
}

func newPit(t *testing.T, w *scaler.World, seed uint64) *pit {
	t.Helper()
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { env.Close() })
	warm(t, env)
	now, _ := time.Parse(time.RFC3339, w.Now)
	p := &pit{world: w, env: env, rng: scaler.Rand(seed, "soak"), now: now, seen: map[string]int{}}
	names := draw.NamesOf(w.Schema)
	for _, tool := range w.Tools {
		p.tools = append(p.tools, names.Prepare(tool))
	}
	return p
}

// warm has made what a world makes when it is first needed, which is no growth:
// validators, and rows from their text.
func warm(t *testing.T, env *sandbox.World) {
	t.Helper()
	env.SchemaErrors()
	s, err := env.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range env.Spec().Schema.Tables {
		for range s.Rows(table.Name) {
		}
	}
}

// soak makes calls in all pits, a stretch in each at a time: for so many rounds,
// or, when it measures, so much CPU time.
func soak(pits []*pit, rounds int, seconds float64) {
	end := cpu() + seconds
	for i := 0; !*measure && i < rounds || *measure && (i == 0 || cpu() < end); i++ {
		var group sync.WaitGroup
		next := make(chan *pit)
		for range runtime.GOMAXPROCS(0) {
			group.Go(func() {
				for p := range next {
					p.stretch(40)
				}
			})
		}
		for _, p := range pits {
			next <- p
		}
		close(next)
		group.Wait()
	}
}

// stretch makes calls, each from the state that the last one left, now and then
// from the start.
func (p *pit) stretch(calls int) {
	for range calls {
		if p.session == nil || p.rng.IntN(200) == 0 {
			s, err := p.env.Start(scaler.Init{}, p.rng.Uint64())
			if err != nil {
				p.breach("it does not start: %v", err)
				return
			}
			p.session = s
		}
		p.call(p.rng.IntN(len(p.tools)))
	}
}

// call makes one call and holds it against the contract.
func (p *pit) call(i int) {
	tool, args := p.world.Tools[i], p.arguments(i)
	twin := p.session.Fork()
	before := p.session.Digest()
	r := p.session.Call(context.Background(), tool.Name, []byte(args))
	p.seen["calls"]++
	after := p.session.Digest()
	where := fmt.Sprintf("%s %s %.200s", p.world.ID, tool.Name, args)
	switch {
	case r.Err != nil:
		p.breach("%s: %v", where, r.Err)
	case r.Refused != nil:
		p.seen["refused"]++
		if r.Refused.Code == sandbox.Internal {
			p.breach("%s fails: %s", where, r.Refused.Message)
		}
		if before != after || r.Changed {
			p.breach("%s was refused and changed the state", where)
		}
	case tool.Effect == scaler.Read && (r.Changed || before != after):
		p.breach("%s is a read and changed %v", where, r.Wrote)
	case r.Changed:
		p.seen["changed"]++
		for _, table := range r.Wrote {
			if !slices.Contains(tool.Writes, table) {
				p.breach("%s wrote %s, which it does not declare", where, table)
			}
		}
	}
	if p.rng.IntN(8) == 0 {
		if again := twin.Call(context.Background(), tool.Name, []byte(args)); again.Text != r.Text || twin.Digest() != after {
			p.breach("%s gives another result the second time", where)
		}
	}
	if r.Changed && p.rng.IntN(8) == 0 {
		if loose := p.session.Dangling(); len(loose) > 0 {
			p.breach("%s: after it %s", where, loose[0])
			p.session = nil
		}
	}
}

// arguments draws arguments that should work, and now and then nonsense.
func (p *pit) arguments(i int) string {
	args, ok := p.tools[i].Arguments(p.rng, p.session, draw.Options{Schema: p.world.Schema, Now: p.now, Optional: []float64{0, 0.5, 1}[p.rng.IntN(3)]})
	if !ok {
		return "{}"
	}
	if p.rng.IntN(6) > 0 || len(args) == 0 {
		return string(draw.JSON(args))
	}
	o := pyjson.NewObject(len(args))
	bent := p.rng.IntN(len(args))
	for k, a := range args {
		if k == bent {
			a.Value = nonsense[p.rng.IntN(len(nonsense))]
		}
		o.Set(a.Name, a.Value)
	}
	return string(pyjson.Marshal(o))
}

// nonsense is what no argument should be; the last are whole numbers that no
// list is as long as.
var nonsense = []any{nil, true, int64(-1), 0.5, "", "no such thing", "\x00\u202e", []any{}, []any{[]any{nil}}, pyjson.NewObject(0), int64(1) << 60, 1e300}

func (p *pit) breach(format string, args ...any) {
	p.seen["breaches"]++
	if len(p.breaches) < 5 {
		p.breaches = append(p.breaches, fmt.Sprintf(format, args...))
	}
}

func tools(pits []*pit) int {
	n := 0
	for _, p := range pits {
		n += len(p.tools)
	}
	return n
}

func tallied(pits []*pit) map[string]int {
	all := map[string]int{}
	for _, p := range pits {
		for _, name := range slices.Sorted(maps.Keys(p.seen)) {
			all[name] += p.seen[name]
		}
	}
	return all
}

// heapInUse is what is alive when the sessions are gone, in bytes.
func heapInUse(pits []*pit) float64 {
	for _, p := range pits {
		p.session = nil
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
