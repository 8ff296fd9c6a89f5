package eval

import "math"

// Scores is a result file scored again.
type Scores struct {
	Rows    []Score `json:"rows"`
	Equal   int     `json:"equal"` // rewards that are what the file says
	Average float64 `json:"average"`
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
	for _, r := range rows {
		if math.Abs(r.Reward-r.Recorded) <= close {
			s.Equal++
		}
		s.Average += r.Reward / float64(len(rows))
	}
	return s
}
