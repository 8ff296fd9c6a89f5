package world

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
)

// narrow makes a column keep what several results say of it: a row that one
// tool lists and another gets has to be right for both.
func narrow(c *scaler.Column, also scaler.Column) {
	if c.Type != also.Type {
		return
	}
	c.Nullable = c.Nullable && also.Nullable
	if common := commonEnum(c.Enum, also.Enum); len(common) > 0 {
		c.Enum = common
	}
	if c.Format == "" {
		c.Format = also.Format
	}
	if c.Min == nil || also.Min != nil && *also.Min > *c.Min {
		c.Min = also.Min
	}
	if c.Max == nil || also.Max != nil && *also.Max < *c.Max {
		c.Max = also.Max
	}
	switch {
	case len(c.Schema) == 0:
		c.Schema = also.Schema
	case len(also.Schema) > 0 && !bytes.Equal(c.Schema, also.Schema):
		if s, ok := both(parseAny(c.Schema), parseAny(also.Schema), 0).(*pyjson.Object); ok {
			c.Schema = schema.View{Words: s}.Fitting().Raw()
		}
	}
}

// commonEnum returns the values that both allow; an empty list allows all, and
// of lists that share nothing the first counts.
func commonEnum(a, b []json.RawMessage) []json.RawMessage {
	if len(a) == 0 {
		return b
	}
	var out []json.RawMessage
	for _, v := range a {
		if slices.ContainsFunc(b, func(w json.RawMessage) bool { return bytes.Equal(v, w) }) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return a
	}
	return out
}

// both returns a schema whose values fit a and b, as far as types, properties,
// items and enums tell; where the two exclude each other, a counts.
func both(a, b any, depth int) any {
	x, y := schema.Of(a), schema.Of(b)
	switch {
	case y.Words == nil || depth > schema.Depth:
		return a
	case x.Words == nil:
		return b
	case x.Type() != "" && y.Type() != "" && x.Type() != y.Type():
		if x.Type() == "number" && y.Type() == "integer" {
			return b
		}
		return a
	}
	out := x.Words.Shallow()
	for word, v := range y.Words.All() {
		have, ok := out.Get(word)
		switch {
		case !ok:
			out.Set(word, v)
		case word == "items":
			out.Set(word, both(have, v, depth+1))
		case word == "properties":
			out.Set(word, bothProperties(have, v, depth))
		case word == "required":
			out.Set(word, union(have, v))
		case word == "enum":
			out.Set(word, shared(have, v))
		}
	}
	if typ := x.Type(); typ != "" && !(x.Nullable && y.Nullable) {
		out.Set("type", typ)
		out.Delete("nullable")
	}
	return out
}

func bothProperties(a, b any, depth int) any {
	x, ok := a.(*pyjson.Object)
	y, also := b.(*pyjson.Object)
	if !ok || !also {
		return a
	}
	out := x.Shallow()
	for name, v := range y.All() {
		if have, ok := out.Get(name); ok {
			v = both(have, v, depth+1)
		}
		out.Set(name, v)
	}
	return out
}

func union(a, b any) any {
	out, _ := a.([]any)
	more, _ := b.([]any)
	out = slices.Clone(out)
	for _, v := range more {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// shared returns the values of both lists; a where they share none.
func shared(a, b any) any {
	x, _ := a.([]any)
	y, _ := b.([]any)
	var out []any
	for _, v := range x {
		if slices.ContainsFunc(y, func(w any) bool { return literal(v) == literal(w) }) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return a
	}
	return out
}
