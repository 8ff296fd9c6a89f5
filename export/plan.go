package export

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// The configs and splits of a dataset.
const (
	General  = "general"  // phase 1
	Vertical = "vertical" // phase 2
	Train    = "train"
	Test     = "test"
)

// A Part is where a domain's rows go: a domain is wholly in one config and one
// split, so that a test domain was never seen in training.
type Part struct {
	Config string `json:"config"`
	Split  string `json:"split"`
}

// parts lists the parts in the order they are shown and hashed.
var parts = []Part{{General, Train}, {General, Test}, {Vertical, Train}, {Vertical, Test}}

// A plan says where each domain goes.
type plan map[scaler.DomainID]Part

// domain is what a plan has to know of a domain.
type domain struct {
	id     scaler.DomainID
	worlds []scaler.WorldID
	name   string
	rows   int
}

func (e Exporter) plan(ctx context.Context, rows iter.Seq2[Row, error]) (plan, error) {
	domains, err := survey(ctx, rows)
	if err != nil {
		return nil, err
	}
	vertical, err := e.vertical(domains)
	if err != nil {
		return nil, err
	}
	p := plan{}
	for config, members := range map[string][]domain{General: without(domains, vertical), Vertical: vertical} {
		test := e.test(members)
		for _, d := range members {
			p[d.id] = Part{config, Train}
			if test[d.id] {
				p[d.id] = Part{config, Test}
			}
		}
	}
	return p, nil
}

// survey counts the kept rows of each domain; domains come in order of id.
func survey(ctx context.Context, rows iter.Seq2[Row, error]) ([]domain, error) {
	var domains []domain
	at := map[scaler.DomainID]int{}
	for row, err := range kept(ctx, rows) {
		if err != nil {
			return nil, err
		}
		i, ok := at[row.World.Domain]
		if !ok {
			i = len(domains)
			at[row.World.Domain] = i
			domains = append(domains, domain{id: row.World.Domain, name: row.World.Name})
		}
		domains[i].rows++
		if !slices.Contains(domains[i].worlds, row.World.ID) {
			domains[i].worlds = append(domains[i].worlds, row.World.ID)
		}
	}
	slices.SortFunc(domains, func(a, b domain) int { return strings.Compare(string(a.id), string(b.id)) })
	return domains, nil
}

// From how many domains on one is put aside without being asked: as the
// vertical one, as the test one.
const (
	enoughForVertical = 3
	enoughForTest     = 5
)

// vertical picks the domains of phase 2: those that were named, or the largest
// where there are a few to choose from.
func (e Exporter) vertical(domains []domain) ([]domain, error) {
	if len(e.Vertical) == 0 {
		if len(domains) < enoughForVertical {
			return nil, nil
		}
		return []domain{slices.MaxFunc(domains, func(a, b domain) int { return a.rows - b.rows })}, nil
	}
	var picked []domain
	for _, name := range e.Vertical {
		if name == "none" {
			continue
		}
		found := slices.DeleteFunc(slices.Clone(domains), func(d domain) bool { return !d.called(name) })
		if len(found) == 0 {
			return nil, fmt.Errorf("export: no domain with kept rows is called %q; there are %s", name, list(domains))
		}
		picked = append(picked, without(found, picked)...)
	}
	return picked, nil
}

// called says whether a person may mean the domain by name.
func (d domain) called(name string) bool {
	if string(d.id) == name || strings.EqualFold(d.name, name) {
		return true
	}
	return slices.ContainsFunc(d.worlds, func(w scaler.WorldID) bool { return string(w) == name })
}

func list(domains []domain) string {
	var names []string
	for _, d := range domains {
		names = append(names, fmt.Sprintf("%q (%s)", d.name, d.id))
	}
	return strings.Join(names, ", ")
}

func without(domains, others []domain) []domain {
	return slices.DeleteFunc(slices.Clone(domains), func(d domain) bool {
		return slices.ContainsFunc(others, func(o domain) bool { return o.id == d.id })
	})
}

// test picks the test domains: those whose own lot falls under the share, so
// that a domain stays where it is when others come and go. Where no lot does
// and there are domains enough, it is the one with the lowest.
func (e Exporter) test(domains []domain) map[scaler.DomainID]bool {
	share := e.TestShare
	if share == 0 {
		share = 0.1
	}
	test := map[scaler.DomainID]bool{}
	lowest, first := 1.0, scaler.DomainID("")
	for _, d := range domains {
		lot := scaler.Rand(e.Seed, "split", string(d.id)).Float64()
		if lot < share {
			test[d.id] = true
		}
		if lot < lowest {
			lowest, first = lot, d.id
		}
	}
	if len(test) == 0 && len(domains) >= enoughForTest {
		test[first] = true
	}
	if len(test) == len(domains) && len(domains) > 0 {
		delete(test, first) // something has to be learnt from
	}
	return test
}
