// Package schema reads JSON Schemas as specifications write them: what a value
// is, which properties it has, whether it fits, and whether one schema's values
// are another's. Nothing is validated; what a schema does not say, it allows.
package schema

import (
	"encoding/json"
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A View reads one JSON Schema, with allOf merged and the first real choice of
// anyOf and oneOf taken. The zero view is the schema that says nothing.
type View struct {
	Words    *pyjson.Object // as it is written; nil where it says nothing
	Nullable bool
}

// A Prop is one property of an object schema.
type Prop struct {
	Name     string
	Schema   View
	Required bool
}

// Depth ends the reading of schemas that unfold without end.
const Depth = 12

// Parse reads a schema; text that is none says nothing.
func Parse(raw json.RawMessage) View {
	if len(raw) == 0 {
		return View{}
	}
	o, err := pyjson.ParseObject(raw)
	if err != nil {
		return View{}
	}
	return Of(o)
}

// Of reads a schema that is parsed already.
func Of(v any) View { return resolve(v, 0) }

// Get returns the value of a word of the schema.
func (v View) Get(word string) (any, bool) {
	if v.Words == nil {
		return nil, false
	}
	return v.Words.Get(word)
}

// Text returns the value of a word where it is text.
func (v View) Text(word string) string {
	x, _ := v.Get(word)
	s, _ := x.(string)
	return s
}

// List returns the value of a word where it is a list.
func (v View) List(word string) []any {
	x, _ := v.Get(word)
	l, _ := x.([]any)
	return l
}

// Object returns the value of a word where it is an object.
func (v View) Object(word string) (*pyjson.Object, bool) {
	x, _ := v.Get(word)
	o, ok := x.(*pyjson.Object)
	return o, ok
}

// Number returns the value of a word where it is a number.
func (v View) Number(word string) *float64 {
	x, _ := v.Get(word)
	if n, ok := pyjson.Number(x); ok {
		return &n
	}
	return nil
}

// Type returns the schema's type; of several the first that is not null, and
// where none is written, the one its other words imply.
func (v View) Type() string {
	x, _ := v.Get("type")
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
	if _, ok := v.Object("properties"); ok {
		return "object"
	}
	if _, ok := v.Get("items"); ok {
		return "array"
	}
	if e := v.List("enum"); len(e) > 0 {
		return TypeOf(e[0])
	}
	return ""
}

// Props returns the properties of an object schema in their order.
func (v View) Props() []Prop {
	o, ok := v.Object("properties")
	if !ok {
		return nil
	}
	required := v.List("required")
	out := make([]Prop, 0, o.Len())
	for name, s := range o.All() {
		out = append(out, Prop{Name: name, Schema: Of(s), Required: slices.Contains(required, any(name))})
	}
	return out
}

// Prop returns the property of that name.
func (v View) Prop(name string) (Prop, bool) {
	for _, p := range v.Props() {
		if p.Name == name {
			return p, true
		}
	}
	return Prop{}, false
}

// Items is the schema of the items of an array.
func (v View) Items() View {
	x, _ := v.Get("items")
	return Of(x)
}

// Raw is the schema as JSON; nil where it says nothing.
func (v View) Raw() json.RawMessage {
	if v.Words == nil {
		return nil
	}
	return pyjson.Marshal(v.Words)
}

// Choices returns the values of an enum as text.
func (v View) Choices() []string {
	var out []string
	for _, x := range v.List("enum") {
		out = append(out, string(pyjson.Marshal(x)))
	}
	return out
}

// Names returns the names of an object's properties.
func (v View) Names() []string {
	var out []string
	for _, p := range v.Props() {
		out = append(out, p.Name)
	}
	return out
}

// Mentions adds the names of all properties in a schema, however deep, as words
// joined by underscores.
func (v View) Mentions(into map[string]bool) { v.properties(into, 0) }

func (v View) properties(into map[string]bool, depth int) {
	if depth > 6 {
		return
	}
	for _, p := range v.Props() {
		into[words.Snake(p.Name)] = true
		p.Schema.properties(into, depth+1)
	}
	if v.Type() == "array" {
		v.Items().properties(into, depth+1)
	}
}

// IsObject says whether the schema describes an object with known properties.
func (v View) IsObject() bool { return v.Type() == "object" && len(v.Props()) > 0 }

// IsScalar says whether the schema describes text, a number or a truth value.
func (v View) IsScalar() bool {
	switch v.Type() {
	case "string", "integer", "number", "boolean":
		return true
	}
	return false
}

// TypeOf is the type of a value; empty for null.
func TypeOf(v any) string {
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

// OfType is the schema of any value of a type.
func OfType(typ string) json.RawMessage { return pyjson.Marshal(pyjson.Of("type", typ)) }
