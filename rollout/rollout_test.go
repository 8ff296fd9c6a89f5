package rollout_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/llm/llmtest"
	"github.com/agentscaler/scaler/rollout"
)

// The built-in agent and user solve every family of the library's tasks, in
// both sets of the user's wordings.
func TestBuiltInsSolveTheLibrary(t *testing.T) {
	w, env := library(t)
	for phrasing := range 2 {
		p := rollout.Player{Agent: rollout.Planner(1), User: rollout.ScriptedUser(1, phrasing)}
		for _, s := range scripts {
			t.Run(string(s.family)+"/"+s.opening, func(t *testing.T) {
				task := s.task(t, w, env)
				r, err := p.Play(t.Context(), w, env, task, 0)
				if err != nil {
					t.Fatal(err)
				}
				if what := achieved(task, r); what != "" {
					t.Errorf("%s\n%s", what, transcript(r))
				}
			})
		}
	}
}

// Both parts can be played over HTTP by whatever serves them, and the talk is
// the same as without a network, faults of the server included.
func TestModelsInBothPartsOverHTTP(t *testing.T) {
	w, env := library(t)
	agent, user := rollout.Planner(1), rollout.ScriptedUser(1, 0)
	server := llmtest.NewServer(llmtest.At(llmtest.Fault{Status: 429}, llmtest.Fault{}, llmtest.Fault{CutOff: true}, llmtest.Fault{Status: 500}), agent, user)
	t.Cleanup(server.Close)
	remote := rollout.Player{Agent: dial(t, server, "planner"), User: dial(t, server, "scripted")}
	task := scripts[4].task(t, w, env)
	got, err := remote.Play(t.Context(), w, env, task, 0)
	if err != nil {
		t.Fatal(err)
	}
	if what := achieved(task, got); what != "" {
		t.Fatalf("%s\n%s", what, transcript(got))
	}
	if got.Usage.Prompt == 0 || got.Usage.Completion == 0 {
		t.Errorf("usage %+v was not counted", got.Usage)
	}
	local, err := rollout.Player{Agent: agent, User: user}.Play(t.Context(), w, env, task, 0)
	if err != nil || len(local.Calls) != len(got.Calls) || local.Digest != got.Digest {
		t.Errorf("without a network: %v\n%s\nover HTTP:\n%s", err, transcript(local), transcript(got))
	}
}

func dial(t *testing.T, s *llmtest.Server, model string) llm.Model {
	t.Helper()
	m, err := llm.NewOpenAI(llm.Endpoint{Model: model, URL: s.Base(), Wait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The same seed gives the same conversation; another attempt has other words.
func TestAttemptsDifferAndRerunsDoNot(t *testing.T) {
	w, env := library(t)
	p := rollout.Player{Agent: rollout.Planner(1), User: rollout.ScriptedUser(1, 0)}
	task := scripts[2].task(t, w, env)
	said := map[string]bool{}
	for index := range 6 {
		one, err := p.Play(t.Context(), w, env, task, index)
		if err != nil {
			t.Fatal(err)
		}
		two, _ := p.Play(t.Context(), w, env, task, index)
		if !reflect.DeepEqual(one, two) {
			t.Errorf("attempt %d differs when it is played again:\n%s\n%s", index, transcript(one), transcript(two))
		}
		said[transcript(one)] = true
	}
	if len(said) < 3 {
		t.Errorf("6 attempts have only %d wordings", len(said))
	}
}

// steps makes an agent that makes one step after the other, whatever it hears.
func steps(lines ...scaler.Message) llm.Model { return llm.Script("steps", lines...) }

// chatter is a user that never ends.
var chatter = llm.Func("chatter", func(context.Context, llm.Request) (llm.Response, error) {
	return llm.Reply(llm.Say("Go on.")), nil
})

func TestHowConversationsEnd(t *testing.T) {
	w, env := library(t)
	stop := llm.Script("user", llm.Say("Hello."), llm.Say("Bye. ###STOP###"))
	endless := llm.Func("endless", func(context.Context, llm.Request) (llm.Response, error) {
		r := llm.Reply(llm.Say("Still here."))
		r.Usage.Completion = 10
		return r, nil
	})
	for _, c := range []struct {
		why, ended string
		player     rollout.Player
	}{
		{"the user is content", "user_stop", rollout.Player{Agent: endless, User: stop}},
		{"the agent falls silent", "agent_stop", rollout.Player{Agent: steps(llm.Say("")), User: stop}},
		{"too many turns", "max_turns", rollout.Player{Agent: endless, User: chatter, Turns: 3}},
		{"too many tokens", "max_tokens", rollout.Player{Agent: endless, User: chatter, Tokens: 35}},
		{"the agent's model fails", "error", rollout.Player{Agent: steps(), User: stop}},
		{"the user's model fails", "error", rollout.Player{Agent: endless, User: steps()}},
	} {
		r, err := c.player.Play(t.Context(), w, env, scripts[0].task(t, w, env), 0)
		if err != nil || r.Ended != c.ended || (r.Error != "") != (c.ended == "error") {
			t.Errorf("%s: ended by %q (%s), %v, want %q", c.why, r.Ended, r.Error, err, c.ended)
		}
		for _, m := range r.Messages {
			if strings.Contains(m.Content, rollout.Stop) {
				t.Errorf("%s: the stop marker was kept in %q", c.why, m.Content)
			}
		}
	}
}

// What an agent does wrong comes back to it as a result; the record stays JSON.
func TestWrongCallsAreData(t *testing.T) {
	w, env := library(t)
	agent := steps(
		scaler.Message{ToolCalls: []scaler.ToolCall{{ID: "a", Name: "get_book", Arguments: `{"book_id": `}, {ID: "b", Name: "burn_book", Arguments: `{}`}}},
		llm.Call("c", "get_book", `{"book_id": "B-101"}`),
		llm.Say("There."))
	user := llm.Script("user", llm.Say("Hello."), llm.Say(rollout.Stop))
	r, err := rollout.Player{Agent: agent, User: user}.Play(t.Context(), w, env, scripts[0].task(t, w, env), 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes, roles []string
	for _, c := range r.Calls {
		codes = append(codes, c.Error)
	}
	for _, m := range r.Messages {
		roles = append(roles, m.Role)
	}
	if !slices.Equal(codes, []string{"invalid_arguments", "unknown_tool", ""}) {
		t.Errorf("refusals %q\n%s", codes, transcript(r))
	}
	if got, want := strings.Join(roles, " "), "user assistant tool tool assistant tool assistant"; got != want {
		t.Errorf("roles %s, want %s", got, want)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Errorf("the record does not encode: %v", err)
	}
}

func TestCancelledAndTimedOut(t *testing.T) {
	w, env := library(t)
	task := scripts[0].task(t, w, env)
	slow := llm.Func("slow", func(ctx context.Context, _ llm.Request) (llm.Response, error) {
		<-ctx.Done()
		return llm.Response{}, ctx.Err()
	})
	r, err := rollout.Player{Agent: slow, User: chatter, Timeout: 5 * time.Millisecond}.Play(t.Context(), w, env, task, 0)
	if err != nil || r.Ended != "error" || !strings.Contains(r.Error, "longer than 5ms") {
		t.Errorf("a rollout that takes too long: %q, %q, %v", r.Ended, r.Error, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (rollout.Player{Agent: slow, User: chatter}).Play(ctx, w, env, task, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled run: %v", err)
	}
}

// The agent is told the policy and no more of the task than the user says; the
// user is told the intent and no calls.
func TestNobodySeesTheSolution(t *testing.T) {
	w, env := library(t)
	task := scripts[3].task(t, w, env)
	var seen []string
	spy := func(name string, m llm.Model) llm.Model {
		return llm.Func(name, func(ctx context.Context, req llm.Request) (llm.Response, error) {
			seen = append(seen, req.Messages[0].Content)
			return m.Chat(ctx, req)
		})
	}
	p := rollout.Player{Agent: spy("agent", rollout.Planner(1)), User: spy("user", rollout.ScriptedUser(1, 0))}
	if _, err := p.Play(t.Context(), w, env, task, 0); err != nil {
		t.Fatal(err)
	}
	user, agent := seen[0], seen[1]
	if agent != rollout.SystemPrompt(w) || !strings.Contains(agent, "A member who owes fines cannot borrow") {
		t.Errorf("the agent was told:\n%s", agent)
	}
	if !strings.Contains(user, "- member ID: 1001") || strings.Contains(user, "update_member") {
		t.Errorf("the user was told:\n%s", user)
	}
}

func BenchmarkRollout(b *testing.B) {
	w, env := library(b)
	p := rollout.Player{Agent: rollout.Planner(1), User: rollout.ScriptedUser(1, 0)}
	task := scripts[4].task(b, w, env)
	for i := 0; b.Loop(); i++ {
		if _, err := p.Play(context.Background(), w, env, task, i); err != nil {
			b.Fatal(err)
		}
	}
}
