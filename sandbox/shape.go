package sandbox

import (
	"slices"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A shape is the part of a schema that can be checked without copying the
// value. It only ever says yes: what it does not accept, the validator looks at.
type shape struct {
	kinds      []string // none: any
	properties map[string]*shape
	required   []string
	closed     bool // nothing but properties
	items      *shape
	enum       []any // none: any
	choices    []*shape
	pattern    jsonschema.Regexp
	format     func(text string) bool // nil: any
	bounds     [bounds]*int64
}

// The bounds of numbers and of lengths, lower before upper.
const (
	ofNumber = 2 * iota
	ofText
	ofList
	bounds
)

// shapeOf returns nil where the schema says anything that a shape does not know.
func shapeOf(schema any) *shape {
	if schema == true {
		return new(shape)
	}
	o, ok := schema.(*pyjson.Object)
	if !ok {
		return nil
	}
	s := new(shape)
	for keyword, v := range o.All() {
		if read := keywords[keyword]; read == nil || !read(s, v) {
			return nil
		}
	}
	return s
}

// keywords read one keyword into a shape, and say whether they could.
var keywords map[string]func(s *shape, v any) bool

func init() { // their shapes lead back to them
	keywords = map[string]func(s *shape, v any) bool{
		"title": annotation, "description": annotation, "default": annotation, "example": annotation, "examples": annotation,
		"format": readFormat, "deprecated": annotation, "readOnly": annotation, "writeOnly": annotation, "nullable": annotation,
		"type":                 readKinds,
		"properties":           readProperties,
		"required":             func(s *shape, v any) (ok bool) { s.required, ok = texts(v); return ok },
		"additionalProperties": func(s *shape, v any) bool { s.closed = v == false; return v == true || v == false },
		"items":                func(s *shape, v any) bool { s.items = shapeOf(v); return s.items != nil },
		"enum":                 func(s *shape, v any) (ok bool) { s.enum, ok = v.([]any); return ok && len(s.enum) > 0 },
		"const":                func(s *shape, v any) bool { s.enum = []any{v}; return true },
		"anyOf":                readChoices,
		"pattern":              readPattern,
		"minimum":              bound(ofNumber),
		"maximum":              bound(ofNumber + 1),
		"minLength":            bound(ofText),
		"maxLength":            bound(ofText + 1),
		"minItems":             bound(ofList),
		"maxItems":             bound(ofList + 1),
	}
}

func annotation(*shape, any) bool { return true }

func readKinds(s *shape, v any) (ok bool) {
	if kind, ok := v.(string); ok {
		s.kinds = []string{kind}
		return true
	}
	s.kinds, ok = texts(v)
	return ok
}

func readProperties(s *shape, v any) bool {
	o, ok := v.(*pyjson.Object)
	if !ok {
		return false
	}
	s.properties = make(map[string]*shape, o.Len())
	for name, schema := range o.All() {
		property := shapeOf(schema)
		if property == nil {
			return false
		}
		s.properties[name] = property
	}
	return true
}

func readChoices(s *shape, v any) bool {
	list, ok := v.([]any)
	for _, schema := range list {
		choice := shapeOf(schema)
		if choice == nil {
			return false
		}
		s.choices = append(s.choices, choice)
	}
	return ok && len(s.choices) > 0
}

func readPattern(s *shape, v any) bool {
	text, ok := v.(string)
	if ok {
		s.pattern, _ = lenientRegexp(text)
	}
	return ok
}

func readFormat(s *shape, v any) bool {
	name, ok := v.(string)
	s.format = formats[name].is
	return ok
}

// exact is how far whole numbers are the same as floats.
const exact = 1 << 53

func bound(which int) func(s *shape, v any) bool {
	return func(s *shape, v any) bool {
		n, ok := v.(int64)
		s.bounds[which] = &n
		return ok && n > -exact && n < exact
	}
}

func texts(v any) ([]string, bool) {
	list, ok := v.([]any)
	found := make([]string, 0, len(list))
	for _, item := range list {
		text, isText := item.(string)
		found, ok = append(found, text), ok && isText
	}
	return found, ok && len(found) > 0
}

// accepts says that a value is certainly valid.
func (s *shape) accepts(v any) bool {
	if len(s.enum) > 0 && !slices.ContainsFunc(s.enum, func(one any) bool { return same(one, v) }) ||
		len(s.choices) > 0 && !slices.ContainsFunc(s.choices, func(c *shape) bool { return c.accepts(v) }) {
		return false
	}
	switch v := v.(type) {
	case nil:
		return s.is("null")
	case bool:
		return s.is("boolean")
	case int64:
		return (s.is("integer") || s.is("number")) && v > -exact && v < exact && s.within(ofNumber, float64(v))
	case float64:
		return s.is("number") && s.within(ofNumber, v)
	case string:
		return s.is("string") && s.acceptsText(v)
	case []any:
		return s.is("array") && s.acceptsList(v)
	case *pyjson.Object:
		return s.is("object") && s.acceptsObject(v)
	}
	return false
}

func (s *shape) is(kind string) bool { return len(s.kinds) == 0 || slices.Contains(s.kinds, kind) }

func (s *shape) within(which int, n float64) bool {
	low, high := s.bounds[which], s.bounds[which+1]
	return (low == nil || n >= float64(*low)) && (high == nil || n <= float64(*high))
}

func (s *shape) acceptsText(text string) bool {
	return s.within(ofText, float64(utf8.RuneCountInString(text))) && (s.pattern == nil || s.pattern.MatchString(text)) && (s.format == nil || s.format(text))
}

func (s *shape) acceptsList(list []any) bool {
	return s.within(ofList, float64(len(list))) && (s.items == nil || !slices.ContainsFunc(list, func(v any) bool { return !s.items.accepts(v) }))
}

func (s *shape) acceptsObject(o *pyjson.Object) bool {
	for _, name := range s.required {
		if _, ok := o.Get(name); !ok {
			return false
		}
	}
	for i := range o.Len() {
		name, v := o.At(i)
		property := s.properties[name]
		if property == nil && s.closed || property != nil && !property.accepts(v) {
			return false
		}
	}
	return true
}
