package world

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
)

// foreignKey returns the column of t that holds keys of parent, adding one
// where the rows show none.
func (a *atlas) foreignKey(t, parent *table, p param) string {
	stem := parent.Entity
	for _, name := range []string{p.Name, stem + "_id", stem + "_key", lastWord(stem) + "_id", stem} {
		c := t.find(name)
		if c == nil || c.Name == t.Key {
			continue
		}
		if c.Ref == "" && c.Type != "object" && c.Type != "array" {
			a.setRef(t, c, parent)
		}
		if c.Ref == parent.Name && c.Type != "array" {
			return c.Name
		}
	}
	for _, c := range t.Columns {
		if c.Ref == parent.Name && c.Type != "array" && !strings.Contains(c.Name, "parent") && parent != t {
			return c.Name
		}
	}
	key, _ := parent.Column(parent.Key)
	name := stem + "_id"
	if strings.HasPrefix(snake(p.Name), stem) && p.Name != "" && t.find(p.Name) == nil {
		name = p.Name
	}
	for t.find(name) != nil {
		name += "_ref"
	}
	t.Columns = append(t.Columns, scaler.Column{Name: name, Type: key.Type, Format: key.Format, Semantic: "id", Ref: parent.Name})
	return name
}

// slug gives a column that stands in paths values that fit there.
func (t *table) slug(column string, p param) {
	c := t.find(column)
	if c.Type == "string" && c.Schema == nil {
		c.Schema = limits(p.Schema)
		if p.Schema.Type() == "integer" && c.Format == "" && c.Ref == "" {
			c.Schema = json.RawMessage(`{"type": "string", "pattern": "^[1-9][0-9]{5,6}$"}`) // text that paths know as a number
		}
	}
	if of := columnOf(p.Prop); p.Required && len(c.Enum) == 0 && of.Type == c.Type {
		c.Enum = of.Enum // rows of which no tool could speak are none
	}
	if c.Type != "string" || c.Format != "" || len(c.Enum) > 0 || c.Ref != "" {
		return
	}
	switch c.Semantic {
	case "", "title", "product", "company", "category", "person.name", "sentence", "tag", "filename", "city", "country", "money", "date", "image", "paragraph", "state", "job", "count", "quantity", "percent":
		c.Semantic = "slug"
	}
}

// columnFor returns the column a parameter speaks of, adding one where the
// rows show none.
func (t *table) columnFor(p param) string {
	if c := t.match(p); c != nil {
		return c.Name
	}
	c := columnOf(p.Prop)
	c.Name = plainName(t.Entity, p.Name)
	suffix := map[bool]string{true: "_name", false: "_value"}[c.Type == "string"]
	for have := t.find(c.Name); have != nil; have = t.find(c.Name) {
		if compatible(*have, p.Schema) {
			return have.Name
		}
		c.Name += suffix
	}
	c.Nullable = !p.Required
	if len(c.Enum) == 0 && c.Semantic == "" {
		c.Semantic = semantic(t.Entity, c)
	}
	t.Columns = append(t.Columns, c) // past the cap too: an argument needs its place
	return c.Name
}

// match returns the column whose name and type fit a parameter; nil if none.
func (t *table) match(p param) *scaler.Column {
	for _, name := range []string{p.Name, plainName(t.Entity, p.Name)} {
		if c := t.find(name); c != nil && compatible(*c, p.Schema) {
			return c
		}
	}
	if other := synonyms[snake(p.Name)]; other != "" && slices.Contains(t.foretold, other) {
		if c := t.find(other); c != nil && compatible(*c, p.Schema) {
			return c
		}
	}
	return t.called(p)
}

// synonyms are what callers say for the columns of a kind of things.
var synonyms = map[string]string{"from": "origin", "to": "destination", "ticker": "symbol", "stock": "symbol", "coin": "symbol", "departure_city": "origin",
	"arrival_city": "destination", "departure": "origin", "arrival": "destination", "start": "origin", "end": "destination"}

// called returns the one column that is named as the parameter is, with words
// of the entity before it: ReportType of a report generator for Type.
func (t *table) called(p param) *scaler.Column {
	var found *scaler.Column
	entity := strings.Split(t.Entity, "_")
	for i := range t.Columns {
		c := &t.Columns[i]
		prefix, ok := strings.CutSuffix(snake(c.Name), "_"+snake(p.Name))
		if !ok || c.Name == t.Key || c.Type != p.Schema.Type() || c.Ref != "" || slices.ContainsFunc(strings.Split(prefix, "_"), func(w string) bool { return !slices.Contains(entity, w) }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}

// plainName strips what a parameter's name says beside its column: new_ and
// the entity itself.
func plainName(entity, name string) string {
	n := snake(name)
	for _, prefix := range []string{"new_", "updated_", entity + "_"} {
		if rest, ok := strings.CutPrefix(n, prefix); ok && rest != "" && rest != "id" {
			n = rest
		}
	}
	if n == snake(name) {
		return name
	}
	return n
}

// compatible says whether a value of a parameter can stand in a column.
func compatible(c scaler.Column, s schema.View) bool {
	t := s.Type()
	switch {
	case t == "" || t == c.Type:
		return true
	case c.Type == "number" && t == "integer":
		return true
	case c.Type == "string" && (t == "integer" || t == "number"):
		return len(c.Enum) == 0 && c.Format == ""
	case c.Type == "integer" && t == "number":
		return false
	}
	return false
}

// textColumn is the column a free-text search is about first.
func (t *table) textColumn() string {
	if cols := t.textColumns(); len(cols) > 0 {
		return cols[0]
	}
	return t.columnFor(param{Prop: schema.Prop{Name: "name", Required: true}})
}

// textColumns are the columns a free-text search looks into.
func (t *table) textColumns() []string {
	var out []string
	for _, want := range []string{"name", "title", "subject", "summary", "description", "content", "text", "body"} {
		if c := t.find(want); c != nil && c.Type == "string" {
			out = append(out, c.Name)
		}
	}
	for _, person := range []string{"first_name", "last_name", "email"} {
		if c := t.find(person); c != nil && c.Type == "string" && t.find("name") == nil && t.find("last_name") != nil {
			out = append(out, c.Name)
		}
	}
	for _, c := range t.Columns {
		if len(out) == 0 && c.Type == "string" && c.Name != t.Key && c.Ref == "" && len(c.Enum) == 0 && !isDate(c) && c.Format == "" {
			out = append(out, c.Name)
		}
	}
	return out
}
