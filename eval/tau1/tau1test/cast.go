package tau1test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// A Cast plays agent and user. The agent solves a trial of a task with a planted
// probability: it then makes the gold calls and says what has to be said, and
// otherwise writes a call that is no JSON. Both read all that they need off a
// request, so they work behind a server; the trial is its seed less one.
type Cast struct {
	Accuracy float64
	Seed     uint64
	tasks    map[string]tau1.Task // by the ContentID of the user's system prompt
}

// NewCast returns the cast for the tasks of environments.
func NewCast(t testing.TB, accuracy float64, seed uint64, envs ...*tau1.Env) *Cast {
	t.Helper()
	c := &Cast{Accuracy: accuracy, Seed: seed, tasks: map[string]tau1.Task{}}
	for _, e := range envs {
		for i := range e.Tasks {
			c.tasks[c.key(t, e, i)] = e.Tasks[i]
		}
	}
	return c
}

func (c *Cast) key(t testing.TB, e *tau1.Env, task int) string {
	system, err := e.UserSystem(tau1.UserStrategies[0], task)
	if err != nil {
		t.Fatal(err)
	}
	return scaler.ContentID(system)
}

// Solves says whether the agent solves a trial of a task.
func (c *Cast) Solves(t testing.TB, e *tau1.Env, task, trial int) bool {
	t.Helper()
	return c.solves(c.key(t, e, task), trial)
}

func (c *Cast) solves(key string, trial int) bool {
	return scaler.Rand(c.Seed, key, fmt.Sprint(trial)).Float64() < c.Accuracy
}

const farewell = "Anything else?"

// User begins with the key of its task, and stops at the agent's farewell.
func (c *Cast) User() llm.Model {
	return llm.Func("cast-user", func(_ context.Context, r llm.Request) (llm.Response, error) {
		last := r.Messages[len(r.Messages)-1].Content
		switch {
		case len(r.Messages) == 2:
			return llm.Reply(llm.Say(scaler.ContentID(r.Messages[0].Content))), nil
		case strings.Contains(last, farewell):
			return llm.Reply(llm.Say("###STOP###")), nil
		}
		return llm.Reply(llm.Say("Go on.")), nil
	})
}

// Agent makes one gold call a turn, behind a message with the outputs.
func (c *Cast) Agent() llm.Model {
	return llm.Func("org/cast-agent", func(_ context.Context, r llm.Request) (llm.Response, error) {
		key := r.Messages[1].Content
		task, ok := c.tasks[key]
		if !ok {
			return llm.Response{}, fmt.Errorf("no task begins with %q", key)
		}
		turn := 0
		for _, m := range r.Messages {
			if m.Role == "assistant" {
				turn++
			}
		}
		id := fmt.Sprint("call_", turn)
		if !c.solves(key, int(r.Seed)-1) {
			return llm.Reply(llm.Call(id, "think", `{"thought": `)), nil
		}
		lines := lines(task)
		if turn >= len(lines) {
			return llm.Reply(llm.Say(farewell)), nil
		}
		line := lines[turn]
		for i := range line.ToolCalls {
			line.ToolCalls[i].ID = id
		}
		return llm.Reply(line), nil
	})
}

// lines is what a right agent says and does, up to its farewell.
func lines(task tau1.Task) (all []scaler.Message) {
	if len(task.Outputs) > 0 {
		all = append(all, llm.Say(strings.Join(task.Outputs, "; ")))
	}
	for _, a := range task.Actions {
		all = append(all, llm.Call("", a.Name, string(pyjson.Marshal(a.Arguments))))
	}
	return all
}
