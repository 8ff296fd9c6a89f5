package llm

import (
	"fmt"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

func TestHermes(t *testing.T) {
	for _, c := range []struct{ why, text, rest, calls string }{
		{"plain text stays", "All done.", "All done.", ""},
		{"text and two calls", "Let me see.\n<tool_call>\n{\"name\": \"a\", \"arguments\": {\"x\": 1.0}}\n</tool_call>\n<tool_call>{\"name\": \"b\", \"arguments\": {}}</tool_call>",
			"Let me see.", `a{"x": 1.0} b{}`},
		{"stopped at the closing tag", `<tool_call>{"name": "a", "arguments": {}}`, "", `a{}`},
		{"arguments as a string", `<tool_call>{"name": "a", "arguments": "{\"x\": 1}"}</tool_call>`, "", `a{"x": 1}`},
		{"no arguments", `<tool_call>{"name": "a"}</tool_call>`, "", `a{}`},
		{"broken arguments are a call all the same", `<tool_call>{"name": "a", "arguments": {"x": }</tool_call>`, "", `a{"x": }`},
		{"a block without a name is text", `<tool_call>what</tool_call>`, `<tool_call>what</tool_call>`, ""},
	} {
		rest, calls := hermes(c.text)
		if rest != c.rest || show(calls) != c.calls {
			t.Errorf("%s: %q and %s, want %q and %s", c.why, rest, show(calls), c.rest, c.calls)
		}
	}
}

func show(calls []scaler.ToolCall) (s string) {
	for i, c := range calls {
		if i > 0 {
			s += " "
		}
		s += fmt.Sprint(c.Name, c.Arguments)
	}
	return s
}

func TestDecodeForgives(t *testing.T) {
	for _, c := range []struct{ why, body, content, arguments string }{
		{"null content, arguments as an object", `{"choices":[{"message":{"content":null,"tool_calls":[{"function":{"name":"a","arguments":{"x":1}}}]}}]}`, "", `{"x":1}`},
		{"content in parts", `{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}`, "ab", ""},
	} {
		r, err := decode([]byte(c.body))
		if err != nil || r.Message.Content != c.content || r.Message.Role != "assistant" {
			t.Errorf("%s: %+v, %v", c.why, r, err)
		}
		if c.arguments != "" && (r.Message.ToolCalls[0].Arguments != c.arguments || r.Message.ToolCalls[0].ID == "") {
			t.Errorf("%s: %+v", c.why, r.Message.ToolCalls)
		}
	}
	r, err := decode([]byte(`{"choices":[{"message":{"content":"a","reasoning_content":"why"},"logprobs":7}]}`))
	if err != nil || r.Message.Reasoning != "why" || string(r.Raw) != `{"message":{"content":"a","reasoning_content":"why"},"logprobs":7}` {
		t.Errorf("unknown fields: %+v, %v", r, err)
	}
}
