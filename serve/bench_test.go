package serve

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/agentscaler/scaler/sandbox"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// clinic is the world that the benchmarks call, with the paths of an appointment
// and a patient in it.
func clinic(b *testing.B) (env *sandbox.World, appointment, patient string) {
	env = api(b, "/appointments")
	first := func(table string) string {
		for _, r := range env.Spec().Rows {
			if r.Table == table {
				return r.Key
			}
		}
		b.Fatal("no rows of ", table)
		return ""
	}
	return env, first("appointments"), "/patients/" + first("patients")
}

// What a request costs inside the server: routing, arguments, the call, the digest.
func BenchmarkHandler(b *testing.B) {
	env, appointment, patient := clinic(b)
	h := start(b, Options{}, env).Handler()
	for _, c := range []struct{ name, method, path, body string }{
		{"read", "GET", "/appointments/" + appointment, ""},
		{"list", "GET", "/appointments?status=scheduled&limit=5", ""},
		{"write", "PATCH", patient, `{"city": "Lisbon"}`},
		{"refusal", "GET", "/appointments/APT-0", ""},
		{"reset", "POST", "/_twin/reset", ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
				r.Header.Set("Content-Type", "application/json")
				h.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}

// Clients over loopback, each with a connection and a session of its own; server
// and clients share the machine.
func BenchmarkHTTP(b *testing.B) {
	env, appointment, patient := clinic(b)
	url := listening(b, start(b, Options{Sessions: 100_000}, env))
	for _, c := range []struct{ name, method, path, body string }{
		{"read", "GET", "/appointments/" + appointment, ""},
		{"write", "PATCH", patient, `{"city": "Lisbon"}`},
	} {
		b.Run(c.name, func(b *testing.B) {
			var client atomic.Int64
			transport := &http.Transport{MaxIdleConnsPerHost: 256}
			defer transport.CloseIdleConnections()
			b.SetParallelism(16)
			b.RunParallel(func(pb *testing.PB) {
				session := fmt.Sprint("client-", client.Add(1))
				for pb.Next() {
					r, err := http.NewRequest(c.method, url+c.path, strings.NewReader(c.body))
					if err != nil {
						b.Fatal(err)
					}
					r.Header.Set(sessionHeader, session)
					got, err := transport.RoundTrip(r)
					if err != nil {
						b.Fatal(err)
					}
					io.Copy(io.Discard, got.Body)
					got.Body.Close()
					if got.StatusCode != 200 {
						b.Fatal(got.Status)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}

// Clients of the official SDK over loopback, each with its session.
func BenchmarkMCP(b *testing.B) {
	env, appointment, _ := clinic(b)
	url := listening(b, start(b, Options{}, env)) + "/mcp"
	ctx := context.Background()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		c, err := mcp.NewClient(&mcp.Implementation{Name: "bench", Version: "1"}, nil).Connect(ctx, &mcp.StreamableClientTransport{Endpoint: url, DisableStandaloneSSE: true}, nil)
		if err != nil {
			b.Fatal(err)
		}
		defer c.Close()
		for pb.Next() {
			r, err := c.CallTool(ctx, &mcp.CallToolParams{Name: "getAppointment", Arguments: map[string]string{"appointment_id": appointment}})
			if err != nil || r.IsError {
				b.Fatal(err, r)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

// Thousands of sessions alive at once: named ones after a write in each, and
// those of MCP connections.
func BenchmarkSessions(b *testing.B) {
	env, _, patient := clinic(b)
	const hello = `{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "b", "version": "1"}}}`
	for _, c := range []struct {
		name, method, path, body, header string
		n                                int
	}{
		{"named", "PATCH", patient, `{"city": "Lisbon"}`, "X-Session: ", 10_000},
		{"connected", "POST", "/mcp", hello, "X-Client: ", 2_000},
	} {
		b.Run(c.name, func(b *testing.B) {
			var before, after runtime.MemStats
			for b.Loop() {
				s := start(b, Options{}, env)
				h := s.Handler()
				runtime.GC()
				runtime.ReadMemStats(&before)
				for i := range c.n {
					if got := ask(b, h, c.method, c.path, c.body, asJSON, "Accept: application/json, text/event-stream", fmt.Sprint(c.header, i)); got.status != 200 {
						b.Fatal(got.body)
					}
				}
				runtime.GC()
				runtime.ReadMemStats(&after)
				if s.sessions.count() != c.n {
					b.Fatal(s.sessions.count(), " sessions")
				}
				s.hangUp()
			}
			b.ReportMetric(float64(int64(after.HeapAlloc+after.StackInuse)-int64(before.HeapAlloc+before.StackInuse))/float64(c.n), "B/session")
		})
	}
}
