package sandbox

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
)

// echo is a world with one tool of the given schema, which returns its arguments.
func echo(t *testing.T, schema string) (*World, *Session) {
	t.Helper()
	w := tiny()
	w.Code = "def echo(db, args):\n    return args\n"
	w.Tools = []scaler.WorldTool{{Name: "echo", Parameters: []byte(schema)}}
	x := mustOpen(t, w)
	return x, mustStart(t, x)
}

const orderSchema = `{
	"type": "object",
	"properties": {
		"order_id": {"type": "string", "pattern": "^O-[0-9]+$"},
		"count": {"type": "integer", "minimum": 1, "maximum": 5},
		"state": {"enum": ["open", "closed"]},
		"address": {"type": "object", "properties": {"city": {"type": "string"}, "zip": {"type": "integer"}}, "required": ["city"]},
		"tags": {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
		"payment": {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}]}
	},
	"required": ["order_id"]
}`

// Arguments are checked before code runs; what is wrong is said so that it can
// be put right.
func TestArguments(t *testing.T) {
	_, s := echo(t, orderSchema)
	for _, c := range []struct{ args, want string }{
		{`{"order_id": "O-1"}`, `{"order_id": "O-1"}`},
		{`{"order_id": "O-1", "count": 2.0, "tags": [1.0, 2], "address": {"city": "Ulm", "zip": 7.0}}`, `{"order_id": "O-1", "count": 2, "tags": [1, 2], "address": {"city": "Ulm", "zip": 7}}`},
		{`{"order_id": "O-1", "extra": [1.0]}`, `{"order_id": "O-1", "extra": [1.0]}`},
		{`{"order_id": "O-1", "payment": {"card": "x"}}`, `{"order_id": "O-1", "payment": {"card": "x"}}`},
		{`{"order_id": 7}`, `order_id: expected string, got number`},
		{`{}`, `missing order_id`},
		{`{"order_id": "7"}`, `order_id: '7' does not match pattern '^O-[0-9]+$'`},
		{`{"order_id": "O-1", "count": 2.5}`, `count: expected integer, got number`},
		{`{"order_id": "O-1", "count": 9}`, `count: expected at most 5, got 9`},
		{`{"order_id": "O-1", "count": 0}`, `count: expected at least 1, got 0`},
		{`{"order_id": "O-1", "count": null}`, `count: expected integer, got null`},
		{`{"order_id": "O-1", "state": "shut"}`, `state: expected one of ["open","closed"], got "shut"`},
		{`{"order_id": "O-1", "address": {}}`, `address: missing city`},
		{`{"order_id": "O-1", "address": {"city": 1}}`, `address.city: expected string, got number`},
		{`{"order_id": "O-1", "tags": [1, "b"]}`, `tags.1: expected integer, got string`},
		{`{"order_id": "O-1", "tags": [1, 2, 3, 4]}`, `tags: maxItems: got 4, want 3`},
		{`{"order_id": "O-1", "payment": {"card": 1}}`, `payment.card: expected string, got number`},
		{`{"order_id": "O-1"`, `The arguments are not valid JSON: expected ',' or '}', got end of text at offset 18.`},
		{``, `The arguments are not valid JSON: unexpected end of text at offset 0.`},
		{`null`, `The arguments have to be a JSON object, not null.`},
		{`"order_id"`, `The arguments have to be a JSON object, not a string.`},
	} {
		r := s.Call(context.Background(), "echo", []byte(c.args))
		got := r.Text
		if r.Refused != nil {
			if got = r.Refused.Message; r.Refused.Code != InvalidArguments {
				t.Errorf("%s: code %s", c.args, r.Refused.Code)
			}
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.args, got, c.want)
		}
	}
}

// Unknown arguments are refused only where the schema says so.
func TestAdditionalProperties(t *testing.T) {
	_, s := echo(t, `{"type": "object", "properties": {"a": {}}, "additionalProperties": false}`)
	if r := s.Call(context.Background(), "echo", []byte(`{"a": 1, "b": 2}`)); r.Refused == nil || r.Refused.Message != "unknown argument b" {
		t.Error(r.Text)
	}
}

// A schema that does not compile still has its names and types checked, and the
// world says so.
func TestBrokenSchema(t *testing.T) {
	for name, schema := range map[string]string{
		"unknown type": `{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "any"}, "n": {"type": "integer"}, "r": {"type": "number"}}, "required": ["a"]}`,
		"lost $ref":    `{"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "#/definitions/none"}, "n": {"type": "integer"}, "r": {"type": "number"}}, "required": ["a"]}`,
		"far $ref":     `{"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "https://example.com/s.json"}, "n": {"type": "integer"}, "r": {"type": "number"}}, "required": ["a"]}`,
		"file $ref":    `{"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "file:///etc/passwd"}, "n": {"type": "integer"}, "r": {"type": "number"}}, "required": ["a"]}`,
	} {
		w, s := echo(t, schema)
		for args, want := range map[string]string{
			`{"a": "x", "b": [1], "n": 1.0, "r": 1, "z": 0}`: `{"a": "x", "b": [1], "n": 1, "r": 1, "z": 0}`,
			`{"b": 1}`:             "missing a",
			`{"a": 1}`:             "a: expected string, got integer",
			`{"a": "x", "n": "1"}`: "n: expected integer, got string",
		} {
			r := s.Call(context.Background(), "echo", []byte(args))
			got := r.Text
			if r.Refused != nil {
				got = r.Refused.Message
			}
			if got != want {
				t.Errorf("%s: %s\n got %s\nwant %s", name, args, got, want)
			}
		}
		if err := w.SchemaErrors()["echo"]; err == nil {
			t.Errorf("%s: not reported", name)
		}
	}
}

// A pattern that Go's regexp does not know, and a schema that refers to itself,
// are no reason to check nothing.
func TestUncommonSchemas(t *testing.T) {
	w, s := echo(t, `{"type": "object", "properties": {"a": {"type": "string", "pattern": "^(?!x)"}, "b": {"$ref": "#/$defs/node"}},
		"$defs": {"node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}, "n": {"type": "integer"}}}}}`)
	if errs := w.SchemaErrors(); len(errs) > 0 {
		t.Error(errs)
	}
	r := s.Call(context.Background(), "echo", []byte(`{"a": "x", "b": {"next": {"next": {"n": "1"}}}}`))
	if r.Refused == nil || r.Refused.Message != "b.next.next.n: expected integer, got string" {
		t.Error(r.Text)
	}
	deep := strings.Repeat(`{"next":`, 400) + "{}" + strings.Repeat("}", 400)
	if r := s.Call(context.Background(), "echo", []byte(`{"b": `+deep+`}`)); r.Refused == nil || r.Refused.Rule != "sandbox.depth" {
		t.Errorf("%.100s", r.Text)
	}
}

// Twenty-eight definitions that each refer to the next twice are 2^28 checks of
// one value; such a schema is not compiled.
func TestSchemaThatMultiplies(t *testing.T) {
	defs := `"d28": {"type": "string"}`
	for i := range 28 {
		defs += fmt.Sprintf(`, "d%d": {"allOf": [{"$ref": "#/$defs/d%d"}, {"$ref": "#/$defs/d%d"}]}`, i, i+1, i+1)
	}
	w, s := echo(t, `{"type": "object", "properties": {"a": {"$ref": "#/$defs/d0"}, "b": {"type": "integer"}}, "$defs": {`+defs+`}}`)
	if r := s.Call(context.Background(), "echo", []byte(`{"a": "x", "b": "y"}`)); r.Refused == nil || r.Refused.Message != "b: expected integer, got string" {
		t.Error(r.Text)
	}
	if w.SchemaErrors()["echo"] == nil {
		t.Error("not reported")
	}
}

// Tools whose names are no names of functions are found all the same.
func TestFunction(t *testing.T) {
	for tool, want := range map[string]string{
		"get_order": "get_order", "get-order": "get_order", "2fa": "_2fa", "import": "import_", "list": "list_", "a.b": "a_b", "": "_",
	} {
		if got := Function(tool); got != want {
			t.Errorf("Function(%q) = %q, want %q", tool, got, want)
		}
	}
}
