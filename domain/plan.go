package domain

import (
	"cmp"
	"fmt"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/community"
)

// Weights of what ties two tools, beside the cosine of their parameters, which
// is at most 1. A service is a tie of its own: its tools do share a database.
// Chosen on real services mixed: docs/graph.md.
const (
	weightDependency = 2.0
	weightService    = 0.6
	weightStranger   = 0.1 // the same, in a wide service, for tools without a noun in common
	weightKin        = 1.2
	kinHops          = 3
	hops             = 3 // how many of its service's tools before it, by name, a tool is tied to
)

// A plan is the tools with the network that domains are found in, and what was
// done to its communities.
type plan struct {
	tools []*scaler.Tool // in the order in which they are visited
	net   *community.Network

	split, merged, orphans int
}

func (f Finder) plan(tools []scaler.Tool, g *scaler.Graph) (*plan, error) {
	p := &plan{tools: make([]*scaler.Tool, len(tools))}
	for i := range tools {
		p.tools[i] = &tools[i]
	}
	slices.SortFunc(p.tools, scaler.CompareTools)
	if f.Seed != 0 {
		r := scaler.Rand(f.Seed, "domain")
		r.Shuffle(len(p.tools), func(i, j int) { p.tools[i], p.tools[j] = p.tools[j], p.tools[i] })
	}
	at := make(map[scaler.ToolID]int32, len(tools))
	for i, t := range p.tools {
		at[t.ID] = int32(i)
	}
	links, err := tie(g, at)
	if err != nil {
		return nil, err
	}
	p.net = community.New(len(tools), append(append(links, p.neighbours()...), p.kin()...))
	return p, nil
}

// tie returns the links of the graph: one for each two tools, however many
// parameters of one the other feeds.
func tie(g *scaler.Graph, at map[scaler.ToolID]int32) ([]community.Link, error) {
	links := make([]community.Link, 0, len(g.Edges)+len(g.Deps))
	add := func(a, b scaler.ToolID, weight float64) error {
		i, known := at[a]
		j, known2 := at[b]
		if !known || !known2 {
			return fmt.Errorf("domain: the graph joins %q and %q, but not both are tools", a, b)
		}
		if i != j {
			links = append(links, community.Link{A: min(i, j), B: max(i, j), Weight: weight})
		}
		return nil
	}
	for _, e := range g.Edges {
		if err := add(e.A, e.B, e.Weight); err != nil {
			return nil, err
		}
	}
	inOrder(links)
	similar := len(links)
	for _, d := range g.Deps {
		if err := add(d.From, d.To, weightDependency*d.Score); err != nil {
			return nil, err
		}
	}
	return append(links[:similar], strongest(links[similar:])...), nil
}

// strongest keeps the heaviest of parallel links.
func strongest(links []community.Link) []community.Link {
	inOrder(links)
	return slices.CompactFunc(links, func(x, y community.Link) bool { return x.A == y.A && x.B == y.B })
}

// inOrder sorts links, the heaviest of parallel ones first: sums of weights
// depend on their order.
func inOrder(links []community.Link) {
	slices.SortFunc(links, func(x, y community.Link) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(y.Weight, x.Weight))
	})
}

// neighbours ties each tool of a service to those next to it by name. A service
// that fits one conversation is one thing; a wider one may be a bag of unlike
// functions, and its tools are tied by what they are about.
func (p *plan) neighbours() []community.Link {
	order := make([]int32, len(p.tools))
	size := map[string]int{}
	about := make([][]string, len(p.tools))
	for i, t := range p.tools {
		order[i] = int32(i)
		size[t.Service]++
		about[i] = append(nameNouns(t), pathNouns(t.Path)...)
	}
	slices.SortFunc(order, func(x, y int32) int { return scaler.CompareTools(p.tools[x], p.tools[y]) })
	var links []community.Link
	for i, b := range order {
		service := p.tools[b].Service
		for _, a := range order[max(0, i-hops):i] {
			if p.tools[a].Service != service {
				continue
			}
			weight := weightService
			if size[service] > scopeMax && !slices.ContainsFunc(about[a], func(w string) bool { return slices.Contains(about[b], w) }) {
				weight = weightStranger
			}
			links = append(links, community.Link{A: a, B: b, Weight: weight})
		}
	}
	return links
}

// kin ties the tools of a wide service that are about one resource to those next
// to them: where names begin with a verb, neighbours by name are not.
func (p *plan) kin() []community.Link {
	order := make([]int32, len(p.tools))
	size := map[string]int{}
	main := make([]string, len(p.tools))
	for i, t := range p.tools {
		order[i] = int32(i)
		size[t.Service]++
		main[i] = last(nameNouns(t))
		if n := last(pathNouns(t.Path)); n != "" {
			main[i] = n
		}
	}
	slices.SortFunc(order, func(x, y int32) int {
		a, b := p.tools[x], p.tools[y]
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(main[x], main[y]), scaler.CompareTools(a, b))
	})
	var links []community.Link
	for i, b := range order {
		for _, a := range order[max(0, i-kinHops):i] {
			if p.tools[a].Service == p.tools[b].Service && main[a] == main[b] && main[a] != "" && size[p.tools[a].Service] > scopeMax {
				links = append(links, community.Link{A: a, B: b, Weight: weightKin})
			}
		}
	}
	return links
}

func last(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// services returns the tools of each service.
func (p *plan) services() [][]int32 {
	at := map[string]int{}
	var out [][]int32
	for i, t := range p.tools {
		k, ok := at[t.Service]
		if !ok {
			k = len(out)
			at[t.Service] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], int32(i))
	}
	return out
}
