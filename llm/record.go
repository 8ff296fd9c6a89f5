package llm

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
)

// ErrNotRecorded is what a replay answers to a request that its file lacks.
var ErrNotRecorded = errors.New("not recorded")

// An exchange is one line of a recording. Headers of the request, and with
// them the key, are left out.
type exchange struct {
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Request string            `json:"request"`
	Status  int               `json:"status"`
	Header  map[string]string `json:"header,omitempty"`
	Body    string            `json:"body"`
}

func (e exchange) key() string {
	sum := sha256.Sum256([]byte(e.Method + "\n" + e.Path + "\n" + e.Request))
	return hex.EncodeToString(sum[:])
}

// A Recording is an HTTP transport that writes down what passes through it, or
// plays such a file back. Give it to an Endpoint as its Transport.
type Recording struct {
	name string
	base http.RoundTripper // nil when playing back

	mu     sync.Mutex // guards what follows
	file   *os.File
	played map[string][]exchange
}

// Record returns a transport that sends requests through base (nil means
// http.DefaultTransport) and adds each exchange to the file.
func Record(name string, base http.RoundTripper) (*Recording, error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("llm: record: %w", err)
	}
	if base == nil {
		base = http.DefaultTransport
	}
	return &Recording{name: name, base: base, file: file}, nil
}

// Replay returns a transport that answers from the file and never reaches a
// network. A request recorded several times gets its answers in order, and the
// last one from then on.
func Replay(name string) (*Recording, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("llm: replay: %w", err)
	}
	r := &Recording{name: name, played: map[string][]exchange{}}
	for n, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var e exchange
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("llm: replay %s: line %d: %w", name, n+1, err)
		}
		r.played[e.key()] = append(r.played[e.key()], e)
	}
	return r, nil
}

// Close closes the file of a recording.
func (r *Recording) Close() error {
	if r.file == nil {
		return nil
	}
	return r.file.Close()
}

// RoundTrip implements http.RoundTripper.
func (r *Recording) RoundTrip(req *http.Request) (*http.Response, error) {
	e := exchange{Method: req.Method, Path: req.URL.Path}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		req.Body.Close()
		if err != nil {
			return nil, err
		}
		e.Request = string(body)
		req = req.Clone(req.Context())
		req.Body = io.NopCloser(bytes.NewReader(body))
	}
	if r.base == nil {
		return r.play(req, e)
	}
	return r.pass(req, e)
}

func (r *Recording) pass(req *http.Request, e exchange) (*http.Response, error) {
	resp, err := r.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	e.Status, e.Body = resp.StatusCode, string(body)
	for _, name := range []string{"Content-Type", "Retry-After"} {
		if v := resp.Header.Get(name); v != "" {
			if e.Header == nil {
				e.Header = map[string]string{}
			}
			e.Header[name] = v
		}
	}
	line, err := marshal(e)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	_, err = r.file.Write(append(line, '\n'))
	r.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

func (r *Recording) play(req *http.Request, e exchange) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := e.key()
	left := r.played[key]
	if len(left) == 0 {
		return nil, fmt.Errorf("%w: %s holds no answer to this %s %s (request %s): record it again", ErrNotRecorded, r.name, e.Method, e.Path, key[:12])
	}
	if len(left) > 1 {
		r.played[key] = left[1:]
	}
	resp := &http.Response{StatusCode: left[0].Status, Request: req, Header: http.Header{}, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(strings.NewReader(left[0].Body)), ContentLength: int64(len(left[0].Body))}
	for name, value := range left[0].Header {
		resp.Header.Set(name, value)
	}
	return resp, nil
}
