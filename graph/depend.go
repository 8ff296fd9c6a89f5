package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/vocab"
)

// Limits on what is kept; chosen on the gold sets, see docs/graph.md.
const (
	maxParams = 48   // parameters looked at, required and key ones first
	perParam  = 5    // producers of one parameter
	perTool   = 6    // producers of one tool
	minChance = 0.02 // a producer less likely than this is left out
)

// dependencies finds, service by service, which tools produce what others take.
func (b Builder) dependencies(ctx context.Context, tools []*scaler.Tool) ([]scaler.Dependency, error) {
	services := byService(tools)
	found := make([][]scaler.Dependency, len(services))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(b.Parallel)
	for i, of := range services {
		g.Go(func() error {
			var err error
			found[i], err = depend(ctx, of)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	deps := slices.Concat(found...)
	slices.SortFunc(deps, func(x, y scaler.Dependency) int {
		return cmp.Or(cmp.Compare(x.To, y.To), cmp.Compare(x.Param, y.Param), cmp.Compare(y.Score, x.Score),
			cmp.Compare(x.From, y.From), cmp.Compare(x.Field, y.Field))
	})
	return deps, nil
}

// byService parts tools by service, keeping their order.
func byService(tools []*scaler.Tool) [][]*scaler.Tool {
	at := map[string]int{}
	var out [][]*scaler.Tool
	for _, t := range tools {
		i, ok := at[t.Service]
		if !ok {
			i = len(out)
			at[t.Service] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], t)
	}
	return out
}

// depend finds the dependencies inside one service.
func depend(ctx context.Context, tools []*scaler.Tool) ([]scaler.Dependency, error) {
	l := newLexicon()
	ops := make([]*operation, len(tools))
	for i, t := range tools {
		ops[i] = l.read(t)
	}
	s := newService(ops)
	var out []scaler.Dependency
	for i := range ops {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, s.producers(int32(i), tools)...)
	}
	return out, nil
}

// producers returns the dependencies of one operation: those its specification
// declares, and the likeliest others.
func (s *service) producers(b int32, tools []*scaler.Tool) []scaler.Dependency {
	op := s.ops[b]
	out := s.declared(b, tools)
	var likely []scaler.Dependency
	for i := range op.params[:min(len(op.params), maxParams)] {
		p := &op.params[i]
		if slices.ContainsFunc(out, func(d scaler.Dependency) bool { return d.Param == p.param() }) {
			continue
		}
		kept := 0
		for _, c := range s.candidates(b, p) {
			if c.chance < minChance || kept == perParam {
				break
			}
			kept++
			likely = append(likely, s.dependency(b, p, c))
		}
	}
	return append(out, best(likely, perTool)...)
}

// best keeps dependencies on at most n tools: the likeliest producer of each
// parameter first, then the likeliest others.
func best(deps []scaler.Dependency, n int) []scaler.Dependency {
	rank := make(map[string]int, len(deps))
	order := make([]int, len(deps))
	place := make([]int, len(deps))
	for i, d := range deps {
		order[i], place[i] = i, min(1, rank[d.Param])
		rank[d.Param]++
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(place[x], place[y]), cmp.Compare(deps[y].Score, deps[x].Score))
	})
	from := map[scaler.ToolID]bool{}
	out := make([]scaler.Dependency, 0, len(deps))
	for _, i := range order {
		if d := deps[i]; from[d.From] || len(from) < n {
			from[d.From] = true
			out = append(out, d)
		}
	}
	return out
}

// declared turns the specification's own links into dependencies.
func (s *service) declared(b int32, tools []*scaler.Tool) []scaler.Dependency {
	var out []scaler.Dependency
	for _, link := range s.ops[b].links {
		for i, t := range tools {
			if int32(i) != b && named(t, link.From) {
				out = append(out, scaler.Dependency{
					From: t.ID, Field: link.Field, To: s.ops[b].id, Param: link.Param, Score: 1,
					Evidence: []string{"declared " + link.Kind},
				})
				break
			}
		}
	}
	return out
}

// named says whether a link's From means this tool.
func named(t *scaler.Tool, from string) bool {
	return string(t.ID) == from || t.Name == from || t.Title == from || t.Path != "" && t.Path == from
}

// dependency writes down what speaks for a candidate.
func (s *service) dependency(b int32, p *field, c candidate) scaler.Dependency {
	a := s.ops[c.from]
	path := ""
	if c.field >= 0 {
		path = a.outputs[c.field].path
	}
	return scaler.Dependency{
		From: a.id, Field: path, To: s.ops[b].id, Param: p.param(), Score: digits(c.chance),
		Evidence: s.evidence(b, p, c),
	}
}

// evidence says in words why the edge exists, strongest reason first.
func (s *service) evidence(b int32, p *field, c candidate) []string {
	a := s.ops[c.from]
	var out []string
	if c.field >= 0 {
		f := a.outputs[c.field]
		line := "field " + f.path + " fills " + p.param()
		if !a.described {
			line += " (result not described, read from the name)"
		}
		out = append(out, line)
		if p.typ != "" && f.typ == p.typ {
			out = append(out, "type "+p.typ)
		}
	}
	if shared := common(p.about, s.nouns[c.from]); len(shared) > 0 {
		out = append(out, "entity "+strings.Join(shared, " "))
	}
	if c.x[needsIt] > 0 {
		out = append(out, "given "+p.param()+" itself")
	}
	if c.x[isCollection] > 0 {
		out = append(out, "lives at the path before the parameter")
	}
	switch {
	case a.many && s.ops[b].act != vocab.List:
		out = append(out, "list to item")
	case a.act == vocab.Create:
		out = append(out, "create to use")
	case a.act.Reads():
		out = append(out, "read before use")
	}
	return out
}

// param returns the field's path as a parameter: a list of values is one.
func (f *field) param() string { return strings.TrimSuffix(f.path, "[]") }

func common(x, y []string) []string {
	var out []string
	for _, w := range x {
		if slices.Contains(y, w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
