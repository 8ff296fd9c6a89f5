package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world/english"
)

// A taking is what a write takes from or adds to a number of a row that it
// refers to: a seat of a flight, money of an account.
type taking struct {
	ref    bind // the argument that names the row
	table  *table
	column string
	amount *param // nil: one
	adds   bool
	kind   string // stock or balance
}

// stockNames are words of columns that count what is left of something.
var stockNames = wordSet("stock inventory available remaining left free vacancies spots")

// amounts are parameters that say how much is taken.
var amounts = wordSet("quantity qty amount count number units nights seats tickets pieces sum value")

// takings finds what a create takes from the rows that it refers to: stock that
// the text asks for, balances that its amount moves.
func (o *op) takings(a *atlas) []taking {
	if o.kind != scaler.Create || o.upsert {
		return nil
	}
	var out []taking
	for _, b := range o.binds {
		to := a.table(b.Table)
		if b.Role != roleRef || to == nil || to == o.table || b.Column != to.Key || !b.p.Required || strings.Contains(b.Param, ".") {
			continue
		}
		if c := to.stockColumn(); c != nil && english.WantsStock(o.tool.Description, to.Entity) {
			out = append(out, taking{ref: b, table: to, column: c.Name, amount: o.amount("integer"), kind: "stock"})
		} else if c := to.find("balance"); c != nil && (c.Type == "number" || c.Type == "integer") {
			if d, ok := o.moneyDraw(b, to, *c); ok {
				out = append(out, d)
			}
		} else if c := to.owedColumn(); c != nil && o.amount("number") != nil && lastWord(o.table.Entity) == "payment" {
			out = append(out, taking{ref: b, table: to, column: c.Name, amount: o.amount("number"), kind: "balance"})
		}
	}
	return out
}

// stockColumn returns the column that counts what is left.
func (t *table) stockColumn() *scaler.Column {
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Type == "integer" && slices.ContainsFunc(strings.Split(snake(c.Name), "_"), func(w string) bool { return stockNames[w] }) {
			return c
		}
	}
	return nil
}

// amount returns the required number that says how much.
func (o *op) amount(types ...string) *param {
	for i, p := range o.params {
		if p.Required && p.Wrap == "" && amounts[lastWord(snake(p.Name))] && slices.Contains(types, p.Schema.Type()) {
			return &o.params[i]
		}
	}
	return nil
}

// moneyDraw says whether the tool moves money of an account that it names:
// out of the sender's, into the receiver's.
func (o *op) moneyDraw(b bind, to *table, c scaler.Column) (taking, bool) {
	amount := o.amount("number", "integer")
	if amount == nil || c.Type == "integer" && amount.Schema.Type() == "number" {
		return taking{}, false
	}
	d := taking{ref: b, table: to, column: c.Name, amount: amount, kind: "balance"}
	name := " " + strings.Join(o.words, " ") + " " + spoken(o.noun) + " "
	arg := snake(b.p.Name)
	switch {
	case strings.HasPrefix(arg, "to_") || strings.Contains(arg, "target") || strings.Contains(arg, "destination") || strings.Contains(arg, "recipient"):
		d.adds = true
	case strings.HasPrefix(arg, "from_") || strings.Contains(arg, "source") || strings.Contains(name, " withdraw"):
	case strings.Contains(name, " deposit ") || strings.Contains(name, " topup ") || strings.Contains(name, " top up ") || strings.Contains(name, " refund "):
		d.adds = true
	default:
		return taking{}, false
	}
	return d, true
}

// take writes the check and the change of a number that a write draws on; row
// is the variable of the row.
func (w *writer) take(d taking, row string) {
	col := quote(d.column)
	amount := "1"
	if d.amount != nil {
		amount = w.arg(*d.amount)
	}
	w.writes(d.table.Name)
	if d.adds {
		w.line(1, "%s[%s] += %s", row, col, amount)
		return
	}
	w.takeFrom(1, d.table, d.table.column(d.column), row, amount)
	if to := english.Cleared(w.o.tool.Description, d.table.stateNames()); to != "" && seed.Owed(d.column) {
		w.line(1, "if %s[%s] == 0:", row, col)
		w.line(2, "%s[%s] = %s", row, quote(d.table.Status.Column), quote(to))
		w.o.note("its text says that the", spoken(d.table.Entity), "becomes", to, "when nothing is owed")
	}
}

// takeFrom writes the check that enough of a column is left, and takes it.
func (w *writer) takeFrom(depth int, t *table, c scaler.Column, row, amount string) {
	w.writes(t.Name)
	noun, col := spoken(t.Entity), quote(c.Name)
	code, kind, text := "out_of_stock", "stock", fmt.Sprintf("%s must have enough %s left.", english.Capital(article(noun)), spoken(c.Name))
	if seed.Owed(c.Name) {
		code, kind, text = "limit_exceeded", "balance", fmt.Sprintf("The amount must not exceed the %s of the %s.", spoken(c.Name), noun)
	}
	if c.Name == "balance" {
		code, kind, text = "limit_exceeded", "balance", fmt.Sprintf("The balance of %s must cover the amount.", article(noun))
	}
	rule := w.rule(scaler.Rule{Kind: kind, Table: t.Name, Column: c.Name, Text: text}, t.Entity+"_"+c.Name)
	w.line(depth, "if %s[%s] < %s:", row, col, amount)
	w.line(depth+1, `refuse(%q, "The %s %%s has only %%s %s left." %% (%s[%s], %s[%s]), rule = %s)`, code, noun, spoken(c.Name),
		row, quote(t.Key), row, col, quote(rule))
	if seed.Owed(c.Name) {
		w.line(depth, "%[1]s[%[2]s] = round(%[1]s[%[2]s] - %[3]s, 2)", row, col, amount)
	} else {
		w.line(depth, "%s[%s] -= %s", row, col, amount)
	}
	w.o.note("takes from", t.Name+"."+c.Name)
}
