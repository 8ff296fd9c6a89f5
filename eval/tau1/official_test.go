package tau1_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/eval/tau1/tau1test"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

var measure = flag.Bool("measure", false, "run the tests that print figures at their full size")

// A script is what both models of one conversation reply.
type script struct {
	env   *tau1.Env
	task  int
	agent tau1.AgentStrategy
	user  tau1.UserStrategy
	acts  []scaler.Message
	words []string
}

// Conversations of models that talk at random, in every strategy, go as they do
// with the official Python: the same messages, rewards and ends. It runs python3
// with pydantic on the sources of the checkout; -args -measure plays more of them.
func TestAgainstOfficial(t *testing.T) {
	c := official(t)
	n := 12 // every pair of strategies once
	if *measure {
		n = 120
	}
	scripts := random(t, c, n)
	rows := playOfficial(t, scripts)
	ends := map[string]int{}
	for i, s := range scripts {
		ours := s.play(t)
		want := rows[i].(*pyjson.Object)
		ends[fmt.Sprintf("%s with %g", endOf(ours), ours.Reward)]++
		if at(want, "reward") != ours.Reward {
			t.Errorf("%s: reward %g, officially %v", s, ours.Reward, at(want, "reward"))
		}
		if failed := at(want, "info", "error"); failed != nil || endOf(ours) == "error" {
			if failed == nil || endOf(ours) != "error" {
				t.Errorf("%s: ended by %s, officially %v: %s", s, endOf(ours), failed, ours.Text())
			}
			continue
		}
		for _, key := range []string{"task", "source", "reward_info"} {
			same(t, s.String()+" "+key, at(ours.Info, key), at(want, "info", key))
		}
		same(t, s.String()+" traj", ours.Messages, at(want, "traj"))
	}
	t.Logf("%d conversations: %v", len(scripts), ends)
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if got, want := pyjson.MarshalSorted(got), pyjson.MarshalSorted(want); !bytes.Equal(got, want) {
		t.Errorf("%s\n%.3000s\nofficially\n%.3000s", what, got, want)
	}
}

func (s script) String() string {
	return fmt.Sprintf("%s %d %s %s", s.env.Domain.Name, s.task, s.agent.Name, s.user.Name)
}

// playOfficial has the official code play the scripts.
func playOfficial(t *testing.T, scripts []script) []any {
	t.Helper()
	cases := make([]any, len(scripts))
	for i, s := range scripts {
		acts := make([]any, len(s.acts))
		for j, m := range s.acts {
			o := object("content", m.Content)
			if len(m.ToolCalls) > 0 {
				o = object("content", nil, "tool_calls", toolCalls(m.ToolCalls))
			}
			acts[j] = o
		}
		words := make([]any, len(s.words))
		for j, w := range s.words {
			words[j] = w
		}
		cases[i] = object("domain", s.env.Domain.Name, "task", int64(s.task), "agent_strategy", s.agent.Name, "user_strategy", s.user.Name, "agent", acts, "user", words)
	}
	rows, err := pyjson.Parse(python(t, pyjson.Marshal(cases)))
	if err != nil {
		t.Fatal(err)
	}
	return rows.([]any)
}

// python runs the official code.
func python(t *testing.T, stdin []byte, more ...string) []byte {
	t.Helper()
	if err := exec.Command("python3", "-c", "import pydantic").Run(); err != nil {
		t.Skip("no python3 with pydantic beside AGENTSCALER_TAU_BENCH")
	}
	cmd := exec.Command("python3", append([]string{filepath.Join("testdata", "official.py"), os.Getenv("AGENTSCALER_TAU_BENCH")}, more...)...)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(stdin), os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The official code reads our result files, and computes the same pass^k.
func TestOfficialReadsResults(t *testing.T) {
	run := tau1.Run{Checkout: official(t), Tasks: "0-19", Trials: 3, Out: t.TempDir()}
	var envs []*tau1.Env
	for _, d := range tau1.Domains {
		e, err := run.Checkout.Env(d.Name, "test")
		if err != nil {
			t.Fatal(err)
		}
		envs = append(envs, e)
	}
	cast := tau1test.NewCast(t, 0.7, 1, envs...)
	run.Agent, run.User, run.Seed = cast.Agent(), cast.User(), 1
	run.AgentStrategy, run.UserStrategy = tau1.AgentStrategies[0], tau1.UserStrategies[0]
	report, gaps, err := run.Do(t.Context())
	if err != nil || gaps != nil {
		t.Fatal(err, gaps)
	}
	for _, d := range report.Domains {
		said := string(python(t, nil, d.File))
		for _, p := range d.Passes {
			_, rest, _ := strings.Cut(said, fmt.Sprintf("k=%d: ", p.K))
			value, _, _ := strings.Cut(rest, "\n")
			if theirs, err := strconv.ParseFloat(value, 64); err != nil || math.Abs(theirs-p.All) > 1e-12 || p.All == 0 || p.All == 1 {
				t.Errorf("%s: pass^%d is %g, officially %s", d.Domain, p.K, p.All, value)
			}
		}
	}
}

func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

func toolCalls(calls []scaler.ToolCall) []any {
	out := make([]any, len(calls))
	for i, c := range calls {
		out[i] = object("function", object("arguments", c.Arguments, "name", c.Name), "id", c.ID, "type", "function")
	}
	return out
}

// play has ours play a script.
func (s script) play(t *testing.T) *tau1.Row {
	t.Helper()
	acts, words := s.acts, s.words
	next := errors.New("the script is at its end")
	p := tau1.Player{
		AgentStrategy: s.agent, UserStrategy: s.user,
		Agent: llm.Func("agent", func(context.Context, llm.Request) (llm.Response, error) {
			if len(acts) == 0 {
				return llm.Response{}, next
			}
			m := acts[0]
			acts = acts[1:]
			return llm.Reply(m), nil
		}),
		User: llm.Func("user", func(context.Context, llm.Request) (llm.Response, error) {
			if len(words) == 0 {
				return llm.Response{}, next
			}
			w := words[0]
			words = words[1:]
			return llm.Reply(llm.Say(w)), nil
		}),
	}
	row, err := p.Play(t.Context(), s.env, s.task, 0)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return row
}

// random writes scripts of all strategies. Half of the agents do the gold
// actions, with something else between; the others do anything.
func random(t *testing.T, c *tau1.Checkout, n int) (scripts []script) {
	t.Helper()
	var envs []*tau1.Env
	for _, d := range tau1.Domains {
		e, err := c.Env(d.Name, "test")
		if err != nil {
			t.Fatal(err)
		}
		envs = append(envs, e)
	}
	for i := range n {
		r := scaler.Rand(1, "scripts", fmt.Sprint(i))
		e := envs[r.IntN(len(envs))]
		s := script{env: e, task: r.IntN(len(e.Tasks)), agent: tau1.AgentStrategies[i%3], user: tau1.UserStrategies[i/3%4]}
		gold := e.Tasks[s.task].Actions
		for range 40 {
			a := tau1.Action{Name: "think", Arguments: object("thought", "hm")}
			switch {
			case len(gold) > 0 && i%2 == 0 && r.IntN(4) > 0:
				a, gold = gold[0], gold[1:]
			case i%2 == 0 && len(gold) == 0 || r.IntN(3) == 0:
				a = tau1.Action{Name: "respond", Arguments: object("content", strings.Join(e.Tasks[s.task].Outputs, " and ")+" Well, 1,000?")}
			case r.IntN(2) == 0:
				other := e.Tasks[r.IntN(len(e.Tasks))].Actions
				if len(other) > 0 {
					a = other[r.IntN(len(other))]
				}
			}
			s.acts = append(s.acts, write(r, s.agent, a))
		}
		for range 400 {
			s.words = append(s.words, word(r, s.user))
		}
		scripts = append(scripts, s)
	}
	return scripts
}

// write is how an agent of a strategy writes an action, now and then wrongly.
func write(r *rand.Rand, s tau1.AgentStrategy, a tau1.Action) scaler.Message {
	arguments := string(pyjson.Marshal(a.Arguments))
	switch r.IntN(60) {
	case 0:
		arguments = arguments[:len(arguments)-1]
	case 1:
		a.Name = "fly"
	case 2:
		arguments = `{"order_id": 5, "data": {}}`
	case 3:
		arguments = "[]"
	}
	if s.Name == "tool-calling" {
		if a.Name == "respond" && r.IntN(8) > 0 {
			words, _ := a.Arguments.Get("content")
			return llm.Say(words.(string))
		}
		m := llm.Call("call_1", a.Name, arguments)
		if r.IntN(6) == 0 {
			m.ToolCalls = append(m.ToolCalls, scaler.ToolCall{ID: "call_2", Name: "think", Arguments: `{"thought": ""}`})
		}
		return m
	}
	return llm.Say([]string{"", "Thought:\nHm. Action:\n", "Action: ", "Action:"}[r.IntN(4)] + `{"name": "` + a.Name + `", "arguments": ` + arguments + "}")
}

// word is a reply of the user's model, or of its supervisor, now and then in a
// wrong form.
func word(r *rand.Rand, s tau1.UserStrategy) string {
	text := []string{"Yes.", "No, \"it's\" naïve\nor so.", "Go on, that is true.", "###STOP###", "False"}[r.IntN(5)]
	if r.IntN(4) > 0 {
		text = strings.ReplaceAll(text, "###STOP###", "Please.")
	}
	switch s.Name {
	case "react":
		return []string{"Thought:\nWhy?\n\nUser Response:\n", "User Response: ", "Thought: ", "Thought: ", "Thought: "}[r.IntN(5)] + text + []string{"", "", "", "", "", "", "", "", "", "", " Thought: again"}[r.IntN(11)]
	case "reflection":
		return []string{"True. Response: ", "Reflection:\nno\n\nResponse:\n", "Response:", "True. Response: ", "no "}[r.IntN(41)/10] + text
	}
	return text
}
