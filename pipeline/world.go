package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/store"
	"github.com/agentscaler/scaler/world"
	"github.com/agentscaler/scaler/world/author"
)

// NoWorld is one line of worlds/none.jsonl: a domain that became no world.
type NoWorld struct {
	Domain scaler.DomainID `json:"domain"`
	Name   string          `json:"name"`
	Tools  int             `json:"tools"`
	Reason string          `json:"reason"`
}

func worldInputs(r *runner) ([]string, error) {
	var inputs []string
	for _, name := range []string{"tools.jsonl", "graph.jsonl", "domains.jsonl"} {
		sum, err := r.run.Sum(name)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, sum)
	}
	return append(inputs, fmt.Sprint(r.o.Seed), r.o.WorldModel, fmt.Sprint(r.o.Rows, r.o.Locale)), nil
}

// runWorld builds the world of every domain. A world that stands for the same
// tools and dependencies is left alone, with whatever was edited in it by hand.
func runWorld(r *runner, report *scaler.Report) error {
	shelf, err := newShelf(r.run)
	if err != nil {
		return err
	}
	domains := shelf.domains
	standing, err := r.run.WorldKeys()
	if err != nil {
		return err
	}
	r.o.Progress.Start("world", len(domains))
	var (
		ids  = make([]scaler.WorldID, len(domains))
		none = make([]*NoWorld, len(domains))
		made tally // what models were asked
	)
	err = r.each(len(domains), func(i int) error {
		defer r.o.Progress.Step(1)
		tools, deps, err := shelf.take(domains[i])
		if err != nil {
			return err
		}
		key, err := worldKey(r.o.Seed, r.style(), r.o.WorldModel, domains[i], tools, deps)
		if err != nil {
			return err
		}
		if id, ok := standing[key]; ok && !r.again {
			ids[i] = id
			return nil
		}
		w, report, err := r.build(domains[i], tools, deps)
		made.put(i, report)
		if err != nil {
			if r.ctx.Err() != nil {
				return r.ctx.Err()
			}
			none[i] = &NoWorld{domains[i].ID, domains[i].Name, len(tools), err.Error()}
			return nil
		}
		ids[i] = w.ID
		if world.BuiltIn(w) {
			ledger().Enter(w)
		}
		if report.Failed > 0 {
			key += failedKey
		}
		return r.run.WriteWorld(w, key)
	})
	if err != nil {
		return err
	}
	if err := r.sweepWorlds(ids); err != nil {
		return err
	}
	if err := writeNone(r.run, none); err != nil {
		return err
	}
	err = reportWorlds(r.run, report, shelf, none)
	sum(report, made.total(len(domains)))
	return err
}

// failedKey marks a world that a model had no full part in because it could not
// be reached: the next run makes it again.
const failedKey = " without answers"

var errStumbled = errors.New("the builder stumbled")

// build builds one world. Specifications are hostile until proven otherwise:
// one that the builder stumbles over costs its domain, not the run.
func (r *runner) build(d scaler.Domain, tools []scaler.Tool, deps []scaler.Dependency) (w *scaler.World, report scaler.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errStumbled, p)
		}
	}()
	return author.Builder{Seed: r.o.Seed, Style: r.style(), Model: r.o.World, Parallel: r.o.Parallel}.Build(r.ctx, d, tools, deps)
}

// style is how worlds are to be filled.
func (r *runner) style() seed.Style { return seed.Style{Rows: r.o.Rows, Locale: r.o.Locale} }

func worldKey(number uint64, style seed.Style, model string, d scaler.Domain, tools []scaler.Tool, deps []scaler.Dependency) (string, error) {
	text, err := json.Marshal([]any{scaler.Version, number, style, model, d, tools, deps})
	return scaler.ContentID(string(text)), err
}

// sweepWorlds removes the worlds of domains that no longer exist. Those that
// were put there by hand stay.
func (r *runner) sweepWorlds(keep []scaler.WorldID) error {
	have, err := r.run.Worlds()
	if err != nil {
		return err
	}
	for _, id := range have {
		key, err := r.run.WorldKey(id)
		if err != nil {
			return err
		}
		if key != "" && !slices.Contains(keep, id) {
			if err := r.run.RemoveWorld(id); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeNone(run *store.Run, none []*NoWorld) error {
	return run.Write("worlds/none.jsonl", func(w io.Writer) error {
		put := encoder(w)
		for _, n := range none {
			if n == nil {
				continue
			}
			if err := put(n); err != nil {
				return err
			}
		}
		return nil
	})
}

// reportWorlds counts what stands on disk, so that a resumed stage reports the
// same as one that was never interrupted.
func reportWorlds(run *store.Run, report *scaler.Report, shelf *shelf, none []*NoWorld) error {
	ids, err := run.Worlds()
	if err != nil {
		return err
	}
	without := 0
	for _, n := range none {
		if n != nil {
			without++
		}
	}
	report.Add("domains", len(shelf.domains))
	report.Add("worlds", len(ids))
	report.Add("domains without a world", without)
	tiers, dropped := map[scaler.Tier]int{}, map[string]int{}
	built, generic := map[string]int{}, map[string]int{}
	low := 0
	clauses := scaler.Report{}
	for _, id := range ids {
		w, err := run.ReadWorld(id)
		if err != nil {
			continue // an edit gone wrong: the stage after this one says so
		}
		if contract.GradeOf(w).Share < contract.Enough {
			low++
		}
		for _, t := range w.Tools {
			tiers[t.Tier]++
			source := shelf.from[t.Tool]
			built[source]++
			if contract.Generic(t) {
				generic[source]++
			}
		}
		for _, d := range w.Dropped {
			dropped[d.Clause]++
		}
		for _, c := range w.Check.Clauses {
			sum(&clauses, scaler.Report{Counts: []scaler.Count{
				{Name: c.Name + " pass", N: float64(c.Pass)}, {Name: c.Name + " fail", N: float64(c.Fail)}, {Name: c.Name + " exempt", N: float64(c.Exempt)},
			}})
		}
	}
	report.Add(fmt.Sprintf("worlds graded below %v", contract.Enough), low)
	for _, tier := range []scaler.Tier{scaler.TierStateful, scaler.TierKeyed, scaler.TierSearch, scaler.TierCompute, scaler.TierEvent} {
		report.Add("tools tier "+string(tier), tiers[tier])
	}
	for _, source := range sortedKeys(built) {
		report.Counts = append(report.Counts, scaler.Count{Name: source + ": generic tools, %", N: math.Round(1000*float64(generic[source])/float64(built[source])) / 10})
	}
	for _, clause := range sortedKeys(dropped) {
		report.Add("tools dropped: "+clause, dropped[clause])
	}
	sum(report, clauses)
	return nil
}
