package community

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
	"pgregory.net/rapid"
)

// planted returns groups×size nodes; links are likely inside a group and rare
// between groups.
func planted(r *rand.Rand, groups, size int, inside, outside float64) (int, []Link) {
	n := groups * size
	var links []Link
	between := int(outside * float64(n))
	for g := range groups {
		for i := range size {
			for j := range i {
				if r.Float64() < inside {
					links = append(links, Link{int32(g*size + j), int32(g*size + i), 1})
				}
			}
		}
	}
	for range between {
		a, b := int32(r.IntN(n)), int32(r.IntN(n))
		if a != b {
			links = append(links, Link{min(a, b), max(a, b), 1})
		}
	}
	return n, links
}

// Two triangles joined by one link: the textbook's two communities, Q = 5/14.
func TestTwoTriangles(t *testing.T) {
	net := New(6, []Link{{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {3, 4, 1}, {4, 5, 1}, {3, 5, 1}, {2, 3, 1}})
	of := Louvain(net, 1)
	if want := []int32{0, 0, 0, 1, 1, 1}; !slices.Equal(of, want) {
		t.Errorf("got %v, want %v", of, want)
	}
	if q := net.Modularity(of, 1); math.Abs(q-5.0/14) > 1e-9 {
		t.Errorf("modularity %v, want 5/14", q)
	}
}

func TestPlantedGroupsAreFound(t *testing.T) {
	n, links := planted(rand.New(rand.NewPCG(1, 2)), 20, 25, 0.4, 1)
	of := Louvain(New(n, links), 1)
	for g := range 20 {
		for i := 1; i < 25; i++ {
			if of[g*25+i] != of[g*25] {
				t.Fatalf("node %d of group %d is in community %d, not %d", i, g, of[g*25+i], of[g*25])
			}
		}
	}
	if groups := len(Members(of)); groups != 20 {
		t.Errorf("%d communities, want 20", groups)
	}
}

// The resolution limit: 200 small cliques in a ring come back merged at
// resolution 1, and one by one at a higher one.
func TestResolution(t *testing.T) {
	const cliques, size = 200, 5
	var links []Link
	for c := range int32(cliques) {
		for i := range int32(size) {
			for j := range i {
				links = append(links, Link{c*size + j, c*size + i, 1})
			}
		}
		links = append(links, Link{c * size, (c + 1) % cliques * size, 1})
	}
	net := New(cliques*size, links)
	if coarse := len(Members(Louvain(net, 1))); coarse >= cliques {
		t.Errorf("%d communities at resolution 1", coarse)
	}
	if fine := len(Members(Louvain(net, 20))); fine != cliques {
		t.Errorf("%d communities at resolution 20, want %d", fine, cliques)
	}
}

// random draws a network, sometimes with loops, parallel links and loose nodes.
func random(t *rapid.T) *Network {
	n := rapid.IntRange(1, 40).Draw(t, "nodes")
	var links []Link
	for range rapid.IntRange(0, 120).Draw(t, "links") {
		a := rapid.Int32Range(0, int32(n-1)).Draw(t, "a")
		b := rapid.Int32Range(0, int32(n-1)).Draw(t, "b")
		links = append(links, Link{min(a, b), max(a, b), float64(rapid.IntRange(1, 9).Draw(t, "weight"))})
	}
	return New(n, links)
}

// Every community is connected, numbered by first node, and the whole is no
// worse than every node alone.
func TestCommunitiesAreConnected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := random(t)
		resolution := rapid.Float64Range(0.2, 5).Draw(t, "resolution")
		of := Louvain(net, resolution)
		if parts := net.Components(of); !slices.Equal(parts, of) {
			t.Fatalf("communities %v have the connected parts %v", of, parts)
		}
		alone := make([]int32, net.Len())
		for i := range alone {
			alone[i] = int32(i)
		}
		if q, least := net.Modularity(of, resolution), net.Modularity(alone, resolution); q < least-1e-9 {
			t.Fatalf("modularity %v is below that of single nodes, %v", q, least)
		}
		if again := Louvain(net, resolution); !slices.Equal(again, of) {
			t.Fatalf("first %v, then %v", of, again)
		}
	})
}

// reference returns the same network for gonum.
func reference(n int, links []Link) *simple.WeightedUndirectedGraph {
	g := simple.NewWeightedUndirectedGraph(0, 0)
	for i := range n {
		g.AddNode(simple.Node(i))
	}
	for _, l := range links {
		w, _ := g.Weight(int64(l.A), int64(l.B))
		g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(l.A), simple.Node(l.B), w+l.Weight))
	}
	return g
}

// Modularity is what gonum says it is, and ours is as high as gonum's Louvain's.
func TestAgainstGonum(t *testing.T) {
	for seed := range uint64(5) {
		n, links := planted(rand.New(rand.NewPCG(seed, 0)), 12, 15, 0.3, 1.5)
		net, ref := New(n, links), reference(n, links)
		of := Louvain(net, 1)
		var parts [][]graph.Node
		for _, m := range Members(of) {
			var part []graph.Node
			for _, i := range m {
				part = append(part, simple.Node(i))
			}
			parts = append(parts, part)
		}
		ours := net.Modularity(of, 1)
		if want := community.Q(ref, parts, 1); math.Abs(ours-want) > 1e-6 {
			t.Errorf("seed %d: modularity %v, gonum says %v", seed, ours, want)
		}
		theirs := community.Modularize(ref, 1, rand.NewPCG(seed, 1))
		if q := community.Q(ref, theirs.Communities(), 1); ours < q-0.01 {
			t.Errorf("seed %d: modularity %v, gonum's Louvain reaches %v", seed, ours, q)
		}
	}
}

func BenchmarkLouvain(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 30_000} {
		nodes, links := planted(rand.New(rand.NewPCG(3, 4)), n/25, 25, 0.8, 5)
		net := New(nodes, links)
		b.Run(fmt.Sprintf("nodes=%d/links=%d", nodes, len(links)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.ReportMetric(net.Modularity(Louvain(net, 1), 1), "Q")
			}
		})
	}
}

// The same networks by gonum, where it ends in reasonable time.
func BenchmarkGonum(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		nodes, links := planted(rand.New(rand.NewPCG(3, 4)), n/25, 25, 0.8, 5)
		ref := reference(nodes, links)
		b.Run(fmt.Sprintf("nodes=%d", nodes), func(b *testing.B) {
			for b.Loop() {
				b.ReportMetric(community.Q(ref, community.Modularize(ref, 1, rand.NewPCG(1, 1)).Communities(), 1), "Q")
			}
		})
	}
}
