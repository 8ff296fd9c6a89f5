package world

import (
	"fmt"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/world/english"
)

// Some rows keep their state inside an object, with what there is to say of it:
// ConnectionStatus {StatusCode, Message}. Moves act on that field.

// An innerState is such a field, and the state of a new row.
type innerState struct{ column, field, initial string }

// findInner returns the enumerated field of an object that is called a status or
// state, with its states.
func (t *table) findInner() (innerState, []string) {
	for _, c := range t.Columns {
		if last := lastWord(snake(c.Name)); c.Type != "object" || last != "status" && last != "state" {
			continue
		}
		for _, f := range schema.Parse(c.Schema).Props() {
			last := lastWord(snake(f.Name))
			if states := chosen(f.Schema); len(states) > 1 && (last == "status" || last == "state" || last == "code" || last == "value") {
				return innerState{c.Name, f.Name, english.Initial(states)}, states
			}
		}
	}
	return innerState{}, nil
}

// moveInside lets the moves act on a state inside an object, and says whether
// there is one that each of them knows.
func (t *table) moveInside(moves []*op) bool {
	in, states := t.findInner()
	if in.column == "" {
		return false
	}
	to := map[*op]string{}
	for _, o := range moves {
		if to[o] = english.MatchState(english.Participles[o.verb], states); to[o] == "" {
			to[o] = o.stateInName(states)
		}
		if to[o] == "" {
			return false
		}
	}
	for _, o := range moves {
		from, said := o.saidFrom(states, to[o])
		if !said {
			from = assumedFrom(o.verb, states, to[o])
		}
		o.status = &move{column: in.column, inside: in.field, from: from, to: to[o]}
		o.note("assumed: from", english.SpokenEither(from))
	}
	t.inner = &in
	return true
}

// moveInner writes a move of a state inside an object.
func (w *writer) moveInner(v string, m *move) {
	noun, state := spoken(w.t.Entity), fmt.Sprintf("(%s[%s] or {}).get(%s)", v, quote(m.column), quote(m.inside))
	w.line(1, "if %s not in %s:", state, quotes(m.from))
	w.line(2, `refuse("invalid_state", "The %s %%s is %%s and cannot be %s." %% (%s[%s], %s))`, noun, english.Participle(w.o.verb), v, quote(w.t.Key), state)
	w.line(1, "%s[%s] = %s(%s[%s], {%s: %s})", v, quote(m.column), w.use("merged"), v, quote(m.column), quote(m.inside), quote(m.to))
}

// firstInner writes the object of a new row that holds its state.
func (t *table) firstInner(c scaler.Column) string {
	if t.inner == nil || t.inner.column != c.Name || t.inner.initial == "" {
		return ""
	}
	return "{" + quote(t.inner.field) + ": " + quote(t.inner.initial) + "}"
}
