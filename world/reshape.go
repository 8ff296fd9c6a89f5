package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
)

// Services declare one field in several ways: an object in full where a row is
// got, in short or spelled otherwise where rows are listed. A column holds it as
// one of them says; the others are answered with what fits of it.

// deepest is how far into fields their schemas are compared.
const deepest = 6

// holds says whether every value of one schema, as far as types, choices and
// properties tell, is one of the other.
func (to view) holds(from view, depth int) bool {
	if to.o == nil || from.o == nil || depth > deepest {
		return true
	}
	have, want := from.typ(), to.typ()
	if !like(have, want) || len(to.choices()) > 0 && !within(from.choices(), to.choices()) {
		return false
	}
	if from.nullable && !to.nullable && want != "" {
		return false
	}
	switch want {
	case "array":
		return to.items().holds(from.items(), depth+1)
	case "object":
		return !slices.ContainsFunc(to.props(), func(p prop) bool {
			f, ok := from.prop(p.Name)
			return ok && (!p.Schema.holds(f.Schema, depth+1) || p.Required && !f.Required) || !ok && p.Required && len(from.props()) > 0
		})
	}
	return true
}

// within says whether there are choices, and all of them are among others.
func within(choices, others []string) bool {
	return len(choices) > 0 && !slices.ContainsFunc(choices, func(c string) bool { return !slices.Contains(others, c) })
}

// schemaOf is the schema of a column's values.
func schemaOf(c scaler.Column) view {
	if c.Type != "array" {
		return parseView(c.Schema)
	}
	items := parseView(c.Schema)
	if items.o == nil {
		return view{}
	}
	return viewOf(object("type", "array", "items", items.o))
}

// reshaped writes the value v of one schema as one of another; false if nothing
// of it would be left.
func (w *writer) reshaped(from, to view, v string, depth int) (string, bool) {
	switch {
	case to.holds(from, depth):
		return v, true
	case depth > deepest:
		return "", false
	case from.typ() == "array" && to.typ() == "array":
		item := variable(strings.Repeat("in", depth) + "item")
		one, ok := w.reshaped(from.items(), to.items(), item, depth+1)
		return fmt.Sprintf("[%s for %s in (%s or [])]", one, item, v), ok
	case from.isObject() && to.isObject():
		return w.reshapedObject(from, to, v, depth)
	}
	return "", false
}

func (w *writer) reshapedObject(from, to view, v string, depth int) (string, bool) {
	var parts, may []string
	for _, p := range to.props() {
		f, ok := from.prop(p.Name)
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
