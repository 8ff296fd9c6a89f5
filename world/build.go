// Package world makes domains executable: from the tools alone it infers the
// database, fills it, writes each tool as Starlark and the rules as a handbook,
// and checks the result against the world contract.
//
// The way of a domain: op.go reads a tool; outside.go and realms.go leave out what no
// database knows. kind.go, resource.go, qualifier.go and settle.go decide what a tool
// does and to what, act.go and deed.go what a verb alone says, several.go where it
// does so to several rows, attach.go where it ties a row to another, sway.go where it
// moves what its row refers to, arrive.go where only a state tells; rehang.go reads
// paths that end in the key of something else. shape.go finds the rows in its result
// and response.go what is none of theirs; entity.go and alias.go (nouns that say the
// same), column.go, key.go, refs.go and status.go make tables; told.go and foretell.go
// say what rows hold that no result shows, archetype.go what things of their kind
// have, code_open.go what is answered off record; package english reads what
// names and descriptions say of states and rules; bind.go and its neighbours say what each parameter means (inside.go
// where a row keeps it in an object, bindmove.go where a row is and where it is put,
// mask.go which fields are meant, spare.go what makes no difference).
//
// code.go and its neighbours write tools.star: code_create.go, code_update.go,
// code_state.go, ..., answer.go, with the functions that tools share in helpers.star;
// absent.go what a new row lacks, address.go what names it, put.go what it takes the
// place of, reshape.go fields declared in two ways, work.go operations, silent.go
// answers of nothing, formula.go computations. Lines of an order are in lines.go,
// stock and balances in stock.go, flags and states in flag.go and innerstate.go, items
// of a list in nest.go and swap.go, what stands in a list of a row alone in entry.go,
// lists that rows of another table make up in join.go, tags of any resource in
// label.go. What no tool is about is in belonging.go, what is picked off a catalogue,
// booked and paid for in picks.go, booking.go and ledger.go.
//
// Package seed fills the tables, policy.go writes the handbook, package contract
// judges, repair.go mends or drops, tier.go says how much came of it. floor.go is what
// package author begins with, where a model writes.
package world

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/seed"
)

// Now is the time at which every built world's clock stands.
const Now = "2026-03-02T09:00:00Z"

// A Builder builds worlds without a model: the same domain and seed give the
// same world.
type Builder struct {
	Seed  uint64
	Style seed.Style
}

// rounds is how often a world is checked and mended before it is given up.
const rounds = 6

// Build makes a domain's world. Tools that break the contract are left out and
// recorded in Dropped; it is an error if none remains.
func (b Builder) Build(ctx context.Context, d scaler.Domain, tools []scaler.Tool, deps []scaler.Dependency) (*scaler.World, error) {
	w, _, err := b.build(ctx, d, tools)
	return w, err
}

// build also returns what was inferred, without the tools that were left out.
func (b Builder) build(ctx context.Context, d scaler.Domain, tools []scaler.Tool) (*scaler.World, *draft, error) {
	dr := infer(d, tools)
	var in contract.Inspector
	for range rounds {
		if len(dr.ops) == 0 {
			return nil, dr, fmt.Errorf("world of domain %s: no tool of %d can be built%s", d.Name, len(tools), firstReason(dr.dropped))
		}
		w := b.assemble(dr)
		check, err := in.Check(ctx, w, sandbox.Options{})
		if err != nil {
			return nil, dr, fmt.Errorf("world %s: %w", w.ID, err)
		}
		w.Check = check
		if !dr.mend(check) {
			return w, dr, nil
		}
	}
	return nil, dr, fmt.Errorf("world of domain %s still breaks the contract after %d rounds", d.Name, rounds)
}

// assemble writes the world of the tools that are still in the draft.
func (b Builder) assemble(dr *draft) *scaler.World {
	code, rules := program(dr.atlas, dr.ops)
	w := &scaler.World{
		Domain: dr.domain.ID, Name: dr.domain.Name, Summary: dr.summary(),
		Builder: "builtin", Seed: b.Seed, Now: Now, Rules: rules, Dropped: slices.Clone(dr.dropped),
		Schema: dr.loosened(), Code: code, Policy: dr.handbook(rules).String(),
	}
	for _, o := range dr.ops {
		w.Tools = append(w.Tools, dr.worldTool(o))
	}
	w.ID = b.id(dr.domain, code)
	w.Check.World = w.ID
	w.Scopes = scopesOf(dr.domain, w.Tools)
	w.Rows = dr.rows(b.Seed, b.Style, dr.schema(), w.Tools)
	return w
}

// id names a world of the domain by its code and how it is filled.
func (b Builder) id(d scaler.Domain, code string) scaler.WorldID {
	return worldID(d, fmt.Sprint(b.Seed)+b.Style.Key(), code)
}

// rows returns the seed data of a schema; a mended world whose tables stay the
// same keeps its rows.
func (dr *draft) rows(from uint64, style seed.Style, s scaler.Schema, tools []scaler.WorldTool) []scaler.Row {
	if dr.seeded == nil || !reflect.DeepEqual(dr.seededFor, s) {
		dr.seeded, dr.seededFor = dr.unsay(dr.rename(seed.Fill(from, Now, style, dr.logged(s), tools...))), s
	}
	return dr.seeded
}

// logged returns the schema with the names of the tools that the log keeps as
// what its rows may say was done.
func (dr *draft) logged(s scaler.Schema) scaler.Schema {
	s.Tables = slices.Clone(s.Tables)
	for i, t := range s.Tables {
		if t.Name != seed.Log {
			continue
		}
		t.Columns = slices.Clone(t.Columns)
		at := slices.IndexFunc(t.Columns, func(c scaler.Column) bool { return c.Name == "action" })
		for _, o := range dr.ops {
			if o.kind == scaler.Event && at >= 0 {
				t.Columns[at].Enum = append(t.Columns[at].Enum, pyjson.Marshal(o.name))
			}
		}
		s.Tables[i] = t
	}
	return s
}

// scopesOf are the domain's scopes as names of the tools that the world has.
func scopesOf(d scaler.Domain, tools []scaler.WorldTool) [][]string {
	names := map[scaler.ToolID]string{}
	for _, t := range tools {
		names[t.Tool] = t.Name
	}
	var out [][]string
	for _, scope := range d.Scopes {
		var list []string
		for _, id := range scope {
			if name, ok := names[id]; ok {
				list = append(list, name)
			}
		}
		if len(list) > 0 {
			out = append(out, list)
		}
	}
	return out
}

// firstReason says why the first tool was dropped, as the end of a sentence.
func firstReason(dropped []scaler.Dropped) string {
	if len(dropped) == 0 {
		return ""
	}
	return ": " + string(dropped[0].Tool) + ": " + dropped[0].Reason
}
