package pipeline_test

import (
	"context"
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
