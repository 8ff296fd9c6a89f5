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
	minChance = 0.03 // a producer less likely than this is left out
	minInside = 0.12 // the same, for a field inside another: there are many, and few are looked up
)

// dependencies finds, service by service, which tools produce what others take.
func (b Builder) dependencies(ctx context.Context, tools []*scaler.Tool) ([]scaler.Dependency, found, error) {
	services := byService(tools)
	each := make([]found, len(services))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(b.Parallel)
	for i, of := range services {
		g.Go(func() error {
			var err error
			each[i], err = b.depend(gctx, of)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, found{}, err
	}
	var all found
	for _, f := range each {
		all.deps = append(all.deps, f.deps...)
		all.open = append(all.open, f.open...)
		all.params += f.params
		all.examined += f.examined
	}
	if b.Model != nil {
		var err error
		if all.reviewed, err = b.review(ctx, tools, all.open); err != nil {
			return nil, found{}, err
		}
		for i := range all.open {
			all.deps = append(all.deps, all.open[i].kept()...)
		}
	}
	slices.SortFunc(all.deps, func(x, y scaler.Dependency) int {
		return cmp.Or(cmp.Compare(x.To, y.To), cmp.Compare(x.Param, y.Param), cmp.Compare(y.Score, x.Score),
			cmp.Compare(x.From, y.From), cmp.Compare(x.Field, y.Field))
	})
	return all.deps, all, nil
}

// found is what the search for dependencies met.
type found struct {
	deps     []scaler.Dependency
	open     []consumer // those whose guesses a model is still to see
	params   int        // parameters that producers were looked for
	examined int        // candidates looked at closely
	reviewed reviewed
}

// A consumer is a tool with the dependencies its specification declares and
// those that are guessed, by parameter, the likeliest first.
type consumer struct {
	declared []scaler.Dependency
	guesses  []guess
}

// A guess is a dependency that is kept if it is likely enough.
type guess struct {
	scaler.Dependency
	param int     // number of the parameter
	about string  // its description
	least float64 // score below which it is left out
	said  opinion // by a model
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
func (b Builder) depend(ctx context.Context, tools []*scaler.Tool) (found, error) {
	l := newLexicon()
	ops := make([]*operation, len(tools))
	for i, t := range tools {
		ops[i] = l.read(t)
	}
	s := newService(ops)
	var out found
	for i := range ops {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		c := s.consumer(int32(i), tools, b.Model != nil, &out)
		if b.Model != nil {
			out.open = append(out.open, c)
		} else {
			out.deps = append(out.deps, c.kept()...)
		}
	}
	return out, nil
}

// consumer looks for the producers of one operation's parameters. With all, the
// likeliest of each parameter are listed however unlikely they are.
func (s *service) consumer(b int32, tools []*scaler.Tool, all bool, tally *found) consumer {
	op := s.ops[b]
	c := consumer{declared: s.declared(b, tools)}
	for i := range op.params[:min(len(op.params), maxParams)] {
		p := &op.params[i]
		if slices.ContainsFunc(c.declared, func(d scaler.Dependency) bool { return d.Param == p.param() }) {
			continue
		}
		least := minChance
		if len(p.parent) > 0 {
			least = minInside
		}
		near := s.candidates(b, p)
		tally.params++
		tally.examined += len(near)
		for _, a := range near[:min(len(near), perParam)] {
			if a.chance < least && !all {
				break
			}
			c.guesses = append(c.guesses, guess{Dependency: s.dependency(b, p, a), param: i, about: p.desc, least: least})
		}
	}
	return c
}

// kept returns the dependencies of a consumer that are certain or likely enough.
func (c *consumer) kept() []scaler.Dependency {
	var likely []scaler.Dependency
	for _, g := range c.guesses {
		if g.Score >= g.least {
			likely = append(likely, g.Dependency)
		}
	}
	return append(c.declared, best(likely, perTool)...)
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
	out := make([]string, 0, 4)
	if c.field >= 0 {
		f := a.outputs[c.field]
		line := "field " + f.path + " fills " + p.param()
		if !a.described {
			line += " (result not described, read from the name)"
		}
		out = append(out, s.once(line))
		if p.typ != "" && f.typ == p.typ {
			out = append(out, s.once("type "+p.typ))
		}
	}
	if shared := common(p.about, s.nouns[c.from]); len(shared) > 0 {
		out = append(out, s.once("entity "+strings.Join(shared, " ")))
	}
	if c.x[needsIt] > 0 {
		out = append(out, s.once("given "+p.param()+" itself"))
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
