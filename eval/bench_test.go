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

// goldTasks is how many tasks of a domain are evaluated.
const goldTasks = 30

// A whole evaluation of what the gold actions do: a conversation that makes them
// on fresh data, and its score, for which they are made again.
func BenchmarkGoldTau1(b *testing.B) {
	for _, d := range tau1.Domains {
		w, err := tau1.Open(shared(b, "benchmarks", "tau-bench"), d.Name)
		if err != nil {
			b.Fatal(err)
		}
		items := read(b, "tau1-"+d.Name+"-test.json").Items[:goldTasks]
		w.Start().OfficialHash() // the text of the data is made once
		b.Run(d.Name, func(b *testing.B) {
			defer processor(b)()
			for b.Loop() {
				for _, item := range items {
					s, task := w.Start(), tau1.Task{}
					for _, call := range asked(item) {
						if !tau1.Ends(call.tool) {
							s.Call(call.tool, call.arguments)
						}
						task.Actions = append(task.Actions, tau1.Action{Name: call.tool, Arguments: call.arguments})
					}
					if s.Score(task, nil).Reward != 1 {
						b.Fatal(item.ID, "is not solved by its gold actions")
					}
				}
			}
		})
	}
}

func BenchmarkGoldTau2(b *testing.B) {
	for _, d := range tau2.Domains {
		data := shared(b, "benchmarks", "tau2-bench")
		w, err := tau2.Open(data, d.Name)
		if err != nil {
			b.Fatal(err)
		}
		tasks, err := tau2.Tasks(data, d.Name)
		if err != nil {
			b.Fatal(err)
		}
		w.Start(tau2.NewProcess()).Hashes()
		b.Run(d.Name, func(b *testing.B) {
			defer processor(b)()
			for b.Loop() {
				for i := range tasks[:goldTasks] {
					evaluateGold(b, w, &tasks[i])
				}
			}
		})
	}
}

func evaluateGold(b *testing.B, w *tau2.World, t *tau2.Task) {
	p := tau2.NewProcess()
	e, err := w.Prepare(p, t)
	if err != nil {
		b.Fatal(err)
	}
	c := tau2.Conversation{Ended: tau2.UserStop}
	for _, a := range t.Actions {
		e.Respond(a.Requestor, a.Name, a.Arguments)
		c.Messages = append(c.Messages, tau2.Message{Role: a.Requestor, Calls: []tau2.Action{a}})
	}
	for _, info := range t.Communicate {
		c.Messages = append(c.Messages, tau2.Message{Role: tau2.Assistant, Content: info})
	}
	if _, err := w.Evaluate(p, t, c); err != nil {
		b.Fatal(err)
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
		calls = append(calls, asked(item)...)
	}
	return calls
}

// asked are the calls of an item.
func asked(item *eval.Item) []recordedCall {
	var calls []recordedCall
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
