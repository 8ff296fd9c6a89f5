package rollout

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/rollout/internal/planner"
)

// A Fault is one way to go wrong on purpose.
type Fault struct {
	Name   string
	Stages []string // of the funnel, any of which has to catch it; none: the rollout is to be kept
	spoil  spoiler
}

// A spoiler turns a good response into a bad one. It says whether the fault has
// happened by then.
type spoiler func(t *turn, good llm.Response) (bad llm.Response, happened bool, err error)

// Faults lists what the noisy agent can do wrong. To add one, add a row.
var Faults = []Fault{
	{"malformed_arguments", []string{"validity"}, malformedArguments},
	{"repetition", []string{"validity"}, repetition},
	{"silent_stop", []string{"validity"}, silentStop},
	{"extra_write", []string{"state"}, extraWrite},
	{"missing_write", []string{"state", "reply"}, missingWrite},
	{"wrong_arguments", []string{"state", "reply"}, wrongArguments},
	{"no_calls", []string{"state", "exact", "reply"}, noCalls},
	{"wrong_reply", []string{"reply"}, wrongReply},
	{"recovered_error", nil, recoveredError},
}

// A turn is the place in a conversation at which a response is spoilt.
type turn struct {
	ctx   context.Context
	agent llm.Model
	req   llm.Request
	done  []answered
}

// An answered call is one of the conversation with its result.
type answered struct {
	scaler.ToolCall
	result string
	failed bool
}

// history lists the calls of a conversation that have been answered.
func history(messages []scaler.Message) []answered {
	var out []answered
	for _, m := range messages {
		for _, c := range m.ToolCalls {
			out = append(out, answered{ToolCall: c})
		}
		for i := range out {
			if m.Role == "tool" && out[i].ID == m.ToolCallID {
				out[i].result, out[i].failed = m.Content, strings.HasPrefix(m.Content, `{"error":`)
			}
		}
	}
	return out
}

// final says whether a response reports to the user instead of asking.
func final(r llm.Response) bool {
	return len(r.Message.ToolCalls) == 0 && !strings.Contains(r.Message.Content, "?")
}

// writes says whether a response calls a tool that changes something.
func (t *turn) writes(r llm.Response) bool {
	return slices.ContainsFunc(r.Message.ToolCalls, func(c scaler.ToolCall) bool { return t.writer(c.Name) })
}

func (t *turn) writer(name string) bool {
	i := slices.IndexFunc(t.req.Tools, func(s llm.Tool) bool { return s.Name == name })
	return i >= 0 && planner.Writes(t.req.Tools[i])
}

// wrote says whether a call with that mark in its ID has succeeded.
func (t *turn) wrote(mark string) bool {
	return slices.ContainsFunc(t.done, func(a answered) bool { return strings.HasPrefix(a.ID, mark) && !a.failed })
}

// tried counts the calls with that mark in their ID.
func (t *turn) tried(mark string) (n int) {
	for _, a := range t.done {
		if strings.HasPrefix(a.ID, mark) {
			n++
		}
	}
	return n
}

// malformedArguments breaks off the arguments of the first call.
func malformedArguments(t *turn, good llm.Response) (llm.Response, bool, error) {
	if len(t.done) > 0 || len(good.Message.ToolCalls) == 0 {
		return good, false, nil
	}
	return altered(good, func(c *scaler.ToolCall) {
		c.Arguments = c.Arguments[:len(c.Arguments)-1]
	}), true, nil
}

// repetition says the report over and over.
func repetition(t *turn, good llm.Response) (llm.Response, bool, error) {
	if !final(good) {
		return good, false, nil
	}
	good.Message.Content = strings.TrimSpace(strings.Repeat(good.Message.Content+" ", 12))
	return good, true, nil
}

// silentStop says nothing where a report is due.
func silentStop(t *turn, good llm.Response) (llm.Response, bool, error) {
	if !final(good) {
		return good, false, nil
	}
	good.Message.Content = ""
	return good, true, nil
}

// extraWrite changes something that nobody asked for before it reports.
func extraWrite(t *turn, good llm.Response) (llm.Response, bool, error) {
	if !final(good) {
		return good, false, nil
	}
	if t.wrote("extra_") {
		return good, true, nil
	}
	tried := t.tried("extra_")
	call, ok := planner.Invent(t.req, tried)
	if !ok || tried == 6 {
		return good, false, nil
	}
	call.ID = "extra_" + call.ID
	good.Message = scaler.Message{Role: "assistant", ToolCalls: []scaler.ToolCall{call}}
	return good, false, nil
}

// missingWrite leaves out the last write and reports as if it were done: what
// the agent would say after it shows whether it is the last.
func missingWrite(t *turn, good llm.Response) (llm.Response, bool, error) {
	if !t.writes(good) {
		return good, false, nil
	}
	imagined := t.req
	imagined.Messages = append(slices.Clone(t.req.Messages), good.Message)
	for _, c := range good.Message.ToolCalls {
		imagined.Messages = append(imagined.Messages, scaler.Message{Role: "tool", ToolCallID: c.ID, Name: c.Name, Content: "{}"})
	}
	after, err := t.agent.Chat(t.ctx, imagined)
	if err != nil || !final(after) {
		return good, false, err
	}
	return after, true, nil
}

// wrongArguments changes a value in a write: in another one if the first is
// refused, and then no more.
func wrongArguments(t *turn, good llm.Response) (llm.Response, bool, error) {
	if !t.writes(good) || t.wrote("wrong_") || t.tried("wrong_") == 2 {
		return good, final(good) && t.wrote("wrong_"), nil
	}
	return altered(good, func(c *scaler.ToolCall) {
		if args, ok := distorted(c.Arguments, t.shown()); ok && t.writer(c.Name) {
			c.ID, c.Arguments = "wrong_"+c.ID, args
		}
	}), false, nil
}

// noCalls claims at once that everything is done.
func noCalls(t *turn, good llm.Response) (llm.Response, bool, error) {
	if len(t.done) > 0 || len(good.Message.ToolCalls) == 0 {
		return good, false, nil
	}
	return llm.Reply(llm.Say("All of that is done now, exactly as you asked.")), true, nil
}

// wrongReply reports other values than the tools showed, where nothing was
// changed that would tell.
func wrongReply(t *turn, good llm.Response) (llm.Response, bool, error) {
	if !final(good) || len(t.done) == 0 || slices.ContainsFunc(t.done, func(a answered) bool { return t.writer(a.Name) }) {
		return good, false, nil
	}
	text := good.Message.Content
	good.Message.Content = falsified(text, t.shown())
	return good, good.Message.Content != text, nil
}

// recoveredError gets a parameter's name wrong in the first call, which does no
// harm, and goes on to do everything right.
func recoveredError(t *turn, good llm.Response) (llm.Response, bool, error) {
	if len(t.done) > 0 || len(good.Message.ToolCalls) == 0 {
		return good, false, nil
	}
	call := good.Message.ToolCalls[0]
	i := slices.IndexFunc(t.req.Tools, func(s llm.Tool) bool { return s.Name == call.Name })
	if i < 0 {
		return good, false, nil
	}
	args, ok := misnamed(call.Arguments, t.req.Tools[i].Parameters)
	if !ok {
		return good, false, nil
	}
	return altered(good, func(c *scaler.ToolCall) { c.ID, c.Arguments = c.ID+"a", args }), true, nil
}

// altered returns a response with its calls changed, and the original untouched.
func altered(r llm.Response, change func(*scaler.ToolCall)) llm.Response {
	r.Message.ToolCalls = slices.Clone(r.Message.ToolCalls)
	for i := range r.Message.ToolCalls {
		change(&r.Message.ToolCalls[i])
	}
	return r
}

// misnamed misspells the first required parameter among the arguments.
func misnamed(arguments string, schema json.RawMessage) (string, bool) {
	var s struct {
		Required []string `json:"required"`
	}
	args, err := pyjson.ParseObject([]byte(arguments))
	if err != nil || json.Unmarshal(schema, &s) != nil {
		return "", false
	}
	out, changed := &pyjson.Object{}, false
	for name, v := range args.All() {
		if !changed && slices.Contains(s.Required, name) {
			name, changed = name+"_value", true
		}
		out.Set(name, v)
	}
	return string(pyjson.Marshal(out)), changed
}
