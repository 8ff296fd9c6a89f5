package spec_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/spec"
)

var sample = flag.Bool("sample", false, "print 60 kept and 60 rejected tools of the corpus, for reading by hand")

// A reservoir keeps n items of a stream, each with the same chance.
type reservoir struct {
	n, seen int
	rng     *rand.Rand
	items   []spec.Item
}

func (r *reservoir) add(item spec.Item) {
	r.seen++
	if len(r.items) < r.n {
		r.items = append(r.items, item)
	} else if i := r.rng.IntN(r.seen); i < r.n {
		r.items[i] = item
	}
}

// TestPrintSample draws from every source alike, with a fixed seed: go test -run
// PrintSample ./spec -sample -v. The verdicts stand in docs/results-spec.md.
func TestPrintSample(t *testing.T) {
	if !*sample {
		t.Skip("prints what a person reads; give -sample")
	}
	sources, err := filepath.Glob(filepath.Join(shared(t, "corpus"), "*", "*.tar.zst"))
	if err != nil || len(sources) == 0 {
		t.Fatal("no archives: ", err)
	}
	kept, rejected := map[string]*reservoir{}, map[string]*reservoir{}
	for _, s := range sources {
		kept[s] = &reservoir{n: 6, rng: scaler.Rand(3, "kept", filepath.Base(s))}
		rejected[s] = &reservoir{n: 12, rng: scaler.Rand(3, "rejected", filepath.Base(s))}
	}
	for item, err := range (spec.Reader{}).Read(t.Context(), sources) {
		switch {
		case err != nil:
			t.Fatal(err)
		case item.Tool != nil:
			kept[item.Tool.Origin.Source].add(item)
		case item.Rejection != nil:
			rejected[item.Rejection.Origin.Source].add(item)
		}
	}
	for i, item := range drawn(sources, kept, 60) {
		tool := item.Tool
		fmt.Printf("K%d %s\n  %s\n  %s %s | %s | takes %s | hidden %v | returns %s %.300s | clone %s\n  %s#%s\n", i+1, tool.ID, tool.Description,
			tool.Effect, tool.EffectWhy, tool.Title, tool.Parameters, tool.Hidden, tool.ResultFrom, tool.Result, tool.CloneOf, tool.Origin.File, tool.Origin.Pointer)
	}
	for i, item := range drawn(sources, rejected, 60) {
		r := item.Rejection
		fmt.Printf("R%d %s %s (%s)\n  %s#%s\n", i+1, r.Reason, r.Name, r.Detail, r.Origin.File, r.Origin.Pointer)
	}
}

// drawn takes one item of each source in turn until there are n.
func drawn(sources []string, from map[string]*reservoir, n int) []spec.Item {
	var out []spec.Item
	for i := 0; len(out) < n && i < n; i++ {
		for _, s := range sources {
			if i < len(from[s].items) && len(out) < n {
				out = append(out, from[s].items[i])
			}
		}
	}
	return slices.Clip(out)
}
