package world

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
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
func plain(s schema.View, depth int) any {
	if v, ok := s.Get("default"); ok && v != nil && schema.SameType(v, s.Type()) {
		return v
	}
	if v, ok := s.Get("const"); ok {
		return v
	}
	if e := s.List("enum"); len(e) > 0 {
		return e[0]
	}
	if s.Nullable {
		return nil
	}
	switch s.Type() {
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
func isChoice(s schema.View) bool { return s.Number("maxProperties") != nil }

func plainNumber(s schema.View) any {
	n := int64(0)
	if low := s.Number("minimum"); low != nil && *low > 0 {
		n = int64(*low)
		if float64(n) < *low {
			n++
		}
	}
	if low := s.Number("exclusiveMinimum"); low != nil && *low >= 0 {
		n = int64(*low) + 1
	}
	if high := s.Number("maximum"); high != nil && *high < 0 {
		n = int64(*high)
	}
	return n
}

func plainText(s schema.View) string {
	if v, ok := s.Get("example"); ok {
		if text, ok := v.(string); ok {
			return text
		}
	}
	switch s.Text("format") {
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
	if _, ok := s.Get("pattern"); ok {
		return patterned(s)
	}
	if n := s.Number("minLength"); n != nil && *n > 0 {
		return strings.Repeat("x", min(int(*n), 64))
	}
	return ""
}

// patterned returns a text of the schema's pattern, always the same.
func patterned(s schema.View) string {
	made := fake.New(scaler.Rand(0, "patterned"), time.Time{}).Value(fake.Schema(s.Raw(), "", ""))
	text, _ := made.(string)
	return text
}

func plainList(s schema.View, depth int) any {
	return leastOf(s.Items(), s.Number("minItems"), depth)
}

// longest is the most items that are written out for a list that must have some.
const longest = 20

// leastOf returns a list of as few items as it may have.
func leastOf(item schema.View, least *float64, depth int) []any {
	list := []any{}
	for least != nil && depth <= 4 && len(list) < min(int(*least), longest) {
		list = append(list, plain(item, depth+1))
	}
	return list
}

func plainObject(s schema.View, depth int) any {
	out := pyjson.NewObject(0)
	if depth > 4 {
		return out
	}
	for _, p := range s.Props() {
		if p.Required {
			out.Set(p.Name, plain(p.Schema, depth+1))
		}
	}
	least := s.Number("minProperties")
	for _, p := range s.Props() {
		if _, have := out.Get(p.Name); !have && least != nil && float64(out.Len()) < *least {
			out.Set(p.Name, plain(p.Schema, depth+1))
		}
	}
	if more, ok := s.Object("additionalProperties"); ok && out.Len() == 0 && least != nil && *least > 0 {
		out.Set("default", plain(schema.Of(more), depth+1))
	}
	return out
}

// texts are the values of an enum that are texts.
func texts(enum []json.RawMessage) []string {
	var out []string
	for _, raw := range enum {
		if v, err := pyjson.Parse(raw); err == nil {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
	}
	return out
}
