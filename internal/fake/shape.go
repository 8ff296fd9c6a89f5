package fake

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

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
	Doc      string // what the specification says of it
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

	Items   *Shape   // of an array; nil where unknown
	Fields  []Field  // of an object, in order
	Least   int      // how many of its fields an object has at least
	Most    int      // and at most; 0 means all
	owned   []string // owners, worked out once for this entity
	ownedBy string

	Others *Shape // of an object's further properties; nil where there are none
}

// A Field is one property of an object.
type Field struct {
	Shape    *Shape
	Required bool
}

// Wanted says whether a description says that the service wants the field, where
// its schema leaves it to the caller: "Required. The name that is shown."
func Wanted(description string) bool {
	text := strings.ToLower(description)
	return strings.HasPrefix(text, "required.") || strings.HasPrefix(text, "[required]") || strings.HasPrefix(text, "(required)")
}

// Counted says whether the schema bounds how many fields an object has, as that
// of a union does.
func (s *Shape) Counted() bool { return s.Least > 0 || s.Most > 0 }

// Some returns the fields that a counted object gets: those it must have, those
// that are wanted, and as many as its schema demands and allows.
func (s *Shape) Some(rng *rand.Rand, wanted func(Field) bool) []Field {
	var out, rest []Field
	for _, f := range s.Fields {
		if f.Required || wanted(f) {
			out = append(out, f)
		} else {
			rest = append(rest, f)
		}
	}
	for len(out) < s.Least && len(rest) > 0 {
		i := rng.IntN(len(rest))
		out = append(out, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	for s.Most > 0 && len(out) > s.Most {
		i := rng.IntN(len(out))
		out = slices.Delete(out, i, i+1)
	}
	return out
}

// Column returns the shape of a table's column. What the column says itself
// comes before what its schema says.
func Column(c scaler.Column, entity string) *Shape {
	s := &Shape{MaxLength: -1}
	if len(c.Schema) > 0 {
		name := c.Name
		if c.Type == "array" {
			name = itemName(name)
		}
		if own := Schema(c.Schema, name, entity); c.Type == "array" && own.Type != "array" {
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
	if c.Doc != "" {
		s.Doc = c.Doc
	}
	s.bound(c)
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

// bound takes the bounds of a column's values: of a list they say how long it is.
func (s *Shape) bound(c scaler.Column) {
	list := c.Type == "array"
	switch {
	case c.Min == nil:
	case list:
		s.MinLength = int(*c.Min)
	default:
		s.Min, s.MinOpen = c.Min, false
	}
	switch {
	case c.Max == nil:
	case list:
		s.MaxLength = int(*c.Max)
	default:
		s.Max, s.MaxOpen = c.Max, false
	}
}

// coarse are meanings that a name can say more exactly: a category that is a
// genre, a title that is the name of a room.
var coarse = flags("id category title company slug code quantity percent date datetime sentence paragraph filename product count number city address.street tag person.name year state job note")

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

// settle fills in what the shape's name and type imply.
func (s *Shape) settle() {
	if s.Semantic == "" {
		s.Semantic = guess(s)
	}
	s.heed()
	var fit []any
	for _, v := range s.Examples {
		if text, ok := v.(string); ok && len(text) > 2 && text[0] == '"' && text[len(text)-1] == '"' {
			v = text[1 : len(text)-1]
		}
		if v != nil && s.Allows(v) {
			fit = append(fit, v)
		}
	}
	s.Examples = fit
	s.owned, s.ownedBy = nil, ""
	s.owned, s.ownedBy = owners(s), s.Entity
}

func spansOver(s *Shape) bool {
	_, ok := rangeOf(s, spans)
	return ok && (s.Type == "integer" || s.Type == "number")
}

// Basis says what a value of the shape is made from: its enum, its examples,
// its meaning, its pattern or its format; empty where nothing tells what it is
// about, so that it can only be made up.
func (s *Shape) Basis() string {
	switch {
	case len(s.Enum) > 0:
		return "enum"
	case s.Semantic != "" && s.Semantic != "boolean":
		return "meaning"
	case spansOver(s):
		return "meaning"
	case s.Type == "boolean":
		return "boolean"
	case len(s.Examples) > 0:
		return "examples"
	case s.Pattern != nil:
		return "pattern"
	case formats[s.Format] != nil:
		return "format"
	}
	return ""
}
