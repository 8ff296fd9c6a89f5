package tau1_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A shop of one user, one product and two orders, written for these tests.
var shop = map[string]string{
	"users.json": `{"bo_1": {"name": {"first_name": "Bo", "last_name": "Li"}, "address": {"zip": "10001"}, "email": "bo@example.com",
		"payment_methods": {"gift_card_1": {"source": "gift_card", "balance": 20, "id": "gift_card_1"}}, "orders": ["#W1", "#W2"]}}`,
	"products.json": `{"77": {"name": "Mug", "product_id": "77", "variants": {
		"1": {"item_id": "1", "options": {"color": "red"}, "available": true, "price": 5.1},
		"2": {"item_id": "2", "options": {"color": "blue"}, "available": true, "price": 7.25},
		"3": {"item_id": "3", "options": {"color": "gold"}, "available": false, "price": 90.0}}}}`,
	"orders.json": `{"#W1": {"order_id": "#W1", "user_id": "bo_1", "items": [{"name": "Mug", "product_id": "77", "item_id": "1", "price": 5.1, "options": {"color": "red"}}],
		"status": "pending", "payment_history": [{"transaction_type": "payment", "amount": 5.1, "payment_method_id": "gift_card_1"}]},
		"#W2": {"order_id": "#W2", "user_id": "bo_1", "items": [], "status": "delivered", "payment_history": []}}`,
}

func open(t *testing.T) *tau1.World {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "tau_bench", "envs", "retail", "data")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range shop {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := tau1.Open(dir, "retail")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func arguments(t *testing.T, text string) *pyjson.Object {
	t.Helper()
	o, err := pyjson.ParseObject([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Refusals of the tools and exceptions of Python read alike, whatever comes in.
func TestErrors(t *testing.T) {
	w := open(t)
	for _, c := range []struct{ tool, arguments, want string }{
		{"fly", `{}`, "Unknown action fly"},
		{"get_order_details", `{"order_id": "#W9"}`, "Error: order not found"},
		{"get_order_details", `{"order_id": ["#W1"]}`, "Error: unhashable type: 'list'"},
		{"get_order_details", `{}`, "Error: GetOrderDetails.invoke() missing 1 required positional argument: 'order_id'"},
		{"get_order_details", `{"data": 1}`, "Error: tau_bench.envs.retail.tools.get_order_details.GetOrderDetails.invoke() got multiple values for keyword argument 'data'"},
		{"cancel_pending_order", `{"order_id": "#W1", "reason": "bored"}`, "Error: invalid reason"},
		{"find_user_id_by_email", `{"email": 7}`, "Error: 'int' object has no attribute 'lower'"},
		{"modify_pending_order_items", `{"order_id": "#W1", "item_ids": ["1"], "new_item_ids": ["3"], "payment_method_id": "gift_card_1"}`, "Error: new item 3 not found or available"},
		{"exchange_delivered_order_items", `{"order_id": "#W2", "item_ids": 5, "new_item_ids": [], "payment_method_id": ""}`, "Error: 'int' object is not iterable"},
	} {
		s := w.Start()
		if r := s.Call(c.tool, arguments(t, c.arguments)); !r.Failed || r.Text != c.want || s.Changed() {
			t.Errorf("%s(%s): %q, want %q", c.tool, c.arguments, r.Text, c.want)
		}
	}
}

// Scoring compares with the gold actions on fresh data, and looks for outputs
// without regard to case and thousands commas.
func TestRescore(t *testing.T) {
	w := open(t)
	cancel := arguments(t, `{"order_id": "#W1", "reason": "no longer needed"}`)
	task := tau1.Task{Actions: []tau1.Action{{Name: "cancel_pending_order", Arguments: cancel}}, Outputs: []string{"1234"}}
	call := `{"role": "assistant", "tool_calls": [{"function": {"name": "cancel_pending_order", "arguments": "{\"order_id\": \"#W1\", \"reason\": \"no longer needed\"}"}}]}`
	for _, c := range []struct {
		name     string
		messages []string
		want     float64
	}{
		{"done and said", []string{call, `{"role": "assistant", "content": "You get 1,234."}`, `{"role": "user", "content": "###STOP###"}`}, 1},
		{"not said", []string{call, `{"role": "assistant", "content": "Done."}`, `{"role": "user", "content": "###STOP###"}`}, 0},
		{"not done", []string{`{"role": "assistant", "content": "1234"}`, `{"role": "user", "content": "###STOP###"}`}, 0},
		{"not ended", []string{call, `{"role": "assistant", "content": "1234"}`, `{"role": "user", "content": "go on"}`}, 0},
	} {
		var messages []*pyjson.Object
		for _, m := range c.messages {
			messages = append(messages, arguments(t, m))
		}
		if r, why := w.Rescore(task, messages); r.Reward != c.want {
			t.Errorf("%s: %v %s", c.name, r, why)
		}
	}
}
