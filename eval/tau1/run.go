package tau1

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/store"
)

// A Run puts tasks to a model and writes official result files.
type Run struct {
	Player
	Checkout *Checkout
	Domains  []string      // none means all that have the split
	Split    string        // "" means test
	Tasks    string        // of every domain, such as "0-9,12"; "" means all
	Trials   int           // 0 means 1
	Parallel int           // 0 means 8
	Timeout  time.Duration // of one trial; 0 means none
	Budget   *trial.Budget // nil means no limit
	Progress trial.Progress
	Out      string // gets a result file for every domain, and the journal
}

// A part is the chosen tasks of one domain.
type part struct {
	*Env
	chosen []int
}

// Do plays what has not been played yet. Trials whose model could not be reached
// are gaps: they are no failures, and the next Do plays them again.
func (r *Run) Do(ctx context.Context) (*Report, []trial.Gap, error) {
	parts, err := r.parts()
	if err != nil {
		return nil, nil, err
	}
	runner := trial.Runner[string]{
		Trials: r.Trials, Dir: r.Out, Settings: r.settings(), Parallel: r.Parallel,
		Timeout: r.Timeout, Budget: r.Budget, Progress: r.Progress,
	}
	type place struct {
		env  *Env
		task int
	}
	var places []place
	for _, p := range parts {
		for _, task := range p.chosen {
			places = append(places, place{p.Env, task})
			runner.Tasks = append(runner.Tasks, p.name(task))
		}
	}
	runner.Play = func(ctx context.Context, i, trial int) (string, error) {
		row, err := r.Player.Play(ctx, places[i].env, places[i].task, trial)
		if err != nil {
			return "", err
		}
		return row.Text(), nil
	}
	done, err := runner.Do(ctx)
	if err != nil {
		return nil, done.Gaps, fmt.Errorf("tau-bench: %w", err)
	}
	report, err := r.report(parts, done)
	return report, done.Gaps, err
}

// parts reads the domains and chooses the tasks.
func (r *Run) parts() (parts []part, err error) {
	var names [][]string
	for _, name := range r.domains() {
		env, err := r.Checkout.Env(name, r.split())
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{Env: env})
		names = append(names, numbers(len(env.Tasks)))
	}
	chosen, err := trial.SelectEach(r.Tasks, names...)
	if err != nil {
		return nil, fmt.Errorf("tau-bench: %w", err)
	}
	for i := range parts {
		parts[i].chosen = chosen[i]
	}
	return slices.DeleteFunc(parts, func(p part) bool { return len(p.chosen) == 0 }), nil
}

// numbers are the names of n tasks.
func numbers(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	return names
}

// domains are those asked for, or all that have the split: every one has test.
func (r *Run) domains() (names []string) {
	if len(r.Domains) > 0 {
		return r.Domains
	}
	for _, d := range Domains {
		if r.split() == Splits[0] || r.Checkout.Has(d.Name, r.split()) {
			names = append(names, d.Name)
		}
	}
	if names == nil {
		return []string{Domains[0].Name} // whose error says what is missing
	}
	return names
}

func (r *Run) split() string {
	if r.Split == "" {
		return Splits[0]
	}
	return r.Split
}

// settings are what rows depend on besides the task and the trial.
func (r *Run) settings() string {
	return strings.Join([]string{
		"tau-bench", r.Checkout.Version(), r.Agent.Name(), r.AgentStrategy.Name, fmt.Sprint(r.Temperature),
		r.User.Name(), r.UserStrategy.Name, fmt.Sprint(r.Seed), fmt.Sprint(r.Thoughts), scaler.Version,
	}, " | ")
}

// file is the result file of a domain, named after the official pattern.
func (r *Run) file(e *Env) string {
	name := fmt.Sprintf("%s-%s-%s-%s-%v_user-%s-%s.json", e.Domain.Name, e.Split, r.AgentStrategy.Name, filepath.Base(r.Agent.Name()),
		r.Temperature, filepath.Base(r.User.Name()), r.UserStrategy.Name)
	return filepath.Join(r.Out, name)
}

// write writes the rows of a domain as one JSON list, a row a line. Results of an
// earlier run stay until all of it stands.
func write(file string, rows []string) error {
	var b bytes.Buffer
	b.WriteString("[")
	for i, row := range rows {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n" + row)
	}
	b.WriteString("\n]\n")
	err := store.WriteFile(file, func(w io.Writer) error {
		_, err := b.WriteTo(w)
		return err
	})
	if err != nil {
		return fmt.Errorf("tau-bench: %w", err)
	}
	return nil
}
