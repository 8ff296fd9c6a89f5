package fake

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Names say what a value is about, whatever their spelling.
func TestGuess(t *testing.T) {
	for name, want := range map[string]string{
		"firstName": "person.first_name", "customer_email": "email", "shipping_city": "city", "unitPrice": "money", "created_at": "date.created",
		"dateOfBirth": "date.birth", "zipCode": "zip", "quantity": "quantity", "order_number": "code", "phone_number_primary": "phone", "currency_code": "currency",
		"ip_address": "ip", "mime_type": "mime", "departure_airport": "airport", "dose": "dose", "flurb": "",
	} {
		typ := "string"
		if want == "money" || want == "quantity" {
			typ = "number"
		}
		if got := Column(scaler.Column{Name: name, Type: typ}, "order").Semantic; got != want {
			t.Errorf("%s is about %q, want %q", name, got, want)
		}
	}
}

// mostlyEmpty are meanings of what a row in order does not have.
var mostlyEmpty = flags("fault next.token")

// Every meaning makes a value, of each type it comes in, that fits.
func TestSemantics(t *testing.T) {
	seen := map[string]bool{}
	for _, sem := range Semantics {
		if seen[sem.Name] {
			t.Errorf("%s stands in the table twice", sem.Name)
		}
		seen[sem.Name] = true
		for _, typ := range strings.Fields(sem.Types) {
			s := Column(scaler.Column{Name: "value", Type: typ, Semantic: sem.Name}, "thing")
			for i := range 20 {
				v := Value(scaler.Rand(uint64(i), sem.Name), now, s)
				if !s.Allows(v) {
					t.Errorf("%s as %s: %v", sem.Name, typ, v)
				}
				if text, ok := v.(string); ok && (text == "" && !mostlyEmpty[sem.Name] || strings.Contains(text, "{") && sem.Name != "json") {
					t.Errorf("%s: %q", sem.Name, text)
				}
			}
		}
	}
}

// What stands beside each other is about one person in one place; what has
// another beginning is about another.
func TestSubjects(t *testing.T) {
	m := New(scaler.Rand(3), now)
	make := func(name, typ string) any {
		return m.Value(Column(scaler.Column{Name: name, Type: typ}, "customer"))
	}
	first, email := make("first_name", "string").(string), make("email", "string").(string)
	if !strings.HasPrefix(email, strings.ToLower(first)) {
		t.Errorf("%s has the address %s", first, email)
	}
	at := map[string]place{}
	for _, p := range places {
		at[p.city] = p
	}
	for _, of := range []string{"", "shipping_", "billing_"} {
		city, state, country := make(of+"city", "string").(string), make(of+"state", "string"), make(of+"country", "string")
		if p := at[city]; p.state != state || p.country != country {
			t.Errorf("%s%s lies in %v, %v", of, city, state, country)
		}
	}
}

// Values are what their schema allows; the reference is another implementation.
func TestValueFitsSchema(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		schema := rapid.SampledFrom([]string{
			`{"type": "string", "pattern": "^[a-z]{3}-\\d{2,4}(x|y)?$"}`, `{"type": "string", "minLength": 38, "maxLength": 38, "pattern": "^[a-zA-Z0-9-]*$"}`,
			`{"type": "string", "maxLength": 3}`, `{"type": "string", "minLength": 90}`, `{"type": "string", "format": "ipv6"}`, `{"type": "string", "format": "time"}`,
			`{"type": "integer", "minimum": 5, "maximum": 9, "multipleOf": 3}`, `{"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}`, `{"type": ["null", "integer"], "exclusiveMaximum": -10}`,
			`{"type": "array", "minItems": 4, "maxItems": 5, "uniqueItems": true, "items": {"type": "string", "enum": ["a", "b", "c", "d", "e", "f"]}}`,
			`{"allOf": [{"type": "object", "properties": {"a": {"type": "boolean"}}, "required": ["a"]}, {"properties": {"b": {"const": 4}}, "required": ["b"]}]}`,
			`{"oneOf": [{"type": "null"}, {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}, "required": ["email"], "additionalProperties": false}]}`,
			`{"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}, "required": ["name"]}}}`,
			`{"type": "object", "properties": {"s3": {"type": "string"}, "feed": {"type": "integer"}, "inline": {"type": "boolean"}}, "minProperties": 1, "maxProperties": 1}`,
			`{"type": "object", "additionalProperties": {"type": "number", "minimum": 1}}`, `{"enum": [1, 2.5, "three"]}`, `true`,
		}).Draw(t, "schema")
		v := Value(scaler.Rand(rapid.Uint64().Draw(t, "seed")), now, Schema([]byte(schema), "value", "thing"))
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource("s.json", doc); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile("s.json")
		if err != nil {
			t.Fatal(err)
		}
		in, err := jsonschema.UnmarshalJSON(strings.NewReader(string(pyjson.Marshal(v))))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(in); err != nil {
			t.Fatalf("%s for %s: %v", pyjson.Marshal(v), schema, err)
		}
	})
}

// A schema that describes a huge value, or an endless one, is cut short.
func TestHostileSchemas(t *testing.T) {
	for _, schema := range []string{
		`{"$ref": "#"}`, `{"$ref": "#/nowhere"}`, `{"allOf": [{"$ref": "#"}]}`,
		`{"type": "object", "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}, "required": ["a", "b"]}`,
		`{"type": "array", "items": {"$ref": "#"}, "minItems": 2}`, `{"type": "string", "pattern": "((a*)*)*(?=x)"}`, `{"type": "array", "minItems": 100000000}`, `{"type": "string", "minLength": 100000000}`, `{"type": "string", "pattern": "^(((a+)+)+)+$", "minLength": 300}`,
	} {
		start := time.Now()
		Value(scaler.Rand(1), now, Schema([]byte(schema), "value", "thing"))
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %v", schema, took)
		}
	}
}

// A person's e-mail addresses go with the name, also where the name is the
// specification's example, whatever comes first.
func TestAddressesFitTheName(t *testing.T) {
	columns := []scaler.Column{
		{Name: "name", Type: "string", Semantic: "person.name", Examples: []json.RawMessage{[]byte(`"Petra Kovac"`), []byte(`"Hanna Oduya"`), []byte(`"Luca Brunner"`)}},
		{Name: "email", Type: "string", Examples: []json.RawMessage{[]byte(`"mia@example.com"`)}},
		{Name: "work_email", Type: "string"}, {Name: "last_name", Type: "string"},
	}
	for i := range 200 {
		rng := scaler.Rand(uint64(i), "people")
		m := New(rng, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		values := map[string]string{}
		for _, at := range rng.Perm(len(columns)) {
			c := columns[at]
			values[c.Name], _ = m.Value(Column(c, "member")).(string)
		}
		last := plain(values["last_name"])
		for _, c := range []string{"name", "email", "work_email"} {
			if v := strings.ToLower(values[c]); !strings.Contains(plain(v), last) {
				t.Fatalf("%d: %v", i, values)
			}
		}
		if values["email"] == values["work_email"] {
			t.Fatalf("one address for two: %v", values)
		}
	}
}
