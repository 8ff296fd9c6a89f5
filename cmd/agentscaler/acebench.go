package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/agentscaler/scaler/eval/acebench"
	"github.com/spf13/cobra"
)

// aceFlags are those of an evaluation on ACEBench.
type aceFlags struct {
	data, out, scorer string
	languages         []string
	categories        []string
	trials            int
	tasks, parallel   int
	seed              uint64
	json              bool
	models            modelFlags
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
	dataFlag(cmd, &f.data)
	set.StringVar(&f.out, "out", "acebench-results", "folder for official result files; a second run goes on where the first stopped")
	set.StringVar(&f.scorer, "scorer", "", "2025-10 (default), 2025-07 or strict")
	set.StringSliceVar(&f.languages, "language", acebench.Languages, "en, zh or both")
	set.StringSliceVar(&f.categories, "category", nil, "only these (default: all 17)")
	set.IntVar(&f.trials, "trials", 1, "answer every task so often, for pass^k and pass@k")
	set.IntVar(&f.tasks, "tasks", 0, "only the first tasks of each category (0: all)")
	set.IntVar(&f.parallel, "parallel", inFlight, "conversations at once")
	set.Uint64Var(&f.seed, "seed", 0, "seed of the requests; trials count on from it")
	set.BoolVar(&f.json, "json", false, "print one JSON document")
	f.models.register(set)
	return cmd
}

// aceResult is what an evaluation prints as JSON.
type aceResult struct {
	Reports    acebench.Reports                  `json:"reports"`
	Trials     map[string][]acebench.Reliability `json:"trials,omitempty"`
	Unanswered []string                          `json:"unanswered,omitempty"`
}

func (f *aceFlags) run(cmd *cobra.Command) error {
	d, err := acebench.Open(f.data)
	if err != nil {
		return err
	}
	models, err := f.models.open(filepath.Join(f.out, "cache"))
	if err != nil {
		return err
	}
	defer models.Close()
	if models.agent == nil {
		return usageError{errors.New("an evaluation needs --model NAME")}
	}
	result := aceResult{Trials: map[string][]acebench.Reliability{}}
	for _, lang := range f.languages {
		var reports acebench.Reports
		for trial := range f.trials {
			run := acebench.Run{
				Player:   acebench.Player{Data: d, Agent: models.agent, User: models.user, Trial: trial, Seed: f.seed + uint64(trial)},
				Language: lang, Out: filepath.Join(f.out, fmt.Sprintf("trial_%d", trial)), Categories: f.categories, Tasks: f.tasks, Parallel: f.parallel,
			}
			unanswered, err := run.Do(cmd.Context())
			if err != nil {
				return err
			}
			for _, e := range unanswered {
				result.Unanswered = append(result.Unanswered, fmt.Sprintf("%s trial %d: %v", lang, trial, e))
			}
			report, err := d.Rescore(run.Dir(), lang, f.scorer)
			if err != nil {
				return err
			}
			reports = append(reports, report)
		}
		result.Reports = append(result.Reports, reports...)
		result.Trials[lang] = acebench.Trials(reports)
	}
	return f.print(cmd, result)
}

func (f *aceFlags) print(cmd *cobra.Command, r aceResult) error {
	w := cmd.OutOrStdout()
	if f.json {
		return json.NewEncoder(w).Encode(r)
	}
	if err := r.Reports.Write(w); err != nil {
		return err
	}
	for _, lang := range f.languages {
		fmt.Fprintf(w, "%s\n", lang)
		if err := acebench.WriteTrials(w, r.Trials[lang]); err != nil {
			return err
		}
	}
	for _, u := range r.Unanswered {
		fmt.Fprintln(w, "not answered, and in no score:", u)
	}
	return nil
}
