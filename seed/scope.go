package seed

import (
	"strconv"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// Scope is what a column is about that says in what a row lies, such as an
// account or a resource group: few values, which all tables share.
const Scope = "scope"

// Scopes is how many such surroundings a world has.
const Scopes = 3

// households are keys of what all rows of an account belong to, where no table
// holds it: there is one.
var households = words.Set("organization_id organisation_id org_id tenant_id workspace_id")

// Household says whether a column of that name is one of them.
func Household(name string) bool { return households[words.Snake(name)] }

// surroundings returns what a column says of where the row lies. All columns of
// a row speak of the same place.
func (r *row) surroundings(col int) (any, bool) {
	c := &r.t.Columns[col]
	if c.Semantic != Scope {
		return nil, false
	}
	s := *r.t.shapes[col]
	switch s.Entity = words.Stem(c.Name); s.Semantic {
	case "", "name", "title", "called", "slug", "person.name", "city", "company", "location":
		s.Semantic = "slug"
	}
	place := strconv.Itoa(r.rand(r.t, Scope, strconv.Itoa(r.i)).IntN(Scopes))
	if Household(c.Name) {
		place = "0"
	}
	v := r.newMaker(r.t, scaler.Rand(r.seed, Scope, words.Snake(c.Name), place), 1+r.i).Value(&s)
	return v, s.Allows(v)
}
