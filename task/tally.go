package task

import (
	"maps"
	"math/rand/v2"
	"slices"

	scaler "github.com/agentscaler/scaler"
)

// Families lists the families with their share of a world's tasks.
var Families = []struct {
	Family scaler.Family
	Share  int // of all shares together
}{
	{scaler.FamilyRead, 16}, {scaler.FamilyWrite, 22}, {scaler.FamilyMulti, 26},
	{scaler.FamilyRefusal, 12}, {scaler.FamilyRecovery, 12}, {scaler.FamilyLong, 12},
}

// A tally counts what a batch has made and what it has thrown away.
type tally struct {
	families  map[scaler.Family]int
	failed    map[scaler.Family]int // candidates thrown away
	discarded map[string]int        // by reason
	sequences map[string]int
	exact     map[string]bool
	starts    map[scaler.Digest]bool
	used      map[string]int // tasks by tool
	writing   int            // tasks that write
	dependent int            // of these, tasks whose gold depends on the patch
}

func newTally() *tally {
	return &tally{families: map[scaler.Family]int{}, failed: map[scaler.Family]int{}, discarded: map[string]int{},
		sequences: map[string]int{}, exact: map[string]bool{}, starts: map[scaler.Digest]bool{}, used: map[string]int{}}
}

// wanting draws the family to try next, from those short of their share. A
// family that keeps failing is tried less and less.
func (y *tally) wanting(rng *rand.Rand, total int) scaler.Family {
	var weights [8]float64
	sum := 0.0
	for i, f := range Families {
		short := float64(f.Share*total)/100 - float64(y.families[f.Family])
		weights[i] = max(short, 0.05) / (1 + float64(y.failed[f.Family])/float64(4*(1+y.families[f.Family])))
		sum += weights[i]
	}
	x := float64(rng.Float64() * sum)
	for i, f := range Families {
		if x -= weights[i]; x < 0 {
			return f.Family
		}
	}
	return scaler.FamilyRead
}

func (y *tally) discard(f scaler.Family, reason string) {
	y.failed[f]++
	y.discarded[reason]++
}

func (y *tally) keep(t scaler.Task) {
	y.families[t.Family]++
	y.sequences[sequence(t)]++
	y.exact[exactKey(t)] = true
	y.starts[t.Init.Digest] = true
	for _, name := range t.Covers {
		y.used[name]++
	}
}

// dependence counts the tasks whose gold changes are others, or cannot be had,
// without the patch of their start.
func (b *batch) dependence(t scaler.Task) error {
	if len(t.Gold) == 0 {
		return nil
	}
	b.writing++
	if len(t.Init.Patch) == 0 {
		return nil
	}
	s, err := b.env.Start(scaler.Init{}, t.Seed)
	if err != nil {
		return err
	}
	o, err := replay(b.ctx, s, t.Calls, -1)
	if err != nil {
		return err
	}
	for i, res := range o.results {
		if code(res) != t.Calls[i].Error {
			b.dependent++
			return nil
		}
	}
	if !sameChanges(o.diff, t.Gold) {
		b.dependent++
	}
	return nil
}

// report says what the batch came to.
func (b *batch) report() scaler.Report {
	r := scaler.Report{Stage: "task"}
	r.Add("tasks", len(b.tasks))
	for _, f := range Families {
		r.Add("family "+string(f.Family), b.families[f.Family])
	}
	r.Add("distinct call sequences", len(b.sequences))
	r.Add("distinct starts", len(b.starts))
	r.Add("tasks that write", b.writing)
	r.Add("gold depends on the patch", b.dependent)
	r.Add("tools", len(b.view.tools))
	r.Add("tools covered", len(b.used))
	for _, reason := range slices.Sorted(maps.Keys(b.discarded)) {
		r.Add("discarded: "+reason, b.discarded[reason])
	}
	return r
}
