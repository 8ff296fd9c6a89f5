package serve

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A clock that a test turns.
type turned struct {
	mu sync.Mutex // guards at
	at time.Time
}

func (c *turned) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *turned) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

const renew = `{"loan_id": "L-0001"}`

// A session that idles ends, and its name does not silently stand for a fresh
// state after that. The one that clients share does not end.
func TestIdleSessionsEnd(t *testing.T) {
	clock := &turned{at: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	s := start(t, Options{TTL: time.Minute, Clock: clock.now}, library(t))
	h := s.Handler()
	ask(t, h, "POST", "/_twin/tools/renew_loan", renew, "X-Session: ann")
	ask(t, h, "POST", "/_twin/tools/renew_loan", renew)
	clock.turn(40 * time.Second)
	if got := ask(t, h, "GET", "/_twin/session", "", "X-Session: ann"); got.get(t, "calls") != 1.0 {
		t.Errorf("%s", got.body)
	}
	clock.turn(61 * time.Second)
	for range 2 {
		if got := ask(t, h, "GET", "/_twin/session", "", "X-Session: ann"); got.status != http.StatusGone || got.get(t, "error", "code") != "session_ended" {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if got := ask(t, h, "POST", "/_twin/reset", "", "X-Session: ann"); got.status != 200 || got.get(t, "calls") != 0.0 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, h, "GET", "/_twin/session", ""); got.get(t, "calls") != 1.0 {
		t.Errorf("the shared session: %s", got.body)
	}
	clock.turn(61 * time.Second)
	s.sessions.sweep()
	if n := len(s.sessions.all); n != 1 {
		t.Errorf("%d sessions after the sweep", n)
	}
	clock.turn(memory * time.Minute)
	clock.turn(time.Second)
	s.sessions.sweep()
	if n := len(s.sessions.ended); n != 0 {
		t.Errorf("%d names are still remembered", n)
	}
}

// There is room for so many sessions; the one that clients share always has it.
func TestCapacity(t *testing.T) {
	clock := &turned{}
	h := start(t, Options{Sessions: 2, TTL: time.Minute, Clock: clock.now}, library(t)).Handler()
	session := func(name string) answer { return ask(t, h, "GET", "/_twin/session", "", "X-Session: "+name) }
	session("a")
	session("b")
	full := session("c")
	if full.status != 503 || full.header.Get("Retry-After") == "" || !strings.Contains(full.body, "2 sessions are in use, which is the limit") {
		t.Errorf("%d %s", full.status, full.body)
	}
	if got := ask(t, h, "POST", "/_twin/session", ""); got.status != 503 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, h, "GET", "/_twin/session", ""); got.status != 200 {
		t.Errorf("shared: %d %s", got.status, got.body)
	}
	if got := ask(t, h, "DELETE", "/_twin/session", "", "X-Session: a"); got.status != 204 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := session("c"); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
	clock.turn(2 * time.Minute) // b and c idle, so d finds room at once
	if got := session("d"); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, h, "GET", "/_twin/health", ""); got.get(t, "sessions") != 1.0 || got.get(t, "most") != 2.0 {
		t.Errorf("%s", got.body)
	}
}

// The same seed gives the same ids, another seed others.
func TestSeeds(t *testing.T) {
	h := start(t, Options{Seed: 1}, api(t, "/appointments")).Handler()
	one := ask(t, h, "POST", "/_twin/session", `{"seed": 9}`)
	name := one.get(t, "session").(string)
	if one.status != 201 || one.get(t, "seed") != 9.0 || len(name) < 20 {
		t.Fatalf("%d %s", one.status, one.body)
	}
	if got := ask(t, h, "POST", "/_twin/reset", `{"seed": 3}`, "X-Session: "+name); got.get(t, "seed") != 3.0 {
		t.Errorf("%s", got.body)
	}
	if got := ask(t, h, "POST", "/_twin/reset", ``, "X-Session: "+name); got.get(t, "seed") != 3.0 {
		t.Errorf("a reset without a seed keeps it: %s", got.body)
	}
	if got := ask(t, h, "GET", "/_twin/session", ""); got.get(t, "seed") != 1.0 {
		t.Errorf("%s", got.body)
	}
}

// Hundreds of clients at once, each in its own session, do not see one another.
func TestManyClients(t *testing.T) {
	h := start(t, Options{}, library(t)).Handler()
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			name := fmt.Sprintf("X-Session: client-%d", i)
			for n := range 2 {
				if got := ask(t, h, "POST", "/_twin/tools/renew_loan", renew, name); got.get(t, "renewals") != float64(n+1) {
					t.Errorf("client %d, call %d: %s", i, n, got.body)
				}
			}
		})
	}
	group.Wait()
}

// A server that is told to stop does so although clients hold streams open.
func TestShutdown(t *testing.T) {
	s := start(t, Options{}, library(t))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	c := connect(t, &mcp.StreamableClientTransport{Endpoint: "http://" + l.Addr().String() + "/mcp", MaxRetries: -1})
	call(t, c, "list_books", `{}`)
	began := time.Now()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took >= grace {
		t.Errorf("it took %v", took)
	}
	if _, err := http.Get("http://" + l.Addr().String() + "/"); err == nil {
		t.Error("it still answers")
	}
}

// The log says what was called and what came of it, and nothing that a client
// sent beyond that.
func TestLogKeepsSecrets(t *testing.T) {
	var log bytes.Buffer
	h := start(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))}, api(t, "/appointments")).Handler()
	ask(t, h, "POST", "/patients/hush-path/x?api_key=hush-query", `{"email": "hush-body"}`, "Authorization: Bearer hush-header", asJSON)
	ask(t, h, "PATCH", "/patients/hush-id?api_key=hush-query", `{"email": "hush-body"}`, "Authorization: Bearer hush-header", asJSON)
	if text := log.String(); strings.Contains(text, "hush") || !strings.Contains(text, "tool=updatePatient session=default status=4") {
		t.Errorf("the log: %s", text)
	}
}
