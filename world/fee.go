package world

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// charged are words of numbers each of which costs something.
var charged = wordSet("paid extra additional chargeable billable surplus")

// fee is what each costs, where nothing says more.
const fee = 25

// fees writes what a change costs that raises numbers of what is charged for:
// more checked bags, extra beds. Empty where it raises none.
func (w *writer) fees(v string) string {
	if w.o.paid == nil || w.t.ledger == nil {
		return ""
	}
	sum := ""
	for _, b := range w.o.binds {
		if b.Role != roleSet || b.p.Schema.typ() != "integer" || !b.p.Required || !saysCharged(b.p.Name) {
			continue
		}
		one := fmt.Sprintf("max(%s - %s[%s], 0)", w.arg(b.p), v, quote(b.Column))
		if sum != "" {
			sum += " + "
		}
		sum += one
	}
	if sum == "" {
		return ""
	}
	w.line(1, "difference = %d * (%s)", fee, sum)
	w.o.note("assumed: each costs", fmt.Sprint(fee))
	return "difference"
}

func saysCharged(name string) bool {
	for _, w := range words.Split(name) {
		if rest, not := strings.CutPrefix(w, "non"); charged[w] || not && rest == "free" {
			return true
		}
	}
	return false
}

// A grant is a tool that gives somebody a kind of what is kept with them: a
// voucher, which is a means of payment.
func (dr *draft) grants(t *table) {
	c := t.find("type")
	if c == nil {
		return
	}
	for _, o := range dr.ops {
		if o.table != nil || o.kind != scaler.Event && o.kind != scaler.Create {
			continue
		}
		for _, kind := range texts(c.Enum) {
			if o.noun == kind && o.identifiesOwner(t.owner) {
				o.kind, o.noun, o.grant, o.table = scaler.Create, t.Entity, kind, t
				t.ops = append(t.ops, o)
				o.note("gives", article(spoken(kind))+",", "one of the", spoken(t.Name))
			}
		}
	}
}

func (o *op) identifiesOwner(owner *table) bool {
	for _, p := range o.params {
		if strongID(p.Name) && idStem(p.Name) == owner.Entity && p.Required {
			return true
		}
	}
	return false
}

// bindGrant binds the amount that something is given with.
func (o *op) bindGrant(b *bind) bool {
	if o.grant == "" || !amounts[lastWord(snake(b.p.Name))] || o.table.find("balance") == nil {
		return false
	}
	b.Role, b.Column = roleSet, "balance"
	return true
}

// give writes kind and key of what is given.
func (w *writer) give() {
	if w.o.grant == "" {
		return
	}
	w.makes("type", quote(w.o.grant))
	w.makes(w.t.Key, fmt.Sprintf(`"%s_" + db.%s.next_id().split("_")[-1]`, w.o.grant, w.t.Name))
}
