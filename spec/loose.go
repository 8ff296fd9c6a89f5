package spec

import (
	"slices"
	"strings"
)

// looseSchema returns the JSON Schema that a declaration of parameters stands
// for. Few who write tools down by hand write one: there are lists of
// parameters, bare maps of properties, and either of them as JSON in a string.
// required is what the declaration says beside them.
func looseSchema(v any, required []any) any {
	switch v := unquoted(v).(type) {
	case []any:
		return listSchema(v)
	case *object:
		if isSchema(v) {
			return v
		}
		out := obj("type", "object", "properties", v)
		if len(required) > 0 {
			out.set("required", required)
		}
		return out
	}
	return nil
}

// schemaWords are keywords that make an object a schema, with values that no
// property of the same name would have.
var schemaWords = []string{"type", "$ref"}

// isSchema tells a schema from a map of properties, one of which may be called type.
func isSchema(o *object) bool {
	for _, word := range schemaWords {
		if len(typeNames(o.get(word))) > 0 {
			return true
		}
	}
	for _, word := range []string{"allOf", "oneOf", "anyOf"} {
		if o.list(word) != nil {
			return true
		}
	}
	if props := o.object("properties"); props != nil {
		return !isSchema(props) || o.len() > 1
	}
	for _, v := range o.all() {
		if _, ok := v.(*object); !ok {
			return true // a keyword: properties are objects
		}
	}
	return o.len() == 0
}

// listSchema makes a schema of a list of parameters, each with its name, type,
// description and whether it is required. The first of two with one name wins.
func listSchema(list []any) *object {
	props, required := &object{}, []any{}
	for _, v := range list[:min(len(list), maxParameters)] {
		p, ok := v.(*object)
		if name, isText := v.(string); isText {
			p, ok = obj("name", name), true
		}
		name := p.string("name")
		if !ok || name == "" || props.has(name) {
			continue
		}
		props.set(name, listed(p))
		if p.bool("required") {
			required = append(required, name)
		}
	}
	return obj("type", "object", "properties", props, "required", required)
}

// listed returns the schema of an entry of such a list.
func listed(p *object) *object {
	out := &object{}
	if schema := p.object("schema"); schema != nil {
		for k, v := range schema.all() {
			out.set(k, v)
		}
	}
	for k, v := range p.all() {
		if !out.has(k) && !slices.Contains([]string{"name", "required", "schema", "in"}, k) {
			out.set(k, v)
		}
	}
	return out
}

// unscraped removes from a list of parameters what a crawler took for one: the
// name of the tool, words of its description, and labels of the page.
func unscraped(list []any, tool, description string) []any {
	text := map[string]bool{}
	for w := range strings.FieldsFuncSeq(description, func(r rune) bool { return strings.ContainsRune(" \n\t.,;:()'\"`", r) }) {
		text[w] = true
	}
	var out []any
	for _, v := range list {
		p, _ := v.(*object)
		name := p.string("name")
		noise := name == tool || name == "Add" || name == "Item" ||
			text[name] && !p.bool("required") && (filler[strings.ToLower(name)] || startsUpper(name))
		if !noise {
			out = append(out, v)
		}
	}
	return out
}

func startsUpper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }
