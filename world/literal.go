package world

import (
	"slices"
	"strings"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// literal writes a JSON value as a Starlark expression.
func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = literal(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *pyjson.Object:
		var parts []string
		for k, item := range v.All() {
			parts = append(parts, quote(k)+": "+literal(item))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return string(pyjson.Marshal(v))
}

func quote(s string) string { return string(pyjson.Marshal(s)) }

func quotes(list []string) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = quote(s)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// plain returns the least value that a schema accepts: its default, its first
// enum value, null, or an empty value of its type with what it requires.
func plain(s view, depth int) any {
	if v, ok := s.get("default"); ok && v != nil && sameType(v, s.typ()) {
		return v
	}
	if v, ok := s.get("const"); ok {
		return v
	}
	if e := s.list("enum"); len(e) > 0 {
		return e[0]
	}
	if s.nullable {
		return nil
	}
	switch s.typ() {
	case "string":
		return plainText(s)
	case "integer", "number":
		return plainNumber(s)
	case "boolean":
		return false
	case "array":
		return plainList(s, depth)
	case "object":
		return plainObject(s, depth)
	}
	return nil
}

// isChoice says whether an object holds one of several fields at a time.
func isChoice(s view) bool { return s.number("maxProperties") != nil }

func sameType(v any, typ string) bool {
	t := typeOf(v)
	return t == typ || t == "integer" && typ == "number"
}

// accepts says whether a value fits a schema, as far as types, enums and
// properties tell.
func (v view) accepts(x any, depth int) bool {
	if v.o == nil || depth > 6 {
		return true
	}
	if x == nil {
		return v.nullable
	}
	if t := v.typ(); t != "" && !sameType(x, t) {
		return false
	}
	if e := v.list("enum"); len(e) > 0 && !slices.ContainsFunc(e, func(one any) bool { return literal(one) == literal(x) }) {
		return false
	}
	switch x := x.(type) {
	case []any:
		for _, item := range x {
			if !v.items().accepts(item, depth+1) {
				return false
			}
		}
	case *pyjson.Object:
		return v.acceptsObject(x, depth)
	}
	return true
}

// fitting returns the schema without the examples and defaults, its own and
// those of its properties, that it does not accept.
func (v view) fitting() view {
	if v.o == nil {
		return v
	}
	if fixed, ok := fit(v.o, 0).(*pyjson.Object); ok {
		v.o = fixed
	}
	return v
}

func fit(x any, depth int) any {
	o, ok := x.(*pyjson.Object)
	if !ok || depth > schemaDepth {
		return x
	}
	out := o.Shallow()
	s := viewOf(o)
	for _, word := range []string{"example", "default"} {
		if v, ok := o.Get(word); ok && (v == nil || !s.accepts(v, 0)) {
			out.Delete(word)
		}
	}
	if list, ok := o.Get("examples"); ok && !fitAll(s, list) {
		out.Delete("examples")
	}
	for _, word := range []string{"items", "additionalProperties"} {
		if v, ok := o.Get(word); ok {
			out.Set(word, fit(v, depth+1))
		}
	}
	if props, ok := s.object("properties"); ok {
		fixed := pyjson.NewObject(props.Len())
		for name, p := range props.All() {
			fixed.Set(name, fit(p, depth+1))
		}
		out.Set("properties", fixed)
	}
	return out
}

func fitAll(s view, list any) bool {
	items, ok := list.([]any)
	return ok && !slices.ContainsFunc(items, func(v any) bool { return !s.accepts(v, 0) })
}

func (v view) acceptsObject(x *pyjson.Object, depth int) bool {
	more, _ := v.get("additionalProperties")
	for _, p := range v.props() {
		if _, ok := x.Get(p.Name); !ok && p.Required {
			return false
		}
	}
	for name, item := range x.All() {
		p, known := v.prop(name)
		switch {
		case known && !p.Schema.accepts(item, depth+1), !known && more == false:
			return false
		case !known && !viewOf(more).accepts(item, depth+1):
			return false
		}
	}
	return true
}

func plainNumber(s view) any {
	n := int64(0)
	if low := s.number("minimum"); low != nil && *low > 0 {
		n = int64(*low)
		if float64(n) < *low {
			n++
		}
	}
	if low := s.number("exclusiveMinimum"); low != nil && *low >= 0 {
		n = int64(*low) + 1
	}
	if high := s.number("maximum"); high != nil && *high < 0 {
		n = int64(*high)
	}
	return n
}

func plainText(s view) string {
	if v, ok := s.get("example"); ok {
		if text, ok := v.(string); ok {
			return text
		}
	}
	switch s.text("format") {
	case "date-time":
		return "2026-03-02T09:00:00Z"
	case "date":
		return "2026-03-02"
	case "uri", "url":
		return "https://example.com/"
	case "email":
		return "info@example.com"
	case "uuid":
		return "00000000-0000-4000-8000-000000000000"
	}
	if _, ok := s.get("pattern"); ok {
		return patterned(s)
	}
	if n := s.number("minLength"); n != nil && *n > 0 {
		return strings.Repeat("x", min(int(*n), 64))
	}
	return ""
}

// patterned returns a text of the schema's pattern, always the same.
func patterned(s view) string {
	made := fake.New(scaler.Rand(0, "patterned"), time.Time{}).Value(fake.Schema(s.raw(), "", ""))
	text, _ := made.(string)
	return text
}

func plainList(s view, depth int) any {
	return leastOf(s.items(), s.number("minItems"), depth)
}

// longest is the most items that are written out for a list that must have some.
const longest = 20

// leastOf returns a list of as few items as it may have.
func leastOf(item view, least *float64, depth int) []any {
	list := []any{}
	for least != nil && depth <= 4 && len(list) < min(int(*least), longest) {
		list = append(list, plain(item, depth+1))
	}
	return list
}

func plainObject(s view, depth int) any {
	out := pyjson.NewObject(0)
	if depth > 4 {
		return out
	}
	for _, p := range s.props() {
		if p.Required {
			out.Set(p.Name, plain(p.Schema, depth+1))
		}
	}
	least := s.number("minProperties")
	for _, p := range s.props() {
		if _, have := out.Get(p.Name); !have && least != nil && float64(out.Len()) < *least {
			out.Set(p.Name, plain(p.Schema, depth+1))
		}
	}
	if more, ok := s.object("additionalProperties"); ok && out.Len() == 0 && least != nil && *least > 0 {
		out.Set("default", plain(viewOf(more), depth+1))
	}
	return out
}
