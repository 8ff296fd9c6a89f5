package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// A validator checks arguments against a tool's schema, compiled on first use.
type validator struct {
	text   json.RawMessage
	once   sync.Once
	schema *jsonschema.Schema
	err    error          // why the schema does not compile; then only names and types are checked
	object *pyjson.Object // the schema as it stands
}

func newValidator(schema json.RawMessage) *validator { return &validator{text: schema} }

// compile turns the text into a validator. Nothing outside the schema is loaded.
func (v *validator) compile() {
	if len(bytes.TrimSpace(v.text)) == 0 {
		return
	}
	if v.object, v.err = pyjson.ParseObject(v.text); v.err != nil {
		return
	}
	if weigh(v.object) > heaviest {
		v.err = errors.New("the schema multiplies itself through $ref")
		return
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(v.text))
	if err != nil {
		v.err = err
		return
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(jsonschema.SchemeURLLoader{})
	c.UseRegexpEngine(lenientRegexp)
	if err := c.AddResource("tool.json", doc); err != nil {
		v.err = err
		return
	}
	v.schema, v.err = c.Compile("tool.json")
}

// lenientRegexp lets a pattern that Go does not know (a look-ahead) match
// anything: one such pattern is no reason to check nothing.
func lenientRegexp(pattern string) (jsonschema.Regexp, error) {
	if re, err := regexp.Compile(pattern); err == nil {
		return re, nil
	}
	return anything(pattern), nil
}

type anything string

func (a anything) MatchString(string) bool { return true }
func (a anything) String() string          { return string(a) }

// SchemaErrors returns, by tool, why a schema of parameters does not compile.
// Of such a tool only the required names and the types of the top level are checked.
func (w *World) SchemaErrors() map[string]error {
	found := map[string]error{}
	for name, t := range w.tools {
		if t.check.once.Do(t.check.compile); t.check.err != nil {
			found[name] = t.check.err
		}
	}
	return found
}

// validate returns a Refusal that a reader can act on.
func (v *validator) validate(args *pyjson.Object) error {
	v.once.Do(v.compile)
	if v.schema == nil {
		return checkTypes(v.object, args)
	}
	err := v.schema.Validate(plain(args))
	if err == nil {
		return nil
	}
	var detail *jsonschema.ValidationError
	if !errors.As(err, &detail) {
		return refusal(InvalidArguments, "%v", err)
	}
	return refusal(InvalidArguments, "%s", explain(leaf(detail)))
}

// conform turns 5.0 into 5 where the schema says integer, in place: JSON Schema
// takes it for one, tool code would not.
func (v *validator) conform(args *pyjson.Object) { conform(v.object, args) }

func conform(schema *pyjson.Object, v any) any {
	if schema == nil {
		return v
	}
	switch v := v.(type) {
	case float64:
		if t, _ := schema.Get("type"); t == "integer" && v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v)
		}
	case []any:
		items := subschema(schema, "items")
		for i := range v {
			v[i] = conform(items, v[i])
		}
	case *pyjson.Object:
		properties := subschema(schema, "properties")
		if properties == nil {
			break
		}
		for i := range v.Len() {
			name, item := v.At(i)
			v.Set(name, conform(subschema(properties, name), item))
		}
	}
	return v
}

func subschema(schema *pyjson.Object, name string) *pyjson.Object {
	v, _ := schema.Get(name)
	o, _ := v.(*pyjson.Object)
	return o
}

// plain is the value in the types that the validator knows.
func plain(v any) any {
	switch v := v.(type) {
	case *pyjson.Object:
		m := make(map[string]any, v.Len())
		for key, item := range v.All() {
			m[key] = plain(item)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = plain(item)
		}
		return list
	case *big.Int:
		return json.Number(v.String())
	}
	return v
}

// leaf finds the most telling cause: the one deepest in the arguments. The
// validator walks maps, so of equals it is the first by what it says.
func leaf(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return e
	}
	best := leaf(e.Causes[0])
	for _, c := range e.Causes[1:] {
		l := leaf(c)
		deeper := len(l.InstanceLocation) - len(best.InstanceLocation)
		if deeper > 0 || deeper == 0 && explain(l) < explain(best) {
			best = l
		}
	}
	return best
}

// explain says what is wrong in a few words: "order_id: expected string, got number".
func explain(e *jsonschema.ValidationError) string {
	place := ""
	if len(e.InstanceLocation) > 0 {
		place = strings.Join(e.InstanceLocation, ".") + ": "
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Type:
		return fmt.Sprintf("%sexpected %s, got %s", place, strings.Join(k.Want, " or "), k.Got)
	case *kind.Required:
		return fmt.Sprintf("%smissing %s", place, strings.Join(k.Missing, ", "))
	case *kind.AdditionalProperties:
		return fmt.Sprintf("%sunknown argument %s", place, strings.Join(slices.Sorted(slices.Values(k.Properties)), ", "))
	case *kind.Minimum:
		return fmt.Sprintf("%sexpected at least %s, got %s", place, decimal(k.Want), decimal(k.Got))
	case *kind.Maximum:
		return fmt.Sprintf("%sexpected at most %s, got %s", place, decimal(k.Want), decimal(k.Got))
	case *kind.Enum:
		return fmt.Sprintf("%sexpected one of %s, got %s", place, brief(k.Want), brief(k.Got))
	case *kind.Const:
		return fmt.Sprintf("%sexpected %s, got %s", place, brief(k.Want), brief(k.Got))
	}
	return place + strings.TrimPrefix(e.ErrorKind.LocalizedString(printer), "value ")
}

// decimal writes a bound as a person would.
func decimal(r *big.Rat) string {
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func brief(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "a value"
	}
	if len(text) > 120 {
		return strings.ToValidUTF8(string(text[:117]), "") + "..."
	}
	return string(text)
}

// checkTypes is what remains of a schema that does not compile: required names
// and the JSON types of the top level.
func checkTypes(schema, args *pyjson.Object) error {
	if schema == nil {
		return nil
	}
	required, _ := schema.Get("required")
	list, _ := required.([]any)
	for _, r := range list {
		if name, ok := r.(string); ok {
			if _, ok := args.Get(name); !ok {
				return refusal(InvalidArguments, "missing %s", name)
			}
		}
	}
	properties := subschema(schema, "properties")
	if properties == nil {
		return nil
	}
	for name, v := range args.All() {
		prop := subschema(properties, name)
		if prop == nil {
			continue
		}
		want, _ := prop.Get("type")
		if text, ok := want.(string); ok && !hasType(v, text) {
			return refusal(InvalidArguments, "%s: expected %s, got %s", name, text, pyjson.Kind(v))
		}
	}
	return nil
}

func hasType(v any, want string) bool {
	got := pyjson.Kind(v)
	switch want {
	case "null", "boolean", "string", "array", "object":
		return got == want
	case "integer":
		_, ok := keyText(v)
		return ok && got != "string"
	case "number":
		return got == "integer" || got == "number"
	}
	return true
}
