package rollout

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
)

// A game is one conversation while it is being played. The agent sees the
// record's messages; the user sees the talk with the parts swapped, and no calls.
type game struct {
	Player
	session  *sandbox.Session
	task     scaler.Task
	offered  []llm.Tool
	system   scaler.Message
	userSide []scaler.Message
	record   scaler.Rollout
	said     int // messages of the agent
	asked    int // messages of the user
	log      *slog.Logger
}

// play goes on until somebody ends the conversation.
func (g *game) play(ctx context.Context) (ended string, err error) {
	for {
		stop, err := g.userTurn(ctx)
		if stop || err != nil {
			return UserStop, err
		}
		ended, err := g.agentTurn(ctx)
		if ended != "" || err != nil {
			return ended, err
		}
	}
}

// userTurn lets the user speak. An empty word is as good as a stop: there is
// nothing to answer.
func (g *game) userTurn(ctx context.Context) (stop bool, err error) {
	m, err := g.chat(ctx, g.User, "user", g.userSide, nil)
	if err != nil {
		return false, err
	}
	text, _, stop := strings.Cut(m.Content, Stop)
	text = strings.TrimSpace(text)
	g.userSide = append(g.userSide, scaler.Message{Role: "assistant", Content: m.Content})
	if text != "" {
		g.record.Messages = append(g.record.Messages, scaler.Message{Role: "user", Content: text})
	}
	return stop || text == "", nil
}

// agentTurn lets the agent call tools until it speaks to the user. It returns
// how the conversation ended, or nothing if it goes on.
func (g *game) agentTurn(ctx context.Context) (ended string, err error) {
	for {
		if g.said == g.Turns {
			return MaxTurns, nil
		}
		used := g.record.Usage
		if g.Tokens > 0 && used.Prompt+used.Completion >= g.Tokens {
			return MaxTokens, nil
		}
		m, err := g.chat(ctx, g.Agent, "agent", append([]scaler.Message{g.system}, g.record.Messages...), g.offered)
		if err != nil {
			return "", err
		}
		if strings.TrimSpace(m.Content) == "" && len(m.ToolCalls) == 0 {
			return AgentStop, nil
		}
		m.Role = "assistant"
		g.record.Messages = append(g.record.Messages, m)
		if len(m.ToolCalls) == 0 {
			g.userSide = append(g.userSide, scaler.Message{Role: "user", Content: m.Content})
			return "", nil
		}
		for _, c := range m.ToolCalls {
			if err := g.call(ctx, c); err != nil {
				return "", err
			}
		}
	}
}

// chat asks one side for its next message.
func (g *game) chat(ctx context.Context, m llm.Model, role string, messages []scaler.Message, tools []llm.Tool) (scaler.Message, error) {
	purpose := g.purpose(role)
	resp, err := m.Chat(ctx, llm.Request{Messages: messages, Tools: tools, Seed: seed(g.task, g.record.Index, role), For: purpose})
	if err != nil {
		return scaler.Message{}, fmt.Errorf("%s, turn %d: %w", role, purpose.Turn, err)
	}
	if role == "agent" {
		g.said++
	} else {
		g.asked++
	}
	if f, ok := m.(Faulty); ok {
		g.blame(f.Faults(resp, g.record.Calls))
	}
	g.record.Usage.Prompt += resp.Usage.Prompt
	g.record.Usage.Completion += resp.Usage.Completion
	return resp.Message, nil
}

// blame records faults, each once.
func (g *game) blame(faults []string) {
	for _, f := range faults {
		if !slices.Contains(g.record.Faults, f) {
			g.record.Faults = append(g.record.Faults, f)
		}
	}
}

func (g *game) purpose(role string) llm.Purpose {
	turn := g.said
	if role == "user" {
		turn = g.asked
	}
	return llm.Purpose{Stage: "rollout", Item: string(g.task.ID), Rollout: g.record.Index, Role: role, Turn: turn}
}

// seed is what a side draws from: the attempts at a task differ, a rerun does not.
func seed(t scaler.Task, index int, role string) uint64 {
	return scaler.Rand(t.Seed, "rollout", string(t.ID), role, fmt.Sprint(index)).Uint64()
}

// call runs one tool call and records it with its result. What the agent did
// wrong comes back to it as a result; an error is the sandbox's own failure.
func (g *game) call(ctx context.Context, c scaler.ToolCall) error {
	result := refused("unknown_tool", fmt.Sprintf("There is no tool %q.", c.Name))
	if slices.Contains(g.task.Tools, c.Name) {
		result = g.session.Call(ctx, c.Name, []byte(c.Arguments))
	}
	if result.Err != nil {
		return fmt.Errorf("tool %s: %w", c.Name, result.Err)
	}
	done := scaler.Call{Tool: c.Name, Arguments: rawArguments(c.Arguments), Changed: result.Changed}
	if result.Refused != nil {
		done.Error = result.Refused.Code
	}
	g.record.Calls = append(g.record.Calls, done)
	g.record.Messages = append(g.record.Messages,
		scaler.Message{Role: "tool", Content: result.Text, ToolCallID: c.ID, Name: c.Name})
	return nil
}

// refused is a result in the sandbox's words for a call that never reached it.
func refused(code, message string) sandbox.Result {
	inner, outer := &pyjson.Object{}, &pyjson.Object{}
	inner.Set("code", code)
	inner.Set("message", message)
	outer.Set("error", inner)
	return sandbox.Result{Text: string(pyjson.Marshal(outer)), Refused: &sandbox.Refusal{Code: code, Message: message}}
}

// rawArguments keeps arguments as they were written. Text that is not JSON is
// kept as a JSON string, so that the record stays readable.
func rawArguments(text string) json.RawMessage {
	if json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	quoted, _ := json.Marshal(text) // a string always encodes
	return quoted
}
