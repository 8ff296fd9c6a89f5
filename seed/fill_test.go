package seed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"
)

const clock = "2026-03-02T09:00:00Z"

// Whatever the schema, foreign keys hold, keys and unique values differ, every
// value is what its column says, and the same seed makes the same rows.
func TestFillAnySchema(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySchema(t)
		seed := rapid.Uint64Range(0, 1000).Draw(t, "seed")
		rows := Fill(seed, clock, Style{}, s)
		if again := Fill(seed, clock, Style{}, s); !reflect.DeepEqual(rows, again) {
			t.Fatal("a second time the rows differ")
		}
		byTable := map[string]map[string]map[string]any{}
		for _, r := range rows {
			row := map[string]any{}
			if err := json.Unmarshal(r.Value, &row); err != nil {
				t.Fatal(err)
			}
			if byTable[r.Table] == nil {
				byTable[r.Table] = map[string]map[string]any{}
			}
			if byTable[r.Table][r.Key] != nil {
				t.Fatalf("two rows of %s have key %s", r.Table, r.Key)
			}
			byTable[r.Table][r.Key] = row
		}
		for _, table := range s.Tables {
			if len(byTable[table.Name]) == 0 {
				t.Fatalf("%s has no rows", table.Name)
			}
			checkTable(t, table, byTable)
		}
	})
}

func checkTable(t *rapid.T, table scaler.Table, byTable map[string]map[string]map[string]any) {
	for _, c := range table.Columns {
		valid := columnSchema(t, c)
		seen := map[string]bool{}
		for key, row := range byTable[table.Name] {
			v, ok := row[c.Name]
			if !ok {
				t.Fatalf("%s %s has no %s", table.Name, key, c.Name)
			}
			if err := valid.Validate(v); err != nil {
				t.Fatalf("%s %s, %s: %v", table.Name, key, c.Name, err)
			}
			text, _ := json.Marshal(v)
			if c.Unique && v != nil && seen[string(text)] {
				t.Fatalf("%s has %s twice in the unique column %s", table.Name, text, c.Name)
			}
			seen[string(text)] = true
			for _, ref := range pyjson.Items(v) {
				if c.Ref != "" && byTable[c.Ref][fmt.Sprint(ref)] == nil {
					t.Fatalf("%s %s: %s points at %s %v, which is not there", table.Name, key, c.Name, c.Ref, ref)
				}
			}
		}
	}
}

// columnSchema says independently of the seeder what a column allows.
func columnSchema(t *rapid.T, c scaler.Column) *jsonschema.Schema {
	own := map[string]any{"type": c.Type}
	if len(c.Schema) > 0 && c.Type != "array" {
		if err := json.Unmarshal(c.Schema, &own); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.Schema) > 0 && c.Type == "array" {
		own["items"] = c.Schema
	}
	for k, v := range map[string]any{"format": c.Format, "enum": c.Enum, "minimum": c.Min, "maximum": c.Max} {
		if !reflect.ValueOf(v).IsZero() {
			own[k] = v
		}
	}
	var schema any = own
	if c.Nullable {
		schema = map[string]any{"anyOf": []any{own, map[string]any{"type": "null"}}}
	}
	text, err := json.Marshal(schema)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("column.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("column.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// anySchema draws tables that refer to each other in any direction.
func anySchema(t *rapid.T) scaler.Schema {
	names := []string{"customers", "orders", "products", "teams", "widgets"}[:rapid.IntRange(1, 5).Draw(t, "tables")]
	var s scaler.Schema
	for _, name := range names {
		table := scaler.Table{Name: name, Entity: strings.TrimSuffix(name, "s"), Key: "id", Size: rapid.IntRange(1, 12).Draw(t, "size")}
		table.Columns = append(table.Columns, rapid.SampledFrom([]scaler.Column{{Name: "id", Type: "string"}, {Name: "id", Type: "string", Format: "uuid"},
			{Name: "id", Type: "string", Examples: []json.RawMessage{json.RawMessage(`"X-0099"`)}}}).Draw(t, "key"))
		n := rapid.IntRange(0, 8).Draw(t, "columns")
		for i := range n {
			c := anyColumn(t, names)
			c.Name += strings.Repeat("_x", i)
			table.Columns = append(table.Columns, c)
		}
		s.Tables = append(s.Tables, table)
	}
	return s
}

func anyColumn(t *rapid.T, tables []string) scaler.Column {
	number := func(x float64) *float64 { return &x }
	to := rapid.SampledFrom(tables).Draw(t, "to")
	return rapid.SampledFrom([]scaler.Column{
		{Name: "name", Type: "string"}, {Name: "email", Type: "string", Format: "email", Unique: true}, {Name: "city", Type: "string", Nullable: true},
		{Name: "price", Type: "number", Min: number(10), Max: number(20)}, {Name: "quantity", Type: "integer", Min: number(3)}, {Name: "level", Type: "integer", Max: number(0)},
		{Name: "active", Type: "boolean"}, {Name: "created_at", Type: "string", Format: "date-time"}, {Name: "due_date", Type: "string", Format: "date", Nullable: true},
		{Name: "code", Type: "string", Unique: true, Schema: json.RawMessage(`{"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4,6}$"}`)},
		{Name: "title", Type: "string", Schema: json.RawMessage(`{"type": "string", "minLength": 30, "maxLength": 40}`)},
		{Name: "kind", Type: "string", Enum: []json.RawMessage{json.RawMessage(`"a"`), json.RawMessage(`"b"`)}},
		{Name: "tags", Type: "array", Schema: json.RawMessage(`{"type": "string", "maxLength": 6}`)},
		{Name: "address", Type: "object", Schema: json.RawMessage(`{"type": "object", "properties": {"street": {"type": "string"}, "zip": {"type": "string", "pattern": "^[0-9]{5}$"}, "lat": {"type": "number", "minimum": -90, "maximum": 90}}, "required": ["street", "zip"], "additionalProperties": false}`)},
		{Name: "lines", Type: "array", Schema: json.RawMessage(`{"type": "object", "properties": {"price": {"type": "number", "minimum": 0}, "quantity": {"type": "integer", "minimum": 1}, "website": {"type": "string", "format": "uri"}}, "required": ["price"]}`)},
		{Name: "labels", Type: "object", Schema: json.RawMessage(`{"type": "object", "additionalProperties": {"type": "integer"}}`)},
		{Name: "ref", Type: "string", Ref: to, Nullable: true}, {Name: "owner_id", Type: "string", Ref: to}, {Name: "member_ids", Type: "array", Ref: to},
	}).Draw(t, "column")
}

// One order of a shop: everything in it agrees.
func TestRowsHangTogether(t *testing.T) {
	var s scaler.Schema
	decode(t, []byte(shopTables), &s)
	customers, orders := map[string]map[string]any{}, 0
	states := map[any]int{}
	for _, r := range Fill(7, clock, Style{}, s) {
		var row map[string]any
		decode(t, r.Value, &row)
		switch r.Table {
		case "customers":
			customers[r.Key] = row
			if first, _ := row["first_name"].(string); !strings.HasPrefix(row["email"].(string), strings.ToLower(first[:1])) || !strings.HasPrefix(row["name"].(string), first) {
				t.Errorf("name and e-mail of different people: %s", r.Value)
			}
		case "orders":
			orders++
			states[row["status"]]++
			checkOrder(t, row, customers[row["customer_id"].(string)])
		}
	}
	for _, status := range []string{"pending", "shipped", "delivered", "cancelled"} {
		if states[status] < 2 {
			t.Errorf("only %d of %d orders are %s", states[status], orders, status)
		}
	}
}

func checkOrder(t *testing.T, row, customer map[string]any) {
	t.Helper()
	sum := row["shipping_cost"].(float64)
	for _, item := range row["items"].([]any) {
		item := item.(map[string]any)
		sum += item["price"].(float64) * item["quantity"].(float64)
	}
	if total := row["total"].(float64); sum-total > 0.011 || total-sum > 0.011 {
		t.Errorf("the items come to %v, the total is %v", sum, total)
	}
	if row["customer_email"] != customer["email"] {
		t.Errorf("the order's e-mail %v is not its customer's, %v", row["customer_email"], customer["email"])
	}
	last := customer["created_at"].(string)
	for _, name := range []string{"created_at", "shipped_at", "delivered_at", "updated_at"} {
		at, set := row[name].(string)
		if set && at < last {
			t.Errorf("%s %s comes before %s", name, at, last)
		} else if set {
			last = at
		}
		if _, was := row["delivered_at"].(string); was != (row["status"] == "delivered") {
			t.Errorf("%v was delivered: %v", row["status"], was)
		}
	}
	if last > clock {
		t.Errorf("%s lies in the future", last)
	}
	mine := false
	for _, id := range customer["orders"].([]any) {
		mine = mine || id == row["order_id"]
	}
	if !mine {
		t.Errorf("customer %v does not list order %v", customer["id"], row["order_id"])
	}
}

const shopTables = `{"tables": [
{"name": "customers", "entity": "customer", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "name", "type": "string"},
  {"name": "first_name", "type": "string"}, {"name": "email", "type": "string"}, {"name": "created_at", "type": "string", "format": "date-time"}, {"name": "orders", "type": "array", "ref": "orders"}]},
{"name": "products", "entity": "product", "key": "sku", "columns": [{"name": "sku", "type": "string"}, {"name": "name", "type": "string"}, {"name": "price", "type": "number"}]},
{"name": "orders", "entity": "order", "key": "order_id", "columns": [{"name": "order_id", "type": "integer"}, {"name": "customer_id", "type": "string", "ref": "customers"},
  {"name": "customer_email", "type": "string"}, {"name": "status", "type": "string", "enum": ["pending", "shipped", "delivered", "cancelled"]},
  {"name": "items", "type": "array", "schema": {"type": "object", "properties": {"product_sku": {"type": "string"}, "price": {"type": "number"}, "quantity": {"type": "integer"}}, "required": ["product_sku", "price", "quantity"]}},
  {"name": "shipping_cost", "type": "number"}, {"name": "total", "type": "number"}, {"name": "created_at", "type": "string", "format": "date-time"},
  {"name": "shipped_at", "type": "string", "format": "date-time", "nullable": true}, {"name": "delivered_at", "type": "string", "format": "date-time", "nullable": true},
  {"name": "updated_at", "type": "string", "format": "date-time"}], "status": {"column": "status", "initial": "pending", "moves": [{"tool": "cancel_order", "from": ["pending"], "to": "cancelled"}]}}
]}`

func BenchmarkFill(b *testing.B) {
	var one scaler.Schema
	if err := json.Unmarshal([]byte(shopTables), &one); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n += len(Fill(7, clock, Style{}, one))
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "us/row")
}

// A database of a thousand tables, as the widest services have them.
func BenchmarkFillWide(b *testing.B) {
	var one, wide scaler.Schema
	if err := json.Unmarshal([]byte(shopTables), &one); err != nil {
		b.Fatal(err)
	}
	for i := range 334 {
		for _, t := range one.Tables {
			t.Columns = append([]scaler.Column(nil), t.Columns...)
			for j, c := range t.Columns {
				if c.Ref != "" {
					t.Columns[j].Ref = fmt.Sprintf("%s_%d", c.Ref, i)
				}
			}
			t.Name = fmt.Sprintf("%s_%d", t.Name, i)
			wide.Tables = append(wide.Tables, t)
		}
	}
	rows := 0
	for b.Loop() {
		rows = len(Fill(7, clock, Style{}, wide))
	}
	b.ReportMetric(float64(rows), "rows")
}

func decode(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
}
