package live_test

import (
	"context"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/tau2/live"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/llm"
)

// small opens the small checkout, with models that solve every task.
func small(t *testing.T, solo bool) (*live.Player, []tau2.Task) {
	t.Helper()
	c, err := checkout.Open(tau2test.Checkout(t))
	if err != nil {
		t.Fatal(err)
	}
	p, err := live.NewPlayer(c, "telecom", solo)
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := c.Tasks("telecom", "base")
	if err != nil {
		t.Fatal(err)
	}
	s := &tau2test.Script{Tasks: tasks}
	p.Agent, p.User, p.Judge = s.Agent(), s.User(), s.Judge()
	return p, tasks
}

// shape is who says what: a, u and t for agent, user and tools, A and U for calls.
func shape(messages []tau2.Message) string {
	var b strings.Builder
	for _, m := range messages {
		c := m.Role[:1]
		if m.Calls != nil {
			c = strings.ToUpper(c)
		}
		b.WriteString(c)
	}
	return b.String()
}

// Every task of the small checkout is solved, with its user's tools, its initial
// data and its history.
func TestPlay(t *testing.T) {
	p, tasks := small(t, false)
	for i, want := range []string{"auAtaUtuau", "auau", "auau", "auAtauaUtuau"} {
		s, err := p.Play(t.Context(), &tasks[i], 0)
		if err != nil {
			t.Fatalf("%s: %v", tasks[i].ID, err)
		}
		if got := shape(s.Conversation.Messages); got != want || s.Conversation.Ended != tau2.UserStop || s.Reward.Reward != 1 {
			t.Errorf("%s: %s %s %+v, want %s", tasks[i].ID, got, s.Conversation.Ended, s.Reward, want)
		}
	}
}

// An agent alone has the user's tools and ends with one of its own.
func TestSolo(t *testing.T) {
	p, tasks := small(t, true)
	p.User = nil
	s, err := p.Play(t.Context(), &tasks[0], 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := shape(s.Conversation.Messages); got != "AtAta" || s.Conversation.Ended != tau2.AgentStop || s.Reward.Reward != 1 {
		t.Errorf("%s %s %+v", got, s.Conversation.Ended, s.Reward)
	}
	if live.Alone(&tasks[2]) || !live.Alone(&tasks[0]) {
		t.Error("which tasks have tickets is not seen")
	}
}

// says is a model with lines for its turns; the last one is said for ever.
func says(lines ...llm.Response) llm.Model {
	return llm.Func("lines", func(_ context.Context, req llm.Request) (llm.Response, error) {
		n := 0
		for _, m := range req.Messages {
			if m.Role == "assistant" {
				n++
			}
		}
		return lines[min(n, len(lines)-1)], nil
	})
}

func say(text string) llm.Response { return llm.Reply(llm.Say(text)) }
func call(tool string) llm.Response {
	return llm.Reply(llm.Call("x", tool, "{}"))
}

// How conversations end, in versions old and new.
func TestEnds(t *testing.T) {
	both := llm.Reply(llm.Say("I call. ###STOP###"))
	both.Message.ToolCalls = call("run_speed_test").Message.ToolCalls
	for _, c := range []struct {
		name        string
		old         bool
		agent, user llm.Model
		steps       int
		errors      int
		want, shape string
	}{
		{"the user stops", false, says(say("?")), says(say("hello"), say("thanks ###STOP###")), 200, 10, tau2.UserStop, "auau"},
		{"transfer", false, says(say("?")), says(say("###TRANSFER###")), 200, 10, tau2.UserStop, "au"},
		{"out of scope", false, says(say("?")), says(say("###OUT-OF-SCOPE###")), 200, 10, tau2.UserStop, "au"},
		{"the agent cannot stop it", false, says(say("###STOP###")), says(say("hello")), 3, 10, tau2.MaxSteps, "auau"},
		{"a limit goes before a stop", false, says(say("?")), says(say("hello"), say("###STOP###")), 3, 10, tau2.MaxSteps, "auau"},
		{"a stop with a call is none", false, says(say("?")), says(both, say("###STOP###")), 200, 10, tau2.UserStop, "aUtu"},
		{"calls are answered before a limit counts", false, says(call("x")), says(say("hello")), 2, 10, tau2.MaxSteps, "auAt"},
		{"older ones cut them off", true, says(call("x")), says(say("hello")), 2, 10, tau2.MaxSteps, "auA"},
		{"errors", false, says(call("x")), says(say("hello")), 200, 2, tau2.ManyErrors, "auAtAt"},
		{"older ones count none", true, says(call("x")), says(say("hello")), 7, 2, tau2.MaxSteps, "auAtAtAt"},
	} {
		p, tasks := small(t, false)
		p.Agent, p.User, p.MaxSteps, p.MaxErrors = c.agent, c.user, c.steps, c.errors
		if c.old {
			p.Version = checkout.Version{Name: "v0.2"}
		}
		s, err := p.Play(t.Context(), &tasks[2], 0)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := shape(s.Conversation.Messages); got != c.shape || s.Conversation.Ended != c.want {
			t.Errorf("%s: %s, %s; want %s, %s", c.name, got, s.Conversation.Ended, c.shape, c.want)
		}
	}
}

// Where it is forbidden, a message that talks and calls ends the conversation.
func TestProtocol(t *testing.T) {
	both := llm.Reply(llm.Say("I call."))
	both.Message.ToolCalls = call("run_speed_test").Message.ToolCalls
	for _, c := range []struct {
		agent, user llm.Model
		want, shape string
	}{
		{says(both), says(say("hello")), tau2.AgentError, "auA"},
		{says(say("?")), says(both), tau2.UserError, "aU"},
	} {
		p, tasks := small(t, false)
		p.Agent, p.User, p.Protocol = c.agent, c.user, true
		s, err := p.Play(t.Context(), &tasks[2], 0)
		if err != nil || s.Conversation.Ended != c.want || shape(s.Conversation.Messages) != c.shape || s.Reward.Reward != 0 {
			t.Errorf("%s %s %+v, %v", s.Conversation.Ended, shape(s.Conversation.Messages), s.Reward, err)
		}
	}
}

// A reply that the original raises an exception for is asked for again; if it
// stays, the trial has no result.
func TestUnusableReplies(t *testing.T) {
	bad := llm.Reply(llm.Call("x", "run_speed_test", "{oops"))
	for name, reply := range map[string]llm.Response{"no JSON": bad, "nothing": say(" \n"), "a list": llm.Reply(llm.Call("x", "y", "[]"))} {
		p, tasks := small(t, false)
		solves := p.Agent
		asked := 0
		p.Agent = llm.Func("first bad", func(ctx context.Context, req llm.Request) (llm.Response, error) {
			if asked++; asked < 3 {
				return reply, nil
			}
			return solves.Chat(ctx, req)
		})
		if s, err := p.Play(t.Context(), &tasks[2], 0); err != nil || s.Reward.Reward != 1 {
			t.Errorf("%s: %+v, %v", name, s.Reward, err)
		}
		p.Agent = says(reply)
		if _, err := p.Play(t.Context(), &tasks[2], 0); err == nil || !strings.Contains(err.Error(), "cannot be used") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Each side is told its part and reads only what is its own; the agent of newer
// versions sees how it greeted.
func TestWhatModelsRead(t *testing.T) {
	p, tasks := small(t, false)
	var seen []string
	watch := func(m llm.Model, role string) llm.Model {
		return llm.Func(m.Name(), func(ctx context.Context, req llm.Request) (llm.Response, error) {
			var b strings.Builder
			b.WriteString(role)
			for _, m := range req.Messages {
				b.WriteString("|" + m.Role + ":" + strings.ReplaceAll(m.Content, "\n", " "))
				for _, c := range m.ToolCalls {
					b.WriteString(c.Name + c.Arguments)
				}
			}
			seen = append(seen, b.String())
			return m.Chat(ctx, req)
		})
	}
	p.Agent, p.User, p.Judge = watch(p.Agent, "agent"), watch(p.User, "user"), watch(p.Judge, "judge")
	if _, err := p.Play(t.Context(), &tasks[1], 0); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"user|system:Be a caller with a telephone in your hand.  [you] Persona: \tCurious. Instructions: \tAsk what 2 GB cost.|user:Good day, this is Quay Telephone.",
		"agent|system:[how] Serve callers of the telephone company. [rules] <main_policy> Refuel at most 2 GB.  </main_policy> <tech_support_policy> Ask whether data is on.  </tech_support_policy>" +
			"|assistant:Good day, this is Quay Telephone.|user:TASK price",
	}
	for i, w := range want {
		if seen[i] != w {
			t.Errorf("%s\nwant\n%s", seen[i], w)
		}
	}
	judged := seen[len(seen)-1]
	if !strings.HasPrefix(judged, "judge|system:") || !strings.Contains(judged, "user: TASK price") || !strings.Contains(judged, `['The agent is polite.', "The agent says 'goodbye'."]`) {
		t.Error(judged)
	}
	seen = nil
	p.Version.Greeted = false
	if _, err := p.Play(t.Context(), &tasks[0], 0); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(seen[1], "assistant:") {
		t.Error("the agent of older versions saw its greeting: " + seen[1])
	}
	for _, s := range seen {
		if strings.HasPrefix(s, "user|") && strings.Contains(s, "refuel_data") || strings.HasPrefix(s, "agent|") && strings.Contains(s, "toggle_data") {
			t.Error("a side read the calls of the other: " + s)
		}
	}
}

// Reasoning in a text is read by the other side, as officially, or by nobody.
func TestThoughts(t *testing.T) {
	for _, apart := range []bool{false, true} {
		p, tasks := small(t, false)
		p.Thoughts = apart
		heard := ""
		p.Agent = says(say("<think>6.00?</think> Hello."))
		p.User = llm.Func("user", func(_ context.Context, req llm.Request) (llm.Response, error) {
			if len(req.Messages) < 4 {
				return say("Hi"), nil
			}
			heard = req.Messages[3].Content
			return say("###STOP###"), nil
		})
		s, err := p.Play(t.Context(), &tasks[1], 0)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(heard, "6.00") == apart || s.Reward.Communicate[0] == apart {
			t.Errorf("apart %t: the user read %q, %+v", apart, heard, s.Reward)
		}
	}
}
