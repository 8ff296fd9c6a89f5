package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/store"
	"golang.org/x/sync/errgroup"
)

// A SourceScore says what became of one source's tools in the worlds of a run.
type SourceScore struct {
	Source  string              `json:"source"`
	Tools   int                 `json:"tools"`
	Tiers   map[scaler.Tier]int `json:"tiers"`             // of the tools in worlds; F are those left out
	Generic int                 `json:"generic"`           // of those in worlds, the ones that only go through the motions
	Dropped map[string]int      `json:"dropped,omitempty"` // by the clause that they broke
	NoWorld int                 `json:"no_world"`          // tools of domains without a world
	Domains int                 `json:"domains"`           // with tools of the source
	Passed  int                 `json:"passed"`            // of those, the ones whose world is good enough for tasks
}

// Share is the share of the source's tools that stand in a tier.
func (s SourceScore) Share(tiers ...scaler.Tier) float64 {
	n := 0
	for _, t := range tiers {
		n += s.Tiers[t]
	}
	return float64(n) / float64(max(s.Tools, 1))
}

func (s *SourceScore) add(w *scaler.World, from func(scaler.ToolID) string) {
	for _, t := range w.Tools {
		if from(t.Tool) == s.Source {
			s.Tools++
			s.Tiers[t.Tier]++
			if contract.Generic(t) {
				s.Generic++
			}
		}
	}
	for _, d := range w.Dropped {
		if from(d.Tool) == s.Source {
			s.Tools++
			s.Tiers[scaler.TierNone]++
			s.Dropped[d.Clause]++
		}
	}
}

// A ContractScore is how the tools of a run fare in the worlds that are built of
// them.
type ContractScore struct {
	Domains int             `json:"domains"`
	Worlds  int             `json:"worlds"`
	Sources []SourceScore   `json:"sources"`
	Clauses []scaler.Clause `json:"clauses"` // over the tools in worlds

	Stumbled []string `json:"stumbled,omitempty"` // domains that show a fault of the builder's

	guard sync.Mutex // of all the above while worlds are built
}

// ScoreContract builds the worlds of a run's domains anew, of a number of them
// drawn with the seed or of all for 0, and counts tiers, clauses and what was
// left out. Nothing is written.
func ScoreContract(ctx context.Context, run *store.Run, domains int, seed uint64) (*ContractScore, error) {
	shelf, err := newShelf(run)
	if err != nil {
		return nil, err
	}
	drawn := slices.Clone(shelf.domains)
	if domains > 0 {
		rng := scaler.Rand(seed, "score contract")
		rng.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
		drawn = drawn[:min(domains, len(drawn))]
	}
	score := &ContractScore{Domains: len(drawn)}
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(runtime.NumCPU())
	for _, d := range drawn {
		all.Go(func() error {
			tools, deps, err := shelf.take(d)
			if err != nil {
				return err
			}
			w, _, err := (&runner{ctx: ctx, o: Options{Settings: Settings{Seed: seed}}}).build(d, tools, deps)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if errors.Is(err, errStumbled) {
				score.stumble(d, err)
			}
			score.count(d, w, err == nil, func(id scaler.ToolID) string { return filepath.Base(shelf.from[id]) })
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	slices.Sort(score.Stumbled)
	slices.SortFunc(score.Sources, func(a, b SourceScore) int { return cmp.Compare(a.Source, b.Source) })
	return score, nil
}

// stumble notes a domain that the builder has a fault with.
func (s *ContractScore) stumble(d scaler.Domain, err error) {
	s.guard.Lock()
	defer s.guard.Unlock()
	s.Stumbled = append(s.Stumbled, fmt.Sprintf("%s, %s: %v", d.ID, d.Name, err))
}

// count adds one domain and its world, if it has one.
func (s *ContractScore) count(d scaler.Domain, w *scaler.World, built bool, from func(scaler.ToolID) string) {
	s.guard.Lock()
	defer s.guard.Unlock()
	good := built && contract.GradeOf(w).Share >= contract.Enough
	var seen []string
	for _, id := range d.Tools {
		if name := from(id); !slices.Contains(seen, name) {
			seen = append(seen, name)
			of := s.source(name)
			if of.Domains++; good {
				of.Passed++
			}
		}
	}
	if !built {
		for _, id := range d.Tools {
			of := s.source(from(id))
			of.Tools++
			of.NoWorld++
			of.Tiers[scaler.TierNone]++
		}
		return
	}
	s.Worlds++
	for _, name := range seen {
		s.source(name).add(w, from)
	}
	for _, c := range w.Check.Clauses {
		s.clause(c)
	}
}

func (s *ContractScore) source(name string) *SourceScore {
	i := slices.IndexFunc(s.Sources, func(x SourceScore) bool { return x.Source == name })
	if i < 0 {
		i = len(s.Sources)
		s.Sources = append(s.Sources, SourceScore{Source: name, Tiers: map[scaler.Tier]int{}, Dropped: map[string]int{}})
	}
	return &s.Sources[i]
}

func (s *ContractScore) clause(c scaler.Clause) {
	i := slices.IndexFunc(s.Clauses, func(x scaler.Clause) bool { return x.Name == c.Name })
	if i < 0 {
		s.Clauses = append(s.Clauses, c)
		return
	}
	s.Clauses[i].Pass += c.Pass
	s.Clauses[i].Fail += c.Fail
	s.Clauses[i].Exempt += c.Exempt
}
