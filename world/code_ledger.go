package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/seed"
)

// means writes the finding of the means of payment and the checks that it is the
// customer's and holds enough. Key and amount are expressions.
func (w *writer) means(depth int, owner, key, amount string) string {
	of := w.t.ledger.of
	v, noun := variable(of.Entity), spoken(of.Entity)
	exists := w.rule(scaler.Rule{Kind: "exists", Table: of.Name, Column: of.Key,
		Text: fmt.Sprintf("The %s must be one that the %s has on record.", noun, spoken(of.owner.Entity))}, of.Entity)
	w.line(depth, "%s = %s(db.%s, %s, %s, rule = %s)", v, w.use("need"), of.Name, quote(noun), key, quote(exists))
	if owner != "" {
		w.line(depth, "if %s[%s] != %s:", v, quote(of.ownedBy()), owner)
		w.line(depth+1, `refuse("not_found", "The %s %%s has no %s %%s." %% (%s, %s), rule = %s)`, spoken(of.owner.Entity), noun, owner, key, quote(exists))
	}
	if of.find("balance") != nil && amount != "" {
		covers := w.rule(scaler.Rule{Kind: "balance", Table: of.Name, Column: "balance", Text: fmt.Sprintf("The balance of the %s, if it has one, must cover the amount.", noun)}, of.Entity+"_balance")
		w.line(depth, `if %s["balance"] != None and %s["balance"] < %s:`, v, v, amount)
		w.line(depth+1, `refuse("limit_exceeded", "The %s %%s has only %%s left." %% (%s, %s["balance"]), rule = %s)`, noun, key, v, quote(covers))
	}
	return v
}

// ownerOf writes whose a row is, in the eyes of the means of payment.
func (w *writer) ownerOf(v string) string {
	for _, c := range w.t.Columns {
		if c.Ref == w.t.ledger.of.owner.Name && c.Type != "array" {
			return v + "[" + quote(c.Name) + "]"
		}
	}
	return ""
}

// draw writes the taking of an amount off a means of payment that holds money.
func (w *writer) draw(depth int, means, amount string) {
	of := w.t.ledger.of
	if of.find("balance") == nil {
		return
	}
	w.writes(of.Name)
	w.line(depth, `if %s["balance"] != None:`, means)
	w.line(depth+1, `%s["balance"] = round(%s["balance"] - %s, 2)`, means, means, amount)
}

// pay writes what a change of a row does with the means of payment it takes:
// a move notes it down, an update settles what it costs.
func (w *writer) pay(v, difference string) {
	if w.o.paid == nil || w.t.ledger == nil {
		return
	}
	key := w.arg(*w.o.paid)
	switch {
	case w.o.kind == scaler.Transition:
		w.means(1, w.ownerOf(v), key, difference)
		w.line(1, "%s[%s] = %s", v, quote(w.o.recorded(*w.o.paid)), key)
		if difference != "" {
			w.line(1, "%s[%s] = %s", v, quote(w.o.verb+"_price_difference"), difference)
		}
	case difference != "":
		means := w.means(1, w.ownerOf(v), key, difference)
		w.draw(1, means, difference)
		w.line(1, "if %s != 0:", difference)
		w.enter(2, v, fmt.Sprintf(`"payment" if %s > 0 else "refund"`, difference), "abs("+difference+")", key)
	case w.stores():
		w.means(1, w.ownerOf(v), key, "")
	default:
		w.changeMeans(v, key)
	}
}

// stores says whether an update stores anything besides how it is paid.
func (w *writer) stores() bool {
	return slices.ContainsFunc(w.o.binds, func(b bind) bool { return b.Role == roleSet })
}

// enter writes an entry of the ledger.
func (w *writer) enter(depth int, v, kind, amount, key string) {
	w.line(depth, `%s[%s] = %s[%s] + [{"type": %s, "amount": %s, %s: %s}]`, v, quote(seed.Ledger), v, quote(seed.Ledger), kind, amount, quote(w.t.ledger.ref), key)
}

// changeMeans writes a tool that pays for a row by other means: what was paid is
// paid anew and given back.
func (w *writer) changeMeans(v, key string) {
	ref := quote(w.t.ledger.ref)
	noun := spoken(w.t.ledger.of.Entity)
	rule := w.rule(scaler.Rule{Kind: "limit", Text: fmt.Sprintf("The new %s must be another than the one in use.", noun)}, "other")
	w.line(1, `paid = [entry for entry in %s[%s] if entry["type"] == "payment"]`, v, quote(seed.Ledger))
	w.line(1, "if not paid:")
	w.line(2, `refuse("invalid_state", "Nothing was paid for the %s %%s." %% %s[%s])`, spoken(w.t.Entity), v, quote(w.t.Key))
	w.line(1, "amount, used = paid[-1][\"amount\"], paid[-1][%s]", ref)
	w.line(1, "if used == %s:", key)
	w.line(2, `refuse("conflict", "The %s %%s is already in use." %% %s, rule = %s)`, noun, key, quote(rule))
	means := w.means(1, w.ownerOf(v), key, "amount")
	w.draw(1, means, "amount")
	w.giveBack(1, "used", "amount")
	w.enter(1, v, `"payment"`, "amount", key)
	w.enter(1, v, `"refund"`, "amount", "used")
}

// giveBack writes the return of an amount to a means of payment that holds money.
func (w *writer) giveBack(depth int, key, amount string) {
	of := w.t.ledger.of
	if of.find("balance") == nil {
		return
	}
	w.writes(of.Name)
	w.line(depth, "refunded = db.%s.get(%s)", of.Name, key)
	w.line(depth, `if refunded != None and refunded["balance"] != None:`)
	w.line(depth+1, `refunded["balance"] = round(refunded["balance"] + %s, 2)`, amount)
}

// refund writes what a cancelling does to the ledger: every payment is entered
// as paid back, and goes back to what holds money where the text speaks of it.
func (w *writer) refund(v string) {
	if w.t.ledger == nil || !undoes[w.o.verb] {
		return
	}
	said := strings.Contains(strings.ToLower(w.o.tool.Description), "refund")
	ref := quote(w.t.ledger.ref)
	w.line(1, `for entry in [entry for entry in %s[%s] if entry["type"] == "payment"]:`, v, quote(seed.Ledger))
	w.enter(2, v, `"refund"`, `entry["amount"]`, "entry["+ref+"]")
	if said {
		w.giveBack(2, "entry["+ref+"]", `entry["amount"]`)
	} else {
		w.o.note("assumed: what was paid is entered as paid back")
	}
}

// undoes are the moves that undo what was paid for.
var undoes = wordSet("cancel void refund abort terminate revoke")

// payAll writes the payments of a new row: each by means of the customer's own
// that holds enough; what is good for one payment only is used up.
func (w *writer) payAll() string {
	if w.o.paid == nil || w.t.ledger == nil || w.o.paid.Schema.Type() != "array" {
		return ""
	}
	of, ref := w.t.ledger.of, "payment["+quote(w.t.ledger.ref)+"]"
	owner := ""
	for _, b := range w.o.binds {
		if b.Role == roleRef && b.Table == of.owner.Name && !strings.Contains(b.Param, ".") {
			owner = w.arg(b.p)
		}
	}
	list := w.arg(*w.o.paid)
	w.line(1, "for payment in %s:", list)
	means := w.means(2, owner, ref, `payment["amount"]`)
	w.draw(2, means, `payment["amount"]`)
	if single := of.singleUse(); len(single) > 0 {
		w.o.note("assumed:", strings.Join(single, ", "), "is used up by a payment")
		w.line(2, `if %s["type"] in %s:`, means, quotes(single))
		w.line(3, "db.%s.delete(%s)", of.Name, ref)
	}
	return fmt.Sprintf(`[{"type": "payment", "amount": payment["amount"], %s: %s} for payment in %s]`, quote(w.t.ledger.ref), ref, list)
}
