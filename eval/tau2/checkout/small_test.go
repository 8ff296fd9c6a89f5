package checkout_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// Schemas come from signatures, docstrings, models and enumerations, as pydantic
// makes them.
func TestSchemas(t *testing.T) {
	c, err := checkout.Open(tau2test.Checkout(t))
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Domain("telecom", false)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]checkout.Tool{}
	for _, tool := range append(d.Agent, d.User...) {
		byName[tool.Name] = tool
	}
	for name, want := range map[string][3]string{
		"get_customer_by_phone": {"read", "Looks a customer up.\n\nThe number is the one of a line.",
			`{"properties": {"phone_number": {"description": "The number,\nwith its area code.", "title": "Phone Number", "type": "string"}}, "required": ["phone_number"], "title": "parameters", "type": "object"}`},
		"get_bills_for_customer": {"read", "get_bills_for_customer",
			`{"properties": {"customer_id": {"title": "Customer Id", "type": "string"}, "limit": {"default": 12, "title": "Limit", "type": "integer"}}, "required": ["customer_id"], "title": "parameters", "type": "object"}`},
		"transfer_to_human_agents": {"generic", "Hands over.\n\nArgs:\n    no colon here",
			`{"properties": {"summary": {"title": "Summary", "type": "string"}}, "required": ["summary"], "title": "parameters", "type": "object"}`},
		"set_network_mode_preference": {"write", "Chooses networks.",
			`{"$defs": {"Mode": {"enum": ["4g_5g_preferred", "3g_only"], "title": "Mode", "type": "string"}}, "properties": {"mode": {"anyOf": [{"$ref": "#/$defs/Mode"}, {"type": "string"}], "default": "4g_5g_preferred", "title": "Mode"}}, "title": "parameters", "type": "object"}`},
		"suspend_line": {"write", "Takes a line out of service.",
			`{"$defs": {"Person": {"description": "Somebody who calls.", "properties": {"name": {"description": "What it is called.", "title": "Name", "type": "string"}, "age": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": null, "description": "In years.", "title": "Age"}, "tags": {"default": [], "items": {"type": "string"}, "title": "Tags", "type": "array"}, "more": {"title": "More", "type": "object"}}, "required": ["name"], "title": "Person", "type": "object"}}, ` +
				`"properties": {"customer_id": {"title": "Customer Id", "type": "string"}, "line_id": {"title": "Line Id", "type": "string"}, "reason": {"anyOf": [{"enum": ["lost", "sold"], "type": "string"}, {"$ref": "#/$defs/Person"}], "title": "Reason"}, "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": null, "title": "Note"}, "kept": {"title": "Kept"}}, "required": ["customer_id", "line_id", "reason", "kept"], "title": "parameters", "type": "object"}`},
	} {
		tool := byName[name]
		if got := string(pyjson.Marshal(tool.Parameters)); got != want[2] || tool.Description != want[1] || tool.Type != want[0] {
			t.Errorf("%s: %s %q\n%s\nwant\n%s", name, tool.Type, tool.Description, got, want[2])
		}
	}
}

// What is missing from a checkout is named, with the version that was seen.
func TestMissing(t *testing.T) {
	for _, c := range []struct{ remove, want string }{
		{"src/tau2/agent/llm_agent.py", "recognised: v1.0.1+): it lacks src/tau2/agent/llm_agent.py"},
		{"data/tau2/domains/telecom/main_policy.md", "it lacks data/tau2/domains/telecom/main_policy.md"},
		{"src/tau2/domains/telecom/modes.py", "it lacks src/tau2/domains/telecom/modes.py"},
	} {
		dir := tau2test.Checkout(t)
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(c.remove))); err != nil {
			t.Fatal(err)
		}
		k, err := checkout.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		_, err = k.Prompts()
		if err == nil {
			_, err = k.Domain("telecom", false)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("without %s: %v", c.remove, err)
		}
	}
	dir := tau2test.Checkout(t)
	source := filepath.Join(dir, "src", "tau2", "agent", "llm_agent.py")
	if err := os.WriteFile(source, []byte("AGENT_INSTRUCTION = build()\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	k, err := checkout.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Prompts(); err == nil || !strings.Contains(err.Error(), "tau2.agent.llm_agent defines no SYSTEM_PROMPT") {
		t.Error(err)
	}
	for domain, want := range map[string]string{"banking_knowledge": "not supported", "mock": "no domain"} {
		if _, err := k.Domain(domain, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", domain, err)
		}
	}
	if _, err := k.Tasks("telecom", "train"); err == nil || !strings.Contains(err.Error(), "there are base, small") {
		t.Error(err)
	}
}
