package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/world/english"
)

// A basket is a column of lines that each name a row of a catalogue, and repeat
// what it says: the items of an order.
type basket struct {
	column string
	of     *table
}

// A picking is what a change says of a basket's lines: which of them, and what
// takes their place.
type picking struct{ old, new *param }

// keepBasket gives a table a basket where its tools speak of rows of a
// catalogue that are already there: return_items(order_id, item_ids).
func (t *table) keepBasket(a *atlas) {
	if t.declared || t.event || t.kept {
		return
	}
	for _, o := range t.ops {
		for _, p := range o.params {
			of := o.catalogue(a, p)
			if of == nil || t.basket != nil {
				continue
			}
			t.basket = &basket{column: of.Name, of: of}
			t.Columns = append(t.Columns, scaler.Column{Name: of.Name, Type: "array", Schema: of.lineSchema()})
			o.note("assumed: the lines of", article(spoken(t.Entity)), "repeat what", spoken(of.Name), "say")
		}
	}
}

// catalogue returns the table whose rows a change of one row names by a list of
// their keys.
func (o *op) catalogue(a *atlas, p param) *table {
	if o.kind != scaler.Update && o.kind != scaler.Transition || p.Schema.Type() != "array" || p.Wrap != "" || !p.Required {
		return nil
	}
	if _, keyed := o.ownKey(o.table.Entity); !keyed {
		return nil
	}
	of := a.refTo(o.table, p.Name, "array")
	if of == nil || of == o.table || of.declared || of.owner == nil || of.owner == o.table || of.pays() {
		return nil
	}
	return of
}

// lineSchema is the schema of a line that repeats a row of a catalogue.
func (t *table) lineSchema() []byte {
	props, required := pyjson.NewObject(4), []any{}
	for _, c := range t.repeated() {
		schema := object("type", c.Type)
		if c.Schema != nil {
			schema, _ = pyjson.ParseObject(c.Schema)
		}
		props.Set(c.Name, schema)
		required = append(required, c.Name)
	}
	return pyjson.Marshal(object("type", "object", "properties", props, "required", required))
}

// repeated are the columns of a catalogue that a line repeats.
func (t *table) repeated() []scaler.Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c scaler.Column) bool { return c.Type == "boolean" || c.Type == "array" || isStock(c) })
}

// isStock says whether a column says how many, or whether any, are left.
func isStock(c scaler.Column) bool {
	return slices.ContainsFunc(strings.Split(snake(c.Name), "_"), func(w string) bool { return stockNames[w] })
}

// bindPick binds a list of keys of lines, or of what takes their place.
func (o *op) bindPick(a *atlas, b *bind) bool {
	of := o.catalogue(a, b.p)
	if of == nil || o.table.basket == nil || o.table.basket.of != of {
		return false
	}
	n, p := snake(b.p.Name), b.p
	fresh := strings.HasPrefix(n, "new_")
	if !fresh && o.kind == scaler.Update && !o.takes("new_"+n) {
		return false
	}
	if o.picking == nil {
		o.picking = &picking{}
	}
	if fresh {
		o.picking.new = &p
		b.Role, b.Table, b.Column = roleRef, of.Name, of.Key
	} else {
		o.picking.old = &p
		b.Role, b.Column = roleFilter, o.table.basket.column+"."+of.Key
	}
	if o.kind == scaler.Transition {
		o.table.Columns = append(o.table.Columns, scaler.Column{Name: o.recorded(p), Type: "array", Ref: of.Name, Nullable: true, Schema: schema.OfType(of.column(of.Key).Type)})
	}
	return true
}

// recorded is the column that keeps an argument of a move: return_reason.
func (o *op) recorded(p param) string { return o.noted(snake(p.Name)) }

// keepDifference gives the rows that a move exchanges lines of a column for
// what the exchange costs.
func (o *op) keepDifference() {
	if k := o.picking; k != nil && k.new != nil && o.paid != nil && o.kind == scaler.Transition && o.table.basket.of.priceColumn() != "" {
		o.table.add(scaler.Column{Name: o.verb + "_price_difference", Type: "number", Semantic: "money", Nullable: true, Doc: "What the exchange costs; below zero, what is paid back."})
	}
}

// picks says whether an argument is one of a picking.
func (o *op) picks(b bind) bool {
	return o.picking != nil && (o.picking.old != nil && o.picking.old.Name == b.p.Name || o.picking.new != nil && o.picking.new.Name == b.p.Name)
}

// pick writes the finding of the picked lines and of what takes their place. It
// returns the expression of what the exchange costs, where lines have prices.
func (w *writer) pick(v string) string {
	k := w.o.picking
	if k == nil || k.old == nil {
		return ""
	}
	of, noun := w.t.basket.of, spoken(w.t.basket.of.Entity)
	rule := w.rule(scaler.Rule{Kind: "exists", Table: w.t.Name,
		Text: fmt.Sprintf("Every %s named in the request must be one of the %s, as often as it is named.", noun, spoken(w.t.Entity))}, k.old.Name)
	w.line(1, "lines = %s(%s[%s], %s, %s, %s, rule = %s)", w.use("chosen"), v, quote(w.t.basket.column), quote(of.Key), quote(noun), w.arg(*k.old), quote(rule))
	if w.o.kind == scaler.Transition {
		w.line(1, "%s[%s] = %s", v, quote(w.o.recorded(*k.old)), w.arg(*k.old))
	}
	if k.new == nil {
		return ""
	}
	return w.replace(v, of, *k)
}

// replace writes what takes the place of the picked lines: kept in mind by a
// move, put there by an update.
func (w *writer) replace(v string, of *table, k picking) string {
	row, noun := variable(of.Entity), spoken(of.Entity)
	count := w.rule(scaler.Rule{Kind: "limit", Text: fmt.Sprintf("As many %s must be named to take the place as are to be replaced.", spoken(pluralNoun(of.Entity)))}, "count")
	w.line(1, "if len(lines) != len(%s):", w.arg(*k.new))
	w.line(2, `refuse("invalid_arguments", "%%d %s cannot take the place of %%d." %% (len(%s), len(lines)), rule = %s)`, spoken(pluralNoun(of.Entity)), w.arg(*k.new), quote(count))
	priced := of.priceColumn()
	if priced != "" {
		w.line(1, "difference = 0")
	}
	exists := w.rule(scaler.Rule{Kind: "exists", Table: of.Name, Column: of.Key,
		Text: fmt.Sprintf("Every new %s named in the request must be one that we have on record.", noun)}, k.new.Name)
	w.line(1, "for line, key in zip(lines, %s):", w.arg(*k.new))
	w.line(2, "%s = %s(db.%s, %s, key, rule = %s)", row, w.use("need"), of.Name, quote(noun), quote(exists))
	w.checkAvailable(row, of)
	w.checkKind(row, of)
	if priced != "" {
		w.line(2, "difference += %s[%s] - line[%s]", row, quote(priced), quote(priced))
	}
	if w.o.kind == scaler.Transition {
		w.line(1, "%s[%s] = %s", v, quote(w.o.recorded(*k.new)), w.arg(*k.new))
	} else {
		var names []string
		for _, c := range of.repeated() {
			names = append(names, c.Name)
		}
		w.line(2, "line.update(pick(%s, %s))", row, w.list(of.Entity, "LINE", names))
	}
	if priced == "" {
		return ""
	}
	w.line(1, "difference = round(difference, 2)")
	return "difference"
}

// checkAvailable refuses what is not to be had.
func (w *writer) checkAvailable(row string, of *table) {
	c := of.find("available")
	if c == nil || c.Type != "boolean" {
		return
	}
	noun := spoken(of.Entity)
	rule := w.rule(scaler.Rule{Kind: "stock", Table: of.Name, Column: c.Name, Text: fmt.Sprintf("%s that is asked for must be available.", english.Capital(article(noun)))}, of.Entity+"_available")
	w.line(2, "if not %s[%s]:", row, quote(c.Name))
	w.line(3, `refuse("out_of_stock", "The %s %%s is not available." %% key, rule = %s)`, noun, quote(rule))
}

// checkKind refuses a row of another owner where the text wants the same.
func (w *writer) checkKind(row string, of *table) {
	if !w.o.saysSame(of.owner.Entity) {
		return
	}
	owner, back := spoken(of.owner.Entity), quote(of.ownedBy())
	rule := w.rule(scaler.Rule{Kind: "limit", Table: of.Name, Column: of.ownedBy(),
		Text: fmt.Sprintf("%s can only be replaced by one of the same %s.", english.Capital(article(spoken(of.Entity))), owner)}, "same_"+of.owner.Entity)
	w.line(2, "if %s[%s] != line[%s]:", row, back, back)
	w.line(3, `refuse("invalid_arguments", "The %s %%s is of another %s." %% key, rule = %s)`, spoken(of.Entity), owner, quote(rule))
}

// saysSame says whether a text of the tool asks for the same of an entity.
func (o *op) saysSame(entity string) bool {
	texts := o.tool.Description
	for _, p := range o.params {
		texts += "\n" + p.Schema.Text("description")
	}
	return strings.Contains(strings.Join(strings.Fields(strings.ToLower(texts)), " "), "same "+spoken(entity))
}
