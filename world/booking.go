package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A booking is a list argument whose items name rows of another table by what
// those rows say of themselves: the legs of a trip, each a number and a date.
// The stored lines repeat what the rows know; where the booking is paid for, the
// rows have a price and know how much is left, by class where one is chosen.
type booking struct {
	p     param
	of    *table
	by    []string // the properties of an item that tell the row
	class *param   // the choice that price and availability depend on
	many  string   // the column of people that the booking is for; empty: it is for one
}

// countLists counts an entity for lists of objects that have its number:
// flights of {flight_number, date}.
func (o *op) countLists(l lexicon) {
	for _, p := range o.params {
		if p.Schema.Type() != "array" {
			continue
		}
		for _, inner := range p.Schema.Items().Props() {
			if stem := idStem(inner.Name); stem != "" && stem == singularNoun(p.Name) {
				l[stem]++
			}
		}
	}
}

// keepBookings finds the bookings of a table's tools and gives both tables the
// columns that they need.
func (t *table) keepBookings(a *atlas) {
	if t.declared || t.event {
		return
	}
	for _, o := range t.ops {
		for _, p := range o.params {
			if b := o.booked(a, p); b != nil && o.booking == nil {
				o.booking = b
			}
		}
	}
	for _, o := range t.ops {
		if o.booking == nil {
			continue
		}
		b := o.booking
		b.class, b.many = t.classOf(), t.people()
		b.of.offer(b, t.ledger != nil)
		if t.find(b.p.Name) == nil {
			t.Columns = append(t.Columns, scaler.Column{Name: b.p.Name, Type: "array", Schema: b.lineSchema()})
		}
	}
}

// booked returns what a list argument books; nil where it books nothing.
func (o *op) booked(a *atlas, p param) *booking {
	if o.kind != scaler.Create && o.kind != scaler.Update || p.Schema.Type() != "array" || !p.Required || p.Wrap != "" {
		return nil
	}
	of := a.byName[singularNoun(p.Name)]
	if of == nil || of.declared || of.kept || of == o.table {
		return nil
	}
	b := &booking{p: p, of: of}
	named := false
	for _, inner := range p.Schema.Items().Props() {
		if idStem(inner.Name) == of.Entity {
			named = true
			if strongID(inner.Name) {
				return nil // a reference by key
			}
		}
		if inner.Required && inner.Schema.IsScalar() {
			b.by = append(b.by, inner.Name)
		}
	}
	if !named {
		return nil
	}
	return b
}

// classes are names of choices on which price and availability depend.
var classes = wordSet("class cabin tier fare grade category")

// classOf returns the choice of class that the table's creates take.
func (t *table) classOf() *param {
	for _, o := range t.ops {
		for i, p := range o.params {
			if o.kind == scaler.Create && p.Required && p.Schema.Type() == "string" && len(p.Schema.List("enum")) > 1 && classes[lastWord(snake(p.Name))] {
				return &o.params[i]
			}
		}
	}
	return nil
}

// people returns the column of a list of people: passengers, guests.
func (t *table) people() string {
	for _, o := range t.ops {
		for _, p := range o.params {
			if o.kind == scaler.Create && p.Schema.Type() == "array" && words.Person(words.Singular(lastWord(snake(p.Name)))) {
				return p.Name
			}
		}
	}
	return ""
}

// offer gives the rows that can be booked the columns by which a booking names
// them, and price and availability where bookings are paid for.
func (t *table) offer(b *booking, paid bool) {
	for _, inner := range b.p.Schema.Items().Props() {
		if t.find(inner.Name) == nil && slices.Contains(b.by, inner.Name) {
			c := columnOf(inner)
			c.Semantic = semantic(t.Entity, c)
			t.Columns = append(t.Columns, c)
		}
	}
	if !paid || t.priceColumn() != "" || t.find("prices") != nil {
		return
	}
	if b.class == nil {
		t.Columns = append(t.Columns, scaler.Column{Name: "price", Type: "number", Semantic: "money"},
			scaler.Column{Name: "available", Type: "integer", Semantic: "quantity", Min: new(float64)})
		return
	}
	t.Columns = append(t.Columns, scaler.Column{Name: "prices", Type: "object", Schema: b.byClass("number")},
		scaler.Column{Name: "available", Type: "object", Schema: b.byClass("integer")})
}

// byClass is the schema of a number for each class.
func (b *booking) byClass(typ string) []byte {
	props := pyjson.NewObject(4)
	choices := b.class.Schema.List("enum")
	for i, v := range choices {
		one := object("type", typ, "minimum", int64(0), "maximum", int64(20))
		if typ == "number" {
			one = object("type", typ, "minimum", int64(60+80*i), "maximum", int64(180+160*i))
		}
		props.Set(fmt.Sprint(v), one)
	}
	return pyjson.Marshal(object("type", "object", "properties", props, "required", choices))
}

// lineSchema is the schema of a stored line: what the argument says, what the
// row knows, and the price.
func (b *booking) lineSchema() []byte {
	props, required := pyjson.NewObject(8), []any{}
	add := func(name string, s any) {
		if _, has := props.Get(name); !has {
			props.Set(name, s)
			required = append(required, name)
		}
	}
	for _, p := range b.p.Schema.Items().Props() {
		add(p.Name, p.Schema.Words)
	}
	for _, c := range b.of.carried() {
		add(c.Name, object("type", c.Type))
	}
	if b.of.priceColumn() != "" || b.of.find("prices") != nil {
		add("price", object("type", "number", "minimum", int64(0)))
	}
	return pyjson.Marshal(object("type", "object", "properties", props, "required", required))
}

// carried are the columns of a bookable row that a line repeats.
func (t *table) carried() []scaler.Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c scaler.Column) bool {
		return c.Name == t.Key || c.Type == "object" || c.Type == "array" || c.Type == "boolean" || c.Nullable || isStock(c) || c.Semantic == "money"
	})
}

// books says whether an argument is the booking, or stands inside it.
func (o *op) books(b bind) bool {
	return o.booking != nil && (b.Param == o.booking.p.path() || strings.HasPrefix(b.Param, o.booking.p.path()+"."))
}

// bindBooking binds the list and what its items say of the rows.
func (o *op) bindBooking(b *bind) bool {
	if o.booking == nil || o.booking.p.Name != b.p.Name {
		return false
	}
	b.Role, b.Column = roleSet, b.p.Name
	for _, p := range b.p.Schema.Items().Props() {
		if slices.Contains(o.booking.by, p.Name) {
			o.binds = append(o.binds, bind{p: param{Prop: p, In: b.p.In}, Bind: scaler.Bind{
				Param: b.p.path() + "." + p.Name, Role: roleFilter, Table: o.booking.of.Name, Column: o.booking.of.find(p.Name).Name}})
		}
	}
	return true
}
