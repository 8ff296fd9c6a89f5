package draw

import (
	"encoding/json"
	"iter"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// shop is a small state: two customers and their orders.
type shop struct{ tables map[string][]*pyjson.Object }

func (s shop) Rows(table string) iter.Seq2[string, *pyjson.Object] {
	return func(yield func(string, *pyjson.Object) bool) {
		for _, row := range s.tables[table] {
			id, _ := row.Get("id")
			if !yield(pyjson.Bare(id), row) {
				return
			}
		}
	}
}

func (s shop) Row(table, key string) (*pyjson.Object, bool) {
	for k, row := range s.Rows(table) {
		if k == key {
			return row, true
		}
	}
	return nil, false
}

func (s shop) Len(table string) int { return len(s.tables[table]) }

func testShop(t *testing.T) shop {
	t.Helper()
	out := shop{map[string][]*pyjson.Object{}}
	for table, rows := range map[string][]string{
		"customers": {`{"id": "cus_1", "name": "Mia Lopez", "city": "Denver"}`, `{"id": "cus_2", "name": "Ann Reed", "city": "Boston"}`},
		"orders": {`{"id": 1001, "customer_id": "cus_1", "status": "pending", "address": {"city": "Denver"}}`,
			`{"id": 1002, "customer_id": "cus_2", "status": "shipped", "address": {"city": "Boston"}}`},
		"products": {`{"id": "prd_1", "name": "Reading Lamp"}`, `{"id": "prd_2", "name": "Wall Shelf"}`, `{"id": "prd_3", "name": "Bed Frame"}`},
	} {
		for _, r := range rows {
			row, err := pyjson.ParseObject([]byte(r))
			if err != nil {
				t.Fatal(err)
			}
			out.tables[table] = append(out.tables[table], row)
		}
	}
	return out
}

var shopSchema = scaler.Schema{Tables: []scaler.Table{
	{Name: "customers", Entity: "customer", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "string"}, {Name: "name", Type: "string"}, {Name: "city", Type: "string", Semantic: "city"}}},
	{Name: "products", Entity: "product", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "string"}, {Name: "name", Type: "string"}}},
	{Name: "orders", Entity: "order", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "integer"}, {Name: "customer_id", Type: "string", Ref: "customers"},
		{Name: "status", Type: "string", Enum: []json.RawMessage{json.RawMessage(`"pending"`), json.RawMessage(`"shipped"`)}}, {Name: "address", Type: "object"}}},
}}

func draws(t *testing.T, tool scaler.WorldTool, o Options) [][]Arg {
	t.Helper()
	o.Schema = shopSchema
	var out [][]Arg
	for i := range 40 {
		args, ok := Arguments(scaler.Rand(1, tool.Name, string(rune(i))), tool, testShop(t), o)
		if !ok {
			t.Fatalf("%s: nothing to draw", tool.Name)
		}
		validate(t, tool.Parameters, JSON(args))
		out = append(out, args)
	}
	return out
}

func validate(t *testing.T, schema, value []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(schema)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%s: %v", schema, err)
	}
	in, err := jsonschema.UnmarshalJSON(strings.NewReader(string(value)))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(in); err != nil {
		t.Fatalf("%s\nagainst %s: %v", value, schema, err)
	}
}

// The key and the owner that a call names are those of one order.
func TestKeysOfOneCallBelongTogether(t *testing.T) {
	tool := scaler.WorldTool{Name: "cancel_order", Kind: scaler.Transition, Table: "orders",
		Parameters: json.RawMessage(`{"type": "object", "properties": {"customer_id": {"type": "string"}, "order_id": {"type": "integer"}}, "required": ["customer_id", "order_id"]}`),
		Binds:      []scaler.Bind{{Param: "order_id", Role: "key", Table: "orders", Column: "id"}, {Param: "customer_id", Role: "ref", Table: "customers", Column: "id"}}}
	for _, args := range draws(t, tool, Options{}) {
		order, _ := testShop(t).Row("orders", args[1].Key)
		if owner, _ := order.Get("customer_id"); owner != args[0].Value {
			t.Errorf("order %v is of %v, not of %v", args[1].Value, owner, args[0].Value)
		}
	}
}

// Want keeps to the rows that may be the target.
func TestWant(t *testing.T) {
	tool := scaler.WorldTool{Name: "get_order", Kind: scaler.Get, Table: "orders",
		Parameters: json.RawMessage(`{"type": "object", "properties": {"order_id": {"type": "integer"}}, "required": ["order_id"]}`),
		Binds:      []scaler.Bind{{Param: "order_id", Role: "key", Table: "orders", Column: "id"}}}
	pending := func(table, key string, row *pyjson.Object) bool { v, _ := row.Get("status"); return v == "pending" }
	for _, args := range draws(t, tool, Options{Want: pending}) {
		if args[0].Value != int64(1001) {
			t.Errorf("drew %v, which is not pending", args[0].Value)
		}
	}
	if _, ok := Arguments(scaler.Rand(1), tool, testShop(t), Options{Schema: shopSchema, Want: func(string, string, *pyjson.Object) bool { return false }}); ok {
		t.Error("drew an order though none was wanted")
	}
}

// A new value differs from the one in the row; nested leaves know their rows.
func TestSetAndNested(t *testing.T) {
	tool := scaler.WorldTool{Name: "update_order", Kind: scaler.Update, Table: "orders",
		Parameters: json.RawMessage(`{"type": "object", "properties": {"order_id": {"type": "integer"}, "status": {"type": "string"},
			"items": {"type": "array", "minItems": 2, "items": {"type": "object", "properties": {"product_id": {"type": "string"}, "quantity": {"type": "integer", "minimum": 1, "maximum": 5}}, "required": ["product_id", "quantity"]}}},
			"required": ["order_id", "status", "items"]}`),
		Binds: []scaler.Bind{{Param: "order_id", Role: "key", Table: "orders", Column: "id"}, {Param: "status", Role: "set", Table: "orders", Column: "status"},
			{Param: "items[].product_id", Role: "ref", Table: "products", Column: "id"}}}
	for _, args := range draws(t, tool, Options{}) {
		order, _ := testShop(t).Row("orders", args[0].Key)
		if now, _ := order.Get("status"); now == args[1].Value {
			t.Errorf("order %s is %v already", args[0].Key, now)
		}
		leaves := Leaves(args[2:])
		if leaves[0].Name != "items.0.product_id" || leaves[0].From != FromRow || leaves[0].Key == leaves[2].Key {
			t.Errorf("leaves %+v", leaves)
		}
	}
}

// Filters take values that occur in one row, so that they find it.
func TestFilter(t *testing.T) {
	tool := scaler.WorldTool{Name: "list_orders", Kind: scaler.List, Table: "orders",
		Parameters: json.RawMessage(`{"type": "object", "properties": {"city": {"type": "string"}, "status": {"type": "string"}, "limit": {"type": "integer", "maximum": 3}}}`),
		Binds:      []scaler.Bind{{Param: "city", Role: "filter", Table: "orders", Column: "address.city"}, {Param: "status", Role: "filter", Table: "orders", Column: "status"}, {Param: "limit", Role: "limit"}}}
	for _, args := range draws(t, tool, Options{Optional: 1}) {
		if args[0].Key != args[1].Key || args[0].Value != map[string]string{"1001": "Denver", "1002": "Boston"}[args[1].Key] {
			t.Errorf("filters of different rows: %+v", args)
		}
	}
}

// A tool without binds is drawn by the names of its parameters.
func TestByName(t *testing.T) {
	tool := scaler.WorldTool{Name: "transfer", Kind: scaler.Relate, Table: "orders", Effect: scaler.Write,
		Parameters: json.RawMessage(`{"type": "object", "properties": {"orderId": {"type": "string"}, "product_ids": {"type": "array", "items": {"type": "string"}}, "reason": {"type": "string", "maxLength": 12}}, "required": ["orderId", "product_ids", "reason"]}`)}
	for _, args := range draws(t, tool, Options{}) {
		if args[0].Table != "orders" || args[1].Table != "products" || args[2].From != FromFresh {
			t.Errorf("%+v", args)
		}
	}
}
