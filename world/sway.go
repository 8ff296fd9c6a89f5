package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// createLoan: "lending it sets its status to on_loan"; returnLoan: "the item becomes
// available again". What such a tool changes is a row of its own and, as its text
// says, the state of another that this row, or the call, refers to.

// A sway is the state that a tool brings a row of another table into.
type sway struct {
	to    *table
	by    string // the column of the tool's own row that refers to it
	state string
}

// findSways finds them once every table knows its states, and enters them among the
// moves of the other table.
func (dr *draft) findSways() {
	for _, o := range dr.ops {
		if o.table == nil || o.upsert || o.kind != scaler.Create && o.kind != scaler.Transition && o.kind != scaler.Delete {
			continue
		}
		for _, c := range o.table.Columns {
			to := dr.atlas.table(c.Ref)
			if to == nil || to == o.table || to.Status == nil || c.Type == "array" || o.kind == scaler.Create && !o.names(to) {
				continue
			}
			if slices.ContainsFunc(o.sways, func(s sway) bool { return s.to == to }) {
				continue // a sender and a receiver: nobody says whose state it is
			}
			states := texts(to.column(to.Status.Column).Enum)
			state := english.Turns(o.tool.Description, to.Entity, states, o.table.stateNames())
			if state == "" {
				continue
			}
			from, said := english.Allows(o.tool.Description, to.Entity, states)
			if !said {
				from = english.Without(states, []string{state})
			}
			o.sways = append(o.sways, sway{to: to, by: c.Name, state: state})
			to.Status.Moves = append(to.Status.Moves, scaler.Move{Tool: o.name, From: from, To: state})
			o.note("its text says that the", spoken(to.Entity), "becomes", state)
		}
	}
}

// names says whether a call has to name one row of a table.
func (o *op) names(to *table) bool {
	n := 0
	for _, b := range o.binds {
		if b.Role == roleRef && b.Table == to.Name && b.Column == to.Key && b.p.Required && b.p.Wrap == "" && !strings.Contains(b.Param, ".") && b.p.Schema.IsScalar() {
			n++
		}
	}
	return n == 1
}

// stateNames are the states of a table; nil where it has none.
func (t *table) stateNames() []string {
	if t.Status == nil {
		return nil
	}
	return texts(t.column(t.Status.Column).Enum)
}

// swayed is the sway that an argument of a tool that makes rows names the row of.
func (o *op) swayed(b bind) (sway, bool) {
	for _, s := range o.sways {
		if o.kind == scaler.Create && b.Role == roleRef && b.Table == s.to.Name && b.Column == s.to.Key {
			return s, true
		}
	}
	return sway{}, false
}

// sway writes the change of the rows that the call refers to.
func (w *writer) sway() {
	for _, b := range w.o.binds {
		if s, ok := w.o.swayed(b); ok {
			w.turn(1, w.rowOf(b), s)
		}
	}
}

// swayFrom writes the change of the rows that a row refers to.
func (w *writer) swayFrom(v string) {
	for _, s := range w.o.sways {
		other := variable(s.to.Entity)
		w.line(1, "%s = db.%s.get(%s[%s])", other, s.to.Name, v, quote(s.by))
		w.line(1, "if %s != None:", other)
		w.turn(2, other, s)
	}
}

func (w *writer) turn(depth int, row string, s sway) {
	w.writes(s.to.Name)
	w.line(depth, "%s[%s] = %s", row, quote(s.to.Status.Column), quote(s.state))
}
