package fake

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

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
			s.Items = r.shape(items, itemName(name), entity, depth+1)
		}
	}
	if s.Type == "object" {
		r.readFields(s, o, depth)
	}
	s.settle()
	return s
}

// folds are names of objects that only hold some of the fields of what they are
// in: properties of a disk, attributes of an order, metadata of a pod.
var folds = flags("properties property props attributes fields metadata spec data details detail info information snippet display")

func (r *reader) readFields(s *Shape, o *pyjson.Object, depth int) {
	required := map[string]bool{}
	for _, k := range list(o, "required") {
		if k, ok := k.(string); ok {
			required[k] = true
		}
	}
	inside := s.Name
	if inside == "" || s.Entity != "" && folds[strings.Join(s.Words, " ")] {
		inside = s.Entity
	}
	if x := number(o, "minProperties"); x != nil {
		s.Least = int(*x)
	}
	if props, ok := object(o, "properties"); ok {
		if _, login := props.Get("login"); login {
			inside = "user"
		}
		for k, p := range props.All() {
			enough := len(s.Fields) >= s.Least
			if !required[k] && enough && (depth >= maxDepth-3 || r.left <= 0) || depth > 3*maxDepth {
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
	if x := number(o, "maxProperties"); x != nil && len(s.Fields) > 0 {
		s.Most = int(*x)
	}
	more, _ := o.Get("additionalProperties")
	if schema, ok := more.(*pyjson.Object); ok && (depth < maxDepth && r.left > 0 || s.Least > 0 && depth < 2*maxDepth) {
		s.Others = r.shape(schema, itemName(s.Name), s.Entity, depth+1)
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

// itemName is the name of one of many: clientCertificate of clientCertificates.
func itemName(name string) string {
	list := words.Split(name)
	if len(list) == 0 {
		return name
	}
	last := list[len(list)-1]
	if at := len(name) - len(last); last == "list" && at > 0 { // SourceIdsList
		return itemName(strings.TrimRight(name[:at], "_-"))
	}
	one := words.Singular(last)
	if at := len(name) - len(last); one != last && at >= 0 && strings.EqualFold(name[at:], last) {
		return name[:at] + name[at:at+1] + one[1:]
	}
	return name
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
	s.Doc, _ = text(o, "description")
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
	if Constant(s.Name, s.Default) && len(s.Enum) == 0 {
		s.Enum = []any{s.Default}
	}
	if v, ok := o.Get("example"); ok {
		s.Examples = append(s.Examples, v)
	}
	s.Examples = append(s.Examples, list(o, "examples")...)
	if s.Type == "string" && len(s.Enum) == 0 && len(s.Examples) < 2 {
		for _, v := range Listed(s.Doc) {
			s.Examples = append(s.Examples, v)
		}
	}
	if s.Type == "string" && len(s.Enum) == 0 && len(s.Examples) == 0 {
		for _, v := range Shown(s.Doc) {
			s.Examples = append(s.Examples, v)
		}
	}
	s.readBounds(o)
}

// Constant says whether a default is all that there is: services write what kind
// of thing an object is into each.
func Constant(name string, value any) bool {
	text, ok := value.(string)
	return ok && text != "" && (name == "kind" || name == "object" || name == "@type")
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
