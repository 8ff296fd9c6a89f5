package llm

import (
	"context"
	"fmt"

	scaler "github.com/agentscaler/scaler"
)

// Func makes a Model of a function: the simplest way to play one.
func Func(name string, chat func(ctx context.Context, req Request) (Response, error)) Model {
	return function{name, chat}
}

type function struct {
	name string
	chat func(context.Context, Request) (Response, error)
}

func (f function) Name() string { return f.name }

func (f function) Chat(ctx context.Context, req Request) (Response, error) {
	if err := ctx.Err(); err != nil {
		return Response{}, err
	}
	return f.chat(ctx, req)
}

// Script returns a Model that says lines in order. Which line comes next is
// read off the request, by the assistant messages in it, so one script plays
// any number of conversations at once. After its last line it fails.
func Script(name string, lines ...scaler.Message) Model {
	return Func(name, func(_ context.Context, req Request) (Response, error) {
		said := 0
		for _, m := range req.Messages {
			if m.Role == "assistant" {
				said++
			}
		}
		if said >= len(lines) {
			return Response{}, fmt.Errorf("llm: script %s has %d lines, line %d was asked for", name, len(lines), said+1)
		}
		return Reply(lines[said]), nil
	})
}

// Say is a line of a script that only speaks.
func Say(text string) scaler.Message { return scaler.Message{Role: "assistant", Content: text} }

// Call is a line of a script that calls one tool.
func Call(id, tool, arguments string) scaler.Message {
	return scaler.Message{Role: "assistant", ToolCalls: []scaler.ToolCall{{ID: id, Name: tool, Arguments: arguments}}}
}

// Reply wraps a message as a model's response.
func Reply(m scaler.Message) Response {
	m.Role = "assistant"
	finish := "stop"
	if len(m.ToolCalls) > 0 {
		finish = "tool_calls"
	}
	return Response{Message: m, Finish: finish}
}
