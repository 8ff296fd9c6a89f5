package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// listening is the server at an address of its own.
func listening(tb testing.TB, s *Server) string {
	tb.Helper()
	l := httptest.NewServer(s.Handler())
	tb.Cleanup(func() {
		s.hangUp()
		l.Close()
	})
	return l.URL
}

// sending adds a header to every request.
type sending struct{ name, value string }

// RoundTrip implements http.RoundTripper.
func (s sending) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(s.name, s.value)
	return http.DefaultTransport.RoundTrip(r)
}

func connect(tb testing.TB, at mcp.Transport) *mcp.ClientSession {
	tb.Helper()
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(tb.Context(), at, nil)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	return c
}

func call(tb testing.TB, c *mcp.ClientSession, tool, args string) (text string, isError bool) {
	tb.Helper()
	r, err := c.CallTool(tb.Context(), &mcp.CallToolParams{Name: tool, Arguments: json.RawMessage(args)})
	if err != nil {
		tb.Fatal(err)
	}
	return r.Content[0].(*mcp.TextContent).Text, r.IsError
}

func resource(tb testing.TB, c *mcp.ClientSession, uri string) string {
	tb.Helper()
	r, err := c.ReadResource(tb.Context(), &mcp.ReadResourceParams{URI: uri})
	if err != nil {
		tb.Fatal(err)
	}
	return r.Contents[0].Text
}

func statusOver(tb testing.TB, c *mcp.ClientSession) (s status) {
	tb.Helper()
	if err := json.Unmarshal([]byte(resource(tb, c, "twin://session")), &s); err != nil {
		tb.Fatal(err)
	}
	return s
}

// Every connection lives in a session of its own, which ends with it.
func TestConnectionsAreSessions(t *testing.T) {
	s := start(t, Options{Seed: 1}, library(t))
	url := listening(t, s) + "/mcp"
	one := connect(t, &mcp.StreamableClientTransport{Endpoint: url})
	two := connect(t, &mcp.StreamableClientTransport{Endpoint: url})

	if got := one.InitializeResult().Instructions; got != s.twins[0].Policy {
		t.Errorf("the policy is not told: %q", got)
	}
	tools, err := one.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 9 || tools.Tools[2].Name != "get_book" || !tools.Tools[2].Annotations.ReadOnlyHint {
		t.Fatalf("%v %v", tools, err)
	}
	if text, isError := call(t, one, "renew_loan", `{"loan_id": "L-0001"}`); isError {
		t.Fatal(text)
	}
	if text, isError := call(t, one, "renew_loan", `{"loan_id": "L-9999"}`); !isError || text != `{"error": {"code": "not_found", "message": "There is no loan L-9999."}}` {
		t.Errorf("error %v: %s", isError, text)
	}
	if a, b := statusOver(t, one), statusOver(t, two); a.Digest == a.Base || b.Digest != b.Base || a.Session == b.Session || a.Calls != 2 {
		t.Errorf("sessions %+v and %+v", a, b)
	}
	if diff := resource(t, one, "twin://diff"); !strings.Contains(diff, `"key":"L-0001"`) {
		t.Errorf("diff %s", diff)
	}
	if _, err := one.CallTool(t.Context(), &mcp.CallToolParams{Name: "no_such_tool"}); err == nil {
		t.Error("a tool that is not there was called")
	}
	if n := s.sessions.count(); n != 2 {
		t.Errorf("%d sessions", n)
	}
	one.Close()
	for range 100 {
		if s.sessions.count() == 1 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the session of a client that went is still there")
}

// A header, or the URL, puts MCP and HTTP into one session.
func TestNamedSessionOverMCP(t *testing.T) {
	s := start(t, Options{}, library(t))
	url := listening(t, s)
	for name, transport := range map[string]*mcp.StreamableClientTransport{
		"byheader": {Endpoint: url + "/mcp", HTTPClient: &http.Client{Transport: sending{sessionHeader, "byheader"}}},
		"byurl":    {Endpoint: url + "/_twin/sessions/byurl/mcp"},
	} {
		c := connect(t, transport)
		if text, isError := call(t, c, "return_book", `{"loan_id": "L-0001"}`); isError {
			t.Fatal(text)
		}
		seen := ask(t, s.Handler(), "GET", "/_twin/sessions/"+name, "")
		if seen.get(t, "calls") != 1.0 || seen.get(t, "digest") == seen.get(t, "base") {
			t.Errorf("%s: %s", name, seen.body)
		}
		if got := statusOver(t, c); got.Session != name {
			t.Errorf("the client is in %+v", got)
		}
	}
}

// A session's own address needs neither a handshake nor a connection: one request
// is enough, in the protocol's earlier revisions and in later ones.
func TestOneRequestIsEnough(t *testing.T) {
	url := listening(t, start(t, Options{}, library(t))) + "/_twin/sessions/solo/mcp"
	for n := 1; n <= 2; n++ {
		r, err := http.NewRequest("POST", url, strings.NewReader(`{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "renew_loan", "arguments": {"loan_id": "L-0001"}}}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(got.Body)
		got.Body.Close()
		if err != nil || !strings.Contains(string(body), fmt.Sprintf(`\"renewals\": %d`, n)) {
			t.Errorf("call %d: %s %s", n, got.Status, body)
		}
	}
}

// Over stdio there is one session, which ends with the client. With --control a
// client that has only tools can steer it.
func TestStdio(t *testing.T) {
	s := start(t, Options{Seed: 1, Control: true}, library(t))
	fromClient, toServer := io.Pipe()
	fromServer, toClient := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- s.ServeStdio(t.Context(), fromClient, toClient) }()
	c := connect(t, &mcp.IOTransport{Reader: fromServer, Writer: toServer})

	base := statusOver(t, c).Base.String()
	call(t, c, "return_book", `{"loan_id": "L-0001"}`)
	if text, _ := call(t, c, "twin_session", `{}`); strings.Contains(text, `"digest":"`+base) {
		t.Errorf("nothing changed: %s", text)
	}
	if text, _ := call(t, c, "twin_reset", `{"seed": 5}`); !strings.Contains(text, `"digest":"`+base) || !strings.Contains(text, `"seed":5`) {
		t.Errorf("not reset: %s", text)
	}
	if text, isError := call(t, c, "twin_reset", `{"seed": "x"}`); !isError {
		t.Error(text)
	}
	c.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := start(t, Options{}, library(t), api(t, "/appointments")).ServeStdio(t.Context(), fromClient, toClient); err == nil {
		t.Error("two worlds were served over stdio")
	}
}

// Results of a declared shape are told as structured content too.
func TestStructuredContent(t *testing.T) {
	c := connect(t, &mcp.StreamableClientTransport{Endpoint: listening(t, start(t, Options{}, api(t, "/appointments"))) + "/mcp"})
	r, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "listDoctors"})
	if err != nil {
		t.Fatal(err)
	}
	structured, err := json.Marshal(r.StructuredContent)
	if err != nil || canonical(structured) != canonical([]byte(r.Content[0].(*mcp.TextContent).Text)) {
		t.Errorf("%s is not %v", structured, r.Content[0])
	}
}

// A server without room says so to an MCP client as it connects.
func TestNoRoomForAConnection(t *testing.T) {
	url := listening(t, start(t, Options{Sessions: 1}, library(t))) + "/mcp"
	connect(t, &mcp.StreamableClientTransport{Endpoint: url})
	_, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(context.Background(), &mcp.StreamableClientTransport{Endpoint: url}, nil)
	if err == nil || !strings.Contains(err.Error(), "1 sessions are in use") {
		t.Errorf("error %v", err)
	}
}
