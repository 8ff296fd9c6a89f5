package pipeline

import (
	"fmt"
	"slices"

	scaler "github.com/agentscaler/scaler"
)

// A lowWorld is a world of too low a grade for tasks.
type lowWorld struct {
	id    scaler.WorldID
	grade scaler.Grade
}

// tooLow returns the worlds that are graded below what the run asks for. They
// stay in the run's folder, to be shown, served and mended; no task is made of
// them.
func (r *runner) tooLow(ids []scaler.WorldID) ([]lowWorld, error) {
	var out []lowWorld
	for _, id := range ids {
		if slices.ContainsFunc(r.aside, func(a aside) bool { return a.world == id }) {
			continue
		}
		check, _, err := r.run.CheckOf(id)
		if err != nil {
			return nil, err
		}
		if check.Grade.Share < r.o.Grade {
			out = append(out, lowWorld{id, check.Grade})
		}
	}
	return out, nil
}

// reportLow counts the worlds without tasks, and what keeps most of them down.
func (r *runner) reportLow(report *scaler.Report) {
	if len(r.low) == 0 {
		return
	}
	report.Add(fmt.Sprintf("worlds without tasks: graded below %v", r.o.Grade), len(r.low))
	most := map[string]int{}
	for _, l := range r.low {
		most[mainly(l.grade)]++
	}
	for _, why := range []string{leftOut, onlyLogged, hollow} {
		if most[why] > 0 {
			report.Add("worlds without tasks: most of their tools amiss are "+why, most[why])
		}
	}
}

// What may be amiss with a tool, as a report says it.
const (
	leftOut    = "left out"
	onlyLogged = "only logged"
	hollow     = "about rows of unknown content"
)

// mainly says what is amiss with most of a world's tools.
func mainly(g scaler.Grade) string {
	switch {
	case g.Hollow >= g.Logged && g.Hollow >= g.LeftOut:
		return hollow
	case g.Logged >= g.LeftOut:
		return onlyLogged
	}
	return leftOut
}
