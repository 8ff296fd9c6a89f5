package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"regexp"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A validator checks arguments against a tool's schema, compiled on first use.
type validator struct {
	text   json.RawMessage
	once   sync.Once
	schema *jsonschema.Schema
	err    error          // why the schema does not compile; then only names and types are checked
	object *pyjson.Object // the schema as it stands
	shape  *shape         // the same where it is simple
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
	assertFormats(c)
	if err := c.AddResource("tool.json", doc); err != nil {
		v.err = err
		return
	}
	if v.schema, v.err = c.Compile("tool.json"); v.err == nil {
		v.shape = shapeOf(v.object)
	}
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

func (a anything) String() string { return string(a) }

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

// args validates the arguments and conforms them.
func (v *validator) args(args *pyjson.Object) error {
	v.once.Do(v.compile)
	if v.shape != nil && v.shape.accepts(args) {
		return nil // which takes no 5.0 for an integer
	}
	if err := v.validate(args); err != nil {
		return err
	}
	conform(v.object, args)
	return nil
}

// validate returns a Refusal that a reader can act on.
func (v *validator) validate(args *pyjson.Object) error {
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
