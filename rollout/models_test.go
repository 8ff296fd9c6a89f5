package rollout_test

import (
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/llm/llmtest"
	"github.com/agentscaler/scaler/rollout"
)

const instructions = `You play a person.

# What you want
I want to change the email of the account AC-7 to new@example.org.

# How you open
Please change my email.

# What you know
- account number: AC-7
- new email: new@example.org
- city: Delft

# How you behave
- Stop when you are done.`

// The built-in models are models like any other.
func TestBuiltInsConform(t *testing.T) {
	user := llm.Request{Messages: []scaler.Message{{Role: "system", Content: instructions}, {Role: "user", Content: "Hello!"}}}
	llmtest.Conform(t, rollout.ScriptedUser(1, 0), user)
	agent := llm.Request{
		Messages: []scaler.Message{{Role: "system", Content: "It is 2026-03-05."}, {Role: "user", Content: "Please cancel order W1007."}},
		Tools:    []llm.Tool{{Name: "cancel_order", Description: "Cancel an order.", Parameters: []byte(`{"type":"object","properties":{"order_id":{"type":"string"}},"required":["order_id"]}`)}},
	}
	llmtest.Conform(t, rollout.Planner(1), agent)
	llmtest.Conform(t, rollout.Noisy(rollout.Planner(1), 1, 0), agent)
}

// The user tells what is asked for and nothing else.
func TestScriptedUserTellsWhenAsked(t *testing.T) {
	for _, c := range []struct{ agent, want, never string }{
		{"Could you give me the account number?", "AC-7", "Delft"},
		{"What is the new e-mail address?", "new@example.org", "AC-7"},
		{"Sure. Which account is it, and in which city do you live? I need the account number and the city.", "AC-7", "example.org"},
		{"Do you have any wishes for the city, or the street?", "Delft", "AC-7"},
		{"What is your date of birth?", "", "AC-7"},
		{"Shall I go ahead?", "", "AC-7"},
		{"Done: the email is changed. Is there anything else I can help with?", rollout.Stop, "AC-7"},
		{"I'm sorry, that account is closed.", rollout.Stop, "AC-7"},
	} {
		for phrasing := range 4 {
			req := llm.Request{Messages: []scaler.Message{
				{Role: "system", Content: instructions}, {Role: "user", Content: "Hello!"},
				{Role: "assistant", Content: "Please change my email."}, {Role: "user", Content: c.agent}}}
			r, err := rollout.ScriptedUser(3, phrasing).Chat(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			said := r.Message.Content
			if !strings.Contains(said, c.want) || strings.Contains(said, c.never) || strings.Contains(said, rollout.Stop) != (c.want == rollout.Stop) {
				t.Errorf("asked %q, phrasing %d: %q, want %q and not %q", c.agent, phrasing, said, c.want, c.never)
			}
		}
	}
}

// A user who is asked the same over and over leaves.
func TestScriptedUserLosesPatience(t *testing.T) {
	req := llm.Request{Messages: []scaler.Message{{Role: "system", Content: instructions}, {Role: "user", Content: "Hello!"}, {Role: "assistant", Content: "Please change my email."}}}
	for range 4 {
		req.Messages = append(req.Messages, scaler.Message{Role: "user", Content: "What is your date of birth?"})
		r, err := rollout.ScriptedUser(3, 0).Chat(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if r.Message.Content == rollout.Stop {
			return
		}
		req.Messages = append(req.Messages, r.Message)
	}
	t.Error("the same question was answered four times")
}
