package author

import (
	"encoding/json"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// mix is the floor with the tools of some sheets in the place of its own.
func (k *desk) mix(sheets []*sheet) *scaler.World {
	w := *k.floor
	w.Tools, w.Rules, w.Dropped = nil, nil, slices.Clone(k.floor.Dropped)
	by := map[string]*sheet{}
	for _, s := range sheets {
		by[s.name] = s
	}
	code := programOf(k.floor.Code)
	for _, s := range k.sheets {
		if text := by[s.name]; text != nil {
			code.put(sandbox.Function(s.name), s.text.Code)
			w.Tools = append(w.Tools, s.worldTool(k.Model.Name()))
			w.Rules = append(w.Rules, s.text.Rules...)
			w.Dropped = slices.DeleteFunc(w.Dropped, func(d scaler.Dropped) bool { return d.Tool == s.tool.ID })
		} else if s.was != nil {
			w.Tools = append(w.Tools, *s.was)
			w.Rules = append(w.Rules, rulesOf(k.floor.Rules, s.name)...)
		}
	}
	w.Code = code.String(w.Tools)
	if len(sheets) > 0 {
		w.Builder = "llm"
		k.shedUnseen(&w)
	}
	w.ID = k.base.ID(w.Code)
	w.Check = scaler.Check{World: w.ID}
	w.Scopes = k.base.Scopes(w.Tools)
	for i, t := range w.Tools {
		if by[t.Name] != nil {
			w.Tools[i].Tier = tierIn(&w, t)
		}
	}
	return &w
}

// worldTool is the tool as the model wrote it.
func (s *sheet) worldTool(model string) scaler.WorldTool {
	m := s.text
	t := scaler.WorldTool{Tool: s.tool.ID, Name: s.name, Description: s.tool.Description, Parameters: s.tool.Parameters,
		Result: s.tool.Result, Method: s.tool.Method, Path: s.tool.Path, In: s.tool.In, Statuses: s.tool.Statuses}
	if s.was != nil {
		t = *s.was
	}
	t.By, t.Effect, t.Kind, t.Table, t.Writes, t.Binds, t.Calls = model, m.Effect, m.Kind, m.Table, m.Writes, m.Binds, m.Calls
	t.Evidence = []string{"written by " + model}
	if m.Why != "" {
		t.Evidence = append(t.Evidence, "it says: "+m.Why)
	}
	return t
}

// parameters are those that the world offers: the built-in tool wants no header that
// means nothing to the tables.
func (s *sheet) parameters() json.RawMessage {
	if s.was != nil {
		return s.was.Parameters
	}
	return s.tool.Parameters
}

func rulesOf(rules []scaler.Rule, tool string) []scaler.Rule {
	var out []scaler.Rule
	for _, r := range rules {
		if r.Tool == tool {
			out = append(out, r)
		}
	}
	return out
}

// tierIn grades a tool by the company it keeps, as the builder grades its own.
func tierIn(w *scaler.World, t scaler.WorldTool) scaler.Tier {
	switch t.Kind {
	case scaler.Compute:
		return scaler.TierCompute
	case scaler.Event:
		return scaler.TierEvent
	}
	keyed, others := 0, 0
	for _, o := range w.Tools {
		if slices.Contains(o.Writes, t.Table) {
			return scaler.TierStateful
		}
		if o.Table == t.Table {
			others++
			for _, b := range o.Binds {
				if b.Role == "key" && b.Table == t.Table {
					keyed++
				}
			}
		}
	}
	switch {
	case t.Table != "" && keyed > 0 && others > 1:
		return scaler.TierStateful
	case t.Kind == scaler.List || t.Kind == scaler.Aggregate:
		return scaler.TierSearch
	}
	return scaler.TierKeyed
}
