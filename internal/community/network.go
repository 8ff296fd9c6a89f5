// Package community finds communities in weighted undirected graphs by the
// Louvain method (Blondel et al., 2008), with a resolution (Reichardt and
// Bornholdt, 2006). Results are deterministic and every community is connected.
package community

import (
	"cmp"
	"slices"
)

// A Link joins nodes A and B with a positive weight.
type Link struct {
	A, B   int32
	Weight float64
}

// A Network is an undirected graph in compressed rows.
type Network struct {
	start  []int64 // row i is to[start[i]:start[i+1]]
	to     []int32
	weight []float32
	loop   []float64 // weight of a node to itself, counted once
	degree []float64 // sum of a row, loops counted twice
	total  float64   // sum of degrees: twice the weight of all links
}

// New returns the network of n nodes with these links. Parallel links add up.
func New(n int, links []Link) *Network {
	net := &Network{start: make([]int64, n+1), loop: make([]float64, n)}
	for _, l := range links {
		if l.A != l.B {
			net.start[l.A+1]++
			net.start[l.B+1]++
		}
	}
	for i := range n {
		net.start[i+1] += net.start[i]
	}
	net.to = make([]int32, net.start[n])
	net.weight = make([]float32, net.start[n])
	next := slices.Clone(net.start[:n])
	put := func(from, to int32, w float64) {
		net.to[next[from]], net.weight[next[from]] = to, float32(w)
		next[from]++
	}
	for _, l := range links {
		if l.A == l.B {
			net.loop[l.A] += l.Weight
			continue
		}
		put(l.A, l.B, l.Weight)
		put(l.B, l.A, l.Weight)
	}
	net.weigh()
	return net
}

// weigh computes the degrees.
func (net *Network) weigh() {
	net.degree = make([]float64, net.Len())
	for i := range net.degree {
		d := 2 * net.loop[i]
		for _, w := range net.weight[net.start[i]:net.start[i+1]] {
			d += float64(w)
		}
		net.degree[i] = d
		net.total += d
	}
}

// Len returns the number of nodes.
func (net *Network) Len() int { return len(net.loop) }

// Neighbours returns the nodes next to i with the weights of the links.
func (net *Network) Neighbours(i int32) ([]int32, []float32) {
	from, to := net.start[i], net.start[i+1]
	return net.to[from:to], net.weight[from:to]
}

// Modularity returns how much more weight lies inside the communities than
// chance would put there, at a resolution.
func (net *Network) Modularity(of []int32, resolution float64) float64 {
	if net.total == 0 {
		return 0
	}
	inside := map[int32]float64{}
	degree := map[int32]float64{}
	for i := range int32(net.Len()) {
		inside[of[i]] += 2 * net.loop[i]
		degree[of[i]] += net.degree[i]
		to, weight := net.Neighbours(i)
		for k, j := range to {
			if of[j] == of[i] {
				inside[of[i]] += float64(weight[k])
			}
		}
	}
	q := 0.0
	for _, c := range sortedKeys(degree) {
		share := degree[c] / net.total
		q += inside[c]/net.total - float64(resolution*float64(share*share))
	}
	return q
}

func sortedKeys[V any](m map[int32]V) []int32 {
	keys := make([]int32, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Within returns the network of some nodes only, numbered as they are listed.
func (net *Network) Within(nodes []int32) *Network {
	at := make(map[int32]int32, len(nodes))
	for i, n := range nodes {
		at[n] = int32(i)
	}
	var links []Link
	for i, n := range nodes {
		if net.loop[n] > 0 {
			links = append(links, Link{int32(i), int32(i), net.loop[n]})
		}
		to, weight := net.Neighbours(n)
		for k, m := range to {
			if j, ok := at[m]; ok && int32(i) < j {
				links = append(links, Link{int32(i), j, float64(weight[k])})
			}
		}
	}
	return New(len(nodes), links)
}

// Components returns the connected parts of the communities: for each node the
// number of its part, counted by first node.
func (net *Network) Components(of []int32) []int32 {
	part := make([]int32, net.Len())
	for i := range part {
		part[i] = -1
	}
	next := int32(0)
	var queue []int32
	for i := range part {
		if part[i] >= 0 {
			continue
		}
		part[i] = next
		queue = append(queue[:0], int32(i))
		for len(queue) > 0 {
			n := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			to, _ := net.Neighbours(n)
			for _, m := range to {
				if part[m] < 0 && of[m] == of[n] {
					part[m] = next
					queue = append(queue, m)
				}
			}
		}
		next++
	}
	return part
}

// Members lists the nodes of each community, largest community first.
func Members(of []int32) [][]int32 {
	var out [][]int32
	for i, c := range of {
		for int(c) >= len(out) {
			out = append(out, nil)
		}
		out[c] = append(out[c], int32(i))
	}
	out = slices.DeleteFunc(out, func(m []int32) bool { return len(m) == 0 })
	slices.SortStableFunc(out, func(x, y []int32) int { return cmp.Compare(len(y), len(x)) })
	return out
}
