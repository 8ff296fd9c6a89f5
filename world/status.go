package world

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A move is what a transition does to its row.
type move struct {
	column string
	inside string   // the field of the column's object that is the state; empty where the column is
	from   []string // nil: any state
	to     string
	flag   *bool // set where the column is a boolean instead of a status
}

// initials are the states a new row is in, the likeliest first.
var initials = []string{"pending", "draft", "open", "new", "created", "active", "scheduled", "queued", "requested", "todo", "enabled", "available", "submitted", "unpaid", "started", "running", "in_progress", "ready", "provisioning", "creating", "starting", "succeeded"}

// finals are states that nothing leaves but a reopening.
var finals = wordSet(`cancelled canceled completed delivered closed refunded rejected deleted expired returned voided
	terminated archived resolved finished failed declined done revoked retired aborted discharged redeemed exchanged paid merged dismissed settled checked_out`)

// undoing are the verbs that lead back out of a final state, with the states
// they undo.
var undoing = map[string][]string{
	"reopen": {"closed", "resolved", "completed", "cancelled"}, "restore": {"archived", "deleted"}, "unarchive": {"archived"},
	"resume": {"paused", "suspended"}, "unpause": {"paused"}, "reactivate": {"inactive", "suspended", "cancelled"}, "unsuspend": {"suspended"},
	"unblock": {"blocked"}, "unlock": {"locked"}, "unban": {"banned"}, "unfreeze": {"frozen"}, "undelete": {"deleted"},
	"reinstate": {"suspended", "cancelled", "terminated"}, "unpublish": {"published"}, "refund": {"paid", "completed", "captured", "delivered"},
	"renew": {"expired"}, "return": {"delivered", "borrowed", "rented"}, "deliver": {"shipped", "dispatched"}, "exchange": {"delivered"}, "unreserve": {"reserved"},
}

// same are states that services spell differently.
var same = [][]string{
	{"active", "enabled", "open", "running", "started", "in_progress", "live", "on"},
	{"inactive", "disabled", "stopped", "off"},
	{"cancelled", "canceled", "voided", "aborted"},
	{"completed", "complete", "finished", "done", "closed"},
	{"rejected", "declined", "denied"},
	{"approved", "accepted", "confirmed"},
	{"accepted", "approved", "confirmed"},
	{"processing", "in_progress", "running"},
	{"started", "in_progress", "running", "active"},
	{"paused", "on_hold", "suspended"},
}

// machine finds the status column of a table and the moves of its transitions,
// and turns transitions that have no status to set into updates.
func (t *table) machine() {
	col := t.statusColumn()
	var moves []*op
	for _, o := range t.ops {
		if o.kind == scaler.Update && col != nil && saidTarget(o.tool.Description, texts(col.Enum)) != "" {
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
			t.Status = &scaler.Status{Column: col.Name, Initial: initial(texts(col.Enum))}
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
	t.Status = &scaler.Status{Column: name, Initial: initial(states)}
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
	if c == nil || c.Type != "boolean" || lastWord(t.Entity) != "operation" || !finals[participles[o.verb]] {
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
			if isState(snake(s)) || finals[snake(s)] {
				known++
			}
		}
		if known > most {
			best, most = c, known
		}
	}
	return best
}

// inventStatus makes the status column that the transitions imply.
func (t *table) inventStatus(moves []*op) *scaler.Column {
	var states []string
	put := func(s string) {
		if s != "" && !slices.Contains(states, s) {
			states = append(states, s)
		}
	}
	var targets []string
	for _, o := range moves {
		if saidTarget(o.tool.Description, nil) == "" {
			targets = append(targets, participles[o.verb])
		}
	}
	for _, o := range t.ops {
		for _, adj := range o.adjs {
			if isStatusWord(adj) {
				put(adj)
			}
		}
		for _, s := range mentioned(o.tool.Description) {
			put(s)
		}
		if o.kind == scaler.Transition {
			put(saidTarget(o.tool.Description, nil))
		}
	}
	if !slices.ContainsFunc(append(targets, states...), begins) {
		states = append([]string{"pending"}, states...)
	}
	for _, to := range targets {
		put(to)
	}
	if len(states) == 1 { // what it leads out of
		before := "inactive"
		for _, o := range moves {
			for _, was := range undoing[o.verb] {
				before = was
			}
		}
		if before = cmp.Or(opposites[states[0]], before); before != states[0] {
			states = append(states, before)
		}
	}
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

// opposites are the states that a thing was in before it was the other.
var opposites = map[string]string{"enabled": "disabled", "started": "stopped", "running": "stopped", "open": "closed", "available": "reserved"}

// begins says whether a new row can be in a state.
func begins(state string) bool { return slices.Contains(initials, state) }

// mentioned returns the states a description speaks of: "already processed or
// delivered", "only pending".
func mentioned(text string) []string {
	w := words.Split(text)
	out := demanded(text)
	for i, word := range w {
		if (word == "already" || word == "only" || word == "been" || word == "to" && i > 0 && w[i-1] == "changed") && i+1 < len(w) {
			for j := i + 1; j < len(w) && j < i+6; j++ {
				if isState(w[j]) {
					out = append(out, w[j])
				} else if w[j] != "or" && w[j] != "and" && w[j] != "a" && w[j] != "an" && w[j] != "be" {
					break
				}
			}
		}
	}
	return out
}

func isState(w string) bool {
	return isStatusWord(w) || finals[w] && w != "done" || slices.Contains(initials, w) && w != "new" && w != "created" && w != "open"
}

// moveOf decides where a transition leads and from which states it may.
func (t *table) moveOf(o *op, column string, states []string) *move {
	target := participles[o.verb]
	to := saidTarget(o.tool.Description, states)
	if to == "" {
		to = matchState(target, states)
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
			if s := stateAt(parts, i, states); s != "" {
				return s
			}
		}
	}
	return ""
}

// saidFrom returns the states that the tool's own text or name allows.
func (o *op) saidFrom(states []string, to string) ([]string, bool) {
	if from, ok := allows(o.tool.Description, o.table.Entity, states); ok && !slices.Contains(from, to) {
		return from, true
	}
	for _, adj := range o.adjs {
		if s := matchState(adj, states); s != "" && s != to {
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
			if s := matchState(w[j], states); s != "" {
				barred = append(barred, s)
			}
		}
	}
	if len(barred) == 0 {
		return nil, false
	}
	return without(states, append(barred, to)), true
}

// assumedFrom is what services of this kind allow: anything but the target and
// what is final.
func assumedFrom(verb string, states []string, to string) []string {
	var from []string
	for _, was := range undoing[verb] {
		if s := matchState(was, states); s != "" && s != to && !slices.Contains(from, s) {
			from = append(from, s)
		}
	}
	if len(from) > 0 {
		return from
	}
	for _, s := range states {
		if s != to && !finals[snake(s)] {
			from = append(from, s)
		}
	}
	if len(from) == 0 {
		from = without(states, []string{to})
	}
	return from
}

func without(list, barred []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(barred, s) {
			out = append(out, s)
		}
	}
	return out
}

// matchState returns the state that a participle means, in the service's own
// spelling; empty if it has none.
func matchState(want string, states []string) string {
	if want == "" {
		return ""
	}
	for _, s := range states {
		if snake(s) == want || strings.ReplaceAll(snake(s), "ll", "l") == strings.ReplaceAll(want, "ll", "l") {
			return s
		}
	}
	for _, group := range same {
		if group[0] != want {
			continue
		}
		for _, other := range group[1:] {
			for _, s := range states {
				if snake(s) == other {
					return s
				}
			}
		}
	}
	for _, s := range states {
		if n := min(len(want), len(s)); n >= 5 && strings.EqualFold(want[:5], s[:5]) {
			return s
		}
	}
	return ""
}

// initial returns the state a new row is in.
func initial(states []string) string {
	for _, s := range initials {
		for _, have := range states {
			if snake(have) == s {
				return have
			}
		}
	}
	for _, have := range states {
		if !unsaid(have) {
			return have
		}
	}
	return ""
}

// unsaid says whether a choice stands for that nothing was chosen:
// STATE_UNSPECIFIED.
func unsaid(choice string) bool {
	last := lastWord(snake(choice))
	return last == "unspecified" || last == "unknown" || last == "undefined" || choice == ""
}

func texts(enum []json.RawMessage) []string {
	var out []string
	for _, raw := range enum {
		if v, err := pyjson.Parse(raw); err == nil {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
	}
	return out
}
