package graph

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var fit = flag.Bool("fit", false, "fit the weights in weights.go to the gold sets again")

// fitSets are the gold sets that weights are fitted to, and what one of their
// parameters counts.
var fitSets = []struct {
	name   string
	weight float64
}{
	{"powerplatform-dynamic-values", 1},
	{"aws-smithy-resources", 1},
	{"taubench-retail", 8},
	{"tooltalk-provenance", 2},
	{"toollinkos", 0.2},
}

// A choice is a parameter with its candidates and which of them are right.
type choice struct {
	set        string
	fold       int
	weight     float64
	traits     [traitCount]float64
	candidates []candidate
	right      []bool
	any        bool // some candidate is right
	gold       bool // gold knows a producer
}

// TestFit prints weights.go and how well it does on services held out.
func TestFit(t *testing.T) {
	if !*fit {
		t.Skip("run with -fit to fit the weights again")
	}
	var all []choice
	for _, s := range fitSets {
		of := choices(t, filepath.Join(shared(t, "gold-graphs"), s.name), s.weight)
		t.Logf("%-30s candidates hold a right producer for %.3f", s.name, reachable(of))
		all = append(all, of...)
	}
	const folds = 5
	hits := map[string][3]float64{}
	for f := range folds {
		var train, test []choice
		for _, c := range all {
			if c.fold == f {
				test = append(test, c)
			} else {
				train = append(train, c)
			}
		}
		w := fitRank(train)
		for _, c := range test {
			if c.gold {
				h := hits[c.set]
				h[0] += truth(c.hit(w))
				h[1] += truth(c.within(w, 5))
				h[2]++
				hits[c.set] = h
			}
		}
	}
	for _, s := range fitSets {
		h := hits[s.name]
		t.Logf("%-30s on services held out: Hit@1 %.3f, Hit@5 %.3f", s.name, h[0]/h[2], h[1]/h[2])
	}
	w := fitRank(all)
	wanted, right, labelled := fitChance(w, all)
	for _, s := range fitSets {
		h, n := 0.0, 0.0
		for _, c := range all {
			if c.gold && c.set == s.name {
				h += truth(c.hit(w))
				n++
			}
		}
		t.Logf("%-30s Hit@1 fitted %.3f", s.name, h/n)
	}
	if err := os.WriteFile("weights.go", []byte(weightsFile(w, wanted, right, labelled)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// choices lists every parameter of a gold set's tools that may be produced.
func choices(t *testing.T, dir string, weight float64) []choice {
	gold, err := ReadGold(dir)
	if err != nil {
		t.Fatal(err)
	}
	right := map[paramEdge]bool{}
	sourced := map[target]bool{}
	for _, e := range gold.Edges {
		right[paramEdge{toolPair{e.Doc, e.From, e.To}, plain(e.Param)}] = true
		sourced[target{e.Doc, e.To, plain(e.Param)}] = true
	}
	tools, err := inOrder(gold.Tools)
	if err != nil {
		t.Fatal(err)
	}
	var out []choice
	for _, of := range byService(tools) {
		l := newLexicon()
		ops := make([]*operation, len(of))
		for i, tool := range of {
			ops[i] = l.read(tool)
		}
		s := newService(ops)
		h := fnv.New32a()
		h.Write([]byte(of[0].Service))
		for i, op := range ops {
			for k := range op.params {
				p := &op.params[k]
				name := plain(p.path)
				c := choice{set: gold.Name, weight: weight, traits: s.traits(int32(i), p), candidates: s.candidates(int32(i), p),
					fold: int(h.Sum32() % 5), gold: sourced[target{of[i].Service, of[i].Name, name}]}
				if of[0].Service == "" {
					c.fold = i % 5
				}
				for _, a := range c.candidates {
					yes := right[paramEdge{toolPair{of[i].Service, of[a.from].Name, of[i].Name}, name}]
					c.right = append(c.right, yes)
					c.any = c.any || yes
				}
				out = append(out, c)
			}
		}
	}
	return out
}

func reachable(cs []choice) float64 {
	hit, n := 0.0, 0.0
	for _, c := range cs {
		if c.gold {
			n++
			hit += truth(c.any)
		}
	}
	return hit / n
}

// first returns the candidate that the weights put first, or -1.
func (c *choice) first(w []float64) int {
	at, top := -1, math.Inf(-1)
	for i := range c.candidates {
		if r := dot(w, c.candidates[i].x[:]); r > top {
			at, top = i, r
		}
	}
	return at
}

// hit says whether that candidate is right.
func (c *choice) hit(w []float64) bool {
	at := c.first(w)
	return at >= 0 && c.right[at]
}

// within says whether one of the n candidates that the weights put first is right.
func (c *choice) within(w []float64, n int) bool {
	order := make([]int, len(c.candidates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Compare(dot(w, c.candidates[y].x[:]), dot(w, c.candidates[x].x[:]))
	})
	return slices.ContainsFunc(order[:min(n, len(order))], func(i int) bool { return c.right[i] })
}

// fitRank minimises the negative logarithm of the probability that a softmax
// over the candidates' ranks gives to the right ones.
func fitRank(cs []choice) []float64 {
	return adam(aspects, 300, 0.05, func(w, gradient []float64) {
		for _, c := range cs {
			if !c.any {
				continue
			}
			p := make([]float64, len(c.candidates))
			sum, good, top := 0.0, 0.0, math.Inf(-1)
			for i := range c.candidates {
				p[i] = dot(w, c.candidates[i].x[:])
				top = max(top, p[i])
			}
			for i := range p {
				p[i] = math.Exp(p[i] - top)
				sum += p[i]
				if c.right[i] {
					good += p[i]
				}
			}
			for i := range p {
				d := p[i] / sum
				if c.right[i] {
					d -= p[i] / good
				}
				for k, x := range c.candidates[i].x {
					gradient[k] += c.weight * d * x
				}
			}
		}
		for k := range w {
			gradient[k] += 2 * w[k]
		}
	})
}

// fitChance fits how likely a parameter is to have a producer, from its traits,
// and how likely a candidate is to be one, from its rank and from how far it is
// behind the best. A parameter without a known producer counts as having none.
func fitChance(w []float64, cs []choice) (wanted, right []float64, labelled float64) {
	wanted = adam(traitCount, 300, 0.05, func(v, gradient []float64) {
		for _, c := range cs {
			x := c.seen(w)
			d := chance(dot(v, x[:])) - truth(c.gold)
			for k := range v {
				gradient[k] += c.weight * d * x[k]
			}
		}
		for k := range v {
			gradient[k] += v[k]
		}
	})
	sum, n := 0.0, 0.0
	for _, c := range cs {
		if c.any {
			x := c.seen(w)
			sum += c.weight * chance(dot(wanted, x[:]))
			n += c.weight
		}
	}
	labelled = sum / n
	right = adam(3, 300, 0.05, func(v, gradient []float64) {
		for _, c := range cs {
			if !c.gold {
				continue
			}
			top := math.Inf(-1)
			for i := range c.candidates {
				top = max(top, dot(w, c.candidates[i].x[:]))
			}
			for i := range c.candidates {
				rank := dot(w, c.candidates[i].x[:])
				x := []float64{1, rank, top - rank}
				d := chance(dot(v, x)) - truth(c.right[i])
				for k := range x {
					gradient[k] += c.weight * d * x[k]
				}
			}
		}
	})
	return wanted, right, labelled
}

// seen returns the choice's traits with those of its best candidate.
func (c *choice) seen(w []float64) [traitCount]float64 {
	at := c.first(w)
	if at < 0 {
		return c.traits
	}
	best := c.candidates[at]
	best.rank = dot(w, best.x[:])
	return with(c.traits, &best)
}

func adam(n, rounds int, step float64, gradient func(w, g []float64)) []float64 {
	w, m, v, g := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for r := range rounds {
		clear(g)
		gradient(w, g)
		for k := range w {
			m[k] = 0.9*m[k] + 0.1*g[k]
			v[k] = 0.99*v[k] + 0.01*g[k]*g[k]
			w[k] -= step * (m[k] / (1 - math.Pow(0.9, float64(r+1)))) / (math.Sqrt(v[k]/(1-math.Pow(0.99, float64(r+1)))) + 1e-9)
		}
	}
	return w
}

var aspectNames = strings.Fields(`coversName focusName focusPath headName headPath textName coversText sameField keyField likeField
	sameKind sameType isList isGet isSearch isCreate isUpdate isOther isMany isSmall needsIt takesIt needsMore needsShared
	needsNothing isCollection sameResource ownResource otherResource sameVersion isDescribed isDeprecated bestName bestField onlyList
	exactName firstText ownName lentName isLookup blindLookup alien looseResource looseNeed looseCovers looseCreate textOnly`)

var traitNames = strings.Fields(`always isRequired isKey isID inPath isString isNumber isFlag isNested hasEnum isProse isDate isHub isType isLent aboutOwn
	topCovers topLike topSame topKind topExact topPlace topLookup topBlind topMany topGiven topNested topRank`)

func weightsFile(rank, wanted, right []float64, labelled float64) string {
	var b strings.Builder
	b.WriteString("package graph\n\n// Code fitted to the gold sets; fit again with: go test ./graph -run TestFit -fit\n\n")
	b.WriteString("// rankWeights say what each aspect of a candidate is worth.\nvar rankWeights = [aspects]float64{\n")
	for i, name := range aspectNames {
		fmt.Fprintf(&b, "\t%s: %.3f,\n", name, rank[i])
	}
	b.WriteString("}\n\n// paramWeights say how likely a parameter is to be produced by a tool.\nvar paramWeights = [traitCount]float64{\n")
	for i, name := range traitNames {
		fmt.Fprintf(&b, "\t%s: %.3f,\n", name, wanted[i])
	}
	fmt.Fprintf(&b, "}\n\n// Of a candidate's chance: what its rank is worth, and what it costs to be\n// behind the best candidate.\nconst (\n\tchanceBase = %.3f\n\tchanceRank = %.3f\n\tchanceBehind = %.3f\n)\n",
		right[0], right[1], right[2])
	fmt.Fprintf(&b, "\n// labelled is the part of the parameters with a producer for which the gold sets\n// name one: the mean of what paramWeights give to those that are named (Elkan and\n// Noto, Learning classifiers from only positive and unlabeled data, 2008).\nconst labelled = %.3f\n", labelled)
	return b.String()
}
