package graph

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
)

// Weights of what a parameter says in phi(P), before rarity. Chosen by the
// agreement of domains with providers and of edges with gold dependencies.
const (
	weightWhole  = 1.0 // whose it is and what it is called: order.id
	weightWord   = 0.7 // each word of that
	weightTyped  = 0.2 // its name with its type
	weightEnum   = 0.3 // each value it may take
	weightText   = 0.1 // each word of its description
	weightEntity = 1.0 // each word of what the tool is about
	needed       = 1.5 // factor for a required parameter
)

// A feature is one dimension of phi(P) by its hash.
type feature struct {
	hash   uint64
	weight float32
}

// features returns phi(P) before rarity and length are taken into account:
// sorted by hash, each feature once.
func (op *operation) features() []feature {
	var b bag
	for i := range op.params {
		p := &op.params[i]
		if p.hub {
			continue
		}
		factor := 1.0
		if p.required {
			factor = needed
		}
		own := p.joined
		whole := own
		if p.key && len(p.words) == 1 {
			whole = strings.Join(p.about, "_") + "." + own
		}
		b.add("p", whole, weightWhole*factor)
		for _, w := range p.about {
			b.add("w", w, weightWord*factor)
		}
		b.add("t", own+":"+p.typ, weightTyped)
		for _, e := range p.enum {
			b.add("e", strings.ToLower(e), weightEnum)
		}
		for _, w := range p.text {
			b.add("d", w, weightText)
		}
	}
	for _, w := range op.entity() {
		b.add("w", w, weightEntity)
	}
	return b.sorted()
}

// entity returns the words of what a tool is about, by name and path, each once.
func (op *operation) entity() []string {
	out := slices.Concat(op.nouns, op.resource)
	slices.Sort(out)
	return slices.Compact(out)
}

type bag []feature

func (b *bag) add(kind, word string, weight float64) {
	h := fnv.New64a()
	h.Write([]byte(kind))
	h.Write([]byte{0})
	h.Write([]byte(word))
	*b = append(*b, feature{h.Sum64(), float32(weight)})
}

// sorted adds up what came more than once, with a diminishing return: a tool
// with ten address fields is not ten times about addresses.
func (b bag) sorted() []feature {
	slices.SortFunc(b, func(x, y feature) int {
		return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(y.weight, x.weight))
	})
	out := b[:0]
	for i := 0; i < len(b); {
		j, sum := i, 0.0
		for share := 1.0; j < len(b) && b[j].hash == b[i].hash; j++ {
			sum += float64(float64(b[j].weight) * share)
			share /= 2
		}
		out = append(out, feature{b[i].hash, float32(sum)})
		i = j
	}
	return slices.Clip(out)
}

// A vector is a sparse vector of length 1. Dimensions are numbered by rarity,
// rarest first, so that a prefix of a vector is its most telling part. Those
// that no other tool has are counted in the length and then left out.
type vector struct {
	dims    []int32
	weights []float32
	alone   bool // something was left out: no other tool has this very vector
}

// vectors weighs features by rarity and normalises.
func vectors(bags [][]feature) []vector {
	df := map[uint64]int32{}
	for _, b := range bags {
		for _, f := range b {
			df[f.hash]++
		}
	}
	hashes := make([]uint64, 0, len(df))
	for h := range df {
		hashes = append(hashes, h)
	}
	slices.SortFunc(hashes, func(x, y uint64) int { return cmp.Or(cmp.Compare(df[x], df[y]), cmp.Compare(x, y)) })
	dim := make(map[uint64]int32, len(hashes))
	idf := make([]float64, len(hashes))
	for i, h := range hashes {
		dim[h] = int32(i)
		idf[i] = rarity(len(bags), int(df[h]))
	}
	shared, _ := slices.BinarySearchFunc(hashes, 2, func(h uint64, n int32) int { return cmp.Compare(df[h], n) })
	out := make([]vector, len(bags))
	for i, b := range bags {
		out[i] = normal(b, dim, idf, int32(shared))
		bags[i] = nil
	}
	return out
}

// rarity returns the inverse document frequency of what df of n tools have. It
// is rounded so that every processor's logarithm gives the same.
func rarity(n, df int) float64 {
	return math.Round(1024*math.Log(1+float64(n)/float64(df))) / 1024
}

// normal returns the vector of one bag; dimensions before shared are the tool's own.
func normal(b []feature, dim map[uint64]int32, idf []float64, shared int32) vector {
	type entry struct {
		dim    int32
		weight float64
	}
	entries := make([]entry, len(b))
	for i, f := range b {
		d := dim[f.hash]
		entries[i] = entry{d, float64(f.weight) * idf[d]}
	}
	slices.SortFunc(entries, func(x, y entry) int { return cmp.Compare(x.dim, y.dim) })
	square := 0.0
	for _, e := range entries {
		square += float64(e.weight * e.weight)
	}
	own, _ := slices.BinarySearchFunc(entries, shared, func(e entry, d int32) int { return cmp.Compare(e.dim, d) })
	v := vector{dims: make([]int32, 0, len(entries)-own), weights: make([]float32, 0, len(entries)-own), alone: own > 0}
	for _, e := range entries[own:] {
		v.dims = append(v.dims, e.dim)
		v.weights = append(v.weights, float32(e.weight/math.Sqrt(square)))
	}
	return v
}

// cosine returns the dot product of two vectors of length 1.
func cosine(a, b vector) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a.dims) && j < len(b.dims); {
		switch {
		case a.dims[i] < b.dims[j]:
			i++
		case a.dims[i] > b.dims[j]:
			j++
		default:
			sum += float64(float64(a.weights[i]) * float64(b.weights[j]))
			i++
			j++
		}
	}
	return sum
}
