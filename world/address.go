package world

import (
	"fmt"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/seed"
)

// The arn of a knowledge base ends in its id, and the url of a new row names that
// row and none of those that were there.

// address writes the address of a new row as those on record, with what it names
// in place of what they name; other is what it is where they name nothing.
func (w *writer) address(c scaler.Column, given map[string]bind, other string) string {
	if c.Type != "string" || c.Nullable || c.Ref != "" || len(c.Enum) > 0 || c.Name == w.t.Key {
		return other
	}
	for _, name := range seed.Named(c.Name, w.t.Entity, w.t.Key) {
		of := w.t.find(name)
		if of == nil || of.Type != "string" && of.Type != "integer" {
			continue
		}
		if b, ok := given[of.Name]; of.Name == w.t.Key || ok && b.p.Required && b.p.Wrap == "" {
			return fmt.Sprintf("%s(db.%s, %s, %s, %s, %s)", w.use("readdressed"), w.t.Name, quote(c.Name), quote(of.Name), w.newValue(*of, given), other)
		}
	}
	return other
}
