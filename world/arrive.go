package world

import (
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// POST /hires/{hire_id}/land: no list of verbs knows it, but a hire can be landed: that
// is one of its states.

// states collects, for each noun, the states that answers say its rows can be in.
func (dr *draft) states() map[string][]string {
	out := map[string][]string{}
	for _, o := range dr.ops {
		if !describes(o.kind) || o.noun == "" || o.restful() && o.tool.Method != "GET" {
			continue
		}
		for _, p := range shapeOf(o.result, o.noun).row.Props() {
			if last := lastWord(snake(p.Name)); last == "status" || last == "state" {
				out[o.noun] = append(out[o.noun], p.Schema.Choices()...)
			}
		}
	}
	return out
}

// arrives makes a move of what an unknown verb does to a row, where the rows have a
// state that is called so: as the last word of a path, or of a name that begins with it.
// So it does of a verb that elsewhere says nothing of rows, such as send, where the text
// or a state says that it does here.
func (o *op) arrives(states map[string][]string) bool {
	n := len(o.path)
	switch {
	case o.kind == scaler.Create && o.restful() && o.tool.Method == "POST" && n > 1 && len(o.path[n-1].params) == 0 && len(o.path[n-2].params) > 0:
		if !leadsTo(o.path[n-1].noun, states[o.path[n-2].noun]) {
			return false
		}
		o.verb, o.part = o.path[n-1].noun, o.path[n-1].noun
		o.noun, o.path = o.path[n-2].noun, o.path[:n-1]
	case o.kind == scaler.Event && o.tool.Effect != scaler.Read && !o.restful() && o.hasID() && len(o.words) > 1:
		if !leadsTo(o.words[0], states[o.noun]) {
			return false
		}
		o.verb = o.words[0]
	case o.kind == scaler.Event && o.restful() && o.action != "" && o.tool.Effect != scaler.Read:
		said := english.Target(o.tool.Description, states[o.noun]) != "" && len(states[o.noun]) > 0
		if !said && !slices.Contains(spelled(states[o.noun]), words.Snake(english.Participle(o.verb))) {
			return false
		}
	default:
		return false
	}
	o.kind = scaler.Transition
	return true
}

// leadsTo says whether what is done by an unknown verb has one of the states.
func leadsTo(verb string, states []string) bool {
	return english.Verbs[verb] == "" && slices.Contains(spelled(states), words.Snake(english.Participle(verb)))
}

// spelled are states as words joined by underscores.
func spelled(states []string) []string {
	out := make([]string, len(states))
	for i, s := range states {
		out[i] = words.Snake(s)
	}
	return out
}
