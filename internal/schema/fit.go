package schema

import (
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Accepts says whether a value fits the schema, as far as types, enums and
// properties tell.
func (v View) Accepts(x any) bool { return v.accepts(x, 0) }

func (v View) accepts(x any, depth int) bool {
	if v.Words == nil || depth > 6 {
		return true
	}
	if x == nil {
		return v.Nullable
	}
	if t := v.Type(); t != "" && !SameType(x, t) {
		return false
	}
	if e := v.List("enum"); len(e) > 0 && !slices.ContainsFunc(e, func(one any) bool { return equal(one, x) }) {
		return false
	}
	switch x := x.(type) {
	case []any:
		for _, item := range x {
			if !v.Items().accepts(item, depth+1) {
				return false
			}
		}
	case *pyjson.Object:
		return v.acceptsObject(x, depth)
	}
	return true
}

func (v View) acceptsObject(x *pyjson.Object, depth int) bool {
	more, _ := v.Get("additionalProperties")
	for _, p := range v.Props() {
		if _, ok := x.Get(p.Name); !ok && p.Required {
			return false
		}
	}
	for name, item := range x.All() {
		p, known := v.Prop(name)
		switch {
		case known && !p.Schema.accepts(item, depth+1), !known && more == false:
			return false
		case !known && !Of(more).accepts(item, depth+1):
			return false
		}
	}
	return true
}

// Fitting returns the schema without the examples and defaults, its own and
// those of its properties, that it does not accept.
func (v View) Fitting() View {
	if v.Words == nil {
		return v
	}
	if fixed, ok := fit(v.Words, 0).(*pyjson.Object); ok {
		v.Words = fixed
	}
	return v
}

func fit(x any, depth int) any {
	o, ok := x.(*pyjson.Object)
	if !ok || depth > Depth {
		return x
	}
	out := o.Shallow()
	s := Of(o)
	for _, word := range []string{"example", "default"} {
		if v, ok := o.Get(word); ok && (v == nil || !s.Accepts(v)) {
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
	if props, ok := s.Object("properties"); ok {
		fixed := pyjson.NewObject(props.Len())
		for name, p := range props.All() {
			fixed.Set(name, fit(p, depth+1))
		}
		out.Set("properties", fixed)
	}
	return out
}

func fitAll(s View, list any) bool {
	items, ok := list.([]any)
	return ok && !slices.ContainsFunc(items, func(v any) bool { return !s.Accepts(v) })
}

// SameType says whether a value is of a type; a whole number is a number.
func SameType(v any, typ string) bool {
	t := TypeOf(v)
	return t == typ || t == "integer" && typ == "number"
}

// equal says whether two values are written alike.
func equal(a, b any) bool { return string(pyjson.Marshal(a)) == string(pyjson.Marshal(b)) }
