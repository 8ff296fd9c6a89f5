package tau2_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A telephone company of one customer, written for these tests.
const (
	operator = `
[[plans]]
plan_id = "P1"
name = "Small"
data_limit_gb = 2.0
price_per_month = 10.0
data_refueling_price_per_gb = 3.0

[[lines]]
line_id = "L1"
phone_number = "555"
status = "Active"
plan_id = "P1"
data_used_gb = 2.5

[[customers]]
customer_id = "C1"
full_name = "Bo Li"
date_of_birth = "1990-01-01"
email = "bo@example.com"
phone_number = "555"
line_ids = ["L1"]
bill_ids = []
created_at = "2024-05-01T10:00:00"
[customers.address]
street = "4 Quay Street"
city = "Harwick"
state = "OR"
zip_code = "97000"
`
	handset = `
[device]
battery_level = 80
[device.app_statuses.messaging]
app_name = "messaging"
[device.app_statuses.messaging.permissions]
sms = true
[device.app_statuses.atlas]
app_name = "atlas"
`
)

func open(t *testing.T) *tau2.World {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "data", "tau2", "domains", "telecom")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"db.toml": operator, "user_db.toml": handset} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := tau2.Open(dir, "telecom")
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
