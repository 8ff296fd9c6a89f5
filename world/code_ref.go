package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// isComposite says whether a reference is only a part of a parent's name.
func (w *writer) isComposite(b bind) bool {
	to := w.a.table(b.Table)
	return to == nil || b.Column != to.Key
}

// refColumn returns the column of t that stores a reference argument.
func (a *atlas) refColumn(t *table, b bind) string {
	parent := a.table(b.Table)
	return a.foreignKey(t, parent, b.p)
}

// checkRef refuses a reference to a row that is not there.
func (w *writer) checkRef(b bind) {
	to := w.a.table(b.Table)
	rule := w.rule(scaler.Rule{Kind: "exists", Table: to.Name, Column: to.Key,
		Text: fmt.Sprintf("The %s named in the request must be one that we have on record.", spoken(to.Entity))}, b.p.Name)
	depth := 1
	if !b.p.Required || b.p.Wrap != "" {
		w.line(1, "if %s != None:", w.arg(b.p))
		depth = 2
	}
	found := fmt.Sprintf("%s(db.%s, %s, %s, rule = %s)", w.use("need"), to.Name, quote(spoken(to.Entity)), w.value(b.p, to.column(to.Key)), quote(rule))
	from, guarded := w.guardOf(to)
	if !guarded && !w.holds(b) {
		w.line(depth, "%s", found)
		return
	}
	v := w.rowOf(b)
	w.line(depth, "%s = %s", v, found)
	if guarded {
		w.checkParentState(depth, v, to, from)
	}
}

// checkStored refuses a value for a column that holds keys where it is none of
// a row that is there.
func (w *writer) checkStored(b bind) {
	c := w.t.column(b.Column)
	if to := w.a.table(c.Ref); to != nil && c.Type != "array" {
		b.Table, b.Column = to.Name, to.Key
		w.checkRef(b)
	}
}

// rowOf names the variable of the row that an argument refers to.
func (w *writer) rowOf(b bind) string {
	to := w.a.table(b.Table)
	n := 0
	for _, x := range w.o.binds {
		if x.Role == roleRef && x.Table == b.Table {
			n++
		}
	}
	if n > 1 || to == w.t {
		return variable(strings.TrimSuffix(snake(b.p.Name), "_id") + "_row")
	}
	return variable(to.Entity)
}

// holds says whether the row an argument refers to is needed after it was
// found: something is taken from it, its state changes, or its price is copied.
func (w *writer) holds(b bind) bool {
	if _, ok := w.o.swayed(b); ok {
		return true
	}
	for _, d := range w.o.takings(w.a) {
		if d.ref.p.Name == b.p.Name {
			return true
		}
	}
	return w.o.nested != "" && b.p.Required || w.o.kind == scaler.Create && w.o.linesOf(w.a) == nil && w.a.table(b.Table).priceColumn() != "" && b.p.Required && w.wantsPrice()
}

// wantsPrice says whether a new row has a price that no argument gives.
func (w *writer) wantsPrice() bool {
	for _, c := range w.t.Columns {
		if c.Type != "number" || c.Semantic != "money" || c.Nullable || !isPrice(c.Name) {
			continue
		}
		if !slices.ContainsFunc(w.o.binds, func(b bind) bool { return b.Role == roleSet && b.Column == c.Name }) {
			return true
		}
	}
	return false
}

// guardOf returns the states in which the tool's text wants a row that it
// refers to.
func (w *writer) guardOf(to *table) ([]string, bool) {
	if to.Status == nil || to == w.t {
		return nil, false
	}
	states := texts(to.column(to.Status.Column).Enum)
	return english.Allows(w.o.tool.Description, to.Entity, states)
}

// checkParentState refuses a reference to a row in another state.
func (w *writer) checkParentState(depth int, v string, to *table, from []string) {
	noun, col := spoken(to.Entity), to.Status.Column
	rule := w.rule(scaler.Rule{Kind: "state", Table: to.Name, Column: col, Allowed: from,
		Text: fmt.Sprintf("The %s must be %s.", noun, english.SpokenEither(from))}, to.Entity+"_"+col)
	w.line(depth, "if %s[%s] not in %s:", v, quote(col), quotes(from))
	w.line(depth+1, `refuse("invalid_state", "The %s %%s is %%s, not %s." %% (%s[%s], %s[%s]), rule = %s)`,
		noun, english.SpokenEither(from), v, quote(to.Key), v, quote(col), quote(rule))
}
