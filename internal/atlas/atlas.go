// Package atlas draws domains as a map: a circle for each, large where it has
// many tools, near those that it has most in common with.
package atlas

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/community"
)

// Draw writes a picture of the domains of a graph as SVG. It needs nothing
// beside itself, and the same domains make the same picture.
func Draw(w io.Writer, domains []scaler.Domain, g *scaler.Graph) error {
	ties := between(domains, g)
	m := newMap(domains, ties)
	m.settle()
	m.fit()
	return m.write(w)
}

// A tie is what two domains have in common: the summed weight of the graph's
// links from one to the other.
type tie struct {
	a, b   int32 // a < b
	weight float64
}

// between sums the links that leave their domain.
func between(domains []scaler.Domain, g *scaler.Graph) []tie {
	of := map[scaler.ToolID]int32{}
	for i, d := range domains {
		for _, t := range d.Tools {
			of[t] = int32(i)
		}
	}
	sum := map[[2]int32]float64{}
	add := func(x, y scaler.ToolID, weight float64) {
		a, known := of[x]
		b, known2 := of[y]
		if known && known2 && a != b {
			sum[[2]int32{min(a, b), max(a, b)}] += weight
		}
	}
	for _, e := range g.Edges {
		add(e.A, e.B, e.Weight)
	}
	for _, d := range g.Deps {
		add(d.From, d.To, d.Score)
	}
	out := make([]tie, 0, len(sum))
	for ends, weight := range sum {
		out = append(out, tie{ends[0], ends[1], weight})
	}
	slices.SortFunc(out, func(x, y tie) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return out
}

// shown is how many of its strongest ties a domain shows: more than these are a
// tangle that says nothing.
const shown = 2

// strongest keeps the ties that are among the strongest of either end.
func strongest(ties []tie, n int) []tie {
	order := make([]int, len(ties))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(ties[y].weight, ties[x].weight) })
	has := make([]int, n)
	var out []tie
	for _, i := range order {
		t := ties[i]
		if has[t.a] < shown || has[t.b] < shown {
			has[t.a]++
			has[t.b]++
			out = append(out, t)
		}
	}
	return out
}

// A disc is one domain on the map.
type disc struct {
	x, y, r float64
	region  int // discs of a region belong together
	name    string
	title   string
	tools   int
}

type atlas struct {
	discs   []disc
	ties    []tie // those shown, strongest first
	regions int
	size    float64 // of the picture, in pixels
	tools   int
}

// newMap sizes the discs and parts them into regions: communities of domains.
func newMap(domains []scaler.Domain, ties []tie) *atlas {
	m := &atlas{discs: make([]disc, len(domains)), ties: strongest(ties, len(domains))}
	links := make([]community.Link, len(ties))
	for i, t := range ties {
		links[i] = community.Link{A: t.a, B: t.b, Weight: t.weight}
	}
	region := community.Louvain(community.New(len(domains), links), 1)
	for i, d := range domains {
		m.discs[i] = disc{region: int(region[i]), name: d.Name, title: d.Name + "\n" + d.Summary, tools: len(d.Tools)}
		m.regions = max(m.regions, int(region[i])+1)
		m.tools += len(d.Tools)
	}
	m.size = math.Round(500 + 48*math.Sqrt(float64(len(domains))))
	const covered = 0.42 // part of the square that discs cover
	scale := math.Sqrt(covered * m.size * m.size / (math.Pi * float64(max(1, m.tools))))
	for i := range m.discs {
		m.discs[i].r = min(scale*math.Sqrt(float64(m.discs[i].tools)), m.size/7)
	}
	return m
}

// summary is the line at the foot of the picture.
func (m *atlas) summary() string {
	return fmt.Sprintf("%s, %s. Area: tools. Colour: domains that hang together. Lines: what a domain has most in common with.",
		count(len(m.discs), "domain"), count(m.tools, "tool"))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
