package world

import (
	"encoding/json"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
)

// schema returns the tables as the world shows them.
func (dr *draft) schema() scaler.Schema {
	var s scaler.Schema
	for _, t := range dr.atlas.ordered() {
		table := t.Table
		table.Columns = slices.Clone(t.Columns)
		s.Tables = append(s.Tables, table)
	}
	dr.trades(s)
	return s
}

// trades says of each table of what trades it is, as its words and its tools
// tell.
func (dr *draft) trades(s scaler.Schema) {
	var said []fake.Told
	for _, o := range dr.ops {
		told := fake.Told{Name: o.tool.Service + " " + o.tool.Name, Doc: o.tool.Description}
		if o.table != nil {
			told.Table = o.table.Name
		}
		said = append(said, told)
	}
	of := fake.TradesOf(s, said)
	for i := range s.Tables {
		s.Tables[i].Trades = of[s.Tables[i].Name]
	}
}

// offered returns the tool's parameters with the headers that mean nothing to
// the tables no longer required: they belong to the transport.
func (o *op) offered() json.RawMessage {
	s := schema.Parse(o.tool.Parameters)
	if s.Words == nil {
		return json.RawMessage(`{"type": "object", "properties": {}}`)
	}
	var idle []any
	for _, b := range o.binds {
		if b.Role == roleInput && b.p.Required && (b.p.In == "header" || b.p.In == "cookie") {
			idle = append(idle, b.p.Name)
		}
	}
	if len(idle) == 0 {
		return o.tool.Parameters
	}
	relaxed := s.Words.Shallow()
	relaxed.Set("required", slices.DeleteFunc(slices.Clone(s.List("required")), func(name any) bool { return slices.Contains(idle, name) }))
	return pyjson.Marshal(relaxed)
}

// worldTool describes one op as a tool of the world.
func (dr *draft) worldTool(o *op) scaler.WorldTool {
	t := scaler.WorldTool{Tool: o.tool.ID, Name: o.name, Description: o.tool.Description, Parameters: o.offered(),
		Result: o.tool.Result, Effect: scaler.Read, Kind: o.kind, Writes: o.wrote, Tier: o.tier, Evidence: o.evidence,
		Method: o.tool.Method, Path: o.tool.Path, In: o.tool.In, Statuses: o.tool.Statuses}
	if o.table != nil {
		t.Table = o.table.Name
	}
	if len(o.wrote) > 0 {
		t.Effect = scaler.Write
	}
	for _, b := range o.binds {
		t.Binds = append(t.Binds, dr.shown(o, b))
	}
	return t
}

// shown returns a bind as the world shows it: a reference that a change stores
// in its row is a set of the foreign key.
func (dr *draft) shown(o *op, b bind) scaler.Bind {
	switch o.kind {
	case scaler.Update, scaler.Relate, scaler.Transition:
		to := dr.atlas.table(b.Table)
		if o.picks(b) || o.pays(b) {
			return b.Bind
		}
		if b.Role == roleRef && o.nested == "" && to != nil && b.Column == to.Key {
			return scaler.Bind{Param: b.Param, Role: roleSet, Table: o.table.Name, Column: dr.atlas.foreignKey(o.table, to, b.p)}
		}
	}
	return b.Bind
}
