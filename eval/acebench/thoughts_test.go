package acebench

import (
	"context"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

type named string

func (n named) Name() string { return string(n) }
func (named) Chat(context.Context, llm.Request) (llm.Response, error) {
	return llm.Response{}, nil
}

// Reasoning stays where the official code leaves it, and goes where asked.
func TestSaid(t *testing.T) {
	const text = "<think>maybe [f()]</think>\n[g()]"
	for _, c := range []struct {
		model             string
		thoughts, oneTurn bool
		want              string
	}{
		{"small", false, true, text},
		{"small", true, true, "[g()]"},
		{"small", true, false, "[g()]"},
		{"deepseek-r1-0528", false, true, "[g()]"},
		{"deepseek-r1-0528", false, false, text},
	} {
		p := Player{Agent: named(c.model), Thoughts: c.thoughts}
		if got := p.said(scaler.Message{Content: text}, c.oneTurn); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
