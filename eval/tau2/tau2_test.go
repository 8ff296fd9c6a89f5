package tau2_test

import (
	"testing"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/internal/pyjson"
)

func open(t *testing.T) *tau2.World {
	t.Helper()
	w, err := tau2.Open(tau2test.Checkout(t), "telecom")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func parse(t *testing.T, text string) *pyjson.Object {
	t.Helper()
	o, err := pyjson.ParseObject([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// One conversation in which the two sides see what the other did.
func TestSidesAreInSync(t *testing.T) {
	w := open(t)
	task := &tau2.Task{Init: []tau2.Function{{Side: tau2.User, Name: "set_user_info", Arguments: parse(t, `{"name": "Bo", "phone_number": "555"}`)}}}
	e, failed := w.Prepare(tau2.NewProcess(), task)
	if failed != nil {
		t.Fatal(failed)
	}
	for _, c := range []struct{ side, tool, arguments, want, class string }{
		{tau2.User, "run_speed_test", `{}`, "Speed test failed: No Connection.", ""},
		{tau2.Assistant, "get_data_usage", `{"customer_id": "C1", "line_id": "L1"}`,
			`{"line_id": "L1", "data_used_gb": "2.5", "data_limit_gb": "2.0", "data_refueling_gb": "0.0", "cycle_end_date": "2025-02-28"}`, ""},
		{tau2.Assistant, "refuel_data", `{"customer_id": "C1", "line_id": "L1", "gb_amount": 2}`,
			`{"message": "Successfully added 2 GB of data for line L1 for $6.00", "new_data_refueling_gb": "2.0", "charge": "6.0"}`, ""},
		{tau2.User, "run_speed_test", `{}`, "Speed Test Result: 220.00 Mbps (Excellent). Connection is very fast.", ""},
		{tau2.Assistant, "send_payment_request", `{"customer_id": "C1", "bill_id": "B00000001"}`, "Payment request sent to the customer for bill B00000001", ""},
		{tau2.User, "make_payment", `{}`, "Payment of 6.0 USD has been made for bill B00000001.", ""},
		{tau2.User, "check_payment_request", `{}`, "No payment request has been made.", ""},
		{tau2.User, "check_installed_apps", `{}`, "The following apps are installed on the phone: messaging, atlas", ""},
		{tau2.Assistant, "toggle_data", `{}`, "Error: Tool 'toggle_data' not found.", "ValueError"},
		{tau2.User, "set_user_info", `{}`, "Error: Tool 'set_user_info' not found.", "ValueError"},
		{tau2.User, "toggle_data", `{"self": 1}`, "Error: Environment.make_tool_call() got multiple values for argument 'self'", "TypeError"},
		{tau2.User, "set_apn_settings", `{"apn_settings": "x"}`, "Error: 'str' object has no attribute 'apn_name'", "AttributeError"},
		{tau2.User, "toggle_data", `{}`, "Error: 'str' object has no attribute 'apn_name'", "AttributeError"},
	} {
		r := e.Respond(c.side, c.tool, parse(t, c.arguments))
		if r.Content != c.want || r.Error != c.class {
			t.Errorf("%s: %q %s, want %q %s", c.tool, r.Content, r.Error, c.want, c.class)
		}
	}
}

// The reward is the product of what the task counts, and nothing unless somebody
// stopped the conversation.
func TestEvaluate(t *testing.T) {
	w := open(t)
	task, err := tau2.ReadTask(parse(t, `{"id": "1", "initial_state": {"initialization_actions": [
			{"env_type": "user", "func_name": "set_user_info", "arguments": {"name": "Bo", "phone_number": "555"}},
			{"env_type": "user", "func_name": "break_vpn", "arguments": {}}]},
		"evaluation_criteria": {"reward_basis": ["DB", "ENV_ASSERTION", "ACTION", "COMMUNICATE"], "communicate_info": ["1200"],
			"actions": [{"requestor": "user", "name": "disconnect_vpn", "arguments": {}}],
			"env_assertions": [{"env_type": "user", "func_name": "assert_mobile_data_status", "arguments": {"expected_status": false}}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	call := tau2.Message{Role: tau2.User, Calls: []tau2.Action{{Requestor: tau2.User, Name: "disconnect_vpn", Arguments: parse(t, `{}`)}}}
	said := tau2.Message{Role: tau2.Assistant, Content: "It is 1,200."}
	for _, c := range []struct {
		name, ended string
		messages    []tau2.Message
		want        float64
	}{
		{"all of it", tau2.UserStop, []tau2.Message{call, said}, 1},
		{"not said", tau2.AgentStop, []tau2.Message{call}, 0},
		{"not done", tau2.UserStop, []tau2.Message{said}, 0},
		{"too long", tau2.MaxSteps, []tau2.Message{call, said}, 0},
	} {
		r, err := w.Evaluate(tau2.NewProcess(), &task, tau2.Conversation{Messages: c.messages, Ended: c.ended})
		if err != nil {
			t.Fatal(err)
		}
		if r.Reward != c.want {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}
