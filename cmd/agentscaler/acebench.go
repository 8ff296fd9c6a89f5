package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/agentscaler/scaler/eval/acebench"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/spf13/cobra"
)

// aceFlags are those of an evaluation on ACEBench.
type aceFlags struct {
	trialFlags
	scorer     string
	languages  []string
	categories []string
	tasks      int
	thoughts   thoughts
}

func newACEBench() *cobra.Command {
	var f aceFlags
	cmd := &cobra.Command{
		Use:     "acebench --data CHECKOUT --model NAME --out DIR",
		Short:   "Put ACEBench's tasks to a model and score its answers",
		Example: `  agentscaler eval acebench --data ACEBench --llm http://localhost:8000/v1 --model mine --out ace`,
		Args:    exactly(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	set := cmd.Flags()
	f.register(cmd, "acebench-results")
	set.StringVar(&f.scorer, "scorer", "", "2025-10 (default), 2025-07 or strict")
	set.StringSliceVar(&f.languages, "language", acebench.Languages, "en, zh or both")
	set.StringSliceVar(&f.categories, "category", nil, "only these (default: all 17)")
	f.thoughts.register(set)
	set.IntVar(&f.tasks, "tasks", 0, "only the first tasks of each category (0: all)")
	return cmd
}

// aceResult is what an evaluation prints as JSON.
type aceResult struct {
	Reports    acebench.Reports        `json:"reports"`
	Trials     map[string][]trial.Pass `json:"trials,omitempty"`
	Unanswered []string                `json:"unanswered,omitempty"`
}

func (f *aceFlags) run(cmd *cobra.Command) error {
	d, err := acebench.Open(f.data)
	if err != nil {
		return err
	}
	models, err := f.open()
	if err != nil {
		return err
	}
	defer models.Close()
	bar := f.bar(cmd)
	defer bar.Stop()
	var unanswered []trial.Gap
	result := aceResult{Trials: map[string][]trial.Pass{}}
	for _, lang := range f.languages {
		run := acebench.Run{
			Player:   acebench.Player{Data: d, Agent: models.agent, User: models.user, Seed: f.seed, Thoughts: bool(f.thoughts)},
			Language: lang, Out: f.out, Categories: f.categories, Tasks: f.tasks, Trials: f.trials, Parallel: f.parallel,
			Timeout: f.timeout, Budget: &f.budget, Progress: bar,
		}
		gaps, err := run.Do(cmd.Context())
		if err != nil {
			return err
		}
		unanswered = append(unanswered, gaps...)
		for _, gap := range gaps {
			result.Unanswered = append(result.Unanswered, lang+" "+gap.String())
		}
		var reports acebench.Reports
		for n := range f.trials {
			report, err := d.Rescore(run.Dir(n), lang, f.scorer)
			if err != nil {
				return cmp.Or(trial.Unanswered(unanswered), err)
			}
			reports = append(reports, report)
		}
		result.Reports = append(result.Reports, reports...)
		result.Trials[lang] = acebench.Trials(reports)
	}
	bar.Stop()
	return errors.Join(f.output.table(cmd.OutOrStdout(), result), trial.Unanswered(unanswered))
}

// Write implements eval.Table.
func (r aceResult) Write(w io.Writer) error {
	if err := r.Reports.Write(w); err != nil {
		return err
	}
	for _, lang := range acebench.Languages {
		passes, asked := r.Trials[lang]
		if !asked {
			continue
		}
		fmt.Fprintln(w, lang)
		if err := trial.WritePasses(w, passes); err != nil {
			return err
		}
	}
	for _, u := range r.Unanswered {
		fmt.Fprintln(w, "not answered, and in no score:", u)
	}
	return nil
}
