package llm

import (
	"errors"
	"strings"
)

// tooLong is how servers say that a request does not fit the model.
var tooLong = []string{
	"context length", "context_length", "context window", "context size", "maximum context", "maximum model length", "max_new_tokens` must be", "too long",
}

// TooLong says whether a server refused a request because the conversation no
// longer fits the model's context: the model's own limit, which asking again
// does not change.
func TooLong(err error) bool {
	var s *StatusError
	if !errors.As(err, &s) || s.Status < 400 || s.Status >= 500 {
		return false
	}
	said := strings.ToLower(s.Message)
	for _, words := range tooLong {
		if strings.Contains(said, words) {
			return true
		}
	}
	return false
}
