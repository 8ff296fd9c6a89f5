package world

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// ranges maps the words that make a parameter a bound to the bind's Op.
var ranges = map[string]string{"min": "min", "minimum": "min", "from": "min", "since": "min", "after": "min", "start": "min", "gte": "min", "gt": "min", "greater": "min", "oldest": "min", "begin": "min",
	"max": "max", "maximum": "max", "to": "max", "until": "max", "before": "max", "end": "max", "lte": "max", "lt": "max", "less": "max", "latest": "max"}

// bindRange binds min_price, created_after, start_date and their like, if a
// column of the rows is what they bound.
func (o *op) bindRange(b *bind, name string) bool {
	parts := words.Split(name)
	if o.table.find(name) != nil {
		return false
	}
	for i, w := range parts {
		way, ok := ranges[w]
		if !ok || i > 0 && i < len(parts)-1 {
			continue
		}
		rest := strings.Join(slices.Delete(slices.Clone(parts), i, i+1), "_")
		if (w == "from" || w == "to") && rest == "" && b.p.Schema.Type() == "string" && !isDate(columnOf(b.p.Prop)) && !o.table.declared {
			return false // the places of a journey
		}
		if c := o.table.bounded(rest, b.p.Schema.Type()); c != nil {
			b.Op, b.Column = way, c.Name
			return true
		}
		if column := o.table.bound(rest, b.p); column != "" {
			b.Op, b.Column = way, column
			return true
		}
	}
	return false
}

// bound adds the column that a range speaks of to a table whose rows nobody
// shows: max_price bounds a price, placed_after when it was placed.
func (t *table) bound(rest string, p param) string {
	c := scaler.Column{Name: plainName(t.Entity, rest), Nullable: true}
	switch typ := p.Schema.Type(); {
	case t.declared || rest == "" || strings.HasPrefix(rest, "num_"):
		return ""
	case typ == "integer" || typ == "number":
		c.Type = typ
	case typ == "string" && isDate(columnOf(p.Prop)):
		c.Type, c.Format = "string", columnOf(p.Prop).Format
		if strings.HasSuffix(rest, "ed") {
			c.Name += map[bool]string{true: "_on", false: "_at"}[c.Format == "date"]
		}
	default:
		return ""
	}
	c.Nullable = false
	if have := t.find(c.Name); have != nil {
		return ""
	}
	t.add(c)
	return c.Name
}

// bounded returns the column a range speaks of: the one it names, else the
// first date.
func (t *table) bounded(rest, typ string) *scaler.Column {
	fits := func(c *scaler.Column) bool {
		number := c.Type == "integer" || c.Type == "number"
		return number && (typ == "integer" || typ == "number") || c.Type == "string" && typ == "string" && isDate(*c)
	}
	for _, name := range []string{rest, rest + "_at", rest + "_date", rest + "_on"} {
		if c := t.find(name); c != nil && fits(c) {
			return c
		}
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; rest != "" && lastWord(snake(c.Name)) == rest && fits(c) {
			return c
		}
	}
	if rest != "" && rest != "date" && rest != "time" && rest != "datetime" && rest != "timestamp" {
		return nil
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; isDate(*c) && fits(c) {
			return c
		}
	}
	return nil
}

func isDate(c scaler.Column) bool {
	return c.Format == "date" || c.Format == "date-time" || strings.HasPrefix(c.Semantic, "date")
}
