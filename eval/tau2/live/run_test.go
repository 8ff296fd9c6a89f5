package live_test

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau2/live"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/llm/llmtest"
)

const trials = 20

// planned lets a trial succeed with the likelihood of its task.
func planned(task string, seed uint64) bool {
	chance := map[string]float64{"slow": 0.9, "price": 0.5, "idle": 1, "again": 0.2}[task]
	return scaler.Rand(seed, "plan", task).Float64() < chance
}

// evaluation is a run of the small checkout against a server with the scripted
// models behind it.
func evaluation(t *testing.T, fault func(int) llmtest.Fault) (*live.Run, *llmtest.Server) {
	t.Helper()
	p, tasks := small(t, false)
	p.MaxErrors = 3 // failures are quick
	s := &tau2test.Script{Tasks: tasks, Plan: planned}
	server := llmtest.NewServer(fault, s.Models()...)
	t.Cleanup(server.Close)
	connect(t, p, server)
	return &live.Run{Player: p, Tasks: tasks, Edition: "ours", Split: "base", Out: t.TempDir(), Trials: trials, Parallel: 64}, server
}

func do(t *testing.T, ctx context.Context, r *live.Run) *live.Report {
	t.Helper()
	report, err := r.Do(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// A run with 64 conversations in flight is killed and resumed; it writes what a
// run writes that nobody disturbed, and its pass^k and pass@k are the plan's.
func TestKilledAndResumed(t *testing.T) {
	whole, _ := evaluation(t, nil)
	report := do(t, t.Context(), whole)
	var plan []trial.Result
	for n := range trials {
		for _, task := range whole.Tasks {
			plan = append(plan, trial.Result{Task: task.ID, Solved: planned(task.ID, live.Seed(1, n))})
		}
	}
	for i, want := range trial.Passes(plan) {
		if got := report.Passes[i]; math.Abs(got.All-want.All) > 1e-12 || math.Abs(got.Any-want.Any) > 1e-12 || got.Tasks != 4 {
			t.Errorf("got %+v, planned %+v", got, want)
		}
	}
	if report.Floor != (live.Floor{Solved: 2, Tasks: 4}) {
		t.Errorf("doing nothing earns %+v", report.Floor)
	}

	ctx, kill := context.WithCancel(t.Context())
	killed, server := evaluation(t, func(n int) llmtest.Fault {
		if n == 200 {
			kill()
		}
		return llmtest.Fault{Delay: 10 * time.Millisecond}
	})
	killed.Player.Domain, killed.Player.World = whole.Domain, whole.World // the same checkout, in another folder
	if _, err := killed.Do(ctx); err == nil {
		t.Fatal("a run that was killed is no error")
	}
	before := server.Requests()
	do(t, t.Context(), killed)
	if asked := server.Requests() - before; asked == 0 || server.Peak() < 32 {
		t.Errorf("%d requests behind the kill, at most %d in flight", asked, server.Peak())
	}
	if !bytes.Equal(read(t, whole.File()), read(t, killed.File())) {
		t.Error("the resumed run wrote another file")
	}
	before = server.Requests()
	if again := do(t, t.Context(), killed); again.Reward != report.Reward || server.Requests() != before {
		t.Errorf("a finished run asked %d times", server.Requests()-before)
	}
}

// What a server breaks is in no score, and is asked for again.
func TestInfrastructureIsNoFailure(t *testing.T) {
	r, _ := evaluation(t, nil)
	works := r.User
	r.User = llm.Func(works.Name(), func(ctx context.Context, req llm.Request) (llm.Response, error) {
		if strings.Contains(req.Messages[0].Content, "Greet, and go.") {
			return llm.Response{}, context.DeadlineExceeded
		}
		return works.Chat(ctx, req)
	})
	r.Trials = 2
	report := do(t, t.Context(), r)
	if len(report.Gaps) != 2 || report.Rows != 6 || report.Passes[1].Tasks != 3 {
		t.Errorf("%+v", report)
	}
	r.User = works
	if report = do(t, t.Context(), r); report.Gaps != nil || report.Rows != 8 {
		t.Errorf("%+v", report)
	}
	var b bytes.Buffer
	if err := (live.Reports{report, report}).Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"tau2-bench v1.0.1+ (pyproject.toml: 9.9), tasks of ours, telecom split base", "doing nothing earns 2 of 4 tasks", "pass^2", "floor"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, b.String())
		}
	}
}

// A result file scores the same when it is scored again.
func TestRescore(t *testing.T) {
	r, _ := evaluation(t, nil)
	do(t, t.Context(), r)
	rescored(t, tau2test.Checkout(t), r)
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
