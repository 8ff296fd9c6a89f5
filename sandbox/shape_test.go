package sandbox

import (
	"fmt"
	"testing"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// What a shape accepts, the validator accepts; and it does accept the common.
func TestShapesAcceptWhatIsValid(t *testing.T) {
	values := []string{
		`null`, `true`, `0`, `1`, `5`, `6`, `-1`, `5.0`, `5.5`, `1e300`, `9007199254740993`, `123456789012345678901234567890`, `""`, `"a"`, `"abc"`, `"open"`, `"ümläut"`,
		`[]`, `[1]`, `[1, 2.0]`, `["a", "b", "c"]`, `[{"a": 1}]`, `{}`, `{"a": 1}`, `{"a": "x", "b": null}`, `{"c": {"a": 1}}`, `{"c": {"a": []}, "d": 1}`,
	}
	for _, c := range []struct {
		schema   string
		accepted int // of the values
	}{
		{`{}`, 25},
		{`{"description": "anything", "title": "t", "format": "hostname", "default": 1}`, 25},
		{`{"format": "email"}`, 20},
		{`{"type": "string"}`, 5},
		{`{"type": ["string", "null"]}`, 6},
		{`{"type": "integer", "minimum": 1, "maximum": 5}`, 2},
		{`{"type": "number", "minimum": 1, "maximum": 5}`, 3},
		{`{"type": "number", "minimum": 0.5}`, 0}, // a bound that is no whole number: not looked at
		{`{"minLength": 1, "maxLength": 4}`, 23},
		{`{"type": "string", "pattern": "^a"}`, 2},
		{`{"type": "string", "pattern": "(?=a)b"}`, 5},
		{`{"enum": ["open", 5, null]}`, 4},
		{`{"const": 1}`, 1},
		{`{"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 2}`, 1},
		{`{"type": "object", "properties": {"a": {"type": "integer"}}}`, 4},
		{`{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}`, 1},
		{`{"type": "object", "properties": {"a": true}, "additionalProperties": false}`, 2},
		{`{"type": "object", "properties": {"c": {"type": "object", "required": ["a"], "properties": {"a": {"type": "array"}}}}, "required": ["c"]}`, 1},
		{`{"anyOf": [{"type": "string"}, {"type": "null"}]}`, 6},
		{`{"oneOf": [{"type": "string"}, {"type": "null"}]}`, 0},
		{`{"$schema": "http://json-schema.org/draft-07/schema#", "type": "string"}`, 0},
		{`{"exclusiveMinimum": 1}`, 0},
	} {
		v := newValidator([]byte(c.schema))
		v.compile()
		if v.schema == nil {
			t.Fatalf("%s: %v", c.schema, v.err)
		}
		accepted := 0
		for _, text := range values {
			value, err := pyjson.Parse([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if v.shape == nil || !v.shape.accepts(value) {
				continue
			}
			accepted++
			if err := v.schema.Validate(plain(value)); err != nil {
				t.Errorf("%s accepts %s: %v", c.schema, text, err)
			}
			if got := fmt.Sprint(conform(v.object, value)); got != fmt.Sprint(value) {
				t.Errorf("%s accepts %s, which has to be conformed to %s", c.schema, text, got)
			}
		}
		if accepted != c.accepted {
			t.Errorf("%s accepts %d values, not %d", c.schema, accepted, c.accepted)
		}
	}
}
