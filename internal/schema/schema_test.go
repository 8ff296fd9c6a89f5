package schema

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Parts are merged, and of a choice the first that is a value is taken.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, typ string
		names     []string
		nullable  bool
	}{
		{`{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}, "required": ["b"]}]}`, "object", []string{"a", "b"}, false},
		{`{"oneOf": [{"type": "null"}, {"type": "integer"}, {"type": "string"}]}`, "integer", nil, true},
		{`{"type": ["null", "string"]}`, "string", nil, true},
		{`{"enum": [1, 2]}`, "integer", nil, false},
		{`{"items": {}}`, "array", nil, false},
		{`no schema`, "", nil, false},
	} {
		v := Parse(json.RawMessage(c.text))
		if v.Type() != c.typ || v.Nullable != c.nullable || !slices.Equal(v.Names(), c.names) {
			t.Errorf("%s: type %q, nullable %t, properties %q", c.text, v.Type(), v.Nullable, v.Names())
		}
	}
}

// One of several values each, as some services write an enum, are one choice.
func TestChoicesOfOneValue(t *testing.T) {
	v := Parse(json.RawMessage(`{"oneOf": [{"type": "string", "const": "in"}, {"type": "string", "const": "out"}]}`))
	if got := v.Choices(); !slices.Equal(got, []string{`"in"`, `"out"`}) {
		t.Errorf("%q", got)
	}
}

func TestAccepts(t *testing.T) {
	room := Parse(json.RawMessage(`{"type": "object", "required": ["beds"], "additionalProperties": false,
		"properties": {"beds": {"type": "number"}, "view": {"enum": ["sea", "street"]}}}`))
	for text, want := range map[string]bool{
		`{"beds": 2, "view": "sea"}`: true, `{"view": "sea"}`: false, `{"beds": "two"}`: false,
		`{"beds": 2, "view": "wall"}`: false, `{"beds": 2, "bath": 1}`: false, `null`: false,
	} {
		x, err := pyjson.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if room.Accepts(x) != want {
			t.Errorf("%s is accepted: %t", text, !want)
		}
	}
}

// A schema holds another that says the same or more.
func TestHolds(t *testing.T) {
	full := Parse(json.RawMessage(`{"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}`))
	short := Parse(json.RawMessage(`{"type": "object", "properties": {"name": {"type": "string"}}}`))
	if !short.Holds(full, 0) || full.Holds(short, 0) {
		t.Error("an object without the id is one with it")
	}
	if OfType("integer") == nil || !Parse(OfType("number")).Holds(Parse(OfType("integer")), 0) {
		t.Error("a whole number is no number")
	}
}
