package pipeline_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
)

// A model that looks at the graph is asked once about each tool with guesses,
// its word stands in the evidence, and a rerun leaves the graph as it is.
func TestModelLooksAtGraph(t *testing.T) {
	var asked atomic.Int64
	doubter := llm.Func("doubter", func(_ context.Context, req llm.Request) (llm.Response, error) {
		asked.Add(1)
		return llm.Reply(llm.Say(`{"right": [1], "unsure": []}`)), nil
	})
	run, err := store.Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	o := pipeline.Options{Settings: pipeline.Defaults(), Graph: doubter, Until: "graph"}
	o.Sources, o.GraphModel = []string{unpackDemo(t)}, doubter.Name()
	for range 2 {
		if err := pipeline.Run(t.Context(), run, o); err != nil {
			t.Fatal(err)
		}
	}
	g, err := pipeline.ReadGraph(run)
	if err != nil {
		t.Fatal(err)
	}
	tools := map[string]bool{}
	said, once := 0, asked.Load()
	for _, d := range g.Deps {
		tools[string(d.To)] = true
		if strings.HasPrefix(d.Evidence[len(d.Evidence)-1], "model: doubter ") {
			said++
		}
	}
	if said == 0 || once == 0 || once < int64(len(tools))/2 {
		t.Errorf("%d requests for %d tools, its word on %d of %d dependencies", once, len(tools), said, len(g.Deps))
	}
	if err := pipeline.Run(t.Context(), run, o); err != nil || asked.Load() != once {
		t.Errorf("a rerun asked %d times (%v)", asked.Load()-once, err)
	}
}

// A model that writes worlds is asked about each tool; what it writes badly, or
// not at all, stays as built in; a rerun asks nothing, another model makes the
// worlds anew, and one that cannot be reached is asked again the next time.
func TestModelWritesWorlds(t *testing.T) {
	var asked atomic.Int64
	silent := false
	author := func(name string) llm.Model {
		return llm.Func(name, func(_ context.Context, req llm.Request) (llm.Response, error) {
			if asked.Add(1); silent {
				return llm.Response{}, errors.New("out of reach")
			}
			if req.For.Role == "handbook" {
				return llm.Reply(llm.Say(`{"keeps": ["Cars in ` + name + `'s care."], "asks": ["Cars are brought and fetched."]}`)), nil
			}
			return llm.Reply(llm.Say("I had rather not.")), nil
		})
	}
	b := newWorkbench(t)
	by := func(m llm.Model) func(*pipeline.Options) {
		return func(o *pipeline.Options) { o.World, o.WorldModel, o.Until = m, m.Name(), "world" }
	}
	b.run(by(author("ann")))
	first := asked.Swap(0)
	if policy, err := os.ReadFile(b.one("worlds/*/policy.md")); err != nil || !strings.Contains(string(policy), "Cars in ann's care.") || first == 0 {
		t.Fatalf("asked %d times, %v\n%s", first, err, policy)
	}
	if b.run(by(author("ann"))); asked.Swap(0) != 0 {
		t.Error("a rerun asks again")
	}
	if b.run(by(author("bob"))); asked.Swap(0) != first {
		t.Error("another model is not asked about everything")
	}
	silent = true
	if _, err := b.try(by(author("cat"))); !errors.Is(err, pipeline.ErrFailedItems) || len(b.glob("worlds/*/tools.star")) != 1 {
		t.Errorf("out of reach: %v", err)
	}
	silent = false
	if b.run(by(author("cat"))); asked.Load() < first {
		t.Error("a model that is back is not asked")
	}
}
