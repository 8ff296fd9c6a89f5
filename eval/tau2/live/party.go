package live

import (
	"context"
	"encoding/json"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// A party is a model in a conversation, with what it has heard and said.
type party struct {
	model  llm.Model
	name   string // agent or user
	role   string // of its messages: assistant or user
	system string
	tools  []llm.Tool
	done   string // an agent alone: the tool that says that it is done
	apart  bool   // reasoning is taken out of what it says
	heard  []tau2.Message
	ask    llm.Request // what every request has in common
}

// answer hears messages and says something.
func (p *party) answer(ctx context.Context, messages []tau2.Message) (tau2.Message, error) {
	p.heard = append(p.heard, messages...)
	req := p.ask
	req.For.Turn = len(p.heard)
	req.Tools = p.tools
	if p.done != "" {
		req.ToolChoice = "required"
	}
	req.Messages = append(req.Messages, scaler.Message{Role: "system", Content: p.system})
	for _, m := range p.heard {
		req.Messages = append(req.Messages, p.wire(m))
	}
	r, err := p.model.Chat(ctx, req)
	if err != nil {
		return tau2.Message{}, err
	}
	if p.apart {
		r.Message = trial.Apart(r.Message)
	}
	m, err := p.read(r)
	if err != nil {
		return m, err
	}
	p.heard = append(p.heard, m)
	return m, nil
}

// wire is a message as a model reads it: what the party said itself comes from
// the assistant, and what the other one said from the user.
func (p *party) wire(m tau2.Message) scaler.Message {
	if m.Role == "tool" {
		return scaler.Message{Role: "tool", Content: m.Content, ToolCallID: m.ID}
	}
	if m.Role != p.role {
		return scaler.Message{Role: "user", Content: m.Content}
	}
	out := scaler.Message{Role: "assistant", Content: m.Content}
	for _, call := range m.Calls {
		out.ToolCalls = append(out.ToolCalls, scaler.ToolCall{ID: call.ID, Name: call.Name, Arguments: string(pyjson.MarshalASCII(call.Arguments))})
	}
	return out
}

// read takes a reply: words, or calls with arguments that are an object in JSON.
func (p *party) read(r llm.Response) (tau2.Message, error) {
	m := tau2.Message{Role: p.role, Content: r.Message.Content, Null: r.Message.Content == "" && !hasContent(r.Raw)}
	if r.Usage != (scaler.Usage{}) {
		m.Usage = &r.Usage
	}
	for _, call := range r.Message.ToolCalls {
		arguments, err := pyjson.ParseObject([]byte(call.Arguments))
		if err != nil {
			return m, unusable(p.name, "calls %s with arguments that are no object in JSON: %w", call.Name, err)
		}
		m.Calls = append(m.Calls, tau2.Action{ID: call.ID, Requestor: p.role, Name: call.Name, Arguments: arguments})
	}
	if m.Calls == nil && strings.TrimSpace(m.Content) == "" {
		return m, unusable(p.name, "says nothing and calls nothing")
	}
	if p.done == "" {
		return m, nil
	}
	if m.Calls == nil {
		return m, unusable(p.name, "talks, alone as it is")
	}
	for _, call := range m.Calls {
		if call.Name == p.done {
			m.Content, m.Null, m.Calls = checkout.Stop, false, nil
			break
		}
	}
	return m, nil
}

// hasContent tells an empty text from none in a server's answer.
func hasContent(raw json.RawMessage) bool {
	var choice struct {
		Message struct {
			Content *string `json:"content"`
		} `json:"message"`
	}
	return json.Unmarshal(raw, &choice) == nil && choice.Message.Content != nil
}

// offered is tools as a model is offered them.
func offered(tools []checkout.Tool) []llm.Tool {
	var out []llm.Tool
	for _, t := range tools {
		out = append(out, llm.Tool{Name: t.Name, Description: t.Description, Parameters: pyjson.MarshalASCII(t.Parameters)})
	}
	return out
}
