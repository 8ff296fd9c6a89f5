package domain

import (
	"fmt"

	scaler "github.com/agentscaler/scaler"
)

// sizes are the upper bounds of the histogram's buckets.
var sizes = []int{1, 4, 9, 19, 39, 60, 200}

// report counts what was found and done.
func (f Finder) report(r *scaler.Report, p *plan, groups [][]int32) {
	usable := 0
	of := make([]int32, len(p.tools))
	buckets := make([]int, len(sizes)+1)
	for i, g := range groups {
		if len(g) >= f.Min {
			usable++
		}
		buckets[bucket(len(g))]++
		for _, t := range g {
			of[t] = int32(i)
		}
	}
	r.Add("tools", len(p.tools))
	r.Add("domains", len(groups))
	r.Add("usable domains", usable)
	r.Counts = append(r.Counts, scaler.Count{Name: "modularity", N: p.net.Modularity(of, f.Resolution)})
	for i, n := range buckets {
		r.Add("domains of "+span(i)+" tools", n)
	}
	r.Add("communities split", p.split)
	r.Add("communities joined to another", p.merged)
	r.Add("tools near no domain", p.orphans)
}

func bucket(n int) int {
	for i, most := range sizes {
		if n <= most {
			return i
		}
	}
	return len(sizes)
}

func span(i int) string {
	switch {
	case i == 0:
		return "1"
	case i == len(sizes):
		return fmt.Sprintf("more than %d", sizes[i-1])
	default:
		return fmt.Sprintf("%d-%d", sizes[i-1]+1, sizes[i])
	}
}
