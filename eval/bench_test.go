//go:build unix

package eval_test

import (
	"os"
	"syscall"
	"testing"

	"github.com/agentscaler/scaler/eval"
	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// The speeds to compare with those of the official code: BENCHMARKS.md. A machine
// that does other work at the same time makes the clock useless, so processor
// time is reported beside it.

// processor reports the processor time of what follows until it is called.
func processor(b *testing.B) func() {
	before := spent()
	return func() { b.ReportMetric(float64(spent()-before)/float64(b.N), "cpu-ns/op") }
}

func spent() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

func BenchmarkTau1(b *testing.B) {
	for _, d := range tau1.Domains {
		w, err := tau1.Open(shared(b, "benchmarks", "tau-bench"), d.Name)
		if err != nil {
			b.Fatal(err)
		}
		calls := recorded(b, "random-tau1-"+d.Name+".json")
		write := writes(b, "tau1-"+d.Name+"-test.json", func(c recordedCall) bool {
			s := w.Start()
			s.Call(c.tool, c.arguments)
			return s.Changed()
		})
		b.Run(d.Name+"/construct", func(b *testing.B) {
			defer processor(b)()
			for b.Loop() {
				w.Start()
			}
		})
		b.Run(d.Name+"/reset", func(b *testing.B) {
			s := w.Start()
			defer processor(b)()
			for b.Loop() {
				s.Call(write.tool, write.arguments)
				s.Reset()
			}
		})
		b.Run(d.Name+"/hash", func(b *testing.B) {
			s := w.Start()
			s.Hash(rows.Tau1) // the text of the data is made once
			defer processor(b)()
			for b.Loop() {
				s.Call(write.tool, write.arguments)
				s.Hash(rows.Tau1)
			}
		})
		b.Run(d.Name+"/call", func(b *testing.B) {
			s := w.Start()
			defer processor(b)()
			for i := 0; b.Loop(); i++ {
				c := calls[i%len(calls)]
				if c.first {
					s.Reset()
				}
				s.Call(c.tool, c.arguments)
			}
		})
	}
}

func BenchmarkTau2(b *testing.B) {
	for _, d := range tau2.Domains {
		w, err := tau2.Open(shared(b, "benchmarks", "tau2-bench"), d.Name)
		if err != nil {
			b.Fatal(err)
		}
		calls := recorded(b, "random-tau2-"+d.Name+".json")
		b.Run(d.Name+"/construct", func(b *testing.B) {
			defer processor(b)()
			for b.Loop() {
				w.Start(tau2.NewProcess())
			}
		})
		write := writes(b, "tau2-"+d.Name+"-base.json", func(c recordedCall) bool {
			e := w.Start(tau2.NewProcess())
			changed := e.Watch()
			e.Respond(c.requestor, c.tool, c.arguments)
			return changed()
		})
		b.Run(d.Name+"/hash", func(b *testing.B) {
			e := w.Start(tau2.NewProcess())
			e.Hashes() // the text of the data is made once
			defer processor(b)()
			for b.Loop() {
				e.Respond(write.requestor, write.tool, write.arguments)
				e.Hashes()
			}
		})
		b.Run(d.Name+"/call", func(b *testing.B) {
			e := w.Start(tau2.NewProcess())
			defer processor(b)()
			for i := 0; b.Loop(); i++ {
				c := calls[i%len(calls)]
				if c.first {
					e = w.Start(tau2.NewProcess())
				}
				e.Respond(c.requestor, c.tool, c.arguments)
			}
		})
	}
}

// A whole evaluation of what the gold actions do: every call, every state and,
// for tau2-bench, every score.
func BenchmarkGold(b *testing.B) {
	for _, c := range []struct{ benchmark, file string }{
		{"tau-bench", "tau1-retail-test.json"}, {"tau-bench", "tau1-airline-test.json"},
		{"tau2-bench", "tau2-retail-base.json"}, {"tau2-bench", "tau2-airline-base.json"}, {"tau2-bench", "tau2-telecom-base.json"},
	} {
		bench, err := eval.Find(c.benchmark)
		if err != nil {
			b.Fatal(err)
		}
		f := read(b, c.file)
		p, err := bench.Open(shared(b, "benchmarks", c.benchmark), f)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.file, func(b *testing.B) {
			defer processor(b)()
			for b.Loop() {
				if _, _, err := eval.Replay(b.Context(), p, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type recordedCall struct {
	tool, requestor string
	arguments       *pyjson.Object
	first           bool // of its sequence
}

func read(b *testing.B, file string) *eval.File {
	b.Helper()
	text, err := os.ReadFile(shared(b, "reference", file))
	if err != nil {
		b.Fatal(err)
	}
	f, err := eval.ReadFile(text)
	if err != nil {
		b.Fatal(err)
	}
	return f
}

// recorded are the calls of a file, mixed reads, writes and refusals.
func recorded(b *testing.B, file string) []recordedCall {
	b.Helper()
	var calls []recordedCall
	for _, item := range read(b, file).Items {
		for i, call := range item.Calls {
			c := recordedCall{requestor: tau2.Assistant, first: i == 0, arguments: pyjson.NewObject(0)}
			for key, v := range call.All() {
				switch key {
				case "tool":
					c.tool = v.(string)
				case "requestor":
					c.requestor = v.(string)
				case "arguments":
					c.arguments = v.(*pyjson.Object)
				}
			}
			calls = append(calls, c)
		}
	}
	return calls
}

// writes is a call that changes data, as changes says: the first of a file.
func writes(b *testing.B, file string, changes func(recordedCall) bool) recordedCall {
	b.Helper()
	for _, c := range recorded(b, file) {
		if changes(c) {
			return c
		}
	}
	b.Fatal(file, "has no call that changes data")
	return recordedCall{}
}
