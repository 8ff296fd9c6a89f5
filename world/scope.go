package world

import (
	"slices"

	"github.com/agentscaler/scaler/seed"
)

// surround marks the columns of what the table's paths lead through, where a
// key of its own tells rows in the same surroundings apart.
func (t *table) surround() {
	keyed := slices.ContainsFunc(t.ops, func(o *op) bool {
		return slices.ContainsFunc(o.binds, func(b bind) bool { return b.Role == roleKey })
	})
	for i := range t.Columns {
		c := &t.Columns[i]
		if seed.Household(c.Name) && c.Ref == "" && c.Name != t.Key && len(c.Enum) == 0 && !c.Unique {
			c.Semantic = seed.Scope
		}
		if keyed && slices.Contains(t.around, c.Name) && c.Type == "string" && c.Ref == "" && c.Name != t.Key && len(c.Enum) == 0 && !c.Unique {
			c.Semantic = seed.Scope
		}
	}
}
