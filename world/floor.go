package world

import (
	"context"
	"slices"

	"github.com/agentscaler/scaler"
)

// A Floor is the world that a Builder made of a domain, with what it knows of the
// domain: whoever does better begins here, and falls back on it.
type Floor struct {
	World  *scaler.World
	Domain scaler.Domain

	by    Builder
	draft *draft
}

// Floor builds a domain's world as Build does. Where nothing can be built, the
// world has no tools, and the error says why.
func (b Builder) Floor(ctx context.Context, d scaler.Domain, tools []scaler.Tool) (*Floor, error) {
	w, dr, err := b.build(ctx, d, tools)
	if w == nil {
		w = b.assemble(dr)
		w.Check = scaler.Check{World: w.ID}
	}
	return &Floor{World: w, Domain: dr.domain, by: b, draft: dr}, err
}

// Schema is the schema of the builder's world as it was inferred.
func (f *Floor) Schema() scaler.Schema { return f.draft.schema() }

// Handbook is the handbook of the domain with other rules.
func (f *Floor) Handbook(rules []scaler.Rule) Handbook { return f.draft.handbook(rules) }

// ID names a world of the domain with other code.
func (f *Floor) ID(code string) scaler.WorldID { return f.by.id(f.Domain, code) }

// Scopes are the domain's scopes as names of the tools that a world has.
func (f *Floor) Scopes(tools []scaler.WorldTool) [][]string { return scopesOf(f.Domain, tools) }

// BuiltIn says whether all code of a world is the built-in builder's: only that
// may run in this process.
func BuiltIn(w *scaler.World) bool {
	return w.Builder == "builtin" && !slices.ContainsFunc(w.Tools, func(t scaler.WorldTool) bool { return t.By != "" })
}
