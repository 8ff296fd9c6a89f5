package export

import (
	"fmt"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// openAI writes messages and tools in the shape of the OpenAI chat API, as TRL
// and others read it.
func openAI(l Line) ([]byte, error) {
	return pyjson.Marshal(object("id", l.ID, "messages", messages(l.Messages, false), "tools", toolText(l.Tools, true))), nil
}

func readOpenAI(text []byte) (Line, error) {
	o, err := pyjson.ParseObject(text)
	if err != nil {
		return Line{}, err
	}
	l := Line{ID: str(o, "id")}
	if l.Messages, err = readMessages(o); err != nil {
		return Line{}, err
	}
	l.Tools, err = readTools(str(o, "tools"))
	return l, err
}

// messages writes messages; flags says whether each says if it is learnt.
func messages(list []Message, flags bool) []any {
	out := make([]any, len(list))
	for i, m := range list {
		o := object("role", m.Role, "content", m.Content)
		if m.Reasoning != "" {
			o.Set("reasoning_content", m.Reasoning)
		}
		if len(m.ToolCalls) > 0 {
			var calls []any
			for _, c := range m.ToolCalls {
				calls = append(calls, object("id", c.ID, "type", "function", "function", object("name", c.Name, "arguments", c.Arguments)))
			}
			o.Set("tool_calls", calls)
		}
		if m.Role == "tool" {
			o.Set("tool_call_id", m.ToolCallID)
			o.Set("name", m.Name)
		}
		if flags {
			o.Set("train", m.Train)
		}
		out[i] = o
	}
	return out
}

func readMessages(row *pyjson.Object) ([]Message, error) {
	value, _ := row.Get("messages")
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("messages is not a list")
	}
	var out []Message
	for i, item := range list {
		o, ok := item.(*pyjson.Object)
		if !ok {
			return nil, fmt.Errorf("message %d is not an object", i)
		}
		m := Message{Message: scaler.Message{
			Role: str(o, "role"), Content: str(o, "content"), Reasoning: str(o, "reasoning_content"),
			ToolCallID: str(o, "tool_call_id"), Name: str(o, "name"),
		}}
		train, _ := o.Get("train")
		m.Train, _ = train.(bool)
		calls, _ := o.Get("tool_calls")
		wishes, _ := calls.([]any)
		for j, c := range wishes {
			call, ok := c.(*pyjson.Object)
			if !ok {
				return nil, fmt.Errorf("message %d, call %d is not an object", i, j)
			}
			value, _ := call.Get("function")
			f, ok := value.(*pyjson.Object)
			if !ok {
				return nil, fmt.Errorf("message %d, call %d names no function", i, j)
			}
			m.ToolCalls = append(m.ToolCalls, scaler.ToolCall{ID: str(call, "id"), Name: str(f, "name"), Arguments: str(f, "arguments")})
		}
		out = append(out, m)
	}
	return out, nil
}

// toolText writes tools as JSON text; wrapped puts each under "function".
func toolText(tools []*pyjson.Object, wrapped bool) string {
	list := make([]any, len(tools))
	for i, t := range tools {
		list[i] = t
		if wrapped {
			list[i] = object("type", "function", "function", t)
		}
	}
	return string(pyjson.Marshal(list))
}

// readTools reads what toolText wrote, wrapped or not.
func readTools(text string) ([]*pyjson.Object, error) {
	value, err := pyjson.Parse([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("tools: %w", err)
	}
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("tools is not a list")
	}
	var out []*pyjson.Object
	for i, item := range list {
		o, ok := item.(*pyjson.Object)
		if !ok {
			return nil, fmt.Errorf("tool %d is not an object", i)
		}
		if inner, ok := o.Get("function"); ok {
			o, _ = inner.(*pyjson.Object)
		}
		if o == nil || str(o, "name") == "" {
			return nil, fmt.Errorf("tool %d has no name", i)
		}
		out = append(out, o)
	}
	return out, nil
}
