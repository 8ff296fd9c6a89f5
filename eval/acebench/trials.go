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
			solved := r.Categories[c.Name].solved
			for _, id := range slices.Sorted(maps.Keys(solved)) {
				results = append(results, trial.Result{Task: id, Solved: solved[id]})
			}
		}
	}
	return trial.Passes(results)
}
