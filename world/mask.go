package world

import (
	"fmt"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
)

// Some services take beside a changed row the names of the fields that are to be
// changed: updateMask "displayName,labels". Others are left as they are.

// masks are what such arguments are called.
var masks = wordSet("update_mask updatemask field_mask fieldmask update_fields")

// mask returns the argument of an update that names what is to be changed.
func (o *op) mask() (param, bool) {
	if o.kind != scaler.Update {
		return param{}, false
	}
	for _, p := range o.params {
		if masks[snake(p.Name)] && p.Schema.Type() == "string" {
			return p, true
		}
	}
	return param{}, false
}

// masked writes the condition that an argument is among what is to be changed;
// empty where all that is given is.
func (w *writer) masked(field string) string {
	p, ok := w.o.mask()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s(%s, %s)", w.use("masked"), w.arg(p), field)
}

// demanded says whether a service wants an argument that its schema leaves to the
// caller.
func (p param) demanded() bool {
	return !p.Required && fake.Wanted(p.Schema.Text("description"))
}

// demand refuses a new row without what its service wants.
func (w *writer) demand() {
	for _, b := range w.o.binds {
		if b.p.demanded() && (b.Role == roleSet || b.Role == roleRef) {
			w.line(1, "if %s == None:", w.arg(b.p))
			w.line(2, `refuse("invalid_arguments", %s)`, quote("The field "+b.p.path()+" is required."))
		}
	}
}
