package llm

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

const (
	hermesOpen  = "<tool_call>"
	hermesClose = "</tool_call>"
)

var hermesName = regexp.MustCompile(`"name"\s*:\s*"([^"]+)"`)

// hermes takes tool calls written as text out of it: each is a JSON object
// with name and arguments between <tool_call> and </tool_call>. A call whose
// JSON is broken but whose name can be read is still a call, with arguments as
// malformed as they were written; a block without a name stays text.
func hermes(text string) (rest string, calls []scaler.ToolCall) {
	var kept strings.Builder
	for {
		before, after, found := strings.Cut(text, hermesOpen)
		kept.WriteString(before)
		if !found {
			break
		}
		// A model that stops at the closing tag leaves it out.
		block, tail, _ := strings.Cut(after, hermesClose)
		if call, ok := hermesCall(strings.TrimSpace(block)); ok {
			call.ID = "call_" + strconv.Itoa(len(calls))
			calls = append(calls, call)
		} else {
			kept.WriteString(hermesOpen + block + hermesClose)
		}
		text = tail
	}
	if len(calls) == 0 {
		return kept.String(), nil
	}
	return strings.TrimSpace(kept.String()), calls
}

func hermesCall(block string) (scaler.ToolCall, bool) {
	var w wireFunction
	if json.Unmarshal([]byte(block), &w) == nil && w.Name != "" {
		return scaler.ToolCall{Name: w.Name, Arguments: string(first(w.Arguments, "{}"))}, true
	}
	name := hermesName.FindStringSubmatch(block)
	if name == nil {
		return scaler.ToolCall{}, false
	}
	_, arguments, _ := strings.Cut(block, `"arguments"`)
	return scaler.ToolCall{Name: name[1], Arguments: strings.TrimLeft(arguments, ": ")}, true
}
