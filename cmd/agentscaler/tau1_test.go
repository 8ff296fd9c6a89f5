package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/eval/tau1/tau1test"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/llm/llmtest"
)

// A tauRun is an evaluation against a server that plays a cast.
type tauRun struct {
	dir    string
	envs   []*tau1.Env
	cast   *tau1test.Cast
	server *llmtest.Server
	trials string
	limit  atomic.Int64 // from this request on nothing is answered; 0 is no limit
	broken atomic.Bool  // every fifth request is refused
}

func newTauRun(t *testing.T, dir, trials string, accuracy float64, delay time.Duration) *tauRun {
	t.Helper()
	c, err := tau1.OpenCheckout(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := &tauRun{dir: dir, trials: trials}
	for _, d := range tau1.Domains {
		env, err := c.Env(d.Name, "test")
		if err != nil {
			t.Fatal(err)
		}
		r.envs = append(r.envs, env)
	}
	r.cast = tau1test.NewCast(t, accuracy, 7, r.envs...)
	r.server = llmtest.NewServer(func(n int) llmtest.Fault {
		if limit := r.limit.Load(); limit > 0 && int64(n) >= limit {
			return llmtest.Fault{Delay: time.Hour}
		}
		if r.broken.Load() && n%5 == 0 {
			return llmtest.Fault{Status: 403}
		}
		return llmtest.Fault{Delay: delay}
	}, r.cast.Agent(), r.cast.User())
	t.Cleanup(r.server.Close)
	return r
}

func (r *tauRun) command(out string, more ...string) *exec.Cmd {
	args := append([]string{"eval", "tau-bench", "--data", r.dir, "--out", out, "--llm", r.server.Base(), "--model", r.cast.Agent().Name(),
		"--user-model", r.cast.User().Name(), "--trials", r.trials, "--seed", "1", "--parallel", "64"}, more...)
	return exec.Command("agentscaler", args...)
}

// do runs it to the end and returns the result files and the report.
func (r *tauRun) do(t *testing.T, out string) (rows [][]byte, report tau1.Report) {
	t.Helper()
	cmd := r.command(out, "--json")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, text, errs.String())
	}
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	for _, d := range report.Domains {
		text, err := os.ReadFile(d.File)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, text)
	}
	return rows, report
}

// kill starts it and kills it after so many requests: it is stuck by then, and
// some of its conversations are finished.
func (r *tauRun) kill(t *testing.T, out string, requests int) {
	t.Helper()
	limit := r.server.Requests() + requests
	r.limit.Store(int64(limit))
	defer r.limit.Store(0)
	killWhen(t, r.command(out), func() bool { return r.server.Requests() > limit })
	files, _ := filepath.Glob(filepath.Join(out, "trials-*.jsonl"))
	if text, err := os.ReadFile(files[0]); err != nil || bytes.Count(text, []byte("\n")) < 10 {
		t.Errorf("%d lines were written before it was killed (%v)", bytes.Count(text, []byte("\n")), err)
	}
}

// planted is what pass^k and pass@k have to be: over the draws that the cast
// made, with every pick of k trials counted.
func (r *tauRun) planted(t *testing.T, env *tau1.Env, trials int) (passes []trial.Pass) {
	for k := 1; k <= trials; k++ {
		p := trial.Pass{K: k, Tasks: len(env.Tasks), Trials: trials}
		for task := range env.Tasks {
			all, some, picks := 0, 0, 0
			for pick := range 1 << trials {
				solved, size := 0, 0
				for i := range trials {
					if pick>>i&1 == 1 {
						size++
						if r.cast.Solves(t, env, task, i) {
							solved++
						}
					}
				}
				if size != k {
					continue
				}
				picks++
				if solved == k {
					all++
				}
				if solved > 0 {
					some++
				}
			}
			p.All += float64(all) / float64(picks) / float64(len(env.Tasks))
			p.Any += float64(some) / float64(picks) / float64(len(env.Tasks))
		}
		passes = append(passes, p)
	}
	return passes
}

// check compares scores with the planted ones.
func (r *tauRun) check(t *testing.T, report tau1.Report, trials int) {
	t.Helper()
	for i, d := range report.Domains {
		want := r.planted(t, r.envs[i], trials)
		if len(d.Passes) != len(want) {
			t.Fatalf("%s: %+v", d.Domain, d)
		}
		for j, p := range d.Passes {
			if w := want[j]; math.Abs(p.All-w.All) > 1e-9 || math.Abs(p.Any-w.Any) > 1e-9 || p.Tasks != w.Tasks || p.Trials != trials {
				t.Errorf("%s: %+v, want %+v", d.Domain, p, w)
			}
		}
	}
}

// An evaluation of a model of known accuracy, with 64 conversations in flight,
// gives the planted pass^k and pass@k; killed and resumed it writes the same
// bytes; run again it asks nothing; scored again it has the same rewards.
func TestTau1(t *testing.T) {
	r := newTauRun(t, tau1test.Checkout(t, 24, 12), "4", 0.7, 20*time.Millisecond)
	base := t.TempDir()
	whole, report := r.do(t, filepath.Join(base, "whole"))
	r.check(t, report, 4)
	if peak := r.server.Peak(); peak < 32 || peak > 64 {
		t.Errorf("%d requests were in flight at once", peak)
	}
	if d := report.Domains; d[0].Floor != 0 || math.Abs(d[1].Floor-1.0/12) > 1e-12 || d[0].Rows != 96 || d[0].Ended["user_stop"]+d[0].Ended["error"] != 96 {
		t.Errorf("%+v", d)
	}
	asked := r.server.Requests()
	again, _ := r.do(t, filepath.Join(base, "whole"))
	if n := r.server.Requests(); n != asked || !bytes.Equal(again[0], whole[0]) {
		t.Errorf("a finished evaluation asked %d times", n-asked)
	}

	killed := filepath.Join(base, "killed")
	r.kill(t, killed, 200)
	r.kill(t, killed, 200)
	resumed, _ := r.do(t, killed)
	for i := range whole {
		if !bytes.Equal(whole[i], resumed[i]) {
			t.Errorf("%s is other than in one go", report.Domains[i].File)
		}
	}
	for _, d := range report.Domains {
		code, out, errs := evalCommand(t, "rescore", "tau-bench", "--data", r.dir, d.File)
		if last := fmt.Sprintf("pass^4 %.3f  pass@4 %.3f  (%d tasks, 4 trials)\n", d.Passes[3].All, d.Passes[3].Any, d.Tasks); code != exitDone || !strings.Contains(out, last) {
			t.Errorf("scored again: exit %d %s%s, want %s", code, out, errs, last)
		}
	}
}

// What a server refuses is no failure: it is in no score, and the same command
// asks again, and then writes what it would have written.
func TestTau1Gaps(t *testing.T) {
	r := newTauRun(t, tau1test.Checkout(t, 6, 3), "2", 0.5, 0)
	base := t.TempDir()
	whole, _ := r.do(t, filepath.Join(base, "whole"))
	r.broken.Store(true)
	cmd := r.command(filepath.Join(base, "gaps"), "--json")
	text, _ := cmd.Output()
	var report tau1.Report
	if err := json.Unmarshal(text, &report); err != nil || cmd.ProcessState.ExitCode() != exitPartly {
		t.Fatalf("exit %d, %v: %s", cmd.ProcessState.ExitCode(), err, text)
	}
	unanswered := 0
	for i, d := range report.Domains {
		unanswered += d.Unanswered
		if d.Rows+d.Unanswered != []int{12, 6}[i] {
			t.Errorf("%s: %d rows, %d not answered", d.Domain, d.Rows, d.Unanswered)
		}
	}
	if unanswered == 0 {
		t.Error("nothing was refused")
	}
	r.broken.Store(false)
	again, _ := r.do(t, filepath.Join(base, "gaps"))
	for i := range whole {
		if !bytes.Equal(whole[i], again[i]) {
			t.Errorf("%s is other than without refusals", report.Domains[i].File)
		}
	}
}

// What the table says beside the scores.
func TestTau1Table(t *testing.T) {
	r := newTauRun(t, tau1test.Checkout(t, 3, 2), "2", 1, 0)
	out := filepath.Join(t.TempDir(), "out")
	text, err := r.command(out, "--tasks", "0-1").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, want := range []string{
		"texts of no known version", "scored by the rules of 59a200c", "split test", "org/cast-agent (tool-calling, temperature 0), user cast-user (llm)",
		"domain   tasks trials  floor  pass^1  pass^2  pass@2\n",
		"retail       2      2    0.0   100.0   100.0   100.0\n", "airline      2      2   50.0   100.0   100.0   100.0\n", "retail: 4 conversations, 4 user_stop; ",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if text, err := r.command(out, "--tasks", "2").CombinedOutput(); err != nil || strings.Contains(string(text), "airline") {
		t.Errorf("only retail has a task 2: %v\n%s", err, text)
	}
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	cut := r.command(out, "--max-calls", "5")
	if text, _ := cut.CombinedOutput(); cut.ProcessState.ExitCode() != exitPartly || !strings.Contains(string(text), "the budget is spent") {
		t.Errorf("exit %d\n%s", cut.ProcessState.ExitCode(), text)
	}
	for _, wrong := range [][]string{{"--tasks", "9-10"}, {"--env", "telecom"}, {"--user-strategy", "human"}, {"--split", "all"}, {"--split", "train"}} {
		cmd := r.command(out, wrong...)
		if text, err := cmd.CombinedOutput(); err == nil {
			t.Errorf("%v was taken: %s", wrong, text)
		}
	}
}

var measure = flag.Bool("measure", false, "run the tests that print figures")

// All 165 tasks of the official checkout, four trials each. Run it with
//
//	AGENTSCALER_TAU_BENCH=DIR go test ./cmd/agentscaler -run TestTau1Official -v -args -measure
func TestTau1Official(t *testing.T) {
	dir := os.Getenv("AGENTSCALER_TAU_BENCH")
	if dir == "" {
		t.Skip("AGENTSCALER_TAU_BENCH names no checkout of tau-bench")
	}
	if !*measure {
		t.Skip("prints figures: go test ./cmd/agentscaler -run TestTau1Official -v -args -measure")
	}
	r := newTauRun(t, dir, "4", 0.6, 50*time.Millisecond)
	base := t.TempDir()
	start := time.Now()
	whole, report := r.do(t, filepath.Join(base, "whole"))
	took := time.Since(start)
	r.check(t, report, 4)
	calls := 0
	for _, d := range report.Domains {
		calls += d.Calls
	}
	t.Logf("%d requests in %v, at most %d at once", calls, took, r.server.Peak())
	_ = report.Write(os.Stdout)
	killed := filepath.Join(base, "killed")
	for range 3 {
		r.kill(t, killed, 900)
	}
	resumed, _ := r.do(t, killed)
	for i, d := range report.Domains {
		if !bytes.Equal(whole[i], resumed[i]) {
			t.Errorf("%s is other than in one go", d.File)
		}
		if code, out, errs := evalCommand(t, "rescore", "tau-bench", "--data", dir, d.File); code != exitDone {
			t.Errorf("scored again: exit %d %s%s", code, out, errs)
		}
	}
}
