package live_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/tau2/live"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// Conversations of models that talk at random go as they do with the official
// Python: the same requests, messages, ends, rewards and checks. It runs python3
// with pydantic on the sources of the checkouts; -args -measure plays more.
func TestAgainstOfficial(t *testing.T) {
	n := 12
	if *measure {
		n = 250
	}
	for _, variable := range checkouts {
		t.Run(variable, func(t *testing.T) {
			c := tau2test.Official(t, variable)
			players, tasks := official(t, c)
			scripts := make([]script, n)
			for i := range scripts {
				r := scaler.Rand(1, "official", fmt.Sprint(i))
				scripts[i] = randomScript(r, tasks)
				scripts[i].Protocol = c.Version.Waits && r.IntN(4) == 0
			}
			input, err := json.Marshal(scripts)
			if err != nil {
				t.Fatal(err)
			}
			answers, err := pyjson.Parse(python(t, c.Dir, input))
			if err != nil {
				t.Fatal(err)
			}
			ends := map[string]int{}
			for i, s := range scripts {
				p := *players[fmt.Sprint(s.Domain, s.Solo)]
				ours := s.play(t, &p, tasks)
				want := answers.([]any)[i].(*pyjson.Object)
				end := "exception"
				if v, ok := ours.Get("ended"); ok {
					end = v.(string)
				}
				ends[end]++
				if _, raised := want.Get("exception"); raised { // it is asked again: only what came before counts
					want.Set("exception", "raised")
				}
				if got, want := pyjson.MarshalSorted(ours), pyjson.MarshalSorted(want); !bytes.Equal(got, want) {
					at := 0
					for at < min(len(got), len(want)) && got[at] == want[at] {
						at++
					}
					t.Errorf("%d %s %s solo %t, %d steps, %d errors: ...%.400s\nofficially ...%.400s", i, s.Domain, s.Task, s.Solo, s.MaxSteps, s.MaxErrors,
						got[max(0, at-100):], want[max(0, at-100):])
				}
			}
			t.Logf("%s: %d conversations, ended by %v", c.Version.Name, n, ends)
		})
	}
}

// official opens all domains of a checkout.
func official(t *testing.T, c *checkout.Checkout) (map[string]*live.Player, map[string][]tau2.Task) {
	t.Helper()
	players, tasks := map[string]*live.Player{}, map[string][]tau2.Task{}
	for _, d := range []struct {
		name string
		solo bool
	}{{"retail", false}, {"airline", false}, {"telecom", false}, {"telecom", true}} {
		p, err := live.NewPlayer(c, d.name, d.solo)
		if err != nil {
			t.Fatal(err)
		}
		p.Seed = 7
		players[fmt.Sprint(d.name, d.solo)] = p
		if tasks[d.name], err = c.Tasks(d.name, "base"); err != nil {
			t.Fatal(err)
		}
	}
	return players, tasks
}

// python runs the official code.
func python(t *testing.T, dir string, stdin []byte, more ...string) []byte {
	t.Helper()
	if err := exec.Command("python3", "-c", "import pydantic").Run(); err != nil {
		t.Skip("no python3 with pydantic beside the checkout of tau2-bench")
	}
	cmd := exec.Command("python3", append([]string{filepath.Join("testdata", "official.py"), dir}, more...)...)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(stdin), os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// play has this package play the script, and shows what happened as the official
// code's harness does.
func (s script) play(t *testing.T, p *live.Player, tasks map[string][]tau2.Task) *pyjson.Object {
	t.Helper()
	asked := []any{}
	model := func(role string, lines []line) llm.Model {
		turn := 0
		return llm.Func(role, func(_ context.Context, req llm.Request) (llm.Response, error) {
			if strings.Contains(req.For.Item, " again ") {
				return llm.Response{}, errors.New("the official harness does not try again")
			}
			asked = append(asked, request(role, req))
			l := lines[min(turn, len(lines)-1)]
			turn++
			return l.reply(), nil
		})
	}
	p.Agent, p.User, p.Judge = model("agent", s.Agent), model("user", s.User), model("judge", s.Judge)
	p.MaxSteps, p.MaxErrors, p.Protocol = s.MaxSteps, s.MaxErrors, s.Protocol
	for i := range tasks[s.Domain] {
		if tasks[s.Domain][i].ID != s.Task {
			continue
		}
		sim, err := p.Play(t.Context(), &tasks[s.Domain][i], 0)
		if err != nil {
			return pyjson.Of("exception", "raised", "asked", asked)
		}
		return happened(p, sim, asked)
	}
	t.Fatal("there is no task " + s.Task)
	return nil
}

func (l line) reply() llm.Response {
	m := scaler.Message{Role: "assistant"}
	if l.Content != nil {
		m.Content = *l.Content
	}
	for _, c := range l.Calls {
		m.ToolCalls = append(m.ToolCalls, scaler.ToolCall{ID: c.ID, Name: c.Name, Arguments: c.Arguments})
	}
	raw, _ := json.Marshal(map[string]any{"message": map[string]any{"content": l.Content}})
	return llm.Response{Message: m, Raw: raw}
}

// request shows what a model is asked; system prompts by their SHA-256.
func request(role string, req llm.Request) any {
	messages := make([]any, len(req.Messages))
	for i, m := range req.Messages {
		var content any
		if m.Content != "" || m.Role == "tool" {
			content = m.Content
		}
		if m.Role == "system" {
			content = pyjson.Sum(m.Content)
		}
		o := pyjson.Of("role", m.Role, "content", content)
		if m.Role == "assistant" {
			calls := []any{}
			for _, c := range m.ToolCalls {
				calls = append(calls, []any{c.ID, c.Name, c.Arguments})
			}
			o.Set("calls", calls)
		}
		if m.Role == "tool" {
			o.Set("id", m.ToolCallID)
		}
		messages[i] = o
	}
	tools := []any{}
	for _, x := range req.Tools {
		tools = append(tools, x.Name)
	}
	var choice any
	if req.ToolChoice != "" {
		choice = req.ToolChoice
	}
	return pyjson.Of("role", role, "messages", messages, "choice", choice, "tools", tools, "seed", int64(req.Seed), "temperature", *req.Temperature)
}

func happened(p *live.Player, s live.Simulation, asked []any) *pyjson.Object {
	row := p.Row(s)
	list, _ := row.Get("messages")
	var messages []any
	for _, m := range list.([]any) {
		o := m.(*pyjson.Object).Shallow()
		for _, key := range []string{"turn_idx", "timestamp", "cost", "usage", "raw_data"} {
			o.Delete(key)
		}
		messages = append(messages, o)
	}
	var match any
	if s.Reward.Match != nil {
		match = *s.Reward.Match
	}
	return pyjson.Of("ended", s.Conversation.Ended, "messages", messages, "reward", s.Reward.Reward, "db", match, "actions", truths(s.Reward.Actions),
		"assertions", truths(s.Reward.Assertions), "communicate", truths(s.Reward.Communicate), "asked", asked)
}

func truths(list []bool) []any {
	out := []any{}
	for _, v := range list {
		out = append(out, v)
	}
	return out
}

// The official classes read our result files, with the rewards that we wrote.
func TestOfficialReadsResults(t *testing.T) {
	for _, variable := range checkouts {
		t.Run(variable, func(t *testing.T) {
			c := tau2test.Official(t, variable)
			players, tasks := official(t, c)
			for _, p := range players {
				some := tau2test.Named(tasks[p.Domain.World])[:5]
				s := &tau2test.Script{Tasks: some, Plan: planned}
				p.Agent, p.User, p.Judge = s.Agent(), s.User(), s.Judge()
				r := &live.Run{Player: p, Tasks: some, Edition: "official", Split: "base", Out: t.TempDir(), Trials: 2}
				report := do(t, t.Context(), r)
				read, err := pyjson.Parse(python(t, c.Dir, nil, r.File()))
				if err != nil {
					t.Fatal(err)
				}
				sum := 0.0
				rewards := read.([]any)[0].([]any)
				for _, v := range rewards {
					sum += v.(float64) / float64(len(rewards))
				}
				if len(rewards) != report.Rows || sum != report.Reward {
					t.Errorf("%s: officially %d rewards, %g on average; ours %d, %g", p.Domain.Name, len(rewards), sum, report.Rows, report.Reward)
				}
			}
		})
	}
}
