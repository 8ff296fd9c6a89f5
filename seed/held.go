package seed

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// What is lent is out as long as its loan is open: where a tool that makes rows brings
// rows of another table into a state, one row each holds those that are in it, and
// rows that hold something are of no other.

// A hold is what a table holds of another.
type hold struct {
	col   int    // the reference
	to    *table // what is held
	state string // in which it is while it is
	by    []string
	rows  map[int]int // row -> the row that it holds
}

// findHold reads off the moves of other tables what rows of t hold: the tool that
// makes them moves what they refer to.
func (f *seeder) findHold(t *table, tools []scaler.WorldTool) {
	if t.Status == nil {
		return
	}
	for col, c := range t.Columns {
		to := f.byName[c.Ref]
		if to == nil || to == t || to.Status == nil || c.Type == "array" {
			continue
		}
		held, freed := "", []string{t.Status.Initial}
		for _, m := range to.Status.Moves {
			at := slices.IndexFunc(tools, func(tool scaler.WorldTool) bool { return tool.Name == m.Tool && tool.Table == t.Name })
			switch {
			case at < 0:
			case tools[at].Kind == scaler.Create:
				held = m.To
			case tools[at].Kind == scaler.Transition:
				freed = append(freed, t.startsOf(m.Tool)...)
			}
		}
		if held != "" {
			t.hold = &hold{col: col, to: to, state: held, by: freed}
			return
		}
	}
}

// startsOf are the states from which a tool moves rows.
func (t *table) startsOf(tool string) []string {
	for _, m := range t.Status.Moves {
		if m.Tool == tool {
			return m.From
		}
	}
	return nil
}

// match gives every row that is held a holder of its own, as long as there are enough,
// and lets no more rows than that be in a state in which they hold something.
func (t *table) match() {
	h := t.hold
	if h == nil || t.states == nil || h.to.states == nil {
		return
	}
	var held []int
	for i, state := range h.to.states {
		if state == h.state {
			held = append(held, i)
		}
	}
	ended := slices.IndexFunc(t.stateNames(), func(s string) bool { return !slices.Contains(h.by, s) })
	h.rows = map[int]int{}
	for i, state := range t.states {
		switch holds := slices.Contains(h.by, state); {
		case holds && len(h.rows) < len(held):
			h.rows[i] = held[len(h.rows)]
		case holds && ended >= 0:
			t.states[i] = t.stateNames()[ended]
		}
	}
	for i := range t.states {
		if _, has := h.rows[i]; !has && len(h.rows) < len(held) {
			t.states[i], h.rows[i] = h.by[0], held[len(h.rows)]
		}
	}
}

// heldBy returns the row that row i of t holds.
func (t *table) heldBy(i, col int) (int, bool) {
	if t.hold == nil || t.hold.col != col {
		return 0, false
	}
	at, ok := t.hold.rows[i]
	return at, ok
}
