package world

import (
	"encoding/json"
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A view reads one JSON Schema, with allOf merged and the first real choice of
// anyOf and oneOf taken. The zero view is the schema that says nothing.
type view struct {
	o        *pyjson.Object
	nullable bool
}

// A prop is one property of an object schema.
type prop struct {
	Name     string
	Schema   view
	Required bool
}

// schemaDepth ends the reading of schemas that unfold without end.
const schemaDepth = 12

func parseView(raw json.RawMessage) view {
	if len(raw) == 0 {
		return view{}
	}
	o, err := pyjson.ParseObject(raw)
	if err != nil {
		return view{}
	}
	return viewOf(o)
}

func viewOf(v any) view { return resolve(v, 0) }

func resolve(v any, depth int) view {
	o, ok := v.(*pyjson.Object)
	if !ok || depth > schemaDepth {
		return view{}
	}
	s := view{o: o, nullable: nullable(o)}
	if parts := s.list("allOf"); len(parts) > 0 {
		return merge(s, parts, depth)
	}
	for _, word := range []string{"anyOf", "oneOf"} {
		for _, choice := range s.list(word) {
			c := resolve(choice, depth+1)
			if c.typ() == "null" || c.o == nil {
				s.nullable = true
				continue
			}
			if s.typ() != "" && s.typ() != c.typ() || len(s.props()) > 0 {
				continue
			}
			c.nullable = c.nullable || hasNull(s.list(word))
			return c.united(s.list(word), depth).described(s)
		}
	}
	return s
}

// united returns a choice with the values of all choices, where each of them is
// a list of values: one value with its description apiece.
func (v view) united(choices []any, depth int) view {
	var values []any
	for _, choice := range choices {
		c := resolve(choice, depth+1)
		own := c.list("enum")
		if only, ok := c.get("const"); ok {
			own = []any{only}
		}
		if c.typ() == "null" || c.o == nil {
			continue
		}
		if len(own) == 0 || c.typ() != v.typ() {
			return v
		}
		for _, x := range own {
			if !slices.ContainsFunc(values, func(have any) bool { return literal(have) == literal(x) }) {
				values = append(values, x)
			}
		}
	}
	if len(values) < 2 {
		return v
	}
	v.o = v.o.Shallow()
	v.o.Set("enum", values)
	v.o.Delete("const")
	v.o.Delete("description")
	return v
}

// described returns a choice with the description that stands beside it.
func (v view) described(by view) view {
	text, ok := by.get("description")
	if _, have := v.get("description"); !ok || have {
		return v
	}
	v.o = v.o.Shallow()
	v.o.Set("description", text)
	return v
}

// merge returns s with the properties and requirements of its allOf parts.
func merge(s view, parts []any, depth int) view {
	out := s.o.Clone()
	out.Delete("allOf")
	props, required := pyjson.NewObject(0), []any{}
	take := func(p view) {
		for _, word := range []string{"type", "format", "items", "enum", "description", "additionalProperties", "example"} {
			if v, ok := p.get(word); ok {
				if _, have := out.Get(word); !have {
					out.Set(word, v)
				}
			}
		}
		if o, ok := p.object("properties"); ok {
			for name, v := range o.All() {
				props.Set(name, v)
			}
		}
		required = append(required, p.list("required")...)
	}
	for _, part := range parts {
		take(resolve(part, depth+1))
	}
	take(s)
	if props.Len() > 0 {
		out.Set("properties", props)
		out.Set("required", required)
	}
	return view{o: out, nullable: s.nullable}
}

func nullable(o *pyjson.Object) bool {
	if v, _ := o.Get("nullable"); v == true {
		return true
	}
	t, _ := o.Get("type")
	types, _ := t.([]any)
	return slices.Contains(types, any("null"))
}

func hasNull(choices []any) bool {
	return slices.ContainsFunc(choices, func(c any) bool {
		o, ok := c.(*pyjson.Object)
		if !ok {
			return false
		}
		t, _ := o.Get("type")
		return t == "null"
	})
}

func (v view) get(word string) (any, bool) {
	if v.o == nil {
		return nil, false
	}
	return v.o.Get(word)
}

func (v view) text(word string) string {
	x, _ := v.get(word)
	s, _ := x.(string)
	return s
}

func (v view) list(word string) []any {
	x, _ := v.get(word)
	l, _ := x.([]any)
	return l
}

func (v view) object(word string) (*pyjson.Object, bool) {
	x, _ := v.get(word)
	o, ok := x.(*pyjson.Object)
	return o, ok
}

func (v view) number(word string) *float64 {
	x, _ := v.get(word)
	switch n := x.(type) {
	case int64:
		f := float64(n)
		return &f
	case float64:
		return &n
	}
	return nil
}

// typ returns the schema's type; of several the first that is not null, and
// where none is written, the one its other words imply.
func (v view) typ() string {
	x, _ := v.get("type")
	switch t := x.(type) {
	case string:
		return t
	case []any:
		for _, one := range t {
			if s, ok := one.(string); ok && s != "null" {
				return s
			}
		}
	}
	if _, ok := v.object("properties"); ok {
		return "object"
	}
	if _, ok := v.get("items"); ok {
		return "array"
	}
	if e := v.list("enum"); len(e) > 0 {
		return typeOf(e[0])
	}
	return ""
}

// props returns the properties of an object schema in their order.
func (v view) props() []prop {
	o, ok := v.object("properties")
	if !ok {
		return nil
	}
	required := v.list("required")
	out := make([]prop, 0, o.Len())
	for name, s := range o.All() {
		out = append(out, prop{Name: name, Schema: viewOf(s), Required: slices.Contains(required, any(name))})
	}
	return out
}

func (v view) prop(name string) (prop, bool) {
	for _, p := range v.props() {
		if p.Name == name {
			return p, true
		}
	}
	return prop{}, false
}

func (v view) items() view {
	x, _ := v.get("items")
	return viewOf(x)
}

func (v view) raw() json.RawMessage {
	if v.o == nil {
		return nil
	}
	return pyjson.Marshal(v.o)
}

// isObject says whether the schema describes an object with known properties.
func (v view) isObject() bool { return v.typ() == "object" && len(v.props()) > 0 }

func (v view) isScalar() bool {
	switch v.typ() {
	case "string", "integer", "number", "boolean":
		return true
	}
	return false
}

func typeOf(v any) string {
	switch v.(type) {
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	case *pyjson.Object:
		return "object"
	case nil:
		return ""
	}
	return "integer"
}

// typeSchema is the schema of any value of a type.
func typeSchema(typ string) json.RawMessage { return pyjson.Marshal(object("type", typ)) }
