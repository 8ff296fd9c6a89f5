package acebench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/store"
)

// A Run answers all tasks of a language and writes official result files.
type Run struct {
	Player
	Language   string
	Out        string        // gets trial_N/result_LANG/MODEL/data_<category>_result.json, and the journal
	Categories []string      // nil means all
	Tasks      int           // of each category; 0 means all
	Trials     int           // 0 means 1
	Parallel   int           // 0 means 8
	Timeout    time.Duration // of one trial; 0 means none
	Budget     *trial.Budget // nil means no limit
	Progress   trial.Progress
}

// Dir is the folder of a trial's result files.
func (r *Run) Dir(trial int) string {
	return filepath.Join(r.Out, fmt.Sprintf("trial_%d", trial), "result_"+r.Language, filepath.Base(r.Agent.Name()))
}

// A question is one task of a category.
type question struct {
	category Category
	item     *pylit.Dict
}

// Do answers what has no answer yet. It returns the trials whose model could not
// be reached or gave no answer: they are no failures, and the next Do asks again.
func (r *Run) Do(ctx context.Context) ([]trial.Gap, error) {
	prompts, err := r.Data.Prompts(r.Language)
	if err != nil {
		return nil, err
	}
	questions, err := r.questions()
	if err != nil {
		return nil, err
	}
	settings, err := r.settings()
	if err != nil {
		return nil, err
	}
	runner := trial.Runner[string]{
		Trials: r.Trials, Dir: r.Out, Settings: settings, Parallel: r.Parallel,
		Timeout: r.Timeout, Budget: r.Budget, Progress: r.Progress,
		Play: func(ctx context.Context, task, trial int) (string, error) {
			q := questions[task]
			row, err := r.play(ctx, prompts, q.category, q.item, trial)
			if err != nil {
				return "", err
			}
			return string(pyjson.Marshal(row)), nil
		},
	}
	for _, q := range questions {
		runner.Tasks = append(runner.Tasks, text(q.item, "id"))
	}
	done, err := runner.Do(ctx)
	if err != nil {
		return nil, fmt.Errorf("acebench: %w", err)
	}
	return done.Gaps, r.write(questions, done.Rows)
}

// questions are the tasks that are asked, in the order of the data.
func (r *Run) questions() (all []question, err error) {
	for _, c := range Categories {
		if r.Categories != nil && !slices.Contains(r.Categories, c.Name) {
			continue
		}
		items, err := r.Data.Items(r.Language, c.Name)
		if err != nil {
			return nil, err
		}
		if r.Tasks > 0 {
			items = items[:min(r.Tasks, len(items))]
		}
		for _, item := range items {
			all = append(all, question{c, item})
		}
	}
	return all, nil
}

// settings are what answers depend on besides the task and the trial.
func (r *Run) settings() (string, error) {
	version, err := r.Data.Version(r.Language)
	if err != nil {
		return "", err
	}
	user := ""
	if r.User != nil {
		user = r.User.Name()
	}
	return strings.Join([]string{"acebench", version, r.Agent.Name(), user, fmt.Sprint(r.Seed), fmt.Sprint(r.Thoughts), scaler.Version}, " | "), nil
}

// write writes the result files of every trial.
func (r *Run) write(questions []question, rows []trial.Row[string]) error {
	category := map[string]string{}
	for _, q := range questions {
		category[text(q.item, "id")] = q.category.Name
	}
	files := map[string]*bytes.Buffer{}
	for _, row := range rows {
		path := filepath.Join(r.Dir(row.Trial), "data_"+category[row.Task]+"_result.json")
		if files[path] == nil {
			files[path] = new(bytes.Buffer)
		}
		files[path].WriteString(row.Row + "\n")
	}
	for path, lines := range files {
		err := store.WriteFile(path, func(w io.Writer) error {
			_, err := lines.WriteTo(w)
			return err
		})
		if err != nil {
			return fmt.Errorf("acebench: %w", err)
		}
	}
	return nil
}
