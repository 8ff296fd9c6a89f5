package pipeline

import (
	"fmt"
	"io"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/domain"
	"github.com/agentscaler/scaler/graph"
	"github.com/agentscaler/scaler/store"
)

// GraphLine is one line of graph.jsonl: an edge or a dependency.
type GraphLine struct {
	Edge *scaler.Edge       `json:"edge,omitempty"`
	Dep  *scaler.Dependency `json:"dep,omitempty"`
}

func graphInputs(r *runner) ([]string, error) {
	tools, err := r.run.Sum("tools.jsonl")
	return []string{tools, fmt.Sprint(r.o.Tau), r.o.GraphModel, r.o.EmbeddingModel}, err
}

func runGraph(r *runner, report *scaler.Report) error {
	tools, err := store.Collect(store.ReadLines[scaler.Tool](r.run, "tools.jsonl"))
	if err != nil {
		return err
	}
	r.o.Progress.Start("graph", 0)
	g, made, err := graph.Builder{Tau: r.o.Tau, Parallel: r.o.Parallel, Model: r.o.Graph, Embedder: r.o.Embedder}.Build(r.ctx, tools)
	if err != nil {
		return err
	}
	*report = made
	return r.run.Write("graph.jsonl", func(w io.Writer) error {
		put := encoder(w)
		for i := range g.Edges {
			if err := put(GraphLine{Edge: &g.Edges[i]}); err != nil {
				return err
			}
		}
		for i := range g.Deps {
			if err := put(GraphLine{Dep: &g.Deps[i]}); err != nil {
				return err
			}
		}
		return nil
	})
}

func domainInputs(r *runner) ([]string, error) {
	tools, err := r.run.Sum("tools.jsonl")
	if err != nil {
		return nil, err
	}
	edges, err := r.run.Sum("graph.jsonl")
	return []string{tools, edges, r.o.Domains, fmt.Sprint(r.o.Resolution, r.o.Seed), r.o.GraphModel}, err
}

func runDomain(r *runner, report *scaler.Report) error {
	tools, err := store.Collect(store.ReadLines[scaler.Tool](r.run, "tools.jsonl"))
	if err != nil {
		return err
	}
	g, err := ReadGraph(r.run)
	if err != nil {
		return err
	}
	r.o.Progress.Start("domain", 0)
	finder := domain.Finder{By: domainsBy(r.o.Domains, tools), Resolution: r.o.Resolution, Seed: r.o.Seed, Model: r.o.Graph}
	domains, made, err := finder.Find(r.ctx, tools, g)
	if err != nil {
		return err
	}
	*report = made
	return r.run.Write("domains.jsonl", func(w io.Writer) error {
		put := encoder(w)
		for _, d := range domains {
			if err := put(d); err != nil {
				return err
			}
		}
		return nil
	})
}

// domainsBy settles how to split tools: the tools of a single API share its
// one database, the tools of many are split by the graph.
func domainsBy(choice string, tools []scaler.Tool) string {
	if choice != "" {
		return choice
	}
	for _, t := range tools[min(1, len(tools)):] {
		if t.Service != tools[0].Service {
			return "community"
		}
	}
	return "service"
}

// ReadGraph reads the run's graph.
func ReadGraph(run *store.Run) (*scaler.Graph, error) {
	g := new(scaler.Graph)
	for line, err := range store.ReadLines[GraphLine](run, "graph.jsonl") {
		if err != nil {
			return nil, err
		}
		if line.Edge != nil {
			g.Edges = append(g.Edges, *line.Edge)
		}
		if line.Dep != nil {
			g.Deps = append(g.Deps, *line.Dep)
		}
	}
	return g, nil
}
