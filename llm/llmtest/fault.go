package llmtest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// A Fault is what goes wrong with one request.
type Fault struct {
	Status     int           // answer with this status instead
	RetryAfter string        // header of that answer
	Echo       bool          // quote the key in that answer's message, as some servers do
	Delay      time.Duration // before anything is answered
	Malformed  bool          // answer 200 with text that is not JSON
	CutOff     bool          // close the connection in the middle of the answer
}

// At returns a fault function with one fault per request, in order, and none
// after the last.
func At(faults ...Fault) func(n int) Fault {
	return func(n int) Fault {
		if n < len(faults) {
			return faults[n]
		}
		return Fault{}
	}
}

// faulty counts a request and answers it, or lets it go wrong.
func (s *Server) faulty(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n := int(s.requests.Add(1)) - 1
		s.enter()
		defer s.inFlight.Add(-1)
		var f Fault
		if s.fault != nil {
			f = s.fault(n)
		}
		body, err := io.ReadAll(r.Body) // a client that goes is noticed only behind its body
		if err != nil || !pause(r, f.Delay) {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		switch {
		case f.Status != 0:
			message := "the test wants this request to fail"
			if f.Echo {
				message += ": " + r.Header.Get("Authorization")
			}
			if f.RetryAfter != "" {
				w.Header().Set("Retry-After", f.RetryAfter)
			}
			refuse(w, f.Status, message)
		case f.Malformed:
			w.Write([]byte(`{"choices": [{"message": oops`))
		case f.CutOff:
			cutOff(w, r, next)
		default:
			next(w, r)
		}
	}
}

func (s *Server) enter() {
	now := s.inFlight.Add(1)
	for {
		peak := s.peak.Load()
		if now <= peak || s.peak.CompareAndSwap(peak, now) {
			return
		}
	}
}

// pause waits; false means that the client has gone.
func pause(r *http.Request, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
		return false
	}
}

// cutOff announces the whole answer and sends half of it.
func cutOff(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	whole := httptest.NewRecorder()
	next(whole, r)
	body := whole.Body.Bytes()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body[:len(body)/2])
	panic(http.ErrAbortHandler)
}
