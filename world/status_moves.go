package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// A move is what a transition does to its row.
type move struct {
	column string
	inside string   // the field of the column's object that is the state; empty where the column is
	from   []string // nil: any state
	to     string
	flag   *bool // set where the column is a boolean instead of a status
}

// undoing are the verbs that lead back out of a final state, with the states
// they undo.
var undoing = map[string][]string{
	"reopen": {"closed", "resolved", "completed", "cancelled"}, "restore": {"archived", "deleted"}, "unarchive": {"archived"},
	"resume": {"paused", "suspended"}, "unpause": {"paused"}, "reactivate": {"inactive", "suspended", "cancelled"}, "unsuspend": {"suspended"},
	"unblock": {"blocked"}, "unlock": {"locked"}, "unban": {"banned"}, "unfreeze": {"frozen"}, "undelete": {"deleted"},
	"reinstate": {"suspended", "cancelled", "terminated"}, "unpublish": {"published"}, "refund": {"paid", "completed", "captured", "delivered"},
	"renew": {"expired"}, "return": {"delivered", "borrowed", "rented"}, "deliver": {"shipped", "dispatched"}, "exchange": {"delivered"}, "unreserve": {"reserved"},
}

// moveOf decides where a transition leads and from which states it may.
func (t *table) moveOf(o *op, column string, states []string) *move {
	target := cmp.Or(english.Participles[o.verb], words.Snake(english.Participle(o.verb)))
	to := english.Target(o.tool.Description, states)
	if to == "" {
		to = english.MatchState(target, states)
	}
	if to == "" {
		to = o.stateInName(states)
	}
	if to == "" {
		return t.flagMove(o, target)
	}
	from, said := o.saidFrom(states, to)
	if !said {
		from = assumedFrom(o.verb, states, to)
		o.note("assumed: from", strings.Join(from, ", "))
	}
	return &move{column: column, from: from, to: to}
}

// flagMove sets a boolean column named after the state, or the time of the
// event where there is none.
func (t *table) flagMove(o *op, target string) *move {
	if m := t.flagFor(o); m != nil {
		return m
	}
	name := target + "_at"
	if t.find(name) == nil {
		t.Columns = append(t.Columns, scaler.Column{Name: name, Type: "string", Format: "date-time", Semantic: "datetime", Nullable: true})
	}
	o.note("assumed: kept as the time it happened, no state is named so")
	return &move{column: name}
}

// stateInName returns the state that the tool's name or path names: missing of
// report-missing.
func (o *op) stateInName(states []string) string {
	for _, name := range []string{o.part, strings.Join(o.words, "_")} {
		parts := strings.Split(name, "_")
		for i := range parts {
			if s := english.StateAt(parts, i, states); s != "" {
				return s
			}
		}
	}
	return ""
}

// saidFrom returns the states that the tool's own text or name allows.
func (o *op) saidFrom(states []string, to string) ([]string, bool) {
	if from, _ := english.Allows(o.tool.Description, o.table.Entity, states); len(english.Without(from, []string{to})) > 0 {
		return english.Without(from, []string{to}), true
	}
	for _, adj := range o.adjs {
		if s := english.MatchState(adj, states); s != "" && s != to {
			return []string{s}, true
		}
	}
	w := words.Split(o.tool.Description)
	var barred []string
	for i, word := range w {
		if word != "already" {
			continue
		}
		for j := i + 1; j < min(i+6, len(w)); j++ {
			if s := english.MatchState(w[j], states); s != "" {
				barred = append(barred, s)
			}
		}
	}
	if len(barred) == 0 {
		return nil, false
	}
	return english.Without(states, append(barred, to)), true
}

// assumedFrom is what services of this kind allow: anything but the target and
// what is final.
func assumedFrom(verb string, states []string, to string) []string {
	var from []string
	for _, was := range undoing[verb] {
		if s := english.MatchState(was, states); s != "" && s != to && !slices.Contains(from, s) {
			from = append(from, s)
		}
	}
	if len(from) > 0 {
		return from
	}
	for _, s := range states {
		if s != to && !english.Finals[snake(s)] {
			from = append(from, s)
		}
	}
	if len(from) == 0 {
		from = english.Without(states, []string{to})
	}
	return from
}
