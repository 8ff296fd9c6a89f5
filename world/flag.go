package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world/english"
)

// A flag such as active or isArchived says of a row what its status says, or is
// all there is to say it. What moves the row sets it, and the two agree.

// contrary are the states that a row is not in once it was moved to the other.
var contrary = map[string]string{"inactive": "active", "disabled": "enabled", "active": "inactive", "enabled": "disabled", "closed": "open", "open": "closed", "stopped": "running", "hidden": "visible", "locked": "unlocked", "rejected": "approved"}

// flag returns the boolean column that is called after one of the states.
func (t *table) flag(states []string) string {
	for _, state := range states {
		for _, name := range seed.Sayings(state) {
			for _, called := range []string{name, "is_" + name} {
				if c := t.find(called); c != nil && c.Type == "boolean" {
					return c.Name
				}
			}
		}
	}
	return ""
}

// flagFor is the move of a transition that sets or clears a flag; nil where the
// rows have none for it.
func (t *table) flagFor(o *op) *move {
	if m := t.flagOf(o.verb); m != nil {
		return m
	}
	return t.flagOf(first(o.words)) // enable_test of /tests/{id}/publish
}

// flagOf is the move that a verb means for a flag of the rows.
func (t *table) flagOf(verb string) *move {
	yes, no := true, false
	to := english.Participles[verb]
	if to == "" {
		return nil
	}
	if name := t.flag([]string{to}); name != "" {
		return &move{column: name, flag: &yes}
	}
	left := slices.Clone(undoing[verb])
	if was := contrary[to]; was != "" && len(left) == 0 {
		left = append(left, was)
	}
	if was, ok := strings.CutPrefix(to, "un"); ok {
		left = append(left, was)
	}
	if name := t.flag(left); name != "" {
		return &move{column: name, flag: &no}
	}
	return nil
}

// byFlag gives the moves that a flag of the rows says to that flag, and returns
// the others.
func (t *table) byFlag(moves []*op) []*op {
	return slices.DeleteFunc(moves, func(o *op) bool {
		m := t.flagFor(o)
		if m != nil && english.Target(o.tool.Description, nil) == "" {
			o.status = m
			o.note("its rows say with", m.column, "whether it was done")
		}
		return o.status != nil
	})
}

// follow writes into the flags of a row what its new status says; to is empty
// where only the row knows it.
func (w *writer) follow(v, to string) {
	if w.t.Status == nil {
		return
	}
	for _, c := range w.t.Columns {
		set := w.t.setIn(c)
		switch own := slices.ContainsFunc(w.o.binds, func(b bind) bool { return b.Role == roleSet && b.Column == c.Name }); {
		case len(set) == 0 || own:
		case to != "":
			w.line(1, "%s[%s] = %s", v, quote(c.Name), literal(slices.Contains(set, to)))
		default:
			w.line(1, "%s[%s] = %s[%s] in %s", v, quote(c.Name), v, quote(w.t.Status.Column), quotes(set))
		}
	}
}

// setIn returns the states of the table in which a column is set that says no
// more than they do.
func (t *table) setIn(c scaler.Column) []string {
	if c.Type != "boolean" || t.Status == nil {
		return nil
	}
	return seed.FlagStates(c.Name, texts(t.column(t.Status.Column).Enum))
}
