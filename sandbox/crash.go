package sandbox

import (
	"strings"
	"sync"
)

// A crash is the end of a worker that was not asked to end.
type crash struct {
	stderr string
	err    error
}

func (c *crash) Error() string {
	return strings.TrimSpace("the worker died: " + c.err.Error() + " " + c.stderr)
}

// refusal names the limit that ended the worker.
func (c *crash) refusal() *Refusal {
	switch {
	case strings.Contains(c.stderr, "stack overflow"):
		return &Refusal{Code: Internal, Message: "The tool's values nest too deep.", Rule: "sandbox.depth"}
	case strings.Contains(c.stderr, "memory"), strings.Contains(c.stderr, "SIGSEGV"):
		// Refused an allocation, the runtime says so or, in its collector, trips.
		return &Refusal{Code: Internal, Message: "The tool used too much memory.", Rule: "sandbox.memory"}
	}
	return &Refusal{Code: Internal, Message: "The tool crashed.", Rule: "sandbox.crash"}
}

// A head keeps the first bytes written to it.
type head struct {
	mu   sync.Mutex // guards text: the pipe's reader writes, the host reads
	text []byte
}

func (h *head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if room := 4096 - len(h.text); room > 0 {
		h.text = append(h.text, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

func (h *head) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return string(h.text)
}
