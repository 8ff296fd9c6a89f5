package fake

import (
	"encoding/json"
	"fmt"
	"regexp"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A Shape says what a value has to look like and what it is about: a JSON
// Schema, or a column of a table, read once so that many values can be made.
type Shape struct {
	Name     string   // of the property, parameter or column
	Entity   string   // what it belongs to: "order"
	Words    []string // of Name, in lower case
	Type     string   // string, integer, number, boolean, object, array, null; empty means any
	Semantic string   // a row of Semantics; empty where none fits
	Format   string
	Nullable bool

	Enum     []any // pyjson values, and so is Examples
	Examples []any
	Default  any // nil where there is none

	Min, Max             *float64
	MinOpen, MaxOpen     bool // the bound itself is excluded
	Multiple             float64
	MinLength, MaxLength int // of a string or array; MaxLength < 0 means no limit
	Pattern              *regexp.Regexp
	Distinct             bool // items of an array differ

	Items  *Shape  // of an array; nil where unknown
	Fields []Field // of an object, in order
	Others *Shape  // of an object's further properties; nil where there are none
}

// A Field is one property of an object.
type Field struct {
	Shape    *Shape
	Required bool
}

// Column returns the shape of a table's column. What the column says itself
// comes before what its schema says.
func Column(c scaler.Column, entity string) *Shape {
	s := &Shape{MaxLength: -1}
	if len(c.Schema) > 0 {
		own := Schema(c.Schema, c.Name, entity)
		if c.Type == "array" && own.Type != "array" {
			own.Name, own.Words = words.Singular(c.Name), words.Split(words.Singular(c.Name))
			s.Items = own
		} else {
			s = own
		}
	}
	s.Name, s.Entity, s.Words = c.Name, entity, words.Split(c.Name)
	s.Type, s.Nullable = c.Type, c.Nullable
	if c.Format != "" {
		s.Format = c.Format
	}
	if c.Min != nil {
		s.Min, s.MinOpen = c.Min, false
	}
	if c.Max != nil {
		s.Max, s.MaxOpen = c.Max, false
	}
	if len(c.Enum) > 0 {
		s.setEnum(c.Type, values(c.Enum))
	}
	if len(c.Examples) > 0 {
		s.Examples = values(c.Examples)
	}
	s.Semantic = c.Semantic
	if _, known := byName[s.Semantic]; !known {
		s.Semantic = "" // somebody else's word
	}
	if found := guess(s); found != "" && (s.Semantic == "" || coarse[s.Semantic]) {
		s.Semantic = found
	}
	s.settle()
	return s
}

// coarse are meanings that a name can say more exactly: a category that is a
// genre, a title that is the name of a room.
var coarse = flags("category title company slug code quantity percent date datetime sentence paragraph filename product count number city address.street tag person.name year")

// setEnum gives an array's enum to its items, where it belongs.
func (s *Shape) setEnum(typ string, enum []any) {
	if typ != "array" {
		s.Enum = enum
		return
	}
	if s.Items == nil {
		s.Items = &Shape{MaxLength: -1, Type: "string", Name: s.Name, Words: s.Words, Entity: s.Entity}
	}
	s.Items.Enum = enum
}

func values(raw []json.RawMessage) []any {
	var out []any
	for _, r := range raw {
		if v, err := pyjson.Parse(r); err == nil {
			out = append(out, v)
		}
	}
	return out
}

// Schema returns the shape that a JSON Schema describes. References inside the
// schema are followed; of alternatives the first that is not null counts. A
// schema that cannot be read allows anything.
func Schema(schema []byte, name, entity string) *Shape {
	v, err := pyjson.Parse(schema)
	if err != nil {
		v = true
	}
	return Read(v, name, entity)
}

// Read is Schema for a schema that has been parsed already.
func Read(schema any, name, entity string) *Shape {
	r := reader{root: schema, left: 4000}
	return r.shape(schema, name, entity, 0)
}

// A reader bounds the work on one schema: references can make a small document
// describe a huge value.
type reader struct {
	root any
	left int // shapes that may still be made
}

const maxDepth = 9

func (r *reader) shape(schema any, name, entity string, depth int) *Shape {
	s := &Shape{Name: name, Entity: entity, Words: words.Split(name), MaxLength: -1}
	if r.left--; r.left < -4000 {
		return s
	}
	o := &pyjson.Object{}
	r.flatten(schema, o, 0)
	s.readScalar(o)
	if s.Type == "array" {
		s.readArray(o)
		if items, ok := o.Get("items"); ok && depth < maxDepth && r.left > 0 {
			s.Items = r.shape(items, words.Singular(name), entity, depth+1)
		}
	}
	if s.Type == "object" {
		r.readFields(s, o, depth)
	}
	s.settle()
	return s
}

func (r *reader) readFields(s *Shape, o *pyjson.Object, depth int) {
	required := map[string]bool{}
	for _, k := range list(o, "required") {
		if k, ok := k.(string); ok {
			required[k] = true
		}
	}
	inside := s.Name
	if inside == "" {
		inside = s.Entity
	}
	if props, ok := object(o, "properties"); ok {
		for k, p := range props.All() {
			if !required[k] && (depth >= maxDepth-3 || r.left <= 0) || depth > 3*maxDepth {
				continue
			}
			s.Fields = append(s.Fields, Field{Shape: r.shape(p, k, inside, depth+1), Required: required[k]})
			delete(required, k)
		}
	}
	for _, k := range list(o, "required") {
		if k, ok := k.(string); ok && required[k] { // demanded, yet described nowhere
			s.Fields = append(s.Fields, Field{Shape: r.shape(true, k, inside, depth+1), Required: true})
			delete(required, k)
		}
	}
	more, _ := o.Get("additionalProperties")
	if schema, ok := more.(*pyjson.Object); ok && depth < maxDepth && r.left > 0 {
		s.Others = r.shape(schema, words.Singular(s.Name), s.Entity, depth+1)
	} else if len(s.Fields) == 0 && more != false {
		s.Others = anyLabel // anything goes
	}
}

var anyLabel = &Shape{Type: "string", Semantic: "tag", MaxLength: -1}

// flatten gathers what schema says into o: references followed, every allOf,
// the first alternative that is not null.
func (r *reader) flatten(schema any, o *pyjson.Object, depth int) {
	in, ok := schema.(*pyjson.Object)
	if !ok || depth > 12 {
		return
	}
	if ref, ok := text(in, "$ref"); ok {
		r.flatten(r.resolve(ref), o, depth+1)
	}
	for _, part := range list(in, "allOf") {
		r.flatten(part, o, depth+1)
	}
	for k, v := range in.All() {
		switch k {
		case "$ref", "allOf", "anyOf", "oneOf":
		case "properties", "required":
			merge(o, k, v)
		default:
			o.Set(k, v)
		}
	}
	for _, k := range []string{"anyOf", "oneOf"} {
		for i, part := range list(in, k) {
			if isNull(part) {
				o.Set("nullable", true)
				continue
			}
			r.flatten(part, o, depth+1)
			for _, later := range list(in, k)[i+1:] {
				if isNull(later) {
					o.Set("nullable", true)
				}
			}
			break
		}
	}
}

// merge adds properties to properties and required names to required names.
func merge(o *pyjson.Object, key string, v any) {
	have, _ := o.Get(key)
	switch v := v.(type) {
	case *pyjson.Object:
		sum := &pyjson.Object{}
		if have, ok := have.(*pyjson.Object); ok {
			sum = have.Clone()
		}
		for k, p := range v.All() {
			sum.Set(k, p)
		}
		o.Set(key, sum)
	case []any:
		have, _ := have.([]any)
		o.Set(key, append(append([]any{}, have...), v...))
	}
}

func isNull(schema any) bool {
	o, ok := schema.(*pyjson.Object)
	if !ok {
		return false
	}
	t, _ := text(o, "type")
	return t == "null"
}

func (s *Shape) readScalar(o *pyjson.Object) {
	if yes, ok := o.Get("nullable"); ok && yes == true {
		s.Nullable = true
	}
	s.Type, s.Nullable = typeOf(o, s.Nullable)
	s.Format, _ = text(o, "format")
	if p, ok := text(o, "pattern"); ok {
		s.Pattern, _ = regexp.Compile(p)
	}
	if v, ok := o.Get("const"); ok {
		s.Enum = []any{v}
	}
	for _, v := range list(o, "enum") {
		if v != nil {
			s.Enum = append(s.Enum, v)
		}
	}
	s.Default, _ = o.Get("default")
	if v, ok := o.Get("example"); ok {
		s.Examples = append(s.Examples, v)
	}
	s.Examples = append(s.Examples, list(o, "examples")...)
	s.readBounds(o)
}

func (s *Shape) readBounds(o *pyjson.Object) {
	s.Min, s.Max = number(o, "minimum"), number(o, "maximum")
	if x := number(o, "exclusiveMinimum"); x != nil {
		s.Min, s.MinOpen = x, true
	} else if v, _ := o.Get("exclusiveMinimum"); v == true {
		s.MinOpen = true
	}
	if x := number(o, "exclusiveMaximum"); x != nil {
		s.Max, s.MaxOpen = x, true
	} else if v, _ := o.Get("exclusiveMaximum"); v == true {
		s.MaxOpen = true
	}
	if x := number(o, "multipleOf"); x != nil && *x > 0 {
		s.Multiple = *x
	}
	if x := number(o, "minLength"); x != nil {
		s.MinLength = int(*x)
	}
	if x := number(o, "maxLength"); x != nil {
		s.MaxLength = int(*x)
	}
}

func (s *Shape) readArray(o *pyjson.Object) {
	s.MinLength, s.MaxLength = 0, -1
	if x := number(o, "minItems"); x != nil {
		s.MinLength = int(*x)
	}
	if x := number(o, "maxItems"); x != nil {
		s.MaxLength = int(*x)
	}
	if v, _ := o.Get("uniqueItems"); v == true {
		s.Distinct = true
	}
}

// typeOf returns the schema's type, guessed from its other keywords where it
// names none, and whether null is allowed.
func typeOf(o *pyjson.Object, nullable bool) (string, bool) {
	v, _ := o.Get("type")
	switch v := v.(type) {
	case string:
		return v, nullable
	case []any:
		typ := ""
		for _, t := range v {
			if t == "null" {
				nullable = true
			} else if name, ok := t.(string); ok && typ == "" {
				typ = name
			}
		}
		return typ, nullable
	}
	for _, hint := range []struct{ key, typ string }{
		{"properties", "object"}, {"additionalProperties", "object"}, {"items", "array"},
		{"pattern", "string"}, {"maxLength", "string"}, {"minLength", "string"}, {"format", "string"},
		{"minimum", "number"}, {"maximum", "number"},
	} {
		if _, ok := o.Get(hint.key); ok {
			return hint.typ, nullable
		}
	}
	for _, v := range list(o, "enum") {
		return kindOf(v), nullable
	}
	return "", nullable
}

// settle fills in what the shape's name and type imply.
func (s *Shape) settle() {
	if s.Semantic == "" {
		s.Semantic = guess(s)
	}
	var fit []any
	for _, v := range s.Examples {
		if v != nil && s.Allows(v) {
			fit = append(fit, v)
		}
	}
	s.Examples = fit
}

// resolve follows a reference inside the schema: "#/$defs/order".
func (r *reader) resolve(ref string) any {
	if len(ref) < 2 || ref[:2] != "#/" {
		return nil
	}
	v := r.root
	for _, step := range pointer(ref[2:]) {
		switch in := v.(type) {
		case *pyjson.Object:
			v, _ = in.Get(step)
		case []any:
			i := 0
			if _, err := fmt.Sscan(step, &i); err != nil || i < 0 || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}
