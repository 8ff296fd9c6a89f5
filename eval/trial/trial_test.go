package trial

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// tasks are named so that the order of names is not the order of tasks.
func tasks(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprint("task ", n-i))
	}
	return names
}

func texts(d Done[string]) string {
	var b strings.Builder
	for _, r := range d.Rows {
		fmt.Fprintf(&b, "%s/%d=%s\n", r.Task, r.Trial, r.Row)
	}
	return b.String()
}

func echo(_ context.Context, task, trial int) (string, error) {
	return fmt.Sprintf("<%d.%d>", task, trial), nil
}

// Rows come in the order of trials and tasks, however many are played at once.
func TestOrder(t *testing.T) {
	var want string
	for _, parallel := range []int{1, 16} {
		r := Runner[string]{Tasks: tasks(20), Trials: 3, Play: echo, Dir: t.TempDir(), Parallel: parallel}
		done, err := r.Do(t.Context())
		if err != nil || len(done.Gaps) > 0 || len(done.Rows) != 60 || done.Played != 60 {
			t.Fatal(err, done)
		}
		if want == "" {
			want = texts(done)
		}
		if got := texts(done); got != want || done.Rows[20].Row != "<0.1>" {
			t.Errorf("parallel %d:\n%s", parallel, got)
		}
	}
}

// A killed run goes on where it stopped: what was finished is not played again,
// the line that the kill cut off is, and the rows are the same.
func TestResume(t *testing.T) {
	r := Runner[string]{Tasks: tasks(10), Trials: 2, Play: echo, Dir: t.TempDir(), Settings: "a"}
	whole, err := r.Do(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(r.Dir, "*.jsonl"))
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	cut := strings.Join(lines[:6], "") + lines[6][:len(lines[6])/2] // its head, five rows and a half
	if err := os.WriteFile(files[0], []byte(cut), 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := r.Do(t.Context())
	if err != nil || again.Played != 15 || texts(again) != texts(whole) {
		t.Errorf("played %d: %v\n%s", again.Played, err, texts(again))
	}
	r.Trials, r.Tasks = 3, r.Tasks[:4]
	if more, err := r.Do(t.Context()); err != nil || more.Played != 4 || len(more.Rows) != 12 {
		t.Errorf("a third trial of four tasks: %+v %v", more, err)
	}
	r.Settings = "b"
	if other, err := r.Do(t.Context()); err != nil || other.Played != 12 {
		t.Errorf("other settings: played %d, %v", other.Played, err)
	}
}

// What the infrastructure did not answer is no row, and is asked again.
func TestGaps(t *testing.T) {
	down := true
	r := Runner[string]{Tasks: tasks(3), Dir: t.TempDir(), Play: func(ctx context.Context, task, trial int) (string, error) {
		if down && task == 1 {
			return "", errors.New("unreachable")
		}
		return echo(ctx, task, trial)
	}}
	done, err := r.Do(t.Context())
	if err != nil || len(done.Rows) != 2 || len(done.Gaps) != 1 || done.Gaps[0].String() != "task 2 trial 0: unreachable" {
		t.Fatal(done, err)
	}
	down = false
	if done, err = r.Do(t.Context()); err != nil || len(done.Rows) != 3 || done.Played != 1 {
		t.Error(done, err)
	}
}

// A run whose models are away does not try every trial; one whose requests are
// refused does.
func TestAway(t *testing.T) {
	for _, c := range []struct {
		err         error
		least, most int32
	}{
		{fmt.Errorf("llm: %w", &net.OpError{Op: "dial", Err: errors.New("refused")}), 9, 20},
		{&llm.StatusError{Status: 503}, 9, 20},
		{&llm.StatusError{Status: 400}, 100, 100},
	} {
		var played atomic.Int32
		r := Runner[string]{Tasks: tasks(100), Dir: t.TempDir(), Parallel: 4, Play: func(context.Context, int, int) (string, error) {
			played.Add(1)
			return "", c.err
		}}
		done, err := r.Do(t.Context())
		if n := played.Load(); err != nil || n < c.least || n > c.most || len(done.Gaps) != 100 || done.Gaps[99].Err == nil {
			t.Errorf("%v: %d trials played, %d gaps, %v", c.err, n, len(done.Gaps), err)
		}
	}
}

// A trial that hangs is given up; the others are not disturbed.
func TestTimeout(t *testing.T) {
	r := Runner[string]{Tasks: tasks(3), Dir: t.TempDir(), Timeout: 10 * time.Millisecond, Play: func(ctx context.Context, task, trial int) (string, error) {
		if task == 0 {
			<-ctx.Done()
			return "", ctx.Err()
		}
		return echo(ctx, task, trial)
	}}
	done, err := r.Do(t.Context())
	if err != nil || len(done.Rows) != 2 || len(done.Gaps) != 1 || !errors.Is(done.Gaps[0].Err, ErrTooLong) {
		t.Error(done, err)
	}
	if err := Unanswered(done.Gaps); !errors.Is(err, ErrUnanswered) || !strings.Contains(err.Error(), "1 of them took too long") {
		t.Error(err)
	}
}

// A slow model is not one that is away: all trials are played.
func TestSlowIsNotAway(t *testing.T) {
	r := Runner[string]{Tasks: tasks(40), Dir: t.TempDir(), Timeout: time.Millisecond, Parallel: 4, Play: func(ctx context.Context, _, _ int) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}}
	done, err := r.Do(t.Context())
	if err != nil || len(done.Gaps) != 40 {
		t.Fatal(done, err)
	}
	for _, g := range done.Gaps {
		if !errors.Is(g.Err, ErrTooLong) {
			t.Error(g)
		}
	}
}

// The end of the context is the end of the run; what was finished is kept.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := Runner[string]{Tasks: tasks(50), Dir: t.TempDir(), Parallel: 4, Play: func(ctx context.Context, task, trial int) (string, error) {
		if task == 20 {
			cancel()
			return "", ctx.Err()
		}
		return echo(ctx, task, trial)
	}}
	cut, err := r.Do(ctx)
	if !errors.Is(err, context.Canceled) || len(cut.Rows) < 17 || len(cut.Rows) == 50 || len(cut.Rows)+len(cut.Gaps) != 50 {
		t.Fatal(len(cut.Rows), err)
	}
	r.Play = echo
	if done, err := r.Do(t.Context()); err != nil || done.Played != 50-len(cut.Rows) || len(done.Rows) != 50 {
		t.Error(done.Played, err)
	}
}

// Two processes do not write to one journal.
func TestLock(t *testing.T) {
	r := Runner[string]{Tasks: tasks(1), Dir: t.TempDir()}
	r.Play = func(ctx context.Context, task, trial int) (string, error) {
		other := Runner[string]{Tasks: r.Tasks, Dir: r.Dir, Play: echo}
		_, err := other.Do(ctx)
		return "", err
	}
	done, err := r.Do(t.Context())
	if err != nil || len(done.Gaps) != 1 || !strings.Contains(done.Gaps[0].Err.Error(), "being written") {
		t.Error(done, err)
	}
}

// A spent budget stops a run; with a new one it goes on.
func TestBudget(t *testing.T) {
	var asked atomic.Int32
	model := llm.Func("m", func(context.Context, llm.Request) (llm.Response, error) {
		asked.Add(1)
		return llm.Response{Usage: scaler.Usage{Prompt: 90, Completion: 10}}, nil
	})
	dir := t.TempDir()
	for _, run := range []struct {
		budget       *Budget
		rows, played int
	}{{&Budget{Calls: 4}, 4, 4}, {&Budget{Tokens: 300}, 7, 3}, {new(Budget), 10, 3}} {
		m := run.budget.Model(model)
		r := Runner[string]{Tasks: tasks(10), Dir: dir, Budget: run.budget, Parallel: 1, Play: func(ctx context.Context, task, trial int) (string, error) {
			_, err := m.Chat(ctx, llm.Request{})
			return "", err
		}}
		done, err := r.Do(t.Context())
		if err != nil || len(done.Rows) != run.rows || done.Played != run.played {
			t.Errorf("%d calls: %d rows, %d played, %v", run.budget.Calls, len(done.Rows), done.Played, err)
		}
		for _, gap := range done.Gaps {
			if !errors.Is(gap.Err, ErrSpent) {
				t.Error(gap)
			}
		}
		if calls, tokens := run.budget.Spent(); calls != run.played || tokens.Prompt != 90*calls {
			t.Error(calls, tokens)
		}
	}
	if asked.Load() != 10 {
		t.Errorf("%d calls for 10 rows", asked.Load())
	}
}
