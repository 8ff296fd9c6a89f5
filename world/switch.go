package world

import (
	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world/english"
)

// "Enables alerts on an account": a part of the row is switched on or off, and the
// row keeps which.

// switches are the verbs that switch, and which way.
var switches = func() map[string]*bool {
	on, off := true, false
	return map[string]*bool{"enable": &on, "activate": &on, "unlock": &on, "unmute": &on, "disable": &off, "deactivate": &off, "lock": &off, "mute": &off}
}()

// switches says whether the tool switches a part of its row, and no status.
func (o *op) switches() bool {
	return o.part != "" && switches[o.verb] != nil && !o.restful() && english.Target(o.tool.Description, nil) == ""
}

// switchMove sets the column that says whether a part of the row is on.
func (t *table) switchMove(o *op) *move {
	name := o.part + "_enabled"
	if t.find(name) == nil {
		t.Columns = append(t.Columns, scaler.Column{Name: name, Type: "boolean", Semantic: "boolean", Doc: seed.Switched + spoken(o.part) + " is on."})
	}
	o.note("assumed: the row keeps whether its", spoken(o.part), "is on")
	return &move{column: name, flag: switches[o.verb]}
}
