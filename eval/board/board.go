// Package board puts results of several models side by side: a table like the
// paper's, pass^k against k, and accuracy against the number of tool calls. It
// reads result files in the benchmarks' official forms, ours or others'.
package board

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/eval/trial"
)

// A Set is what one model did in one domain or category of a benchmark.
type Set struct {
	Model   string
	Column  Column
	Results []Result
	// Score is the benchmark's own figure, 0 to 1, where that is no mean over
	// tasks; a negative one is none.
	Score float64
}

// A Result is one trial.
type Result struct {
	trial.Result
	Calls int // of tools, by the agent; 0 where the benchmark has no agent
}

// A Column is a domain or category.
type Column struct{ Benchmark, Part string }

// String is how a column is headed.
func (c Column) String() string { return c.Benchmark + " " + c.Part }

// columns are those of the paper, in its order; others come after them.
var columns = []Column{
	{"tau-bench", "retail"}, {"tau-bench", "airline"},
	{"tau2-bench", "retail"}, {"tau2-bench", "airline"}, {"tau2-bench", "telecom"},
	{"ACEBench-en", "normal"}, {"ACEBench-en", "special"}, {"ACEBench-en", "agent"}, {"ACEBench-en", "overall"},
	{"ACEBench-zh", "normal"}, {"ACEBench-zh", "special"}, {"ACEBench-zh", "agent"}, {"ACEBench-zh", "overall"},
}

func (c Column) compare(o Column) int {
	place := func(c Column) int {
		if i := slices.Index(columns, c); i >= 0 {
			return i
		}
		return len(columns)
	}
	return cmp.Or(cmp.Compare(place(c), place(o)), strings.Compare(c.String(), o.String()))
}

// Join puts the results of one model in one column together, whatever files
// they came from, and keeps the order in which models came. A figure of the
// benchmark's own is the mean of those of its trials.
func Join(sets []Set) []Set {
	type place struct {
		model  string
		column Column
	}
	at := map[place]int{}
	var out []Set
	var scores [][]float64
	for _, s := range sets {
		p := place{s.Model, s.Column}
		i, seen := at[p]
		if !seen {
			i = len(out)
			at[p] = i
			out, scores = append(out, Set{Model: s.Model, Column: s.Column, Score: -1}), append(scores, nil)
		}
		out[i].Results = append(out[i].Results, s.Results...)
		if s.Score >= 0 {
			scores[i] = append(scores[i], s.Score)
		}
	}
	for i := range out {
		if n := len(scores[i]); n > 0 {
			out[i].Score = 0
			for _, v := range scores[i] {
				out[i].Score += v / float64(n)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Set) int { return a.Column.compare(b.Column) })
	return out
}

// Passes are pass^k and pass@k of the set.
func (s Set) Passes() []trial.Pass {
	results := make([]trial.Result, len(s.Results))
	for i, r := range s.Results {
		results[i] = r.Result
	}
	return trial.Passes(results)
}

// Figure is the benchmark's own figure, or pass^1.
func (s Set) Figure() float64 {
	if s.Score >= 0 {
		return s.Score
	}
	if passes := s.Passes(); len(passes) > 0 {
		return passes[0].All
	}
	return 0
}
