package graph

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// A Builder makes the graph of a set of tools. The zero value is ready to use.
type Builder struct {
	Tau      float64 // edges join tools whose cosine is at least this; 0 means 0.5
	Nearest  int     // an edge is among the Nearest strongest of one of its ends; 0 means 20
	Parallel int     // 0 means one per processor; the result does not depend on it

	Embedder llm.Embedder // adds the meaning of texts to the likeness of tools; nil: words only

	Model llm.Model // looks at candidates and corrects what is guessed; nil: nobody does
	Pairs int       // candidates of one tool that Model is asked about, in one request; 0 means 24
}

// Defaults, and what they were chosen by: docs/graph.md.
const (
	defaultTau     = 0.5
	defaultNearest = 20
	defaultPairs   = 24
)

// Build returns the graph of tools, with its edges and dependencies in order of
// their ids. It does not depend on the order of tools. Tools must have distinct ids.
func (b Builder) Build(ctx context.Context, tools []scaler.Tool) (*scaler.Graph, scaler.Report, error) {
	b = b.withDefaults()
	report := scaler.Report{Stage: "graph"}
	sorted, err := inOrder(tools)
	if err != nil {
		return nil, report, err
	}
	edges, seen, err := b.edges(ctx, sorted)
	if err != nil {
		return nil, report, err
	}
	deps, met, err := b.dependencies(ctx, sorted)
	if err != nil {
		return nil, report, err
	}
	report.Add("tools", len(sorted))
	report.Add("distinct parameter lists", seen.distinct)
	report.Add("values in a vector", seen.values/max(1, seen.distinct))
	report.Add("pairs examined", seen.examined)
	report.Add("pairs above tau", seen.above)
	report.Add("edges", len(edges))
	report.Add("parameters looked at", met.params)
	report.Add("candidate producers examined", met.examined)
	report.Add("dependencies", len(deps))
	report.Add("tools with a producer", countTargets(deps))
	if b.Model != nil {
		met.reviewed.report(&report)
	}
	return &scaler.Graph{Edges: edges, Deps: deps}, report, nil
}

func (b Builder) withDefaults() Builder {
	if b.Tau <= 0 {
		b.Tau = defaultTau
	}
	if b.Nearest <= 0 {
		b.Nearest = defaultNearest
	}
	if b.Pairs <= 0 {
		b.Pairs = defaultPairs
	}
	if b.Parallel <= 0 {
		b.Parallel = runtime.GOMAXPROCS(0)
	}
	return b
}

// inOrder returns the tools in the order in which they are worked on.
func inOrder(tools []scaler.Tool) ([]*scaler.Tool, error) {
	known := make(map[scaler.ToolID]bool, len(tools))
	out := make([]*scaler.Tool, len(tools))
	for i := range tools {
		out[i] = &tools[i]
		if known[out[i].ID] {
			return nil, fmt.Errorf("graph: two tools have the id %q", out[i].ID)
		}
		known[out[i].ID] = true
	}
	slices.SortFunc(out, scaler.CompareTools)
	return out, nil
}

// seen counts what the similarity join met; a value of a vector takes 8 bytes.
type seen struct{ distinct, values, examined, above int }

// band is how many tools after it a tool with an equal vector is tied to.
const band = 3

// edges joins tools by the cosine of their parameters. Tools with equal vectors
// are joined to others as one, by the first of them, and among themselves in a
// band: a group of ten thousand costs thirty thousand edges, and any stretch of
// it hangs together.
func (b Builder) edges(ctx context.Context, tools []*scaler.Tool) ([]scaler.Edge, seen, error) {
	bags, err := b.features(ctx, tools)
	if err != nil {
		return nil, seen{}, err
	}
	all := vectors(bags)
	first, distinct := groups(all)
	vs := make([]vector, len(distinct))
	values := 0
	for i, t := range distinct {
		vs[i] = all[t]
		values += len(all[t].dims)
	}
	tau := b.Tau
	var dense [][]float32
	if b.Embedder != nil {
		tau = wordTau(tau)
		if dense, err = b.embed(ctx, tools, distinct); err != nil {
			return nil, seen{}, err
		}
	}
	pairs, examined, err := newIndex(vs, tau).join(ctx, b.Parallel)
	if err != nil {
		return nil, seen{}, err
	}
	if dense != nil {
		pairs = blend(pairs, dense, b.Tau)
	}
	above := len(pairs)
	pairs = strongest(pairs, len(vs), b.Nearest)
	edges := make([]scaler.Edge, 0, len(pairs)+band*(len(tools)-len(distinct)))
	for _, p := range pairs {
		edges = append(edges, edge(tools[distinct[p.a]].ID, tools[distinct[p.b]].ID, digits(p.cosine)))
	}
	for _, same := range alike(first, all) {
		for i, t := range same {
			for _, u := range same[i+1 : min(len(same), i+1+band)] {
				edges = append(edges, edge(tools[t].ID, tools[u].ID, 1))
			}
		}
	}
	slices.SortFunc(edges, func(x, y scaler.Edge) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return edges, seen{len(distinct), values, examined, above}, nil
}

func edge(a, b scaler.ToolID, weight float64) scaler.Edge {
	return scaler.Edge{A: min(a, b), B: max(a, b), Weight: weight}
}

// features reads every tool's phi(P), in parallel.
func (b Builder) features(ctx context.Context, tools []*scaler.Tool) ([][]feature, error) {
	bags := make([][]feature, len(tools))
	g, ctx := errgroup.WithContext(ctx)
	part := (len(tools) + b.Parallel - 1) / b.Parallel
	for from := 0; from < len(tools); from += part {
		g.Go(func() error {
			l := newLexicon()
			for i := from; i < min(len(tools), from+part); i++ {
				if i%1024 == 0 && ctx.Err() != nil {
					return ctx.Err()
				}
				bags[i] = l.readParams(tools[i]).features()
			}
			return nil
		})
	}
	return bags, g.Wait()
}

// groups finds equal vectors: for each the first one like it, and the list of firsts.
func groups(vs []vector) (first []int32, distinct []int32) {
	known := map[string]int32{}
	first = make([]int32, len(vs))
	var key []byte
	for i, v := range vs {
		key = key[:0]
		for k, d := range v.dims {
			key = binary.LittleEndian.AppendUint32(key, uint32(d))
			key = binary.LittleEndian.AppendUint32(key, math.Float32bits(v.weights[k]))
		}
		f, ok := known[string(key)]
		if !ok || v.alone {
			f = int32(i)
			if !v.alone {
				known[string(key)] = f
			}
			distinct = append(distinct, f)
		}
		first[i] = f
	}
	return first, distinct
}

// alike lists the groups of two and more equal vectors that are not empty.
func alike(first []int32, vs []vector) [][]int32 {
	members := map[int32][]int32{}
	for i, f := range first {
		if len(vs[i].dims) > 0 {
			members[f] = append(members[f], int32(i))
		}
	}
	var out [][]int32
	for i, f := range first {
		if int(f) == i && len(members[f]) > 1 {
			out = append(out, members[f])
		}
	}
	return out
}

func countTargets(deps []scaler.Dependency) int {
	to := map[scaler.ToolID]bool{}
	for _, d := range deps {
		to[d.To] = true
	}
	return len(to)
}
