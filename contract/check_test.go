package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// The library world was written by hand to keep every clause.
func TestLibraryKeepsTheContract(t *testing.T) {
	c := check(t, worldtest.Library())
	for _, tool := range c.Tools {
		if found := findings(tool); len(found) > 0 {
			t.Errorf("%s: %v", tool.Name, found)
		}
		if tool.Witness == nil {
			t.Errorf("%s: no witness", tool.Name)
		}
	}
	var report bytes.Buffer
	if err := WriteReport(&report, c); err != nil || !strings.Contains(report.String(), "9 of 9 tools keep the whole contract.") {
		t.Errorf("report: %v\n%s", err, report.String())
	}
}

// Without binds the checker goes by names, and still finds its way.
func TestWorldWithoutBinds(t *testing.T) {
	w := worldtest.Library()
	for i := range w.Tools {
		w.Tools[i].Binds = nil
	}
	for _, tool := range check(t, w).Tools {
		if found := findings(tool); len(found) > 0 {
			t.Errorf("%s: %v", tool.Name, found)
		}
	}
}

// Each case breaks one clause, is found by that clause, and by no other.
func TestBrokenTools(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		clause := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(clause, func(t *testing.T) {
			w, name := brokenWorld(t, file)
			for _, tool := range check(t, w).Tools {
				found := findings(tool)
				if tool.Name != name && len(found) > 0 {
					t.Errorf("the sound tool %s: %v", tool.Name, found)
				}
				if tool.Name == name && (len(found) != 1 || found[clause] == "") {
					t.Errorf("want a finding of %s, got %v", clause, found)
				}
			}
		})
	}
}

// What tool code cannot break while the sandbox keeps its promises is judged
// on evidence made up.
func TestClausesThatTheSandboxGuards(t *testing.T) {
	other := scaler.Digest{1}
	refused := sandbox.Result{Refused: &sandbox.Refusal{Code: sandbox.NotFound, Message: "There is no order 7."}}
	for _, c := range []struct {
		clause string
		e      evidence
	}{
		{"atomic", evidence{Trials: []trial{{Why: drawn, Like: -1, Result: refused, After: other}}}},
		{"deterministic", evidence{Trials: []trial{{Why: drawn, Result: sandbox.Result{Text: "1"}}, {Why: again, Like: 0, Result: sandbox.Result{Text: "2"}}}}},
		{"deterministic", evidence{Trials: []trial{{Why: drawn}, {Why: again, Like: 0, After: other}}}},
	} {
		c.e.Tool = scaler.WorldTool{Name: "t", Effect: scaler.Write}
		if got := judge(&c.e).Results[c.clause]; !Breaks(got) {
			t.Errorf("%s: got %q, want a finding", c.clause, got)
		}
	}
}

// A tool that only works after another one gets a witness with that call before it.
func TestWitnessAfterOtherCalls(t *testing.T) {
	w, _ := brokenWorld(t, "testdata/broken/succeeds.txtar")
	w.Code += `
def deliver_order(db, args):
    order = db.orders.get(args["order_id"])
    if order == None:
        refuse("not_found", "There is no order %s." % args["order_id"])
    order["status"] = "delivered"
    return order
`
	deliver := w.Tools[0]
	deliver.Name, deliver.Effect, deliver.Kind, deliver.Writes = "deliver_order", scaler.Write, scaler.Transition, []string{"orders"}
	w.Tools = append(w.Tools, deliver)
	for _, tool := range check(t, w).Tools {
		if found := findings(tool); len(found) > 0 {
			t.Errorf("%s: %v", tool.Name, found)
		}
		if tool.Name == "return_order" && (len(tool.Before) != 1 || tool.Before[0].Tool != "deliver_order" || !bytes.Equal(tool.Before[0].Arguments, tool.Witness)) {
			t.Errorf("before %v, witness %s", tool.Before, tool.Witness)
		}
	}
}

func TestCheckIsDeterministic(t *testing.T) {
	if diff := cmp.Diff(check(t, worldtest.Library()), check(t, worldtest.Library())); diff != "" {
		t.Error(diff)
	}
}

// A world whose code runs in a worker process is judged alike.
func TestCheckIsolated(t *testing.T) {
	c, err := Check(context.Background(), worldtest.Library(), sandbox.Options{Isolate: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(check(t, worldtest.Library()), c); diff != "" {
		t.Error(diff)
	}
}

// TestMain lets the test binary be the worker process.
func TestMain(m *testing.M) {
	sandbox.Main()
	os.Exit(m.Run())
}

func check(t *testing.T, w *scaler.World) scaler.Check {
	t.Helper()
	c, err := Check(context.Background(), w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func findings(t scaler.ToolCheck) map[string]string {
	out := map[string]string{}
	for clause, r := range t.Results {
		if Breaks(r) {
			out[clause] = r
		}
	}
	return out
}

// brokenWorld reads the sound shop, with the case's tool added.
func brokenWorld(t *testing.T, file string) (*scaler.World, string) {
	t.Helper()
	base, extra := archive(t, "testdata/broken/base.txtar"), archive(t, file)
	w := &scaler.World{Code: string(base["tools.star"])}
	decode(t, base["world.json"], w)
	decode(t, base["schema.json"], &w.Schema)
	for line := range bytes.Lines(base["state.jsonl"]) {
		var r scaler.Row
		decode(t, line, &r)
		w.Rows = append(w.Rows, r)
	}
	if extra["tool.json"] == nil {
		return w, ""
	}
	var tool scaler.WorldTool
	decode(t, extra["tool.json"], &tool)
	w.Tools = append(w.Tools, tool)
	w.Code += "\n" + string(extra["tool.star"])
	return w, tool.Name
}

func archive(t *testing.T, file string) map[string][]byte {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range a.Files {
		out[f.Name] = f.Data
	}
	return out
}

func decode(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
}

func BenchmarkCheck(b *testing.B) {
	w := worldtest.Library()
	for b.Loop() {
		if _, err := Check(context.Background(), w, sandbox.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(w.Tools)*b.N)/b.Elapsed().Seconds(), "tools/s")
}
