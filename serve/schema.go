package serve

import (
	"github.com/agentscaler/scaler/internal/pyjson"
)

// alternatives returns the schemas of which a value has to meet one.
func alternatives(schema *pyjson.Object) []*pyjson.Object {
	var all []*pyjson.Object
	for _, word := range []string{"oneOf", "anyOf"} {
		v, _ := schema.Get(word)
		choices, _ := v.([]any)
		for _, c := range choices {
			if o, ok := c.(*pyjson.Object); ok {
				all = append(all, alternatives(o)...)
			}
		}
	}
	if all == nil {
		all = []*pyjson.Object{schema}
	}
	return all
}

// alternative returns the one that may be of a type; failing that, the schema.
func alternative(schema *pyjson.Object, kind string) *pyjson.Object {
	for _, s := range alternatives(schema) {
		for _, k := range kinds(s) {
			if k == kind {
				return s
			}
		}
	}
	return schema
}

// kinds returns the types that a schema allows; "" stands for any.
func kinds(schema *pyjson.Object) []string {
	v, _ := schema.Get("type")
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			if text, ok := item.(string); ok {
				out = append(out, text)
			}
		}
		return out
	}
	return []string{""}
}

// wants says whether a schema may be of a type. A schema that says nothing takes
// names that look like a list's for one.
func wants(schema *pyjson.Object, kind string) bool {
	for _, s := range alternatives(schema) {
		for _, k := range kinds(s) {
			if k == kind || k == "" {
				return true
			}
		}
	}
	return false
}

// properties returns those of the schema, or of its choices.
func properties(schema *pyjson.Object) *pyjson.Object {
	out := &pyjson.Object{}
	for _, s := range append([]*pyjson.Object{schema}, alternatives(schema)...) {
		for name, v := range field(s, "properties").All() {
			if _, ok := out.Get(name); !ok {
				out.Set(name, v)
			}
		}
	}
	return out
}

// allowed says whether an enum lets a value be.
func allowed(schema *pyjson.Object, v any) bool {
	list, _ := schema.Get("enum")
	enum, ok := list.([]any)
	if !ok {
		return true
	}
	text := string(pyjson.Canonical(v))
	for _, e := range enum {
		if string(pyjson.Canonical(e)) == text {
			return true
		}
	}
	return false
}
