package planner

import (
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// shop is a handful of tools as a model is offered them.
var shop = []llm.Tool{
	spec("get_order", "Get one order.", `{"order_id": {"type": "string"}}`, "order_id"),
	spec("list_orders", "List orders, newest first.", `{"customer_id": {"type": "string"}, "status": {"type": "string", "enum": ["open", "in_transit"]}}`),
	spec("cancel_order", "Cancel an order.", `{"order_id": {"type": "string"}, "reason": {"type": "string"}}`, "order_id", "reason"),
	spec("find_customer", "Find a customer by e-mail address.", `{"email": {"type": "string", "format": "email"}}`, "email"),
	spec("update_customer", "Change a customer's e-mail or phone.", `{"customer_id": {"type": "string"}, "email": {"type": "string", "format": "email"}, "phone": {"type": "string"}}`, "customer_id"),
	spec("set_delivery", "Set the day on which an order is delivered.", `{"order_id": {"type": "string"}, "day": {"type": "string", "format": "date"}}`, "order_id", "day"),
}

func spec(name, description, properties string, required ...string) llm.Tool {
	schema := `{"type": "object", "properties": ` + properties + `, "required": ["` + strings.Join(required, `", "`) + `"]}`
	if len(required) == 0 {
		schema = `{"type": "object", "properties": ` + properties + `}`
	}
	return llm.Tool{Name: name, Description: description, Parameters: []byte(schema)}
}

// A talk is what was said so far, one message a line: "user: ...", "call: tool
// {arguments}" and "result: ...". The wanted next message is in the same form.
var talks = []struct{ why, talk, want string }{
	{"an identifier beside its noun", "user: Could you tell me the status of order W1007?", `call: get_order {"order_id": "W1007"}`},
	{"what is missing is asked for", "user: Please cancel an order.", "the order id"},
	{"a choice as it is said", "user: How many orders with status in transit are there?", `call: list_orders {"status": "in_transit"}`},
	{"a date as it is said", "user: Please set the delivery of order W7.\nassistant: What is the day?\nuser: It's 5 March 2026.", `call: set_delivery {"order_id": "W7", "day": "2026-03-05"}`},
	{"an id that nobody said is looked up by what was", "user: Please change the phone of the customer with the email ann@example.org to +1-303-555-0101.",
		`call: find_customer {"email": "ann@example.org"}`},
	{"what finds a thing is not what it becomes", "user: Please change the email of the customer with the email ann@example.org to bob@example.org.\n" +
		"call: find_customer {\"email\": \"ann@example.org\"}\nresult: {\"id\": \"C-3\", \"email\": \"ann@example.org\"}\nassistant: Is there anything to note for the new phone?\nuser: No idea.",
		`call: update_customer {"customer_id": "C-3", "email": "bob@example.org"}`},
	{"what a thing belongs to", "user: Please change the phone of the customer of order W1007 to +1-303-555-0101.", `call: get_order {"order_id": "W1007"}`},
	{"a refusal is passed on", "user: Please cancel order W1. The reason is too late.\ncall: cancel_order {\"order_id\": \"W1\", \"reason\": \"too late\"}\n" +
		`result: {"error": {"code": "invalid_state", "message": "Order W1 is shipped."}}`, "Order W1 is shipped"},
	{"what is not found is doubted", "user: Please cancel order W1. The reason is too late.\ncall: cancel_order {\"order_id\": \"W1\", \"reason\": \"too late\"}\n" +
		`result: {"error": {"code": "not_found", "message": "There is no order W1."}}`, "W1"},
	{"the facts that were asked for, and no others", "user: Could you tell me the total of order W1007?\ncall: get_order {\"order_id\": \"W1007\"}\n" +
		`result: {"id": "W1007", "total": 12.5, "note": "ring twice"}`, "the total is 12.50"},
	{"two requests in one sentence", "user: Please cancel order W1 and tell me the total of order W2. The reason is too late.\ncall: cancel_order {\"order_id\": \"W1\", \"reason\": \"too late\"}\n" +
		`result: {"id": "W1", "status": "cancelled"}`, `call: get_order {"order_id": "W2"}`},
	{"nothing to do", "user: What a lovely day.", "sorry"},
}

func TestNextMessage(t *testing.T) {
	for _, c := range talks {
		r, err := New(1).Chat(t.Context(), llm.Request{Messages: messages(c.talk), Tools: shop})
		if err != nil {
			t.Fatal(err)
		}
		got := r.Message.Content
		for _, call := range r.Message.ToolCalls {
			got += "call: " + call.Name + " " + call.Arguments
		}
		if !strings.Contains(strings.ToLower(got), strings.ToLower(c.want)) {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
	}
}

func messages(talk string) []scaler.Message {
	out := []scaler.Message{{Role: "system", Content: "It is Monday, 2026-03-02."}}
	for _, line := range strings.Split(talk, "\n") {
		role, text, _ := strings.Cut(line, ": ")
		switch role {
		case "call":
			tool, args, _ := strings.Cut(text, " ")
			out = append(out, llm.Call("c", tool, args))
		case "result":
			out = append(out, scaler.Message{Role: "tool", ToolCallID: "c", Content: text})
		default:
			out = append(out, scaler.Message{Role: role, Content: text})
		}
	}
	return out
}

func TestValues(t *testing.T) {
	now := listen(messages("user: x")).now
	for text, want := range map[string]string{
		"Order W-1007 on the 5th of March 2026":           "W-1007 2026-03-05",
		"Send it to ann@example.org by tomorrow":          "ann@example.org 2026-03-03",
		"It costs $1,250.50, says Ann Smith":              "1250.50 Ann Smith",
		`The note is "call me, please" and the ID is 17.`: "call me, please 17",
		"Call +1-303-555-0101 at 10:30":                   "+1-303-555-0101 10:30",
		"In Nashville, TN for Under a Paper Moon":         "Nashville, TN Under a Paper Moon",
	} {
		var got []string
		for _, v := range values(text, now) {
			got = append(got, v.text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
