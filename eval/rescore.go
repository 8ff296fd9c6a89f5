package eval

import (
	"math"

	"github.com/agentscaler/scaler/eval/trial"
)

// Scores is a result file scored again.
type Scores struct {
	Rows    []Score `json:"rows"`
	Equal   int     `json:"equal"` // rewards that are what the file says
	Average float64 `json:"average"`
	// Passes are pass^k and pass@k of our rewards.
	Passes []trial.Pass `json:"passes"`
}

// A Score is one conversation of a result file.
type Score struct {
	Domain   string  `json:"domain"`
	Task     string  `json:"task_id"`
	Trial    int     `json:"trial"`
	Reward   float64 `json:"reward"`   // ours
	Recorded float64 `json:"recorded"` // in the file
	Note     string  `json:"note,omitempty"`
}

// close is how near two rewards count as equal, as in the benchmarks.
const close = 1e-6

func newScores(rows []Score) Scores {
	s := Scores{Rows: rows}
	var results []trial.Result
	for _, r := range rows {
		if math.Abs(r.Reward-r.Recorded) <= close {
			s.Equal++
		}
		s.Average += r.Reward / float64(len(rows))
		results = append(results, trial.Result{Task: r.Domain + "/" + r.Task, Solved: math.Abs(r.Reward-1) <= close})
	}
	s.Passes = trial.Passes(results)
	return s
}
