package live_test

import (
	"context"
	"flag"
	"math"
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

// checkouts are those of versions that differ, by the environment variables that
// name them.
var checkouts = []string{"AGENTSCALER_TAU2_BENCH", "AGENTSCALER_TAU2_V1_0_0", "AGENTSCALER_TAU2_V0_2_0"}

// Tasks of full checkouts against the server of scripted models, with 64
// conversations in flight, killed halfway and resumed: the planted pass^k and
// pass@k, and the same rewards when the file is scored again. A few tasks of each
// domain; with -args -measure all of them, four times.
func TestFullCheckout(t *testing.T) {
	for _, variable := range checkouts {
		t.Run(variable, func(t *testing.T) {
			c := tau2test.Official(t, variable)
			for _, domain := range []string{"retail", "airline", "telecom"} {
				full(t, c, domain, false)
			}
			full(t, c, "telecom", true)
		})
	}
}

func full(t *testing.T, c *checkout.Checkout, domain string, solo bool) {
	t.Helper()
	tasks, err := c.Tasks(domain, "base")
	if err != nil {
		t.Fatal(err)
	}
	tasks = tau2test.Named(tasks)
	trials := 4
	if !*measure {
		tasks, trials = tasks[:4], 2
	}
	p, err := live.NewPlayer(c, domain, solo)
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
		return llmtest.Fault{Delay: 20 * time.Millisecond} // or one answers before the next asks
	}, s.Models()...)
	defer server.Close()
	connect(t, p, server)
	r := &live.Run{Player: p, Tasks: tasks, Edition: "official", Split: "base", Out: t.TempDir(), Trials: trials, Parallel: 64}
	start := time.Now()
	if _, err := r.Do(ctx); err == nil {
		t.Error("it was over before it was killed")
	}
	report := do(t, t.Context(), r)
	took := time.Since(start)
	var planted []trial.Result
	for n := range trials {
		for _, task := range tasks {
			planted = append(planted, trial.Result{Task: task.ID, Solved: plan(task.ID, live.Seed(1, n))})
		}
	}
	for i, want := range trial.Passes(planted) {
		if got := report.Passes[i]; math.Abs(got.All-want.All) > 1e-12 || math.Abs(got.Any-want.Any) > 1e-12 || got.Tasks != len(tasks) {
			t.Errorf("%s: got %+v, planned %+v", domain, got, want)
		}
	}
	rescored(t, c.Dir, r)
	last := report.Passes[trials-1]
	t.Logf("%s %s solo %t: %d conversations, %d requests, %.1fs, at most %d requests at once, pass^1 %.4f, pass^%d %.4f, pass@%d %.4f as planned, floor %d of %d",
		c.Version.Name, domain, solo, report.Rows, server.Requests(), took.Seconds(), server.Peak(), report.Passes[0].All, trials, last.All, trials, last.Any,
		report.Floor.Solved, report.Floor.Tasks)
}

// connect gives the player the models of a server, and requests a seed, by which
// scripts know trials.
func connect(t *testing.T, p *live.Player, server *llmtest.Server) {
	t.Helper()
	p.Seed = 1
	for name, role := range map[string]*llm.Model{tau2test.AgentName: &p.Agent, tau2test.UserName: &p.User, tau2test.JudgeName: &p.Judge} {
		m, err := llm.NewOpenAI(llm.Endpoint{URL: server.Base(), Model: name, Parallel: 64})
		if err != nil {
			t.Fatal(err)
		}
		*role = m
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
