package world

import (
	"fmt"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// transit writes a tool that moves a row to another state.
func (w *writer) transit() {
	w.writes(w.t.Name)
	v := w.row()
	m := w.o.status
	switch {
	case m == nil:
	case m.inside != "":
		w.moveInner(v, m)
	case m.flag != nil:
		w.line(1, "%s[%s] = %s", v, quote(m.column), literal(*m.flag))
	case m.to == "":
		w.line(1, "%s[%s] = now()", v, quote(m.column))
	default:
		w.checkState(v, m)
		w.line(1, "%s[%s] = %s", v, quote(m.column), quote(m.to))
		w.follow(v, m.to)
		w.date(v, m.to)
	}
	for _, b := range w.o.binds {
		switch {
		case w.o.inSwap(b), w.o.picks(b), w.o.pays(b):
		case b.Role == roleRef && !w.isComposite(b):
			w.checkRef(b)
			w.assign(v, w.t.column(w.a.refColumn(w.t, b)), b)
		case b.Role == roleSet:
			w.checkStored(b)
			w.assign(v, w.t.column(b.Column), b)
		}
	}
	w.exchange(v)
	w.pay(v, w.pick(v))
	w.refund(v)
	w.swayFrom(v)
	w.touch(v)
	w.line(1, "return %s", w.closing(v))
}

// date writes when the row came into its state, where a column of it says so:
// returned_on of what is returned.
func (w *writer) date(v, state string) {
	for _, c := range w.t.Columns {
		set := slices.ContainsFunc(w.o.binds, func(b bind) bool { return b.Role == roleSet && b.Column == c.Name })
		if c.Type == "string" && isDate(c) && !set && dates(c, state) {
			w.line(1, "%s[%s] = %s", v, quote(c.Name), stamp(c))
		}
	}
}

// dates says whether a column is the time at which something was done: shipped_at,
// date_shipped, shippedDate.
func dates(c scaler.Column, done string) bool {
	name, of := snake(c.Name), snake(done)
	return slices.ContainsFunc([]string{"%s_at", "%s_on", "%s_date", "%s_time", "date_%s", "time_%s"}, func(form string) bool {
		return name == fmt.Sprintf(form, of)
	})
}

// checkOwnState refuses a change of a row in a state that the text bars.
func (w *writer) checkOwnState(v string) {
	if w.t.Status == nil {
		return
	}
	states := texts(w.t.column(w.t.Status.Column).Enum)
	from, ok := english.Allows(w.o.tool.Description, w.t.Entity, states)
	if !ok {
		from, ok = w.o.adjective(w.t)
	}
	if !ok {
		return
	}
	noun, col := spoken(w.t.Entity), w.t.Status.Column
	done := map[bool]string{true: "deleted", false: "changed"}[w.o.kind == scaler.Delete]
	rule := w.rule(scaler.Rule{Kind: "state", Table: w.t.Name, Column: col, Allowed: from,
		Text: fmt.Sprintf("%s can be %s only while its %s is %s.", english.Capital(article(noun)), done, spoken(col), english.SpokenEither(from))}, col)
	w.line(1, "if %s[%s] not in %s:", v, quote(col), quotes(from))
	w.line(2, `refuse("invalid_state", "The %s %%s is %%s and cannot be %s." %% (%s[%s], %s[%s]), rule = %s)`,
		noun, done, v, quote(w.t.Key), v, quote(col), quote(rule))
}

// adjective returns the state that the tool's name gives its entity: pending
// in change_pending_booking.
func (o *op) adjective(t *table) ([]string, bool) {
	for _, adj := range o.adjs {
		if s := english.MatchState(adj, texts(t.column(t.Status.Column).Enum)); s != "" {
			return []string{s}, true
		}
	}
	return nil, false
}

// checkState refuses a row in a state that the transition does not start from.
func (w *writer) checkState(v string, m *move) {
	noun, done := spoken(w.t.Entity), english.Participle(w.o.verb)
	text := fmt.Sprintf("%s can be %s only while its %s is %s.", english.Capital(article(noun)), done, spoken(m.column), english.SpokenEither(m.from))
	rule := w.rule(scaler.Rule{Kind: "state", Table: w.t.Name, Column: m.column, Allowed: m.from, To: m.to, Text: text}, "status")
	w.line(1, "if %s[%s] not in %s:", v, quote(m.column), quotes(m.from))
	w.line(2, `refuse("invalid_state", "The %s %%s is %%s and cannot be %s." %% (%s[%s], %s[%s]), rule = %s)`,
		noun, done, v, quote(w.t.Key), v, quote(m.column), quote(rule))
}
