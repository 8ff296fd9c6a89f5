package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/seed"
)

// A ledger is the list of what was paid for a row and what was paid back. Rows
// have one where a tool takes a means of payment for them: then the means must
// be the customer's own, and what holds money of its own must hold enough.
type ledger struct {
	of  *table // the means of payment
	ref string // what an entry calls the key of one
}

// keepLedger gives a table a ledger where one of its tools takes a means of
// payment.
func (t *table) keepLedger(a *atlas) {
	if t.declared || t.event || t.find(seed.Ledger) != nil {
		return
	}
	for _, o := range t.ops {
		for _, p := range o.params {
			of, ref := o.payment(a, p)
			if of == nil || t.ledger != nil || of.owner == t || t == of {
				continue
			}
			t.ledger = &ledger{of: of, ref: ref}
			o.note("assumed:", article(spoken(t.Entity)), "keeps its payments")
		}
	}
	if t.ledger == nil {
		return
	}
	props := object("type", object("type", "string", "enum", []any{"payment", "refund"}),
		"amount", object("type", "number", "minimum", int64(0)), t.ledger.ref, object("type", t.ledger.of.column(t.ledger.of.Key).Type))
	schema := object("type", "object", "properties", props, "required", []any{"type", "amount", t.ledger.ref})
	t.Columns = append(t.Columns, scaler.Column{Name: seed.Ledger, Type: "array", Schema: pyjson.Marshal(schema), Doc: "What was paid and paid back."})
}

// payment returns the table of the means of payment that a parameter names, and
// under which name: payment_method_id, or the id in payments[].
func (o *op) payment(a *atlas, p param) (*table, string) {
	if p.Schema.IsScalar() {
		if of := a.refTo(o.table, p.Name, p.Schema.Type()); of != nil && of.pays() && p.Required {
			return of, of.Key
		}
		return nil, ""
	}
	if p.Schema.Type() != "array" {
		return nil, ""
	}
	var of *table
	ref, amount := "", false
	for _, inner := range p.Schema.Items().Props() {
		if to := a.refTo(o.table, inner.Name, inner.Schema.Type()); to != nil && to.pays() {
			of, ref = to, inner.Name
		}
		amount = amount || snake(inner.Name) == "amount" && inner.Required
	}
	if of == nil || !amount {
		return nil, ""
	}
	return of, ref
}

// bindPayment binds a means of payment, which is no column of the row.
func (o *op) bindPayment(a *atlas, b *bind) bool {
	of, ref := o.payment(a, b.p)
	if of == nil || o.table.ledger == nil || o.table.ledger.of != of {
		return false
	}
	p := b.p
	o.paid = &p
	if p.Schema.Type() == "array" {
		b.Role, b.Column = roleSet, seed.Ledger
		o.binds = append(o.binds, bind{p: param{Prop: schema.Prop{Name: ref, Schema: typed(of.column(of.Key).Type), Required: true}, In: p.In},
			Bind: scaler.Bind{Param: p.path() + "." + ref, Role: roleRef, Table: of.Name, Column: of.Key}})
		return true
	}
	b.Role, b.Table, b.Column = roleRef, of.Name, of.Key
	if o.kind == scaler.Transition {
		o.table.Columns = append(o.table.Columns, scaler.Column{Name: o.recorded(p), Type: of.column(of.Key).Type, Semantic: "id", Nullable: true, Ref: of.Name})
	}
	return true
}

func typed(typ string) schema.View { return schema.Of(object("type", typ)) }

// pays says whether an argument is the means of payment, or stands inside it.
func (o *op) pays(b bind) bool {
	return o.paid != nil && (b.p.Name == o.paid.Name || strings.HasPrefix(b.Param, o.paid.path()+"."))
}

// singleUse are the kinds of payment that one payment uses up.
func (t *table) singleUse() []string {
	c := t.find("type")
	if c == nil {
		return nil
	}
	return slices.DeleteFunc(texts(c.Enum), func(kind string) bool {
		return !slices.ContainsFunc(strings.Split(kind, "_"), func(w string) bool { return w == "voucher" || w == "certificate" || w == "coupon" })
	})
}
