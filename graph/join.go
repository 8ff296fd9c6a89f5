package graph

import (
	"cmp"
	"context"
	"math"
	"slices"

	"golang.org/x/sync/errgroup"
)

// A pair joins vectors a < b.
type pair struct {
	a, b   int32
	cosine float64
}

// An index finds all pairs of vectors whose cosine is at least tau, exactly.
//
// Only a vector's prefix is indexed: its rarest dimensions, up to where the
// rest is shorter than tau. Two vectors whose rarest common dimension lies in
// either one's rest cannot reach tau, because the rest's length bounds the dot
// product (Bayardo, Ma, Srikant, "Scaling up all pairs similarity search", 2007,
// with the L2 bound of Anastasiu and Karypis, 2014).
type index struct {
	vectors  []vector
	tau      float64
	postings [][]posting // by dimension, vectors in order
}

type posting struct {
	vector int32
	rest   float32 // length of the vector from this dimension on
}

// slack keeps rounding from losing a pair that lies on the bound.
const slack = 1e-5

func newIndex(vs []vector, tau float64) *index {
	x := &index{vectors: vs, tau: tau}
	dims := int32(0)
	for _, v := range vs {
		if n := len(v.dims); n > 0 {
			dims = max(dims, v.dims[n-1]+1)
		}
	}
	x.postings = make([][]posting, dims)
	for i, v := range vs {
		for k, rest := range x.prefix(v) {
			d := v.dims[k]
			x.postings[d] = append(x.postings[d], posting{int32(i), rest})
		}
	}
	return x
}

// prefix returns, for each dimension of the vector's prefix, the length of the
// vector from there on.
func (x *index) prefix(v vector) []float32 {
	rest := make([]float32, len(v.dims))
	square := 0.0
	n := 0
	for k := len(v.dims) - 1; k >= 0; k-- {
		square += float64(float64(v.weights[k]) * float64(v.weights[k]))
		rest[k] = float32(math.Sqrt(square))
		if n == 0 && math.Sqrt(square) >= x.tau-slack {
			n = k + 1
		}
	}
	return rest[:n]
}

// probe returns the pairs (i, j) with i < j, and how many cosines it computed.
// seen is scratch space, one mark per vector, that must not hold j+1.
func (x *index) probe(j int32, seen []int32) ([]pair, int) {
	v := x.vectors[j]
	examined := 0
	var out []pair
	for k, rest := range x.prefix(v) {
		for _, p := range x.postings[v.dims[k]] {
			if p.vector >= j {
				break
			}
			if seen[p.vector] == j+1 {
				continue
			}
			seen[p.vector] = j + 1
			if float64(rest)*float64(p.rest) < x.tau-slack {
				continue
			}
			examined++
			if c := cosine(x.vectors[p.vector], v); c >= x.tau {
				out = append(out, pair{p.vector, j, min(c, 1)})
			}
		}
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(a.a, b.a) })
	return out, examined
}

// join returns every pair above tau, in order, and how many cosines it took.
func (x *index) join(ctx context.Context, parallel int) ([]pair, int, error) {
	const chunk = 256
	chunks := (len(x.vectors) + chunk - 1) / chunk
	found := make([][]pair, chunks)
	examined := make([]int, chunks)
	g, ctx := errgroup.WithContext(ctx)
	scratch := make(chan []int32, parallel)
	for range parallel {
		scratch <- make([]int32, len(x.vectors))
	}
	g.SetLimit(parallel)
	for c := range chunks {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			seen := <-scratch
			defer func() { scratch <- seen }()
			for j := c * chunk; j < min(len(x.vectors), (c+1)*chunk); j++ {
				pairs, n := x.probe(int32(j), seen)
				found[c] = append(found[c], pairs...)
				examined[c] += n
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, 0, err
	}
	total := 0
	for _, n := range examined {
		total += n
	}
	return slices.Concat(found...), total, nil
}

// strongest keeps the pairs that are among the k best of either end.
func strongest(pairs []pair, n, k int) []pair {
	ends := make([][]int32, n)
	for i, p := range pairs {
		ends[p.a] = append(ends[p.a], int32(i))
		ends[p.b] = append(ends[p.b], int32(i))
	}
	keep := make([]bool, len(pairs))
	for _, of := range ends {
		slices.SortFunc(of, func(x, y int32) int {
			return cmp.Or(cmp.Compare(pairs[y].cosine, pairs[x].cosine), cmp.Compare(x, y))
		})
		for _, i := range of[:min(k, len(of))] {
			keep[i] = true
		}
	}
	out := pairs[:0:0]
	for i, p := range pairs {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}
