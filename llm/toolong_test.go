package llm

import (
	"errors"
	"fmt"
	"testing"
)

// The words by which servers say that a conversation does not fit, and others.
func TestTooLong(t *testing.T) {
	for err, want := range map[error]bool{
		&StatusError{400, "This model's maximum context length is 8192 tokens."}:                               true,
		&StatusError{400, "The decoder prompt (length 9000) is longer than the maximum model length of 8192."}: true,
		&StatusError{400, "The input (9000 tokens) is longer than the model's context length (8192 tokens)."}:  true,
		&StatusError{400, "the request exceeds the available context size. try increasing it"}:                 true,
		fmt.Errorf("llm: %w", &StatusError{413, "Input is too long for requested model."}):                     true,
		&StatusError{400, "there is no model of that name"}:                                                    false,
		&StatusError{503, "the context length service is down"}:                                                false,
		errors.New("maximum context length"):                                                                   false,
	} {
		if got := TooLong(err); got != want {
			t.Errorf("%v: %v", err, got)
		}
	}
}
