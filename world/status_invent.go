package world

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/world/english"
)

// inventStatus makes the status column that the transitions imply.
func (t *table) inventStatus(moves []*op) *scaler.Column {
	states := t.impliedStates(moves)
	enum := make([]json.RawMessage, len(states))
	for i, s := range states {
		enum[i] = pyjson.Marshal(s)
	}
	name := "status"
	for _, known := range []string{"status", "state"} {
		c := t.find(known)
		if c == nil || c.Type != "string" || known == "state" && (t.find("city") != nil || t.find("country") != nil) {
			continue
		}
		c.Enum, c.Semantic, c.Examples, c.Schema = enum, "", nil, nil
		return c
	}
	if t.find(name) != nil {
		name = t.Entity + "_status"
	}
	t.Columns = append(t.Columns, scaler.Column{Name: name, Type: "string", Enum: enum, Doc: "The state of the " + spoken(t.Entity) + "."})
	for _, o := range moves {
		o.note("assumed: the states follow from what the tools do")
	}
	return &t.Columns[len(t.Columns)-1]
}

// impliedStates are the states that the texts of the table's tools speak of, with
// one to begin in, and those that transitions lead to by their verbs.
func (t *table) impliedStates(moves []*op) []string {
	var targets []string
	for _, o := range moves {
		if english.Target(o.tool.Description, nil) == "" {
			targets = append(targets, english.Participles[o.verb])
		}
	}
	states := t.spokenStates()
	if !slices.ContainsFunc(append(targets, states...), english.CanBegin) {
		states = append([]string{"pending"}, states...)
	}
	states = withAll(states, targets)
	if len(states) == 1 {
		states = withAll(states, []string{stateBefore(states[0], moves)})
	}
	return states
}

// spokenStates are the states that the names and descriptions of the table's
// tools speak of.
func (t *table) spokenStates() []string {
	var states []string
	for _, o := range t.ops {
		states = withAll(states, slices.DeleteFunc(slices.Clone(o.adjs), func(adj string) bool { return !english.IsStatusWord(adj) }))
		states = withAll(states, english.Mentioned(o.tool.Description))
		if o.kind == scaler.Transition {
			states = withAll(states, []string{english.Target(o.tool.Description, nil)})
		}
	}
	return states
}

// stateBefore is the state that moves to the only one known lead out of.
func stateBefore(state string, moves []*op) string {
	before := "inactive"
	for _, o := range moves {
		for _, was := range undoing[o.verb] {
			before = was
		}
	}
	return cmp.Or(english.Opposites[state], before)
}

// withAll returns a list with what it lacks of another; nothing empty is added.
func withAll(list, more []string) []string {
	for _, s := range more {
		if s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
