package world

import (
	"strings"

	"github.com/agentscaler/scaler"
)

// "Amount of data to add": an argument that is added to a number of the row, and
// does not take its place.

// raising are verbs that add to what is there.
var raising = wordSet("increase increment topup recharge refill replenish restock deposit extend")

// lowering are verbs that take from what is there.
var lowering = wordSet("decrease decrement reduce deduct withdraw consume")

// raise returns the sign with which an update changes a number by an argument;
// empty where the argument takes its place.
func (o *op) raise(b bind) string {
	typ := b.p.Schema.Type()
	if o.kind != scaler.Update || b.Role != roleSet || typ != "integer" && typ != "number" || strings.HasPrefix(snake(b.p.Name), "new_") {
		return ""
	}
	about := " " + plainWords(b.p.Schema.Text("description")) + " "
	amount := amounts[lastWord(snake(b.p.Name))]
	switch {
	case strings.Contains(about, " to add "), strings.Contains(about, " increase by "), strings.Contains(about, " by which to increase "), raising[o.verb] && amount:
		return "+"
	case strings.Contains(about, " to deduct "), strings.Contains(about, " to remove from "), strings.Contains(about, " decrease by "), lowering[o.verb] && amount:
		return "-"
	}
	return ""
}
