package filter

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// A Replay is what the calls in a conversation do when they are made again.
type Replay struct {
	Calls  []Call          // in the order of the conversation
	Digest scaler.Digest   // of the state they lead to
	Diff   []scaler.Change // against the task's start
}

// A Call is one call made again.
type Call struct {
	Tool      string
	Arguments *pyjson.Object // nil where they are not an object
	Value     any            // what the tool returned
	Text      string         // the same, as the agent reads it
	Error     string         // refusal code
}

// failed counts the calls that were refused.
func (r Replay) failed() int {
	n := 0
	for _, c := range r.Calls {
		if c.Error != "" {
			n++
		}
	}
	return n
}

// replay makes the calls of the conversation, which is what a dataset would
// hold, not those of the rollout's own record. It fails where the session does
// not start or the sandbox itself fails.
func replay(env *sandbox.World, t scaler.Task, r scaler.Rollout) (Replay, error) {
	session, err := env.Start(t.Init, t.Seed)
	if err != nil {
		return Replay{}, fmt.Errorf("rollout %s: %w", r.ID, err)
	}
	var run Replay
	for _, m := range r.Messages {
		for _, wish := range m.ToolCalls {
			call, err := again(session, t, wish)
			if err != nil {
				return Replay{}, fmt.Errorf("rollout %s, tool %s: %w", r.ID, wish.Name, err)
			}
			run.Calls = append(run.Calls, call)
		}
	}
	run.Digest, run.Diff = session.Digest(), session.Diff()
	return run, nil
}

// again makes one call. A tool that the task does not offer is refused, as it
// was when the conversation was played.
func again(session *sandbox.Session, t scaler.Task, wish scaler.ToolCall) (Call, error) {
	call := Call{Tool: wish.Name}
	call.Arguments, _ = pyjson.ParseObject([]byte(wish.Arguments))
	if !slices.Contains(t.Tools, wish.Name) {
		call.Error = sandbox.UnknownTool
		return call, nil
	}
	result := session.Call(context.Background(), wish.Name, []byte(wish.Arguments))
	if result.Err != nil {
		return Call{}, result.Err
	}
	call.Value, call.Text = result.Value, result.Text
	if result.Refused != nil {
		call.Error = result.Refused.Code
	}
	return call, nil
}

// succeeded returns the calls that were not refused.
func (r Replay) succeeded() []Call {
	return slices.DeleteFunc(slices.Clone(r.Calls), func(c Call) bool { return c.Error != "" })
}

// gold returns a gold call in the form of a replayed one.
func gold(c scaler.GoldCall) Call {
	arguments, _ := pyjson.ParseObject(c.Arguments)
	value, _ := pyjson.Parse([]byte(c.Output))
	return Call{Tool: c.Tool, Arguments: arguments, Value: value, Text: c.Output, Error: c.Error}
}

// isObject says whether text is one JSON object.
func isObject(text string) bool {
	if !json.Valid([]byte(text)) {
		return false
	}
	_, err := pyjson.ParseObject([]byte(text))
	return err == nil
}
