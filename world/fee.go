package world

import (
	"fmt"
	"strings"

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
		if b.Role != roleSet || b.p.Schema.Type() != "integer" || !b.p.Required || !saysCharged(b.p.Name) {
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
