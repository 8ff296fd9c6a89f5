package world

import (
	"encoding/json"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
)

func (w *writer) projectAll(row schema.View, rows string) string {
	one := w.project(row, "row")
	if one == "row" {
		return rows
	}
	return "[" + one + " for row in " + rows + "]"
}

// project writes a row in the shape a schema declares: the row itself, or its
// fields of the schema.
func (w *writer) project(s schema.View, v string) string {
	if len(s.Props()) == 0 {
		return v
	}
	if ownOf(s.Props()).http {
		return w.object(s, v, nil)
	}
	var have []string
	for _, p := range s.Props() {
		c := w.t.find(p.Name)
		switch {
		case w.t != nil && len(w.t.joinsIn(p.Name)) > 0:
			return w.object(s, v, nil)
		case c != nil && c.Name == p.Name && produces(*c, p.Schema) && knows(p.Schema, *c):
			have = append(have, c.Name)
		case p.Required, c != nil:
			return w.object(s, v, nil)
		}
	}
	if len(have) == len(w.t.Columns) {
		return w.told(v, have)
	}
	if len(have) == 0 {
		return w.object(s, v, nil)
	}
	return w.told("pick("+v+", "+w.list(w.t.Entity, "FIELDS", have)+")", have)
}

// produces says whether a column's values are of the schema's: of its type, of
// its choices where it has some, and lists of the same kind of items.
func produces(c scaler.Column, s schema.View) bool {
	if choices := s.Choices(); len(choices) > 0 && s.Type() != "array" {
		strange := func(v json.RawMessage) bool { return !slices.Contains(choices, string(v)) }
		if len(c.Enum) == 0 || slices.ContainsFunc(c.Enum, strange) {
			return false
		}
	}
	return schema.Like(c.Type, s.Type()) && (c.Type != "object" && c.Type != "array" || s.Holds(schemaOf(c), 0))
}

// shownBy returns the column that a property of a result shows.
func (w *writer) shownBy(p schema.Prop, v string) *scaler.Column {
	if v == "" || w.t == nil {
		return nil
	}
	if c := w.t.find(p.Name); c != nil && produces(*c, p.Schema) {
		return c
	}
	return nil
}

// field writes one property of a result from the row if it has it.
func (w *writer) field(p schema.Prop, v string, g *paging) (string, bool) {
	if v != "" && w.t != nil {
		if text, ok := w.joined(p, v); ok {
			return text, true
		}
		if c := w.shownBy(p, v); c != nil {
			return trimmed(p.Schema, *c, v+"["+quote(c.Name)+"]"), true
		}
		if c := w.t.find(p.Name); c != nil && c.Type == p.Schema.Type() && !p.Schema.IsScalar() {
			if text, ok := w.reshaped(schemaOf(*c), p.Schema, v+"["+quote(c.Name)+"]", 0); ok {
				return text, true
			}
		}
		if snake(p.Name) == "id" || snake(p.Name) == w.t.Entity+"_id" {
			if c := w.t.column(w.t.Key); produces(c, p.Schema) {
				return v + "[" + quote(c.Name) + "]", true
			}
		}
	}
	own := p.Required && !p.Schema.Nullable || lastWord(snake(p.Name)) == lastWord(w.o.noun) // else it is another row, that only looks like this one
	if t := w.t; t != nil && own && p.Schema.IsObject() && v != "" && t.likeRow(p.Schema) {
		return w.project(p.Schema, v), true
	}
	return w.meta(p, v, g)
}

// trimmed writes an object of a column without what a closed schema does not know.
func trimmed(s schema.View, c scaler.Column, text string) string {
	if knows(s, c) {
		return text
	}
	known := "pick(" + text + ", " + quotes(s.Names()) + ")"
	if c.Nullable {
		return "(" + known + " if " + text + " != None else None)"
	}
	return known
}

// knows says whether a schema allows every property that an object column has.
func knows(s schema.View, c scaler.Column) bool {
	more, _ := s.Get("additionalProperties")
	if more != false || c.Type != "object" {
		return true
	}
	return !slices.ContainsFunc(schema.Parse(c.Schema).Names(), func(name string) bool { return !slices.Contains(s.Names(), name) })
}

// likeRow says whether an object schema looks like the table's rows.
func (t *table) likeRow(s schema.View) bool {
	known, all := 0, 0
	for _, p := range s.Props() {
		all++
		if c := t.find(p.Name); c != nil && produces(*c, p.Schema) {
			known++
		}
	}
	return known >= 2 && 2*known >= all
}
