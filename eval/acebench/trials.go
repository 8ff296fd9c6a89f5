package acebench

import (
	"maps"
	"slices"

	"github.com/agentscaler/scaler/eval/trial"
)

// Trials compares reports of the same tasks in one language, one for each trial.
func Trials(reports []*Report) []trial.Pass {
	var results []trial.Result
	for _, r := range reports {
		for _, c := range Categories {
			results = append(results, r.Solved(c)...)
		}
	}
	return trial.Passes(results)
}

// Solved says of every task of a category whether it was solved, dialogues as a
// whole.
func (r *Report) Solved(c Category) []trial.Result {
	var results []trial.Result
	solved := r.Categories[c.Name].solved
	for _, id := range slices.Sorted(maps.Keys(solved)) {
		results = append(results, trial.Result{Task: id, Solved: solved[id]})
	}
	return results
}
