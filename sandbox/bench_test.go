package sandbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// sizes are how much state the benchmarks run on, as JSON text.
var sizes = []struct {
	name  string
	bytes int
}{{"10kB", 10_000}, {"1MB", 1_000_000}, {"3MB", 3_000_000}}

// big returns the library with so many more books that its rows come to about
// the given number of bytes.
func big(bytes int) *scaler.World {
	w := worldtest.Library()
	size := 0
	for _, r := range w.Rows {
		size += len(r.Value)
	}
	for i := 1000; size < bytes; i++ {
		row, err := json.Marshal(map[string]any{
			"id": fmt.Sprintf("B-%d", i), "title": fmt.Sprintf("Collected Papers, Volume %d", i), "author": fmt.Sprintf("Author %d", i%97),
			"year": 1900 + i%120, "genres": []string{"essays", "history", "science"}, "copies": map[string]int{"total": 3, "available": 2},
			"summary": "A long account of what the society discussed in its meetings, with plates, an index and the letters of its members.",
		})
		if err != nil {
			panic(err)
		}
		w.Rows = append(w.Rows, scaler.Row{Table: "books", Key: fmt.Sprintf("B-%d", i), Value: row})
		size += len(row)
	}
	return w
}

// eachSize runs a benchmark on a session of every size.
func eachSize(b *testing.B, run func(b *testing.B, w *sandbox.World, s *sandbox.Session)) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			w, err := sandbox.Open(big(size.bytes), sandbox.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			run(b, w, start(b, w))
		})
	}
}

func start(b *testing.B, w *sandbox.World) *sandbox.Session {
	s, err := w.Start(scaler.Init{Digest: w.Base()}, 1)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func call(b *testing.B, s *sandbox.Session, tool, args string) {
	if r := s.Call(context.Background(), tool, []byte(args)); r.Refused != nil || r.Err != nil {
		b.Fatal(r.Text, r.Err)
	}
}

func BenchmarkOpenWorld(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			world := big(size.bytes)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := sandbox.Open(world, sandbox.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkStart(b *testing.B) {
	eachSize(b, func(b *testing.B, w *sandbox.World, _ *sandbox.Session) {
		for b.Loop() {
			start(b, w)
		}
	})
}

// A reset of a session that has changed: a fork of one, so that no write is timed.
func BenchmarkReset(b *testing.B) {
	eachSize(b, func(b *testing.B, w *sandbox.World, s *sandbox.Session) {
		call(b, s, "renew_loan", `{"loan_id": "L-0001"}`)
		var fork *sandbox.Session
		for b.Loop() {
			fork = s.Fork()
			fork.Reset()
		}
		if fork.Digest() != w.Base() {
			b.Fatal("not reset")
		}
	})
}

func BenchmarkFork(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *sandbox.World, s *sandbox.Session) {
		call(b, s, "renew_loan", `{"loan_id": "L-0001"}`)
		var fork *sandbox.Session
		for b.Loop() {
			fork = s.Fork()
		}
		runtime.KeepAlive(fork)
	})
}

func BenchmarkReadCall(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *sandbox.World, s *sandbox.Session) {
		for b.Loop() {
			call(b, s, "get_book", `{"book_id": "B-106"}`)
		}
	})
}

// A search that looks at every row of the largest table.
func BenchmarkScanCall(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *sandbox.World, s *sandbox.Session) {
		for b.Loop() {
			call(b, s, "list_books", `{"author": "lindqvist", "sort": "year"}`)
		}
	})
}

// One call that writes two rows (a loan and a book), commit and hash included.
func BenchmarkWriteCall(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *sandbox.World, s *sandbox.Session) {
		for b.Loop() {
			call(b, s, "return_book", `{"loan_id": "L-0001"}`)
			s.Reset()
		}
	})
}

// The same two calls in a worker process.
func BenchmarkIsolated(b *testing.B) {
	w, err := sandbox.Open(big(1_000_000), sandbox.Options{Isolate: true})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	s := start(b, w)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			call(b, s, "get_book", `{"book_id": "B-106"}`)
		}
	})
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			call(b, s, "return_book", `{"loan_id": "L-0001"}`)
			s.Reset()
		}
	})
}

// What an episode costs: reset, five reads, two writes, the digest.
func BenchmarkEpisode(b *testing.B) {
	eachSize(b, func(b *testing.B, w *sandbox.World, s *sandbox.Session) {
		for b.Loop() {
			s.Reset()
			for range 5 {
				call(b, s, "get_book", `{"book_id": "B-106"}`)
			}
			call(b, s, "return_book", `{"loan_id": "L-0001"}`)
			call(b, s, "renew_loan", `{"loan_id": "L-0006"}`)
			if s.Digest() == w.Base() {
				b.Fatal("nothing changed")
			}
		}
		b.ReportMetric(7*float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	})
}

// One row changed, and the digest after it.
func BenchmarkDigestAfterWrite(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *sandbox.World, s *sandbox.Session) {
		there := []scaler.Change{{Table: "loans", Key: "L-0001", Op: "update", Fields: []scaler.FieldChange{{Field: "status", New: []byte(`"lost"`), Old: []byte(`"open"`)}}}}
		for b.Loop() {
			if err := s.Apply(there); err != nil {
				b.Fatal(err)
			}
			s.Digest()
			s.Reset()
		}
	})
}

func BenchmarkDiff(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *sandbox.World, s *sandbox.Session) {
		call(b, s, "return_book", `{"loan_id": "L-0001"}`)
		for b.Loop() {
			if len(s.Diff()) != 2 {
				b.Fatal("not two rows")
			}
		}
	})
}

func BenchmarkDangling(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *sandbox.World, s *sandbox.Session) {
		call(b, s, "return_book", `{"loan_id": "L-0001"}`)
		for b.Loop() {
			if len(s.Dangling()) > 0 {
				b.Fatal("a foreign key points nowhere")
			}
		}
	})
}

// 10,000 sessions of one world, alive at once: pristine, and after one write.
func BenchmarkIdleSessions(b *testing.B) {
	const n = 10_000
	w, err := sandbox.Open(big(1_000_000), sandbox.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, written := range []bool{false, true} {
		name := "pristine"
		if written {
			name = "written"
		}
		b.Run(name, func(b *testing.B) {
			sessions := make([]*sandbox.Session, n)
			before := heap()
			for b.Loop() {
				for i := range sessions {
					sessions[i] = start(b, w)
					if written {
						call(b, sessions[i], "return_book", `{"loan_id": "L-0001"}`)
					}
				}
			}
			b.ReportMetric(float64(heap()-before)/n, "B/session")
			runtime.KeepAlive(sessions)
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
