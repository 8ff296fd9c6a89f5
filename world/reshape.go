package world

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
)

// Services declare one field in several ways: an object in full where a row is
// got, in short or spelled otherwise where rows are listed. A column holds it as
// one of them says; the others are answered with what fits of it.

// schemaOf is the schema of a column's values.
func schemaOf(c scaler.Column) schema.View {
	if c.Type != "array" {
		return schema.Parse(c.Schema)
	}
	items := schema.Parse(c.Schema)
	if items.Words == nil {
		return schema.View{}
	}
	return schema.Of(object("type", "array", "items", items.Words))
}

// reshaped writes the value v of one schema as one of another; false if nothing
// of it would be left.
func (w *writer) reshaped(from, to schema.View, v string, depth int) (string, bool) {
	switch {
	case to.Holds(from, depth):
		return v, true
	case depth > schema.Deepest:
		return "", false
	case from.Type() == "array" && to.Type() == "array":
		item := variable(strings.Repeat("in", depth) + "item")
		one, ok := w.reshaped(from.Items(), to.Items(), item, depth+1)
		return fmt.Sprintf("[%s for %s in (%s or [])]", one, item, v), ok
	case from.IsObject() && to.IsObject():
		return w.reshapedObject(from, to, v, depth)
	}
	return "", false
}

func (w *writer) reshapedObject(from, to schema.View, v string, depth int) (string, bool) {
	var parts, may []string
	for _, p := range to.Props() {
		f, ok := from.Prop(p.Name)
		text := ""
		if ok {
			text, ok = w.reshaped(f.Schema, p.Schema, fmt.Sprintf("(%s or {}).get(%s)", v, quote(p.Name)), depth+1)
		}
		switch {
		case ok && !p.Required:
			may = append(may, p.Name)
		case ok && !f.Required:
			text = fmt.Sprintf("%s or %s", text, literal(plain(p.Schema, depth)))
		case !ok && p.Required:
			text = literal(plain(p.Schema, depth))
		case !ok:
			continue
		}
		parts = append(parts, quote(p.Name)+": "+text)
	}
	if len(parts) == 0 {
		return "", false
	}
	if len(may) == 0 {
		return braces(parts), true
	}
	return w.use("told") + "(" + braces(parts) + ", " + w.list(w.t.Entity, "OPTIONAL", may) + ")", true
}
