package schema

import (
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// resolve reads a schema with its parts merged and its choice made.
func resolve(v any, depth int) View {
	o, ok := v.(*pyjson.Object)
	if !ok || depth > Depth {
		return View{}
	}
	s := View{Words: o, Nullable: nullable(o)}
	if parts := s.List("allOf"); len(parts) > 0 {
		return merge(s, parts, depth)
	}
	for _, word := range []string{"anyOf", "oneOf"} {
		for _, choice := range s.List(word) {
			c := resolve(choice, depth+1)
			if c.Type() == "null" || c.Words == nil {
				s.Nullable = true
				continue
			}
			if s.Type() != "" && s.Type() != c.Type() || len(s.Props()) > 0 {
				continue
			}
			c.Nullable = c.Nullable || hasNull(s.List(word))
			return c.united(s.List(word), depth).described(s)
		}
	}
	return s
}

// united returns a choice with the values of all choices, where each of them is
// a list of values: one value with its description apiece.
func (v View) united(choices []any, depth int) View {
	var values []any
	for _, choice := range choices {
		c := resolve(choice, depth+1)
		own := c.List("enum")
		if only, ok := c.Get("const"); ok {
			own = []any{only}
		}
		if c.Type() == "null" || c.Words == nil {
			continue
		}
		if len(own) == 0 || c.Type() != v.Type() {
			return v
		}
		for _, x := range own {
			if !slices.ContainsFunc(values, func(have any) bool { return equal(have, x) }) {
				values = append(values, x)
			}
		}
	}
	if len(values) < 2 {
		return v
	}
	v.Words = v.Words.Shallow()
	v.Words.Set("enum", values)
	v.Words.Delete("const")
	v.Words.Delete("description")
	return v
}

// described returns a choice with the description that stands beside it.
func (v View) described(by View) View {
	text, ok := by.Get("description")
	if _, have := v.Get("description"); !ok || have {
		return v
	}
	v.Words = v.Words.Shallow()
	v.Words.Set("description", text)
	return v
}

// merge returns s with the properties and requirements of its allOf parts.
func merge(s View, parts []any, depth int) View {
	out := s.Words.Clone()
	out.Delete("allOf")
	props, required := pyjson.NewObject(0), []any{}
	take := func(p View) {
		for _, word := range []string{"type", "format", "items", "enum", "description", "additionalProperties", "example"} {
			if v, ok := p.Get(word); ok {
				if _, have := out.Get(word); !have {
					out.Set(word, v)
				}
			}
		}
		if o, ok := p.Object("properties"); ok {
			for name, v := range o.All() {
				props.Set(name, v)
			}
		}
		required = append(required, p.List("required")...)
	}
	for _, part := range parts {
		take(resolve(part, depth+1))
	}
	take(s)
	if props.Len() > 0 {
		out.Set("properties", props)
		out.Set("required", required)
	}
	return View{Words: out, Nullable: s.Nullable}
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
