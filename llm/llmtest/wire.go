package llmtest

import (
	"encoding/json"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// The wire format is written here once more, apart from the client's, so that
// a mistake in one of them shows.
type (
	chatRequest struct {
		Model    string        `json:"model"`
		Messages []chatMessage `json:"messages"`
		Tools    []struct {
			Function llm.Tool `json:"function"`
		} `json:"tools"`
		Format *struct {
			Schema struct {
				Schema json.RawMessage `json:"schema"`
			} `json:"json_schema"`
		} `json:"response_format"`
		ToolChoice  string   `json:"tool_choice"`
		Temperature *float64 `json:"temperature"`
		MaxTokens   int      `json:"max_tokens"`
		Seed        uint64   `json:"seed"`
	}
	chatMessage struct {
		Role       string     `json:"role"`
		Content    string     `json:"content"`
		Reasoning  string     `json:"reasoning_content,omitempty"`
		ToolCalls  []chatCall `json:"tool_calls,omitempty"`
		ToolCallID string     `json:"tool_call_id,omitempty"`
		Name       string     `json:"name,omitempty"`
	}
	chatCall struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Function struct {
			Name      string `json:"name"`
			Arguments string `json:"arguments"`
		} `json:"function"`
	}
)

// request is what the served model sees: everything but the Purpose, which
// does not travel.
func (c chatRequest) request() llm.Request {
	req := llm.Request{Temperature: c.Temperature, MaxTokens: c.MaxTokens, Seed: c.Seed, ToolChoice: c.ToolChoice}
	if c.Format != nil {
		req.Schema = c.Format.Schema.Schema
	}
	for _, t := range c.Tools {
		req.Tools = append(req.Tools, t.Function)
	}
	for _, m := range c.Messages {
		msg := scaler.Message{Role: m.Role, Content: m.Content, Reasoning: m.Reasoning, ToolCallID: m.ToolCallID, Name: m.Name}
		for _, t := range m.ToolCalls {
			msg.ToolCalls = append(msg.ToolCalls, scaler.ToolCall{ID: t.ID, Name: t.Function.Name, Arguments: t.Function.Arguments})
		}
		req.Messages = append(req.Messages, msg)
	}
	return req
}

func outgoing(m scaler.Message) chatMessage {
	out := chatMessage{Role: m.Role, Content: m.Content, Reasoning: m.Reasoning}
	for _, t := range m.ToolCalls {
		c := chatCall{ID: t.ID, Type: "function"}
		c.Function.Name, c.Function.Arguments = t.Name, t.Arguments
		out.ToolCalls = append(out.ToolCalls, c)
	}
	return out
}
