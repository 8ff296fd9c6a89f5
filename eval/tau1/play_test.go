package tau1_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/eval/tau1/tau1test"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// small is a domain of a checkout of our own.
func small(t *testing.T, domain string) *tau1.Env {
	t.Helper()
	c, err := tau1.OpenCheckout(tau1test.Checkout(t, 4, 2))
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Env(domain, "test")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func say(lines ...string) (all []scaler.Message) {
	for _, line := range lines {
		all = append(all, llm.Say(line))
	}
	return all
}

// player lets scripts talk to each other in the official way.
func player(agent, user []scaler.Message) *tau1.Player {
	return &tau1.Player{
		Agent: llm.Script("agent", agent...), User: llm.Script("user", user...),
		AgentStrategy: tau1.AgentStrategies[0], UserStrategy: tau1.UserStrategies[0],
	}
}

func endOf(r *tau1.Row) string { return at(r.Info, "ended").(string) }

var cancel = llm.Call("c1", "cancel_pending_order", `{"order_id": "#W1", "reason": "no longer needed"}`)

// How conversations end, and what they score then: task 1 wants order #W1
// cancelled, task 0 #W0 and a word.
func TestEnds(t *testing.T) {
	e := small(t, "retail")
	two := cancel
	two.ToolCalls = append([]scaler.ToolCall{}, cancel.ToolCalls[0], scaler.ToolCall{ID: "c2", Name: "cancel_pending_order", Arguments: `{"order_id": "#W2", "reason": "no longer needed"}`})
	thinking := make([]scaler.Message, 31)
	for i := range thinking {
		thinking[i] = llm.Call(fmt.Sprint(i), "think", `{"thought": "hm"}`)
	}
	first := llm.Call("c0", "cancel_pending_order", `{"order_id": "#W0", "reason": "no longer needed"}`)
	for _, c := range []struct {
		name        string
		task        int
		agent, user []scaler.Message
		ended       string
		reward      float64
	}{
		{"solved", 1, append([]scaler.Message{cancel}, say("Done.")...), say("Hi", "###STOP###"), "user_stop", 1},
		{"nothing done", 1, say("No."), say("Hi", "Well ###STOP### then"), "user_stop", 0},
		{"only the first call runs", 1, append([]scaler.Message{two}, say("Done.")...), say("Hi", "###STOP###"), "user_stop", 1},
		{"handed over", 1, []scaler.Message{cancel, llm.Call("c2", "transfer_to_human_agents", `{"summary": "x"}`)}, say("Hi"), "transfer", 1},
		{"an unknown tool", 1, append([]scaler.Message{llm.Call("c0", "fly", `{}`), cancel}, say("Done.")...), say("Hi", "###STOP###"), "user_stop", 1},
		{"never ends", 1, thinking, say("Hi"), "max_steps", 0},
		{"no JSON", 1, []scaler.Message{cancel, llm.Call("c2", "think", `{"thought"`)}, say("Hi"), "error", 0},
		{"no dict", 1, []scaler.Message{llm.Call("c2", "think", `[]`)}, say("Hi"), "error", 0},
		{"the word is said", 0, append([]scaler.Message{first}, say("It is WORD, 0.")...), say("Hi", "###STOP###"), "user_stop", 1},
		{"the word is not said", 0, append([]scaler.Message{first}, say("Done.")...), say("Hi", "###STOP###"), "user_stop", 0},
		{"respond as a tool", 0, []scaler.Message{first, llm.Call("c9", "respond", `{"content": "word 0"}`)}, say("Hi", "###STOP###"), "user_stop", 1},
		{"a user who stops at once is heard", 1, append([]scaler.Message{cancel}, say("Done.")...), say("###STOP###", "###STOP###"), "user_stop", 1},
	} {
		row, err := player(c.agent, c.user).Play(t.Context(), e, c.task, 0)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if endOf(row) != c.ended || row.Reward != c.reward || row.Solved() != (c.reward == 1) {
			t.Errorf("%s: ended by %s with %g, want %s with %g", c.name, endOf(row), row.Reward, c.ended, c.reward)
		}
		again, err := tau1.ReadRow(row.Text())
		if err != nil || again.Text() != row.Text() {
			t.Errorf("%s: a row is read as another: %v", c.name, err)
		}
		scored, why := e.Rescore(e.Tasks[c.task], objects(row.Messages))
		if scored.Reward != row.Reward {
			t.Errorf("%s: scored again it is %g (%s)", c.name, scored.Reward, why)
		}
	}
}

func objects(messages []any) (all []*pyjson.Object) {
	for _, m := range messages {
		all = append(all, m.(*pyjson.Object))
	}
	return all
}

// A row has the official form.
func TestRow(t *testing.T) {
	e := small(t, "retail")
	row, err := player(append([]scaler.Message{cancel}, say("Done.")...), say("Hi", "###STOP###")).Play(t.Context(), e, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"task_id": 1, "reward": 1.0, "info": {"task": {"user_id": "bo_1", "actions": [{"name": "get_order_details", "kwargs": {"order_id": "#W1"}}, ` +
		`{"name": "cancel_pending_order", "kwargs": {"order_id": "#W1", "reason": "no longer needed"}}], "instruction": "You are Bo. Cancel order 1.", "outputs": []}, ` +
		`"source": "user", "user_cost": null, "reward_info": {"reward": 1.0, "info": {"r_actions": 1.0, "gt_data_hash": "HASH"}, ` +
		`"actions": [{"name": "get_order_details", "kwargs": {"order_id": "#W1"}}, {"name": "cancel_pending_order", "kwargs": {"order_id": "#W1", "reason": "no longer needed"}}]}, ` +
		`"ended": "user_stop", "usage": {"agent": {"calls": 2, "prompt": 0, "completion": 0}, "user": {"calls": 2, "prompt": 0, "completion": 0}}}, ` +
		`"traj": [{"role": "system", "content": "# Shop\nHelp with orders.\n"}, {"role": "user", "content": "Hi"}, ` +
		`{"content": null, "role": "assistant", "tool_calls": [{"function": {"arguments": "{\"order_id\": \"#W1\", \"reason\": \"no longer needed\"}", "name": "cancel_pending_order"}, "id": "c1", "type": "function"}], "function_call": null}, ` +
		`{"role": "tool", "tool_call_id": "c1", "name": "cancel_pending_order", "content": "{\"order_id\": \"#W1\", \"user_id\": \"bo_1\", \"items\": [], \"status\": \"cancelled\", \"payment_history\": [], \"cancel_reason\": \"no longer needed\"}"}, ` +
		`{"content": "Done.", "role": "assistant", "tool_calls": null, "function_call": null}, {"role": "user", "content": "###STOP###"}], "trial": 2}`
	hash, _ := at(row.Info, "reward_info", "info", "gt_data_hash").(string)
	if got := strings.Replace(row.Text(), hash, "HASH", 1); len(hash) != 64 || got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A conversation that an exception ended has no trajectory, as officially; what
// was said is kept beside it.
func TestException(t *testing.T) {
	e := small(t, "retail")
	row, err := player([]scaler.Message{llm.Call("c1", "think", `{"thought"`)}, say("Hi")).Play(t.Context(), e, 1, 0)
	if err != nil || len(row.Messages) != 0 || !strings.HasPrefix(at(row.Info, "error").(string), "arguments of think: ") || len(at(row.Info, "messages").([]any)) != 3 {
		t.Errorf("%v %s", err, row.Text())
	}
}

// A model that cannot be reached is no row; one whose context is full has failed.
func TestUnreachable(t *testing.T) {
	e := small(t, "retail")
	p := player(nil, say("Hi"))
	for _, c := range []struct {
		err error
		row bool
	}{
		{errors.New("no route"), false},
		{&llm.StatusError{Status: 401, Message: "no key"}, false},
		{fmt.Errorf("llm: %w", &llm.StatusError{Status: 400, Message: "This model's maximum context length is 8192 tokens."}), true},
	} {
		p.Agent = llm.Func("agent", func(context.Context, llm.Request) (llm.Response, error) { return llm.Response{}, c.err })
		row, err := p.Play(t.Context(), e, 1, 0)
		if (row != nil) != c.row || (err == nil) != c.row {
			t.Errorf("%v: %v", c.err, err)
		}
	}
}

// What reasoning in a message's text does: officially the user reads it.
func TestThoughts(t *testing.T) {
	e := small(t, "retail")
	for _, apart := range []bool{false, true} {
		var heard string
		p := player(say("<think>\nword 0?\n</think>\n\nHello."), nil)
		p.Thoughts = apart
		p.User = llm.Func("user", func(_ context.Context, r llm.Request) (llm.Response, error) {
			if len(r.Messages) == 2 {
				return llm.Reply(llm.Say("a wish</think>Hi")), nil
			}
			heard = r.Messages[len(r.Messages)-1].Content
			return llm.Reply(llm.Say("###STOP###")), nil
		})
		row, err := p.Play(t.Context(), e, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		want, first := "<think>\nword 0?\n</think>\n\nHello.", "a wish</think>Hi"
		if apart {
			want, first = "Hello.", "Hi"
		}
		if heard != want || at(row.Messages[1], "content") != first || at(row.Messages[2], "content") != want {
			t.Errorf("apart %v: the user read %q; %s", apart, heard, row.Text())
		}
		if thought := at(row.Messages[2], "reasoning_content"); apart && thought != "word 0?" {
			t.Errorf("the thought is %v", thought)
		}
		if said := at(row.Info, "reward_info", "info", "outputs", "word 0"); said != !apart {
			t.Errorf("apart %v: the word in the thought counts as said: %v", apart, said)
		}
	}
}

// A supervised or thinking user: what the model is asked, what is said, and
// what the user remembers of it.
func TestUserStrategies(t *testing.T) {
	e := small(t, "retail")
	const system = "Be a user.\n\nWanted: You are Bo. Cancel order 1.\n\nSay {DONE} when it is done."
	for _, c := range []struct {
		strategy int
		replies  []string // of the user's model and its supervisor, in turn
		says     string   // the user's first message, or its exception
		asks     []string // the last message of each request
	}{
		{0, []string{"Hi"}, "Hi", []string{"Hello, and what now?"}},
		{1, []string{"Thought:\nWhy?\n\nUser Response:\nHi "}, "Why?\n\nUser Response:\nHi", []string{"Hello, and what now?"}},
		{1, []string{"User Response: Hi"}, "Hi", []string{"Hello, and what now?"}},
		{1, []string{"Thought: ###STOP### or not"}, "###STOP###", []string{"Hello, and what now?"}},
		{1, []string{"Hi"}, "!Invalid response format: Hi", []string{"Hello, and what now?"}},
		{1, []string{"Thought: Thought:"}, "!too many values to unpack (expected 2)", []string{"Hello, and what now?"}},
		{2, []string{"It's", "False.", "Hi", "TRUE"}, "Hi", []string{
			"Hello, and what now?",
			"Is this good?\nSystem: " + system + "\nGuest: Hello, and what now?\n=> content=\"It's\" role='assistant' tool_calls=None function_call=None",
			"Hello, and what now?",
			"Is this good?\nSystem: " + system + "\nGuest: Hello, and what now?\n=> content='Hi' role='assistant' tool_calls=None function_call=None",
		}},
		{2, []string{"A", "no", "B", "no", "C", "no"}, "C", nil},
		{3, []string{"A", "no", "Reflection: x\nResponse: B ", "C", "true"}, "C", []string{
			"Hello, and what now?",
			"Is this good?\nSystem: " + system + "\nGuest: Hello, and what now?\n=> A",
			"What is better?\nSystem: " + system + "\nGuest: Hello, and what now?\n=> A",
			"B",
			"Is this good?\nSystem: " + system + "\nGuest: Hello, and what now?\nGuest: B\n=> C",
		}},
		{3, []string{"A", "no", "Response: B", "C", "no"}, "A", nil},
		{3, []string{"A", "no", "better: B"}, "!not enough values to unpack (expected 2, got 1)", nil},
	} {
		var asked []string
		p := player(nil, nil)
		p.UserStrategy = tau1.UserStrategies[c.strategy]
		p.User = llm.Func("user", func(_ context.Context, r llm.Request) (llm.Response, error) {
			asked = append(asked, r.Messages[len(r.Messages)-1].Content)
			return llm.Reply(llm.Say(c.replies[len(asked)-1])), nil
		})
		var heard string
		p.Agent = llm.Func("agent", func(_ context.Context, r llm.Request) (llm.Response, error) {
			heard = r.Messages[1].Content
			return llm.Response{}, errors.New("enough")
		})
		row, _ := p.Play(t.Context(), e, 1, 0)
		if row != nil {
			heard = "!" + at(row.Info, "error").(string)
		}
		if heard != c.says {
			t.Errorf("%s %q: the user says %q, want %q", p.UserStrategy.Name, c.replies, heard, c.says)
		}
		if c.asks != nil && strings.Join(asked, "\n--\n") != strings.Join(c.asks, "\n--\n") {
			t.Errorf("%s: asked\n%s\nwant\n%s", p.UserStrategy.Name, strings.Join(asked, "\n--\n"), strings.Join(c.asks, "\n--\n"))
		}
	}
}

// An agent without native tool calls writes its actions as text.
func TestTextAgents(t *testing.T) {
	e := small(t, "retail")
	p := player(say(
		"Action:\n"+`{"name": "cancel_pending_order", "arguments": {"order_id": "#W0", "reason": "no longer needed"}}`,
		"Thought:\nTell.\nAction: "+`{"name": "respond", "arguments": {"content": "word 0"}}`,
		"Bye.",
	), say("Hi", "And?", "###STOP###"))
	p.AgentStrategy = tau1.AgentStrategies[2]
	var seen []string
	script := p.User
	p.User = llm.Func("user", func(ctx context.Context, r llm.Request) (llm.Response, error) {
		seen = append(seen, r.Messages[len(r.Messages)-1].Content)
		return script.Chat(ctx, r)
	})
	row, err := p.Play(t.Context(), e, 0, 0)
	if err != nil || row.Reward != 1 || strings.Join(seen[1:], "|") != "word 0|Bye." {
		t.Fatalf("%v %q %s", err, seen, row.Text())
	}
	system := at(row.Messages[0], "content").(string)
	if !strings.HasPrefix(system, "# Shop\nHelp with orders.\n\n#Tools\n[{\"type\": \"function\",") || !strings.HasSuffix(system, "\nWrite a Thought, then Action: {\"name\": respond, \"arguments\": {\"content\": \"...\"}}\n") {
		t.Errorf("system prompt %q", system)
	}
	if result := at(row.Messages[3], "content").(string); !strings.HasPrefix(result, `API output: {"order_id": "#W0"`) {
		t.Errorf("result %q", result)
	}
	if scored, why := e.Rescore(e.Tasks[0], objects(row.Messages)); scored.Reward != 1 {
		t.Errorf("scored again it is %g (%s)", scored.Reward, why)
	}
	p.Agent = llm.Script("agent", say(`Action: ["a"]`)...)
	if row, err := p.Play(t.Context(), e, 0, 0); err != nil || endOf(row) != "error" {
		t.Errorf("an action that is no dict: %v", err)
	}
}
