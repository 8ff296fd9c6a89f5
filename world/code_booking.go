package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// book writes the making of a booking's lines: each row must exist and have
// enough left. A change (v is its row) leaves alone what is booked already, and
// returns the expression of what it costs.
func (w *writer) book(v string) string {
	b := w.o.booking
	if b == nil {
		return ""
	}
	w.line(1, "lines = []")
	w.line(1, "for line in %s:", w.arg(b.p))
	if v != "" {
		w.keepBooked(v, b)
	}
	w.findBooked(b)
	w.checkLeft(v, b)
	w.line(2, "lines.append(%s)", w.bookedLine(v, b))
	if v == "" {
		w.makes(b.p.Name, "lines")
		return ""
	}
	col := quote(b.p.Name)
	difference := ""
	if w.priceOf(v, b) != "" {
		w.line(1, `difference = %[1]s([line["price"] for line in lines]) - %[1]s([line["price"] for line in %[2]s[%[3]s]])`, w.use("sum"), v, col)
		if b.many != "" {
			w.line(1, "difference = difference * len(%s[%s])", v, quote(b.many))
		}
		difference = "difference"
	}
	w.line(1, "%s[%s] = lines", v, col)
	return difference
}

// keepBooked writes that a line that is there already stays as it is.
func (w *writer) keepBooked(v string, b *booking) {
	var same []string
	for _, name := range b.by {
		same = append(same, fmt.Sprintf("old[%s] == line[%s]", quote(name), quote(name)))
	}
	if class := w.classIn(v, b); class != "" && class != v+"["+quote(w.className(b))+"]" {
		same = append(same, class+" == "+v+"["+quote(w.className(b))+"]")
	}
	w.line(2, "kept = [old for old in %s[%s] if %s]", v, quote(b.p.Name), strings.Join(same, " and "))
	w.line(2, "if kept:")
	w.line(3, "lines.append(kept[0])")
	w.line(3, "continue")
}

// findBooked writes the finding of the row that a line names.
func (w *writer) findBooked(b *booking) {
	noun, row := spoken(b.of.Entity), variable(b.of.Entity)
	var conds, says, values []string
	for _, name := range b.by {
		conds = append(conds, fmt.Sprintf(`(%s, "==", line[%s])`, quote(b.of.find(name).Name), quote(name)))
		says = append(says, spoken(name)+" %s")
		values = append(values, "line["+quote(name)+"]")
	}
	exists := w.rule(scaler.Rule{Kind: "exists", Table: b.of.Name,
		Text: fmt.Sprintf("Every %s named in the request must be one that we have on record.", noun)}, b.p.Name)
	w.line(2, "found = db.%s.query(where = [%s], limit = 1)", b.of.Name, strings.Join(conds, ", "))
	w.line(2, "if not found:")
	w.line(3, `refuse("not_found", "There is no %s with %s." %% (%s), rule = %s)`, noun, and(says), strings.Join(values, ", ")+tail(values), quote(exists))
	w.line(2, "%s = found[0]", row)
}

// tail makes a list of one value a tuple.
func tail(values []string) string {
	if len(values) == 1 {
		return ","
	}
	return ""
}

// className is the column that keeps the class of a booking.
func (w *writer) className(b *booking) string { return w.t.columnFor(*b.class) }

// classIn writes the class that a booking is of.
func (w *writer) classIn(v string, b *booking) string {
	if b.class == nil {
		return ""
	}
	for _, p := range w.o.params {
		if p.Name == b.class.Name && p.Required {
			return w.arg(p)
		}
	}
	return v + "[" + quote(w.className(b)) + "]"
}

// priceOf writes the price of a row that is booked; empty where none has one.
func (w *writer) priceOf(v string, b *booking) string {
	row := variable(b.of.Entity)
	if b.of.find("prices") != nil && b.class != nil {
		return row + `["prices"][` + w.classIn(v, b) + "]"
	}
	if price := b.of.priceColumn(); price != "" {
		return row + "[" + quote(price) + "]"
	}
	return ""
}

// checkLeft refuses a row of which too little is left.
func (w *writer) checkLeft(v string, b *booking) {
	c := b.of.find("available")
	if c == nil {
		return
	}
	row, noun := variable(b.of.Entity), spoken(b.of.Entity)
	left, wanted := row+`["available"]`, "1"
	if c.Type == "object" {
		left += ".get(" + w.classIn(v, b) + ", 0)"
	}
	if b.many != "" {
		wanted = "len(" + v + "[" + quote(b.many) + "])"
		if v == "" {
			wanted = `len(args[` + quote(b.many) + `])`
		}
	}
	rule := w.rule(scaler.Rule{Kind: "stock", Table: b.of.Name, Column: c.Name, Text: fmt.Sprintf("%s that is booked must have enough places left.", english.Capital(article(noun)))}, b.of.Entity+"_available")
	w.line(2, "if %s < %s:", left, wanted)
	w.line(3, `refuse("out_of_stock", "The %s %%s has too few places left." %% line[%s], rule = %s)`, noun, quote(b.by[0]), quote(rule))
	w.o.note("assumed: what can be booked has places left, and a booking asks for them")
}

// bookedLine writes one stored line.
func (w *writer) bookedLine(v string, b *booking) string {
	row := variable(b.of.Entity)
	var parts []string
	seen := map[string]bool{}
	for _, p := range b.p.Schema.Items().Props() {
		value := "line.get(" + quote(p.Name) + ")"
		if p.Required {
			value = "line[" + quote(p.Name) + "]"
		}
		parts, seen[p.Name] = append(parts, quote(p.Name)+": "+value), true
	}
	for _, c := range b.of.carried() {
		if !seen[c.Name] {
			parts = append(parts, quote(c.Name)+": "+row+"["+quote(c.Name)+"]")
		}
	}
	if price := w.priceOf(v, b); price != "" {
		parts = append(parts, `"price": `+price)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// checkPeople refuses another number of people than the booking was paid for.
func (w *writer) checkPeople(v string) {
	if w.o.paid != nil || w.t.ledger == nil {
		return
	}
	many := w.t.people()
	for _, b := range w.o.binds {
		if many == "" || b.Role != roleSet || b.Column != many || !b.p.Required || !slices.ContainsFunc(w.t.ops, func(o *op) bool { return o.booking != nil }) {
			continue
		}
		rule := w.rule(scaler.Rule{Kind: "limit", Text: fmt.Sprintf("The number of %s of %s stays as it was paid for.", spoken(many), article(spoken(w.t.Entity)))}, "number")
		w.line(1, "if len(%s) != len(%s[%s]):", w.arg(b.p), v, quote(many))
		w.line(2, `refuse("invalid_arguments", "The %s %%s is for %%d %s." %% (%s[%s], len(%s[%s])), rule = %s)`, spoken(w.t.Entity), spoken(many), v, quote(w.t.Key), v, quote(many), quote(rule))
		w.o.note("assumed: the number of", spoken(many), "stays as it was paid for")
	}
}
