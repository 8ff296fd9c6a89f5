package filter

import (
	"math"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// normal returns a call's arguments as text in which what the tool's schema
// makes no difference of makes none: the order of keys, defaults said or left
// out, optional parameters left out or null, 5 or 5.0, white space around
// text, upper or lower case of an enum's values and of e-mail addresses.
func (c *Case) normal(call Call) string {
	if call.Arguments == nil {
		return "?"
	}
	schema := &pyjson.Object{}
	if tool, ok := c.World.Tool(call.Tool); ok {
		if parsed, err := pyjson.ParseObject(tool.Parameters); err == nil {
			schema = parsed
		}
	}
	return string(pyjson.Canonical(normalObject(schema, call.Arguments)))
}

func normalValue(schema *pyjson.Object, v any) any {
	switch v := v.(type) {
	case *pyjson.Object:
		return normalObject(schema, v)
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = normalValue(member(schema, "items"), item)
		}
		return out
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v)
		}
	case string:
		return normalText(schema, v)
	}
	return v
}

func normalObject(schema, o *pyjson.Object) *pyjson.Object {
	properties := member(schema, "properties")
	out := pyjson.NewObject(o.Len())
	for name, v := range o.All() {
		if v != nil || required(schema, name) {
			out.Set(name, normalValue(member(properties, name), v))
		}
	}
	for name := range properties.All() {
		if _, given := out.Get(name); given {
			continue
		}
		property := member(properties, name)
		if value, ok := property.Get("default"); ok && value != nil {
			out.Set(name, normalValue(property, value))
		}
	}
	return out
}

// normalText spells a value of an enum as the enum does.
func normalText(schema *pyjson.Object, s string) string {
	s = strings.TrimSpace(s)
	values, _ := schema.Get("enum")
	list, _ := values.([]any)
	for _, v := range list {
		if spelled, ok := v.(string); ok && strings.EqualFold(spelled, s) {
			return spelled
		}
	}
	if format, _ := schema.Get("format"); format == "email" {
		return strings.ToLower(s)
	}
	return s
}

// member returns the object under a key; an empty one where there is none.
func member(o *pyjson.Object, key string) *pyjson.Object {
	if v, ok := o.Get(key); ok {
		if inner, ok := v.(*pyjson.Object); ok {
			return inner
		}
	}
	return &pyjson.Object{}
}

func required(schema *pyjson.Object, name string) bool {
	v, _ := schema.Get("required")
	list, _ := v.([]any)
	for _, r := range list {
		if r == name {
			return true
		}
	}
	return false
}
