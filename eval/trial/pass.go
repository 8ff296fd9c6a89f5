package trial

import (
	"fmt"
	"io"
)

// A Result says whether one trial solved its task.
type Result struct {
	Task   string
	Solved bool
}

// A Pass is how often a task is solved in k of its trials.
type Pass struct {
	K int `json:"k"`
	// All is pass^k, the chance that k trials all solve a task: the mean of
	// C(c,k)/C(n,k) over tasks that were solved in c of n trials. Any is pass@k,
	// the chance that one of them does: the mean of 1 - C(n-c,k)/C(n,k).
	All float64 `json:"pass_all"`
	Any float64 `json:"pass_any"`
	// Tasks is how many have k trials; only those count. Trials is n, the most
	// that a task has: where trials are lacking, a task counts with those it has.
	Tasks  int `json:"tasks"`
	Trials int `json:"trials"`
}

// Passes computes pass^k and pass@k for every k up to the most trials of a task.
func Passes(results []Result) []Pass {
	solved, tried, n := map[string]int{}, map[string]int{}, 0
	var names []string // sums of floats depend on their order
	for _, r := range results {
		if tried[r.Task] == 0 {
			names = append(names, r.Task)
		}
		tried[r.Task]++
		n = max(n, tried[r.Task])
		if r.Solved {
			solved[r.Task]++
		}
	}
	out := make([]Pass, n)
	for i := range out {
		p := Pass{K: i + 1, Trials: n}
		for _, name := range names {
			if tried[name] >= p.K {
				p.Tasks++
				p.All += chosen(solved[name], p.K, tried[name])
				p.Any += 1 - chosen(tried[name]-solved[name], p.K, tried[name])
			}
		}
		p.All /= float64(p.Tasks)
		p.Any /= float64(p.Tasks)
		out[i] = p
	}
	return out
}

// chosen is C(c,k)/C(n,k): the chance that k of n trials are all among c.
func chosen(c, k, n int) float64 {
	p := 1.0
	for i := range k {
		p *= float64(max(c-i, 0)) / float64(n-i)
	}
	return p
}

// WritePasses prints pass^k and pass@k, a line for each k.
func WritePasses(w io.Writer, passes []Pass) error {
	for _, p := range passes {
		if _, err := fmt.Fprintf(w, "pass^%d %.3f  pass@%d %.3f  (%d tasks, %d trials)\n", p.K, p.All, p.K, p.Any, p.Tasks, p.Trials); err != nil {
			return err
		}
	}
	return nil
}
