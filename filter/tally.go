package filter

import (
	"cmp"
	"maps"
	"slices"

	scaler "github.com/agentscaler/scaler"
)

// A Tally counts verdicts into a funnel. Its zero value is ready to use.
type Tally struct {
	total, kept, state, exact, reply, withErrors int
	dropped                                      map[[2]string]int // stage, reason
	families                                     map[scaler.Family]*family
}

type family struct{ total, kept, withErrors int }

// Add counts the verdict on a rollout of a task of that family.
func (t *Tally) Add(f scaler.Family, v scaler.Verdict) {
	if t.families == nil {
		t.dropped, t.families = map[[2]string]int{}, map[scaler.Family]*family{}
	}
	of := t.families[f]
	if of == nil {
		of = &family{}
		t.families[f] = of
	}
	t.total++
	of.total++
	t.state += count(v.State)
	t.exact += count(v.Exact)
	t.reply += count(v.Reply)
	if !v.Kept {
		t.dropped[[2]string{v.Stage, v.Reason}]++
		return
	}
	t.kept++
	of.kept++
	t.withErrors += count(v.Errors > 0)
	of.withErrors += count(v.Errors > 0)
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// order is how a rollout passes the stages.
var order = []string{"replay", "validity", "state", "exact", "reply", "contamination", "near_duplicate"}

// Report returns the funnel: what came in, what each stage dropped and why,
// what is left; and the same by family.
func (t *Tally) Report() scaler.Report {
	r := scaler.Report{Stage: "filter"}
	r.Add("rollouts", t.total)
	for _, stage := range order {
		reasons := slices.SortedFunc(maps.Keys(t.dropped), func(a, b [2]string) int { return cmp.Compare(a[1], b[1]) })
		for _, key := range reasons {
			if key[0] == stage {
				r.Add("dropped by "+stage+": "+key[1], t.dropped[key])
			}
		}
	}
	r.Add("kept", t.kept)
	r.Add("kept with tool errors", t.withErrors)
	r.Add("right state", t.state)
	r.Add("exact calls", t.exact)
	r.Add("right reply", t.reply)
	for _, name := range slices.Sorted(maps.Keys(t.families)) {
		of := t.families[name]
		r.Add("rollouts, "+string(name), of.total)
		r.Add("kept, "+string(name), of.kept)
		r.Add("kept with tool errors, "+string(name), of.withErrors)
	}
	return r
}
