package trial

import (
	"strings"

	scaler "github.com/agentscaler/scaler"
)

const endOfThought = "</think>"

// Apart takes the reasoning out of a message's text. Models whose prompt opens
// the thought write only its end. Benchmarks know nothing of it: there it stays
// in the history, and the other side reads it.
func Apart(m scaler.Message) scaler.Message {
	i := strings.LastIndex(m.Content, endOfThought)
	if i < 0 {
		return m
	}
	m.Reasoning += strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(m.Content[:i]), "<think>"))
	m.Content = strings.TrimSpace(m.Content[i+len(endOfThought):])
	return m
}
