// Package trial plays the tasks of a benchmark, each of them so many times: side
// by side, within a budget, and so that a killed run loses nothing. It knows no
// benchmark: what is played and what a row of the result looks like is the
// caller's.
package trial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/store"
	"github.com/gofrs/flock"
)

// A Runner plays every task Trials times. R is a row of the result; it has to
// come back from JSON as it went in (a string does to the last byte).
type Runner[R any] struct {
	Tasks  []string // names, each different, in the order of the rows
	Trials int      // 0 means 1
	// Play plays one trial of the task at a place in Tasks; trials count from 0.
	// A row is for good, whether it says success or failure. An error is the
	// infrastructure's: the trial is in no score, and the next run plays it again.
	Play func(ctx context.Context, task, trial int) (R, error)

	// Dir gets the journal of finished trials, under a name that Settings give
	// it: all that rows depend on besides task and trial, such as models, seed
	// and the versions of data and code. With other settings a run shares
	// nothing; more trials or other tasks go on from what is there.
	Dir, Settings string

	Parallel int           // 0 means 8
	Timeout  time.Duration // of one trial; 0 means none
	Budget   *Budget       // nil means no limit
	Progress Progress      // nil means silent
}

// Progress is told how many trials there are and, from any goroutine, how many
// more have ended. pipeline.Progress is one.
type Progress interface {
	Start(what string, total int)
	Step(n int)
}

// A Row is a finished trial.
type Row[R any] struct {
	Task  string `json:"task"`
	Trial int    `json:"trial"`
	Row   R      `json:"row"`
}

// A Gap is a trial without a row, and why.
type Gap struct {
	Task  string
	Trial int
	Err   error
}

// String says which trial it is and what went wrong.
func (g Gap) String() string { return fmt.Sprintf("%s trial %d: %v", g.Task, g.Trial, g.Err) }

// ErrUnanswered is the error of a run that has gaps.
var ErrUnanswered = errors.New("trials were not answered; they are in no score, and the same command asks them again")

// ErrTooLong is why a trial was given up that was not done by its Timeout. Its
// models did answer, as far as it came.
var ErrTooLong = errors.New("the trial took too long")

// Unanswered is an ErrUnanswered that counts the gaps and names the first, or nil.
func Unanswered(gaps []Gap) error {
	if len(gaps) == 0 {
		return nil
	}
	long := 0
	for _, g := range gaps {
		if errors.Is(g.Err, ErrTooLong) {
			long++
		}
	}
	if long > 0 {
		return fmt.Errorf("%d %w (%d of them took too long; the first: %s)", len(gaps), ErrUnanswered, long, gaps[0])
	}
	return fmt.Errorf("%d %w (the first: %s)", len(gaps), ErrUnanswered, gaps[0])
}

// Done is what a run has. Both lists go trial by trial and, inside a trial, in
// the order of the tasks, whatever came first.
type Done[R any] struct {
	Rows   []Row[R]
	Gaps   []Gap
	Played int // rows that this run made; the others were in the journal
}

// at names one trial of one task.
type at struct {
	task  string
	trial int
}

// Do plays what the journal does not hold. Its error is the run's own: a
// journal that cannot be written, or the end of ctx; what was played by then is
// kept, and returned.
func (r *Runner[R]) Do(ctx context.Context) (Done[R], error) {
	if err := os.MkdirAll(r.Dir, 0o755); err != nil {
		return Done[R]{}, fmt.Errorf("trials: %w", err)
	}
	file := filepath.Join(r.Dir, "trials-"+scaler.ContentID(r.Settings)+".jsonl")
	lock := flock.New(file + ".lock")
	if ok, err := lock.TryLock(); err != nil {
		return Done[R]{}, fmt.Errorf("trials: %w", err)
	} else if !ok {
		return Done[R]{}, fmt.Errorf("trials: %s is being written by another agentscaler; wait for it or choose another folder", file)
	}
	defer lock.Close()
	journal, held, err := store.OpenJournal[Row[R]](file, r.Settings)
	if err != nil {
		return Done[R]{}, fmt.Errorf("trials: %w", err)
	}
	p := &player[R]{Runner: r, journal: journal, rows: map[at]R{}, gaps: map[at]error{}}
	for _, row := range held {
		p.rows[at{row.Task, row.Trial}] = row.Row
	}
	had := len(p.done().Rows)
	if p.Progress != nil {
		p.Progress.Start("trials", len(p.Tasks)*max(p.Trials, 1))
		p.Progress.Step(had)
	}
	err = errors.Join(p.play(ctx), journal.Close())
	done := p.done()
	done.Played = len(done.Rows) - had
	if err != nil {
		return done, fmt.Errorf("trials: %w", err)
	}
	return done, nil
}
