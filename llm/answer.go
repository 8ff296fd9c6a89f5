package llm

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Answer reads a structured answer into v. Models without constrained decoding
// like to wrap JSON in a code fence; that is forgiven, anything else is an error.
func Answer(r Response, v any) error {
	text := strings.TrimSpace(r.Message.Content)
	if fenced, ok := strings.CutPrefix(text, "```"); ok {
		fenced = strings.TrimPrefix(fenced, "json")
		text, _, _ = strings.Cut(fenced, "```")
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("llm: the model's answer is not the JSON asked for: %w", err)
	}
	return nil
}
