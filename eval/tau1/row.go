package tau1

import (
	"fmt"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Row is a finished trial, in the official form {task_id, trial, reward, info,
// traj}. Info has more than the official one: ended (user_stop, transfer,
// max_steps or error), usage, and of an exception the messages up to it, which
// the official code drops.
type Row struct {
	Task, Trial int
	Reward      float64
	Info        *pyjson.Object
	Messages    []any

	agent, user usage
}

// usage is what one side asked of its model.
type usage struct {
	calls  int
	tokens scaler.Usage
}

func (u usage) object() *pyjson.Object {
	return object("calls", int64(u.calls), "prompt", int64(u.tokens.Prompt), "completion", int64(u.tokens.Completion))
}

// success is how near 1 a reward counts as solved, as officially.
const success = 1e-6

// Solved says whether the trial counts as a success.
func (r *Row) Solved() bool { return r.Reward >= 1-success && r.Reward <= 1+success }

// Text is the row as JSON.
func (r *Row) Text() string {
	return string(pyjson.Marshal(object(
		"task_id", int64(r.Task), "reward", r.Reward, "info", r.Info, "traj", r.Messages, "trial", int64(r.Trial),
	)))
}

// ReadRow reads a row.
func ReadRow(row string) (*Row, error) {
	o, err := pyjson.ParseObject([]byte(row))
	if err != nil {
		return nil, fmt.Errorf("tau-bench: a row: %w", err)
	}
	r := &Row{Info: child(o, "info"), Task: integer(o, "task_id"), Trial: integer(o, "trial")}
	v, _ := o.Get("reward")
	r.Reward, _ = v.(float64)
	v, _ = o.Get("traj")
	r.Messages, _ = v.([]any)
	used := child(r.Info, "usage")
	for side, into := range map[string]*usage{"agent": &r.agent, "user": &r.user} {
		u := child(used, side)
		*into = usage{integer(u, "calls"), scaler.Usage{Prompt: integer(u, "prompt"), Completion: integer(u, "completion")}}
	}
	return r, nil
}

func integer(o *pyjson.Object, key string) int {
	v, _ := o.Get(key)
	n, _ := v.(int64)
	return int(n)
}

// begun is the row of a conversation that has not ended yet.
func begun(number, trial int, t Task) *Row {
	return &Row{Task: number, Trial: trial, Messages: []any{}, Info: object(
		"task", t.Object(), "source", "user", "user_cost", nil, "reward_info", nil,
	)}
}

// Object is the task as rows have it.
func (t Task) Object() *pyjson.Object {
	return object("user_id", t.User, "actions", actions(t.Actions), "instruction", t.Instruction, "outputs", anys(t.Outputs))
}

func actions(list []Action) []any {
	out := make([]any, len(list))
	for i, a := range list {
		out[i] = object("name", a.Name, "kwargs", a.Arguments)
	}
	return out
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// count adds what an answer cost.
func (r *Row) count(role string, tokens scaler.Usage) {
	u := &r.user
	if role == "agent" {
		u = &r.agent
	}
	u.calls++
	u.tokens.Prompt += tokens.Prompt
	u.tokens.Completion += tokens.Completion
}

// message adds a message as litellm dumps it.
func (r *Row) message(m scaler.Message) {
	var o *pyjson.Object
	switch m.Role {
	case "assistant":
		o = object("content", m.Content, "role", m.Role, "tool_calls", nil, "function_call", nil)
		if len(m.ToolCalls) > 0 {
			o.Set("tool_calls", calls(m.ToolCalls))
			if m.Content == "" {
				o.Set("content", nil)
			}
		}
		if m.Reasoning != "" {
			o.Set("reasoning_content", m.Reasoning)
		}
	case "tool":
		o = object("role", m.Role, "tool_call_id", m.ToolCallID, "name", m.Name, "content", m.Content)
	default:
		o = object("role", m.Role, "content", m.Content)
	}
	r.Messages = append(r.Messages, o)
}

func calls(list []scaler.ToolCall) []any {
	out := make([]any, len(list))
	for i, c := range list {
		out[i] = object("function", object("arguments", c.Arguments, "name", c.Name), "id", c.ID, "type", "function")
	}
	return out
}

// score writes how a conversation that ended scores.
func (r *Row) score(t Task, result Reward) {
	r.Reward = result.Reward
	var made []Action
	for _, a := range t.Actions {
		if a.Name != respond {
			made = append(made, a)
		}
	}
	info := object("r_actions", truth(result.State), "gt_data_hash", result.GoldHash)
	if len(t.Outputs) > 0 {
		all, said := true, pyjson.NewObject(len(t.Outputs))
		for _, output := range t.Outputs {
			said.Set(output, result.Said[output])
			all = all && result.Said[output]
		}
		info = object("r_outputs", truth(all), "outputs", said)
	}
	r.Info.Set("reward_info", object("reward", r.Reward, "info", info, "actions", actions(made)))
}

// truth is a bool where the original has a float.
func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// raised makes the row of a conversation that ended in an exception.
func (r *Row) raised(text string) {
	r.Info = object("error", text, "traceback", "", "messages", r.Messages)
	r.Messages = []any{}
}

// close writes why a conversation ended and what it cost.
func (r *Row) close(why string) {
	r.Info.Set("ended", why)
	r.Info.Set("usage", object("agent", r.agent.object(), "user", r.user.object()))
}
