package live_test

import (
	"context"
	"flag"
	"math"
	"os"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/tau2/live"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/llm/llmtest"
)

var measure = flag.Bool("measure", false, "play every task of a full checkout")

// Every task of a full checkout against the server of scripted models, with 64
// conversations in flight, killed halfway and resumed: the planted pass^k and
// pass@k, and the same rewards when the file is scored again. A few tasks of each
// domain; with -args -measure all of them, four times.
func TestFullCheckout(t *testing.T) {
	dir := os.Getenv("AGENTSCALER_TAU2_BENCH")
	if dir == "" {
		t.Skip("AGENTSCALER_TAU2_BENCH names no checkout of tau2-bench")
	}
	c, err := checkout.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []struct {
		name  string
		solo  bool
		floor int
	}{{"retail", false, 11}, {"airline", false, 24}, {"telecom", false, 0}, {"telecom", true, 0}} {
		tasks, err := c.Tasks(d.name, "base")
		if err != nil {
			t.Fatal(err)
		}
		trials := 4
		if !*measure {
			tasks, trials, d.floor = tasks[:4], 2, -1
		}
		tasks = tau2test.Named(tasks)
		p, err := live.NewPlayer(c, d.name, d.solo)
		if err != nil {
			t.Fatal(err)
		}
		plan := func(task string, seed uint64) bool { return scaler.Rand(seed, "plan", task).Float64() < 0.7 }
		s := &tau2test.Script{Tasks: tasks, Plan: plan}
		ctx, kill := context.WithCancel(t.Context())
		half := 2 * len(tasks) * trials
		server := llmtest.NewServer(func(n int) llmtest.Fault {
			if n == half {
				kill()
			}
			return llmtest.Fault{}
		}, s.Models()...)
		models := []*llm.Model{&p.Agent, &p.User, &p.Judge}
		for i, name := range []string{tau2test.AgentName, tau2test.UserName, tau2test.JudgeName} {
			if *models[i], err = llm.NewOpenAI(llm.Endpoint{URL: server.Base(), Model: name, Parallel: 64}); err != nil {
				t.Fatal(err)
			}
		}
		r := &live.Run{Player: p, Tasks: tasks, Edition: "v1.0", Split: "base", Out: t.TempDir(), Trials: trials, Parallel: 64}
		start := time.Now()
		if _, err := r.Do(ctx); err == nil {
			t.Error("it was over before it was killed")
		}
		report := do(t, t.Context(), r)
		took := time.Since(start)
		server.Close()
		var planted []trial.Result
		for n := range trials {
			for _, task := range tasks {
				planted = append(planted, trial.Result{Task: task.ID, Solved: plan(task.ID, uint64(n))})
			}
		}
		for i, want := range trial.Passes(planted) {
			if got := report.Passes[i]; math.Abs(got.All-want.All) > 1e-12 || math.Abs(got.Any-want.Any) > 1e-12 || got.Tasks != len(tasks) {
				t.Errorf("%s: got %+v, planned %+v", d.name, got, want)
			}
		}
		if d.floor >= 0 && report.Floor.Solved != d.floor {
			t.Errorf("%s: doing nothing earns %d", d.name, report.Floor.Solved)
		}
		rescored(t, dir, r)
		t.Logf("%s solo %t: %d conversations and %d requests in %.1fs, at most %d requests at once, pass^1 %.4f, pass^%d %.4f, floor %d of %d",
			d.name, d.solo, report.Rows, server.Requests(), took.Seconds(), server.Peak(), report.Passes[0].All, trials, report.Passes[trials-1].All,
			report.Floor.Solved, report.Floor.Tasks)
	}
}

// rescored scores a run's file again.
func rescored(t *testing.T, data string, r *live.Run) {
	t.Helper()
	bench, err := eval.Find("tau2-bench")
	if err != nil {
		t.Fatal(err)
	}
	results, err := pyjson.Parse(read(t, r.File()))
	if err != nil {
		t.Fatal(err)
	}
	scores, err := bench.Rescore(data, results)
	if err != nil {
		t.Fatal(err)
	}
	if len(scores.Rows) != len(r.Tasks)*r.Trials || scores.Equal != len(scores.Rows) {
		t.Errorf("%d of %d rewards are the same, of %d conversations", scores.Equal, len(scores.Rows), len(r.Tasks)*r.Trials)
	}
}
