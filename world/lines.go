package world

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/world/english"
)

// A lines is an array argument whose items name rows of another table: the
// products of an order with their quantities.
type lines struct {
	p      param
	item   schema.View // schema of one item of the argument
	ref    schema.Prop // the property that names the row
	to     *table      // the table it names
	amount string      // the property that says how many; empty: one
	column string      // where the lines are stored
}

// linesOf finds the array argument whose items refer to another table.
func (o *op) linesOf(a *atlas) *lines {
	if o.kind != scaler.Create {
		return nil
	}
	for _, b := range o.binds {
		item := b.p.Schema.Items()
		if b.Role != roleSet || b.p.Schema.Type() != "array" || !item.IsObject() {
			continue
		}
		l := &lines{p: b.p, item: item, column: b.Column}
		for _, p := range item.Props() {
			if to := a.refTo(o.table, p.Name, p.Schema.Type()); to != nil && to != o.table && !to.pays() && p.Required && l.to == nil {
				if produces(to.column(to.Key), p.Schema) {
					l.ref, l.to = p, to
				}
			}
			if amounts[lastWord(snake(p.Name))] && p.Schema.Type() == "integer" && p.Required {
				l.amount = p.Name
			}
		}
		if l.to != nil {
			return l
		}
	}
	return nil
}

// bindLines records what the items of an array argument refer to.
func (o *op) bindLines(a *atlas) {
	l := o.linesOf(a)
	if l == nil {
		return
	}
	o.binds = append(o.binds, bind{p: param{Prop: l.ref, In: l.p.In}, Bind: scaler.Bind{
		Param: l.p.path() + "." + l.ref.Name, Role: roleRef, Table: l.to.Name, Column: l.to.Key}})
}

// lines writes the loop over the items: each row must exist, and be in the
// state and number that the text asks for; prices add up to the total.
func (w *writer) lines(given map[string]bind) map[string]string {
	l := w.o.linesOf(w.a)
	if l == nil {
		return w.tally(given)
	}
	out := map[string]string{}
	row, noun := variable(l.to.Entity), spoken(l.to.Entity)
	amount := "1"
	if l.amount != "" {
		amount = "line[" + quote(l.amount) + "]"
	}
	total, price := w.totalColumn(given), l.to.priceColumn()
	stored := w.t.column(l.column)
	rebuilt := stored.Type == "array" && schema.Parse(stored.Schema).IsObject()
	if rebuilt {
		w.line(1, "lines = []")
		out[l.column] = "lines"
	}
	if total != "" && price != "" {
		w.line(1, "total = 0")
		out[total] = "round(total, 2)"
		if w.t.column(total).Type == "integer" {
			out[total] = "int(total)"
		}
		w.o.note("assumed:", total, "is the sum of", l.to.Name+"."+price)
	}
	w.owe(out, total, given)
	exists := w.rule(scaler.Rule{Kind: "exists", Table: l.to.Name, Column: l.to.Key,
		Text: fmt.Sprintf("Every %s named in the request must be one that we have on record.", noun)}, l.p.Name)
	w.line(1, "for line in %s:", w.arg(l.p)+map[bool]string{false: " or []"}[l.p.Required && l.p.Wrap == ""])
	w.line(2, "%s = %s(db.%s, %s, line[%s], rule = %s)", row, w.use("need"), l.to.Name, quote(noun), quote(l.ref.Name), quote(exists))
	if from, ok := w.guardOf(l.to); ok {
		w.checkParentState(2, row, l.to, from)
	}
	if c := l.to.stockColumn(); c != nil && english.WantsStock(w.o.tool.Description, l.to.Entity) {
		w.takeFrom(2, l.to, *c, row, amount)
	}
	if out[total] != "" {
		w.line(2, "total += %s[%s] * %s", row, quote(price), amount)
	}
	if rebuilt {
		w.line(2, "lines.append(%s)", w.lineOf(l, schema.Parse(stored.Schema), row))
	}
	return out
}

// lineOf writes one stored line: what the argument says, then what the row it
// refers to knows.
func (w *writer) lineOf(l *lines, s schema.View, row string) string {
	var parts []string
	at := func(name string) string {
		if own, ok := l.item.Prop(name); ok && own.Required {
			return "line[" + quote(name) + "]"
		} else if ok {
			return "(line.get(" + quote(name) + ") or 0)"
		}
		if p, ok := s.Prop(name); ok && l.to != nil {
			return l.known(p, row)
		}
		return ""
	}
	for _, p := range s.Props() {
		text := ""
		if own, ok := l.item.Prop(p.Name); ok {
			text = "line[" + quote(p.Name) + "]"
			if !own.Required {
				text = "line.get(" + quote(p.Name) + ")"
				if !p.Schema.Nullable {
					text += " or " + literal(plain(p.Schema, 0))
				}
			}
		} else if text = amountOf(s, p, at); text != "" {
		} else if l.to != nil && l.known(p, row) != "" {
			text = l.known(p, row)
		} else if p.Required {
			text = literal(plain(p.Schema, 0))
		} else {
			continue
		}
		parts = append(parts, quote(p.Name)+": "+text)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// known writes what the row that a line refers to knows of a field.
func (l *lines) known(p schema.Prop, row string) string {
	if c := l.to.find(p.Name); c != nil && produces(*c, p.Schema) && !c.Nullable {
		return row + "[" + quote(c.Name) + "]"
	}
	if price := l.to.priceColumn(); price != "" && lastWord(snake(p.Name)) == "price" && produces(l.to.column(price), p.Schema) {
		return row + "[" + quote(price) + "]"
	}
	return ""
}

// totalColumn returns the column of a new row that holds the sum of its lines.
func (w *writer) totalColumn(given map[string]bind) string {
	for _, name := range []string{"total", "total_amount", "total_price", "amount", "subtotal", "grand_total"} {
		if c := w.t.find(name); c != nil && (c.Type == "number" || c.Type == "integer") {
			if _, ok := given[c.Name]; !ok {
				return c.Name
			}
		}
	}
	return ""
}

// priceColumn returns the column that says what one of the entity costs.
func (t *table) priceColumn() string {
	for _, c := range t.Columns {
		if c.Semantic == "money" && (c.Type == "number" || c.Type == "integer") && prices[lastWord(snake(c.Name))] {
			return c.Name
		}
	}
	return ""
}

var prices = wordSet("price fare rate fee cost premium")

// priced writes the price of a new row that nobody gave: that of what it books.
func (w *writer) priced(c scaler.Column) string {
	if c.Type != "number" || c.Semantic != "money" || c.Nullable || !isPrice(c.Name) {
		return ""
	}
	for _, b := range w.o.binds {
		to := w.a.table(b.Table)
		if b.Role != roleRef || to == nil || to == w.t || b.Column != to.Key || !b.p.Required || b.p.Wrap != "" || !w.holds(b) {
			continue
		}
		if price := to.priceColumn(); price != "" {
			w.o.note("assumed:", c.Name, "is the", to.Name+"."+price)
			return w.rowOf(b) + "[" + quote(price) + "]"
		}
	}
	return ""
}

func isPrice(name string) bool {
	switch lastWord(snake(name)) {
	case "price", "fare", "total", "cost", "amount":
		return true
	}
	return false
}
