package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// refusals lists the statuses that say what a refusal says, the usual one first.
// Of these an operation answers with one that it declares. None is a server's
// error: the agent is to read it and go on.
var refusals = map[string][]int{
	sandbox.InvalidArguments: {http.StatusBadRequest, http.StatusUnprocessableEntity},
	sandbox.NotFound:         {http.StatusNotFound, http.StatusGone},
	sandbox.Conflict:         {http.StatusConflict, http.StatusUnprocessableEntity, http.StatusBadRequest},
	sandbox.InvalidState:     {http.StatusConflict, http.StatusUnprocessableEntity, http.StatusPreconditionFailed, http.StatusBadRequest},
	sandbox.OutOfStock:       {http.StatusConflict, http.StatusUnprocessableEntity, http.StatusBadRequest},
	sandbox.LimitExceeded:    {http.StatusUnprocessableEntity, http.StatusConflict, http.StatusForbidden, http.StatusBadRequest},
	sandbox.Forbidden:        {http.StatusForbidden, http.StatusUnauthorized},
	sandbox.UnknownTool:      {http.StatusNotFound},
	sandbox.Internal:         {http.StatusUnprocessableEntity},
}

// statusOf chooses the status of a refusal among those that are declared.
func statusOf(code string, declared []int) int {
	usual := refusals[code]
	for _, status := range usual {
		if slices.Contains(declared, status) {
			return status
		}
	}
	return usual[0]
}

// A fault is what stands in the way of a call before a tool is asked.
type fault struct {
	status  int
	code    string
	message string
}

func bad(format string, args ...any) *fault {
	return &fault{http.StatusBadRequest, sandbox.InvalidArguments, fmt.Sprintf(format, args...)}
}

// faultOf says what an error of the server means to its client.
func faultOf(err error) *fault {
	switch {
	case errors.Is(err, errFull):
		return &fault{http.StatusServiceUnavailable, "capacity", err.Error()}
	case errors.Is(err, errGone):
		return &fault{http.StatusGone, "session_ended", err.Error()}
	}
	return &fault{http.StatusInternalServerError, "server", err.Error()}
}

// unread says why a body cannot be read.
func unread(err error) *fault {
	var limit *http.MaxBytesError
	switch {
	case errors.As(err, &limit):
		return &fault{http.StatusRequestEntityTooLarge, "too_large", fmt.Sprintf("The request is larger than %d bytes.", limit.Limit)}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &fault{http.StatusRequestTimeout, "timeout", "The body did not arrive in time."}
	}
	return bad("The body cannot be read: %v.", err)
}

// text is the fault in the words in which tools refuse.
func (f *fault) text() []byte {
	body := pyjson.NewObject(2)
	body.Set("code", f.code)
	body.Set("message", f.message)
	outer := pyjson.NewObject(1)
	outer.Set("error", body)
	return pyjson.Marshal(outer)
}

// ServeHTTP answers with the fault.
func (f *fault) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if f.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	reply(w, f.status, f.text())
}

// empty says whether an answer of that status has no body.
func empty(status int) bool {
	return status == http.StatusNoContent || status == http.StatusResetContent
}

// reply writes a JSON text. A status that has no body gets none.
func reply(w http.ResponseWriter, status int, text []byte) {
	if empty(status) {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that went away needs no answer
	_, _ = io.WriteString(w, "\n")
}

// replyJSON writes a value.
func replyJSON(w http.ResponseWriter, status int, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		faultOf(err).ServeHTTP(w, nil)
		return
	}
	reply(w, status, text)
}
