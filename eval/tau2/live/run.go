package live

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Run plays tasks of a domain and writes an official result file.
type Run struct {
	*Player
	Tasks    []tau2.Task
	Edition  string // of the tasks, for the report
	Split    string
	Out      string // gets OUT/<domain>.json, or OUT/<domain>-solo.json
	Trials   int    // 0 means 1
	Parallel int    // 0 means 8
	Timeout  time.Duration
	Budget   *trial.Budget
	Progress trial.Progress
}

// File is the result file.
func (r *Run) File() string {
	name := r.Domain.Name
	if r.Domain.Solo {
		name += "-solo"
	}
	return filepath.Join(r.Out, name+".json")
}

// Choose keeps the tasks that a list such as "0-9,12" names; an empty list keeps
// all.
func Choose(tasks []tau2.Task, list string) ([]tau2.Task, error) {
	at, err := trial.Select(list, names(tasks))
	if err != nil {
		return nil, err
	}
	kept := make([]tau2.Task, len(at))
	for i, n := range at {
		kept[i] = tasks[n]
	}
	return kept, nil
}

func names(tasks []tau2.Task) []string {
	names := make([]string, len(tasks))
	for i, t := range tasks {
		names[i] = t.ID
	}
	return names
}

// Do plays what has no row yet, writes the result file and reports it.
func (r *Run) Do(ctx context.Context) (*Report, error) {
	runner := trial.Runner[string]{
		Tasks: names(r.Tasks), Trials: r.Trials, Dir: r.Out, Settings: r.settings(), Parallel: r.Parallel,
		Timeout: r.Timeout, Budget: r.Budget, Progress: r.Progress,
		Play: func(ctx context.Context, task, trial int) (string, error) {
			s, err := r.Play(ctx, &r.Tasks[task], trial)
			if err != nil {
				return "", err
			}
			return string(pyjson.Marshal(r.Row(s))), nil
		},
	}
	done, err := runner.Do(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.write(done.Rows); err != nil {
		return nil, err
	}
	report, err := r.report(done.Rows)
	if err != nil {
		return nil, err
	}
	report.Gaps = done.Gaps
	for _, g := range done.Gaps {
		report.Lacks = append(report.Lacks, g.String())
	}
	return report, nil
}

// settings is everything that rows depend on besides task and trial: what the
// models are told and offered, who they are, and this program.
func (r *Run) settings() string {
	var tools []any
	for _, t := range append(r.Prompts.Tools(r.Domain), r.Domain.User...) {
		tools = append(tools, t.Schema())
	}
	told := scaler.ContentID(r.Domain.Policy, r.Prompts.Text(), string(pyjson.Marshal(tools)))
	data := r.World.Start(tau2.NewProcess()).StateHashes()
	return fmt.Sprintf("tau2-bench %s tasks %s, %s solo %t, data %v, told %s, agent %s at %g, user %s, judge %s, %d steps, %d errors, seed %d, protocol %t, thoughts %t, agentscaler %s",
		r.Version, r.Edition, r.Domain.Name, r.Domain.Solo, data, told, r.Agent.Name(), r.Temperature, r.User.Name(), r.Judge.Name(),
		r.MaxSteps, r.MaxErrors, r.Seed, r.Protocol, r.Thoughts, scaler.Version)
}

// write puts the results where their file is, as a whole. Rows are written as
// they are: they are many, and JSON already.
func (r *Run) write(rows []trial.Row[string]) error {
	tasks := make([]any, len(r.Tasks))
	for i, t := range r.Tasks {
		tasks[i] = t.Body
	}
	head := pyjson.Marshal(pyjson.Of("timestamp", stamp(0), "info", r.Info(max(r.Trials, 1)), "tasks", tasks))
	part := r.File() + ".part"
	f, err := os.Create(part)
	if err != nil {
		return fmt.Errorf("results: %w", err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "%s, \"simulations\": [", head[:len(head)-1])
	for i, row := range rows {
		if i > 0 {
			w.WriteString(", ")
		}
		w.WriteString(row.Row)
	}
	w.WriteString("]}\n")
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return os.Rename(part, r.File())
}
