package world

import (
	"slices"

	"github.com/agentscaler/scaler"
)

// scope is what a column is about that says in what a row lies, such as an
// account or a resource group: few values, which all tables share.
const scope = "scope"

// scopes is how many such surroundings a world has.
const scopes = 3

// household are keys of what all rows of an account belong to, where no table
// holds it: there is one.
var household = wordSet("organization_id organisation_id org_id tenant_id workspace_id")

// surround marks the columns of what the table's paths lead through, where a
// key of its own tells rows in the same surroundings apart.
func (t *table) surround() {
	keyed := slices.ContainsFunc(t.ops, func(o *op) bool {
		return slices.ContainsFunc(o.binds, func(b bind) bool { return b.Role == roleKey })
	})
	for i := range t.Columns {
		c := &t.Columns[i]
		if household[snake(c.Name)] && c.Ref == "" && c.Name != t.Key && len(c.Enum) == 0 && !c.Unique {
			c.Semantic = scope
		}
		if keyed && slices.Contains(t.around, c.Name) && c.Type == "string" && c.Ref == "" && c.Name != t.Key && len(c.Enum) == 0 && !c.Unique {
			c.Semantic = scope
		}
	}
}

// surroundings returns what a column says of where the row lies. All columns of
// a row speak of the same place.
func (r *seedRow) surroundings(col int) (any, bool) {
	c := &r.t.Columns[col]
	if c.Semantic != scope {
		return nil, false
	}
	s := *r.t.shapes[col]
	switch s.Entity = idStem(c.Name); s.Semantic {
	case "", "name", "title", "called", "slug", "person.name", "city", "company", "location":
		s.Semantic = "slug"
	}
	place := rowPath(r.rand(r.t, scope, rowPath(r.i)).IntN(scopes))
	if household[snake(c.Name)] {
		place = rowPath(0)
	}
	v := r.newMaker(r.t, scaler.Rand(r.seed, scope, snake(c.Name), place), 1+r.i).Value(&s)
	return v, s.Allows(v)
}
