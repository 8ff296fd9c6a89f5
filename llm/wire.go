package llm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// The chat completions API as it goes over the wire. Only what we use is
// named; whatever else a server sends stays in Response.Raw.
type (
	wireRequest struct {
		Model         string        `json:"model"`
		Messages      []wireMessage `json:"messages"`
		Tools         []wireTool    `json:"tools,omitempty"`
		ToolChoice    string        `json:"tool_choice,omitempty"`
		Format        *wireFormat   `json:"response_format,omitempty"`
		Temperature   *float64      `json:"temperature,omitempty"`
		MaxTokens     int           `json:"max_tokens,omitempty"`
		MaxCompletion int           `json:"max_completion_tokens,omitempty"`
		Seed          *int64        `json:"seed,omitempty"`
	}
	wireMessage struct {
		Role       string     `json:"role"`
		Content    wireText   `json:"content"`
		Reasoning  string     `json:"reasoning_content,omitempty"`
		ToolCalls  []wireCall `json:"tool_calls,omitempty"`
		ToolCallID string     `json:"tool_call_id,omitempty"`
		Name       string     `json:"name,omitempty"`
	}
	wireCall struct {
		ID       string       `json:"id"`
		Type     string       `json:"type"`
		Function wireFunction `json:"function"`
	}
	wireFunction struct {
		Name      string        `json:"name"`
		Arguments wireArguments `json:"arguments"`
	}
	wireTool struct {
		Type     string `json:"type"`
		Function Tool   `json:"function"`
	}
	wireFormat struct {
		Type   string     `json:"type"`
		Schema wireSchema `json:"json_schema"`
	}
	wireSchema struct {
		Name   string          `json:"name"`
		Schema json.RawMessage `json:"schema"`
		Strict bool            `json:"strict,omitempty"`
	}
	wireResponse struct {
		Choices []json.RawMessage `json:"choices"`
		Usage   struct {
			Prompt     int `json:"prompt_tokens"`
			Completion int `json:"completion_tokens"`
		} `json:"usage"`
		Error *wireError `json:"error"`
	}
	wireChoice struct {
		Message wireMessage `json:"message"`
		Finish  string      `json:"finish_reason"`
	}
	wireError struct {
		Message string `json:"message"`
		Type    string `json:"type"`
		Code    any    `json:"code"`
	}
)

// wireText is a message's content: a string, null, or a list of parts.
type wireText string

func (t *wireText) UnmarshalJSON(data []byte) error {
	if len(data) == 0 || data[0] != '[' {
		return json.Unmarshal(data, (*string)(t))
	}
	var parts []struct {
		Text string `json:"text"`
	}
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	*t = wireText(b.String())
	return nil
}

// wireArguments is JSON inside a string; some servers send the object itself.
type wireArguments string

func (a *wireArguments) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, (*string)(a))
	}
	*a = wireArguments(data)
	return nil
}

func toWire(m scaler.Message, reasoning bool) wireMessage {
	w := wireMessage{Role: m.Role, Content: wireText(m.Content), ToolCallID: m.ToolCallID, Name: m.Name}
	if reasoning {
		w.Reasoning = m.Reasoning
	}
	for _, c := range m.ToolCalls {
		w.ToolCalls = append(w.ToolCalls, wireCall{ID: c.ID, Type: "function",
			Function: wireFunction{Name: c.Name, Arguments: wireArguments(c.Arguments)}})
	}
	return w
}

func fromWire(w wireMessage) scaler.Message {
	m := scaler.Message{Role: w.Role, Content: string(w.Content), Reasoning: w.Reasoning,
		ToolCallID: w.ToolCallID, Name: w.Name}
	for i, c := range w.ToolCalls {
		id := c.ID
		if id == "" {
			id = "call_" + strconv.Itoa(i)
		}
		m.ToolCalls = append(m.ToolCalls, scaler.ToolCall{ID: id, Name: c.Function.Name, Arguments: string(c.Function.Arguments)})
	}
	return m
}

// encode writes the body of a chat request.
func (o *OpenAI) encode(req Request) ([]byte, error) {
	w := wireRequest{Model: o.e.Model, Temperature: req.Temperature}
	if strings.Contains(o.e.URL, "//api.openai.com/") {
		w.MaxCompletion = req.MaxTokens // its newer models refuse max_tokens
	} else {
		w.MaxTokens = req.MaxTokens
	}
	if req.Seed != 0 {
		seed := int64(req.Seed & (1<<31 - 1)) // servers differ in what they take; all take 31 bits
		w.Seed = &seed
	}
	for _, m := range req.Messages {
		w.Messages = append(w.Messages, toWire(m, o.e.Reasoning))
	}
	for _, t := range req.Tools {
		w.Tools = append(w.Tools, wireTool{Type: "function", Function: t})
	}
	if len(w.Tools) > 0 {
		w.ToolChoice = req.ToolChoice
	}
	if req.Schema != nil {
		w.Format = &wireFormat{Type: "json_schema",
			Schema: wireSchema{Name: "answer", Schema: req.Schema, Strict: closed(req.Schema)}}
	}
	return marshal(w)
}

// closed reports whether a schema forbids further properties, which strict
// decoding demands.
func closed(schema json.RawMessage) bool {
	var s struct {
		Additional *bool `json:"additionalProperties"`
	}
	return json.Unmarshal(schema, &s) == nil && s.Additional != nil && !*s.Additional
}

// decode reads the first choice of a chat response.
func decode(body []byte) (Response, error) {
	var w wireResponse
	if err := json.Unmarshal(body, &w); err != nil {
		return Response{}, fmt.Errorf("malformed response: %w", err)
	}
	if w.Error != nil {
		return Response{}, fmt.Errorf("server: %s", w.Error.Message)
	}
	if len(w.Choices) == 0 {
		return Response{}, fmt.Errorf("malformed response: no choices")
	}
	var c wireChoice
	if err := json.Unmarshal(w.Choices[0], &c); err != nil {
		return Response{}, fmt.Errorf("malformed response: %w", err)
	}
	r := Response{Message: fromWire(c.Message), Finish: c.Finish, Raw: w.Choices[0]}
	r.Message.Role = "assistant"
	r.Usage = scaler.Usage{Prompt: w.Usage.Prompt, Completion: w.Usage.Completion}
	return r, nil
}

// marshal is json.Marshal without the escapes for HTML, which cost tokens.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
