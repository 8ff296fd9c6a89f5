package sandbox

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Result is what a call came to.
type Result struct {
	Text    string   // what an agent reads: JSON in Python's text
	Value   any      // what the tool returned; shared with the state, so read only
	Refused *Refusal // why the call failed; nil where it succeeded
	Changed bool     // some row differs
	Wrote   []string // tables in which rows changed, in the schema's order
	Steps   uint64   // Starlark steps spent
	Err     error    // infrastructure failed: the context ended, a worker would not start
}

// A Refusal is a failed call, told to the agent as data.
type Refusal struct {
	Code    string
	Message string
	Rule    string // the world's rule it rests on, or the limit of the sandbox ("sandbox.steps")
}

// The codes of a Refusal.
const (
	UnknownTool      = "unknown_tool"
	InvalidArguments = "invalid_arguments"
	NotFound         = "not_found"
	Conflict         = "conflict"
	InvalidState     = "invalid_state"
	OutOfStock       = "out_of_stock"
	LimitExceeded    = "limit_exceeded"
	Forbidden        = "forbidden"
	Internal         = "internal" // the tool's code failed
)

// refusable are the codes that tool code may refuse with.
var refusable = map[string]bool{
	InvalidArguments: true, NotFound: true, Conflict: true, InvalidState: true,
	OutOfStock: true, LimitExceeded: true, Forbidden: true,
}

// Error implements error, so that a refusal travels through Starlark's stack.
func (r *Refusal) Error() string { return r.Code + ": " + r.Message }

func refusal(code, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Message: fmt.Sprintf(format, args...)}
}

// longestMessage is how many bytes of a failure an agent reads.
const longestMessage = 2000

// refused makes the result of a failed call.
func refused(err error) Result {
	r := new(Refusal)
	if !errors.As(err, &r) {
		r = &Refusal{Code: Internal, Message: err.Error()}
	}
	if len(r.Message) > longestMessage {
		r = &Refusal{Code: r.Code, Message: strings.ToValidUTF8(r.Message[:longestMessage], "") + "...", Rule: r.Rule}
	}
	body := pyjson.NewObject(2)
	body.Set("code", r.Code)
	body.Set("message", r.Message)
	outer := pyjson.NewObject(1)
	outer.Set("error", body)
	return Result{Text: string(pyjson.Marshal(outer)), Value: outer, Refused: r}
}
