package world

import (
	"fmt"
	"slices"

	"github.com/agentscaler/scaler"
)

// A grant is a tool that gives somebody a kind of what is kept with them: a
// voucher, which is a means of payment.
func (dr *draft) grants(t *table) {
	c := t.find("type")
	if c == nil {
		return
	}
	for _, o := range dr.ops {
		if o.kind != scaler.Event && o.kind != scaler.Create && o.kind != scaler.Update || !o.identifiesOwner(t.owner) {
			continue
		}
		for _, kind := range texts(c.Enum) {
			if o.table == nil && o.noun == kind || o.table == t.owner && o.part == kind {
				t.owner.ops = slices.DeleteFunc(t.owner.ops, func(x *op) bool { return x == o })
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
