package world

import (
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/seed"
)

// A line of a bill that callers give as a quantity and a price is shown with what it
// comes to, and its bill with the sum.

// A tally is what the lines of a row are multiplied and added up by.
type tally struct{ quantity, price, amount string }

// tallyOf reads it off the schema of one line.
func tallyOf(line schema.View) (tally, bool) {
	named := func(names ...string) string {
		for _, p := range line.Props() {
			if typ := p.Schema.Type(); slices.Contains(names, snake(p.Name)) && (typ == "number" || typ == "integer") {
				return p.Name
			}
		}
		return ""
	}
	t := tally{quantity: named("quantity", "qty"), price: named("unit_price", "price", "item_price", "unit_cost", "price_per_unit", "rate"),
		amount: named("amount", "line_total", "total", "subtotal", "total_price", "line_amount")}
	return t, t.quantity != "" && t.price != "" && t.amount != ""
}

// amountOf writes what a line comes to; empty where the field is not that, or its
// quantity and price are not at hand.
func amountOf(line schema.View, field schema.Prop, text func(name string) string) string {
	t, ok := tallyOf(line)
	if !ok || field.Name != t.amount {
		return ""
	}
	quantity, price := text(t.quantity), text(t.price)
	if quantity == "" || price == "" {
		return ""
	}
	return "round(" + quantity + " * " + price + ", 2)"
}

// tallied finds the array argument whose items lack what their line comes to.
func (o *op) tallied() *lines {
	for _, b := range o.binds {
		if b.Role != roleSet || b.p.Schema.Type() != "array" || o.table == nil {
			continue
		}
		c := o.table.find(b.Column)
		if c == nil || c.Type != "array" {
			continue
		}
		given := b.p.Schema.Items()
		t, ok := tallyOf(schema.Parse(c.Schema))
		_, has := given.Prop(t.amount)
		if _, counted := given.Prop(t.quantity); ok && counted && !has {
			return &lines{p: b.p, item: given, column: b.Column}
		}
	}
	return nil
}

// tally writes the loop over such items.
func (w *writer) tally(given map[string]bind) map[string]string {
	l := w.o.tallied()
	if l == nil {
		return nil
	}
	of := schema.Parse(w.t.column(l.column).Schema)
	t, _ := tallyOf(of)
	out := map[string]string{l.column: "lines"}
	w.line(1, "lines = []")
	total := w.totalColumn(given)
	if total != "" {
		w.line(1, "total = 0")
		out[total] = "round(total, 2)"
		if w.t.column(total).Type == "integer" {
			out[total] = "int(total)"
		}
		w.o.note("assumed:", total, "is the sum of what the lines come to")
	}
	w.owe(out, total, given)
	w.line(1, "for line in %s:", w.arg(l.p)+map[bool]string{false: " or []"}[l.p.Required && l.p.Wrap == ""])
	w.line(2, "lines.append(%s)", w.lineOf(l, of, ""))
	if total != "" {
		w.line(2, "total += lines[-1][%s]", quote(t.amount))
	}
	return out
}

// owe lets what is not paid yet of a new row be its total.
func (w *writer) owe(out map[string]string, total string, given map[string]bind) {
	c := w.t.owedColumn()
	if c == nil || out[total] == "" {
		return
	}
	if _, ok := given[c.Name]; !ok {
		out[c.Name] = out[total]
	}
}

// owedColumn is the column that says what of the total is not paid yet.
func (t *table) owedColumn() *scaler.Column {
	for i := range t.Columns {
		if c := &t.Columns[i]; c.Type == "number" && seed.Owed(c.Name) {
			return c
		}
	}
	return nil
}
