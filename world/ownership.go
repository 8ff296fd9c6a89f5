package world

import (
	"strings"

	"github.com/agentscaler/scaler"
)

// "ID of the customer who owns the line": an argument that names whose row it
// is. It has to agree with the row; it is nothing to store.

// bindOwner binds an argument that says whose the row is that the tool is about.
func (o *op) bindOwner(a *atlas, b *bind) bool {
	if b.p.In == "path" || b.p.In == "header" || o.kind == scaler.Create || o.kind == scaler.List || o.kind == scaler.Aggregate || o.table.alone {
		return false
	}
	if _, keyed := o.ownKey(o.table.Entity); !keyed {
		return false
	}
	to := a.refTo(o.table, b.p.Name, b.p.Schema.Type())
	if to == nil || to == o.table || b.p.Schema.Type() == "array" || !o.saysOwner(to, b.p) {
		return false
	}
	if o.table.declared && !o.table.refers(to) {
		return false
	}
	b.Role, b.Column = roleFilter, a.foreignKey(o.table, to, b.p)
	return true
}

func (t *table) refers(to *table) bool {
	for _, c := range t.Columns {
		if c.Ref == to.Name && c.Type != "array" {
			return true
		}
	}
	return false
}

// saysOwner says whether the texts call what an argument names the owner of the
// tool's row.
func (o *op) saysOwner(to *table, p param) bool {
	own, owner := spoken(lastWord(o.table.Entity)), spoken(lastWord(to.Entity))
	about := " " + plainWords(p.Schema.Text("description")) + " "
	for _, cue := range []string{" owns ", " owning ", " owner of ", " holder of ", " has the ", " belongs "} {
		if strings.Contains(about, cue) && strings.Contains(about, " "+own) {
			return true
		}
	}
	whole := " " + plainWords(o.tool.Description) + " "
	return strings.Contains(whole, " "+owner+" owns the "+own) || strings.Contains(whole, " "+own+" belongs to the "+owner) ||
		strings.Contains(whole, " "+own+" must belong to the "+owner) || strings.Contains(whole, " "+own+" exists and belongs to the "+owner)
}

// plainWords is a text in small letters without marks.
func plainWords(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }), " ")
}
