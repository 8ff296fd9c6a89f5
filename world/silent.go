package world

import "github.com/agentscaler/scaler"

// silence marks the writes that answer nothing: their service declares what its
// tools answer, and for these it declares nothing. What is made is shown all the
// same, or nobody would know its key.
func (dr *draft) silence() {
	all, declared := map[string]int{}, map[string]int{}
	for _, o := range dr.ops {
		all[o.tool.Service]++
		if !o.answersNothing() {
			declared[o.tool.Service]++
		}
	}
	for _, o := range dr.ops {
		reads := o.tool.Effect == scaler.Read
		o.silent = o.answersNothing() && !reads && 2*declared[o.tool.Service] > all[o.tool.Service]
	}
}

// answersNothing says whether no result is declared, or one without anything in it.
func (o *op) answersNothing() bool {
	if o.result.o == nil {
		return true
	}
	_, more := o.result.object("additionalProperties")
	return o.result.typ() == "object" && len(o.result.props()) == 0 && !more
}
