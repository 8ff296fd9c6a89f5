package spec

import (
	"encoding/json"
	"regexp"
	"slices"
)

// values sets enum, const, default, format and example.
func (s *shaper) values(in *object, types []string, out *object) {
	if values := enumOf(in, types); len(values) > 0 {
		out.set("enum", values)
	}
	if f := in.string("format"); f != "" {
		out.set("format", f)
	}
	if v := in.get("default"); v != nil {
		out.set("default", coerce(trim(v), types))
	}
	if example := exampleOf(in); example != nil {
		out.set("examples", []any{coerce(example, types)})
	}
}

func enumOf(in *object, types []string) []any {
	values := in.list("enum")
	if c := in.get("const"); c != nil {
		values = []any{c}
	}
	var out []any
	seen := map[string]bool{}
	for _, v := range values[:min(len(values), schemaEnum)] {
		v = coerce(trim(v), types)
		if key := string(encode(v)); !seen[key] {
			seen[key] = true
			out = append(out, v)
		}
	}
	if len(values) > schemaEnum { // a part of an enum would forbid the rest
		return nil
	}
	return out
}

// exampleOf returns the first example of a schema, where it is small.
func exampleOf(in *object) any {
	v := in.first("example", "x-example")
	if list := in.list("examples"); v == nil && len(list) > 0 {
		v = list[0]
	}
	if v == nil {
		return nil
	}
	if v = trim(v); len(encode(v)) > 500 {
		return nil
	}
	return v
}

// coerce turns a scalar into the one type its schema allows: YAML reads the
// version 1.0 and the country no as something else than their author meant.
func coerce(v any, types []string) any {
	if len(types) != 1 {
		return v
	}
	text := scalarText(v)
	switch {
	case text == "":
		return v
	case types[0] == "string":
		return text
	case types[0] == "boolean" && (text == "true" || text == "false"):
		return text == "true"
	case (types[0] == "integer" || types[0] == "number") && decimal.MatchString(text):
		if n, ok := yamlNumber(text); ok {
			return n
		}
	}
	return v
}

// numeric keywords, by the type they belong to.
var sizes = map[string][]string{
	"string": {"minLength", "maxLength"},
	"array":  {"minItems", "maxItems"},
	"object": {"minProperties", "maxProperties"},
}

// limits copies the keywords that bound a value, where they are well formed.
func limits(in *object, types []string, out *object) {
	for _, t := range types {
		for _, key := range sizes[t] {
			if n, ok := in.get(key).(json.Number); ok && wholeNumber.MatchString(n.String()) {
				out.set(key, n)
			}
		}
	}
	if slices.Contains(types, "integer") || slices.Contains(types, "number") {
		bounds(in, out)
	}
	if p, ok := in.get("pattern").(string); ok && len(p) < 500 && slices.Contains(types, "string") {
		p = escapedTwice.ReplaceAllString(p, `\$1$2`)
		if _, err := regexp.Compile(p); err == nil {
			out.set("pattern", p)
		}
	}
	if in.bool("uniqueItems") {
		out.set("uniqueItems", true)
	}
}

// escapedTwice is a class of a pattern behind a backslash too many: nothing but a text
// with a backslash would match.
var escapedTwice = regexp.MustCompile(`\\\\([dDwWsS])([+*?{\]])`)

var wholeNumber = regexp.MustCompile(`^[0-9]{1,15}$`)

// bounds copies minimum and maximum. Drafts before 6 wrote exclusiveMinimum as a
// flag beside minimum.
func bounds(in, out *object) {
	for _, b := range [][2]string{{"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}} {
		if n, ok := in.get(b[1]).(json.Number); ok {
			out.set(b[1], n)
		}
		if n, ok := in.get(b[0]).(json.Number); ok {
			if in.bool(b[1]) {
				out.set(b[1], n)
			} else {
				out.set(b[0], n)
			}
		}
	}
	if n, ok := in.get("multipleOf").(json.Number); ok {
		if f, err := n.Float64(); err == nil && f > 0 {
			out.set("multipleOf", n)
		}
	}
}
