package world

import (
	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// machine finds the status column of a table and the moves of its transitions,
// and turns transitions that have no status to set into updates.
func (t *table) machine() {
	col := t.statusColumn()
	var moves []*op
	for _, o := range t.ops {
		if o.kind == scaler.Update && col != nil && english.Target(o.tool.Description, texts(col.Enum)) != "" {
			o.kind = scaler.Transition
			o.note("its text says which status it sets")
		}
		if o.kind == scaler.Transition && t.ends(o) {
			continue
		}
		if o.kind == scaler.Transition && o.switches() {
			o.status = t.switchMove(o)
		} else if o.kind == scaler.Transition {
			moves = append(moves, o)
		}
	}
	if col == nil {
		moves = t.byFlag(moves)
	}
	if len(moves) == 0 && !t.marksOnce() {
		if col != nil && len(col.Enum) > 1 {
			t.Status = &scaler.Status{Column: col.Name, Initial: english.Initial(texts(col.Enum))}
		} else if in, _ := t.findInner(); in.column != "" {
			t.inner = &in
		}
		return
	}
	if col == nil && len(moves) > 0 && t.moveInside(moves) {
		return
	}
	if col == nil {
		col = t.inventStatus(moves)
	}
	states := texts(col.Enum)
	name := col.Name
	for _, o := range moves {
		o.status = t.moveOf(o, name, states)
	}
	t.Status = &scaler.Status{Column: name, Initial: english.Initial(states)}
	t.once(t.find(name))
	for _, o := range moves {
		if o.status.column == name {
			t.Status.Moves = append(t.Status.Moves, scaler.Move{Tool: o.name, From: o.status.from, To: o.status.to})
		}
	}
}

// ends makes a move of work that goes on to its end of what cancels it.
func (t *table) ends(o *op) bool {
	c, yes := t.find("done"), true
	if c == nil || c.Type != "boolean" || lastWord(t.Entity) != "operation" || !english.Finals[english.Participles[o.verb]] {
		return false
	}
	o.status = &move{column: c.Name, flag: &yes}
	return true
}

// statusColumn returns the enumerated column that says what state a row is in:
// the one that is called so, else the one of several whose name ends so and that
// knows most states.
func (t *table) statusColumn() *scaler.Column {
	head := lastWord(t.Entity)
	for _, name := range []string{"status", "state", t.Entity + "_status", t.Entity + "_state", head + "_status", head + "_state", "lifecycle_state", "phase", "stage"} {
		if c := t.find(name); c != nil && c.Type == "string" && len(c.Enum) > 1 {
			return c
		}
	}
	var best *scaler.Column
	most := 0
	for i := range t.Columns {
		c := &t.Columns[i]
		if last := lastWord(snake(c.Name)); !t.declared || c.Type != "string" || len(c.Enum) < 2 || last != "status" && last != "state" {
			continue
		}
		known := 0
		for _, s := range texts(c.Enum) {
			if english.IsState(snake(s)) || english.Finals[snake(s)] {
				known++
			}
		}
		if known > most {
			best, most = c, known
		}
	}
	return best
}
