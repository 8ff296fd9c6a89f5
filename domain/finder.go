// Package domain parts tools into domains: sets of tools that share one
// database (paper, section 2.1). Domains are communities of the graph, or whole
// services.
package domain

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/community"
	"github.com/agentscaler/scaler/llm"
)

// A Finder parts tools into domains. The zero value is ready to use.
type Finder struct {
	By         string  // "community", or "service": each service is one domain; "" means "community"
	Resolution float64 // higher gives more and smaller communities; 0 means 1
	Min        int     // communities with fewer tools join their nearest; 0 means 5
	Max        int     // communities with more tools are split; 0 means 60
	Seed       uint64  // the order in which tools are visited; 0 is by service and name
	// Model gives domains better names and a sentence; nil leaves them the words
	// that set them apart. Which tools share a domain is not its to say.
	Model llm.Model
}

// scopeMax is how many tools one conversation may be offered.
const scopeMax = 40

// Find returns the domains, in the order of their first tool's id. Every tool is
// in one domain, and the order of tools does not matter.
func (f Finder) Find(ctx context.Context, tools []scaler.Tool, g *scaler.Graph) ([]scaler.Domain, scaler.Report, error) {
	f = f.withDefaults()
	report := scaler.Report{Stage: "domain"}
	p, err := f.plan(tools, g)
	if err != nil {
		return nil, report, err
	}
	var groups [][]int32
	switch f.By {
	case "community":
		of := community.Louvain(p.net, f.Resolution)
		groups, err = p.shape(ctx, of, f.Resolution, f.Min, f.Max)
	case "service":
		groups = p.services()
	default:
		err = fmt.Errorf("domain: by %q: want service or community", f.By)
	}
	if err != nil {
		return nil, report, err
	}
	domains, err := f.domains(ctx, p, groups)
	if err != nil {
		return nil, report, err
	}
	f.report(&report, p, groups)
	if f.Model != nil {
		made, err := f.rename(ctx, p.tools, domains)
		if err != nil {
			return nil, report, err
		}
		made.report(&report)
	}
	return domains, report, nil
}

func (f Finder) withDefaults() Finder {
	if f.By == "" {
		f.By = "community"
	}
	if f.Resolution <= 0 {
		f.Resolution = 1
	}
	if f.Min <= 0 {
		f.Min = 5
	}
	if f.Max <= 0 {
		f.Max = 60
	}
	return f
}

// domains names the groups and gives wide ones their scopes.
func (f Finder) domains(ctx context.Context, p *plan, groups [][]int32) ([]scaler.Domain, error) {
	for _, g := range groups {
		slices.Sort(g)
	}
	slices.SortFunc(groups, func(x, y []int32) int { return cmp.Compare(x[0], y[0]) })
	names := p.names(groups, f.By == "service")
	out := make([]scaler.Domain, len(groups))
	for i, g := range groups {
		scopes, err := p.scopes(ctx, g, f)
		if err != nil {
			return nil, err
		}
		ids := p.ids(g)
		out[i] = scaler.Domain{
			ID:   scaler.DomainID(scaler.ContentID(texts(ids)...)),
			Name: names[i].name, Summary: p.summary(g, names[i]), Tools: ids, Scopes: scopes,
		}
	}
	slices.SortFunc(out, func(x, y scaler.Domain) int { return cmp.Compare(x.Tools[0], y.Tools[0]) })
	return out, nil
}

// scopes parts a domain that is too wide for one conversation.
func (p *plan) scopes(ctx context.Context, g []int32, f Finder) ([][]scaler.ToolID, error) {
	if len(g) <= scopeMax {
		return nil, nil
	}
	inner := &plan{tools: p.pick(g), net: p.net.Within(g)}
	of := community.Louvain(inner.net, f.Resolution)
	groups, err := inner.shape(ctx, of, f.Resolution, min(f.Min, scopeMax), scopeMax)
	if err != nil {
		return nil, err
	}
	var out [][]scaler.ToolID
	for _, s := range groups {
		out = append(out, inner.ids(s))
	}
	slices.SortFunc(out, func(x, y []scaler.ToolID) int { return cmp.Compare(x[0], y[0]) })
	return out, nil
}

func (p *plan) pick(g []int32) []*scaler.Tool {
	out := make([]*scaler.Tool, len(g))
	for i, t := range g {
		out[i] = p.tools[t]
	}
	return out
}

// ids returns the sorted ids of a group.
func (p *plan) ids(g []int32) []scaler.ToolID {
	out := make([]scaler.ToolID, len(g))
	for i, t := range g {
		out[i] = p.tools[t].ID
	}
	slices.Sort(out)
	return out
}

func texts(ids []scaler.ToolID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}
