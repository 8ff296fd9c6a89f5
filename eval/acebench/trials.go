package acebench

import (
	"fmt"
	"io"
)

// A Reliability is how often a task is solved in k of its trials.
type Reliability struct {
	K int `json:"k"`
	// All is pass^k, the chance that k trials all solve a task; Any is pass@k, the
	// chance that one of them does. Both are means over the tasks.
	All float64 `json:"pass_all"`
	Any float64 `json:"pass_any"`
	// Tasks is how many have all their trials; only those count.
	Tasks int `json:"tasks"`
}

// Trials compares reports of the same tasks in one language, one for each trial.
func Trials(reports []*Report) []Reliability {
	n := len(reports)
	solved, tried := map[string]int{}, map[string]int{}
	for _, r := range reports {
		for _, c := range Categories {
			for id, ok := range r.Categories[c.Name].solved {
				tried[id]++
				if ok {
					solved[id]++
				}
			}
		}
	}
	counts := make([]int, n+1) // of tasks, by how many trials solved them
	tasks := 0
	for id, t := range tried {
		if t == n {
			counts[solved[id]]++
			tasks++
		}
	}
	out := make([]Reliability, n)
	for k := 1; k <= n; k++ {
		r := Reliability{K: k, Tasks: tasks}
		for c, many := range counts {
			if tasks > 0 {
				r.All += float64(many) / float64(tasks) * chosen(c, k, n)
				r.Any += float64(many) / float64(tasks) * (1 - chosen(n-c, k, n))
			}
		}
		out[k-1] = r
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

// WriteTrials prints pass^k and pass@k.
func WriteTrials(w io.Writer, trials []Reliability) error {
	for _, r := range trials {
		if _, err := fmt.Fprintf(w, "pass^%d %.3f  pass@%d %.3f  (%d tasks, %d trials)\n", r.K, r.All, r.K, r.Any, r.Tasks, len(trials)); err != nil {
			return err
		}
	}
	return nil
}
