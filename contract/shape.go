package contract

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// shapes holds compiled schemas by their text: many tools return the same, and
// a mended world is checked again.
type shapes struct{ byText sync.Map }

type compiledShape struct {
	schema *jsonschema.Schema
	err    string
}

// compiled makes a validator of a schema, or says why there is none.
func (s *shapes) compiled(schema json.RawMessage) (*jsonschema.Schema, string) {
	if c, ok := s.byText.Load(string(schema)); ok {
		return c.(compiledShape).schema, c.(compiledShape).err
	}
	validator, err := compileShape(schema)
	s.byText.Store(string(schema), compiledShape{validator, err})
	return validator, err
}

// compileShape makes a validator of a declared result schema.
func compileShape(schema json.RawMessage) (*jsonschema.Schema, string) {
	if len(schema) == 0 {
		return nil, ""
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(schema)))
	if err != nil {
		return nil, err.Error()
	}
	loosen(doc)
	c := jsonschema.NewCompiler()
	c.UseLoader(jsonschema.SchemeURLLoader{}) // loads nothing
	if err := c.AddResource("result.json", doc); err != nil {
		return nil, err.Error()
	}
	s, err := c.Compile("result.json")
	if err != nil {
		return nil, err.Error()
	}
	return s, ""
}

// loosen makes every oneOf of a schema an anyOf: alternatives that overlap, as
// a number's text and any text do, would leave no value that fits just one.
func loosen(schema any) {
	switch x := schema.(type) {
	case map[string]any:
		if list, ok := x["oneOf"].([]any); ok && x["anyOf"] == nil {
			x["anyOf"] = list
			delete(x, "oneOf")
		}
		for _, v := range x {
			loosen(v)
		}
	case []any:
		for _, v := range x {
			loosen(v)
		}
	}
}

// misfit says how a result breaks its declared schema; empty where it fits.
func misfit(s *jsonschema.Schema, text string) string {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err.Error()
	}
	if err = s.Validate(v); err == nil {
		return ""
	}
	var invalid *jsonschema.ValidationError
	if errors.As(err, &invalid) {
		inOrder(invalid)
	}
	_, reason, found := strings.Cut(err.Error(), "\n")
	if !found {
		reason = err.Error()
	}
	return Short(strings.TrimPrefix(strings.TrimSpace(reason), "- "))
}

// inOrder sorts what is wrong by its place: the validator goes through objects in
// an order of its own, another each time.
func inOrder(e *jsonschema.ValidationError) {
	slices.SortStableFunc(e.Causes, func(a, b *jsonschema.ValidationError) int {
		return slices.Compare(a.InstanceLocation, b.InstanceLocation)
	})
	if more, ok := e.ErrorKind.(*kind.AdditionalProperties); ok {
		slices.Sort(more.Properties)
	}
	for _, cause := range e.Causes {
		inOrder(cause)
	}
}
