package world

import "github.com/agentscaler/scaler"

// silence marks the writes that answer nothing: their result is an object without
// anything, their status says that there is no content, or nothing is declared
// where most others of their service declare something. What is made is shown all the same, or nobody would know its
// key.
func (dr *draft) silence() {
	all, declared := map[string]int{}, map[string]int{}
	for _, o := range dr.ops {
		all[o.tool.Service]++
		if !o.answersNothing() {
			declared[o.tool.Service]++
		}
	}
	for _, o := range dr.ops {
		if o.tool.Effect == scaler.Read || !o.answersNothing() {
			continue
		}
		switch codes := o.tool.Statuses; {
		case o.result.Words != nil:
			o.silent = true
		case len(codes) > 0:
			o.silent = codes[0] > 201
		case wholly[o.tool.Origin.Format]:
			o.silent = 2*declared[o.tool.Service] > all[o.tool.Service]
		}
	}
}

// wholly are the formats that say of every operation what it answers, if it
// answers anything.
var wholly = wordSet("smithy discovery")

// answersNothing says whether no result is declared, or one without anything in it.
func (o *op) answersNothing() bool {
	if o.result.Words == nil {
		return true
	}
	_, more := o.result.Object("additionalProperties")
	return o.result.Type() == "object" && len(o.result.Props()) == 0 && !more
}
