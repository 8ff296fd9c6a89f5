package sandbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/agentscaler/scaler"
)

// withCode is the tiny world with one tool per function of the code.
func withCode(code string, rows ...scaler.Row) *scaler.World {
	w := tiny(rows...)
	w.Code = code
	for _, line := range strings.Split(code, "\n") {
		if name, ok := strings.CutPrefix(line, "def "); ok && strings.HasSuffix(line, "(db, args):") {
			name, _, _ = strings.Cut(name, "(")
			w.Tools = append(w.Tools, scaler.WorldTool{Name: name, Parameters: []byte(`{"type": "object"}`)})
		}
	}
	return w
}

// manyNotes makes scanning a table cost something.
func manyNotes() []scaler.Row {
	rows := []scaler.Row{ann}
	for i := range 5000 {
		rows = append(rows, scaler.Row{Table: "notes", Key: fmt.Sprint(i), Value: fmt.Appendf(nil, `{"id": "%d"}`, i)})
	}
	return rows
}

var ann = scaler.Row{Table: "users", Key: "1", Value: []byte(`{"id": 1, "name": "Ann"}`)}

// hostile tools, and the limit that each of them meets in a worker. Every one
// writes first, so that a broken transaction would show.
const hostile = `
def write(db):
    db.users.get(1)["name"] = "Eve"

def loop(db, args):
    write(db)
    n = 0
    for i in range(1000000):
        for j in range(1000000):
            n += 1

def many_scans(db, args):
    write(db)
    for i in range(1000000):
        db.notes.query(where = [("id", "==", "x")])

def big_range(db, args):
    write(db)
    return len(list(range(100000000)))

def doubling(db, args):
    write(db)
    l = [0]
    for i in range(64):
        l = l + l
    return len(l)

def repeat(db, args):
    write(db)
    return len("x" * 1000000000)

def huge_list(db, args):
    write(db)
    return len([0] * 1000000000)

def hoard(db, args):
    write(db)
    for i in range(100000):
        db.notes.insert({"id": "n%d" % i, "list": ["x" * 10000]})

def output(db, args):
    write(db)
    return "x" * 5000000

def shared_output(db, args):
    write(db)
    l = ["x" * 100]
    for i in range(30):
        l = [l, l]
    return l

def cycle(db, args):
    write(db)
    l = []
    l.append(l)
    return l

def recursion(db, args):
    write(db)
    return recursion(db, args)

def deep_hash(db, args):
    write(db)
    t = ()
    for i in range(200000):
        t = (t,)
    return {t: 1}

def deep_json(db, args):
    write(db)
    return json.decode("[" * 1000000)

def not_json(db, args):
    write(db)
    return write

def nan(db, args):
    write(db)
    return float("nan")

def row_cycle(db, args):
    u = db.users.get(1)
    u["self"] = u

def bad_write(db, args):
    write(db)
    db.users.get(1)["name"] = float("inf")

def key_change(db, args):
    db.users.get(1)["id"] = 2

def missing_field(db, args):
    write(db)
    return db.users.get(1)["nope"]

def good(db, args):
    write(db)
    return db.users.get(1)
`

var hostileLimits = []struct{ tool, rule, message string }{
	{"loop", "sandbox.steps", "too long"},
	{"many_scans", "sandbox.steps", "too long"},
	{"big_range", "", "range: 100000000 items"},
	{"doubling", "sandbox.memory", "memory"},
	{"repeat", "sandbox.memory", "memory"},
	{"huge_list", "sandbox.memory", "memory"},
	{"hoard", "sandbox.memory", "memory"},
	{"output", "sandbox.output", "too large"},
	{"shared_output", "sandbox.output", "too large"},
	{"cycle", "sandbox.depth", "deeper"},
	{"recursion", "", "recursively"},
	{"deep_hash", "sandbox.depth", "deep"},
	{"deep_json", "", "deeper than 512"},
	{"not_json", "", "not a JSON value"},
	{"nan", "", "not a JSON number"},
	{"row_cycle", "sandbox.depth", "deeper"},
	{"bad_write", "", "not a JSON number"},
	{"key_change", "", "may not change"},
	{"missing_field", "", `tools.star:`},
}

// A hostile tool in a worker costs one failed call: nothing changes, and the
// next call runs.
func TestHostileTools(t *testing.T) {
	w, err := Open(withCode(hostile, manyNotes()...), Options{Isolate: true, Steps: 5_000_000, Memory: 128 << 20, Time: 4 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s := mustStart(t, w)
	for _, c := range hostileLimits {
		t.Run(c.tool, func(t *testing.T) {
			r := s.Call(context.Background(), c.tool, []byte(`{}`))
			if r.Err != nil || r.Refused == nil {
				t.Fatalf("not refused: %.100s %v", r.Text, r.Err)
			}
			// On a busy machine, or a slow one, a bomb meets the time limit first.
			late := strings.HasPrefix(c.rule, limitRule) && r.Refused.Rule == "sandbox.time"
			if r.Refused.Code != Internal || !late && (r.Refused.Rule != c.rule || !strings.Contains(r.Refused.Message, c.message)) {
				t.Errorf("refused with %+v", *r.Refused)
			}
			if s.Digest() != w.Base() || len(s.Diff()) > 0 {
				t.Error("the failed call changed the state")
			}
			f := s.Fork()
			if r := f.Call(context.Background(), "good", []byte(`{}`)); r.Text != `{"id": 1, "name": "Eve"}` || !r.Changed || f.Len("users") != 1 {
				t.Errorf("the next call: %s %v", r.Text, r.Err)
			}
		})
	}
}

// Memory that comes and goes within the limit is no bomb.
func TestMemoryWithinTheLimit(t *testing.T) {
	w, err := Open(withCode(`
def churn(db, args):
    total = 0
    for i in range(100):
        total += len("x" * 10000000)
    return total
`, ann), Options{Isolate: true, Memory: 256 << 20, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s := mustStart(t, w)
	for range 3 {
		if r := s.Call(context.Background(), "churn", []byte(`{}`)); r.Text != "1000000000" {
			t.Fatalf("%s %v", r.Text, r.Err)
		}
	}
}

// What needs no process of its own to be stopped is stopped in this one too.
func TestHostileToolsInProcess(t *testing.T) {
	w, err := Open(withCode(hostile, manyNotes()...), Options{Steps: 1_000_000})
	if err != nil {
		t.Fatal(err)
	}
	s := mustStart(t, w)
	for _, c := range hostileLimits {
		if c.rule == "sandbox.memory" || c.tool == "deep_hash" {
			continue
		}
		r := s.Call(context.Background(), c.tool, []byte(`{}`))
		if r.Refused == nil || r.Refused.Rule != c.rule || !strings.Contains(r.Refused.Message, c.message) {
			t.Errorf("%s: %.200s %v", c.tool, r.Text, r.Err)
		}
		if s.Digest() != w.Base() {
			t.Fatalf("%s: the failed call changed the state", c.tool)
		}
	}
}

// Code that does not compile, loads, or hangs at the top is an error of Open,
// in a worker as here.
func TestBadCode(t *testing.T) {
	for name, c := range map[string]struct{ code, want string }{
		"syntax":    {"def f(db, args):\n  return (", "tools.star"},
		"undefined": {"def f(db, args):\n  return open('x')", "undefined: open"},
		"load":      {"load('x.star', 'y')\ndef f(db, args):\n  return y", "load is not allowed"},
		"while":     {"def f(db, args):\n  while True: pass", "while"},
		"top":       {"[0 for i in range(1000000) for j in range(1000000)]", "too many steps"},
		"nothing":   {"f = 1", "no function f for tool f"},
		"signature": {"def f(db): pass", "has to take (db, args)"},
		"db at top": {"x = now()", "only inside a tool"},
		"parens":    {"x = " + strings.Repeat("(", 1_000_000), ""},
		"deep top":  {"def deep():\n  t = ()\n  for i in range(300000):\n    t = (t,)\n  return t\nx = deep()\n", ""},
	} {
		for _, isolate := range []bool{false, true} {
			if c.want == "" && !isolate { // what is left to a worker
				continue
			}
			w := tiny(ann)
			w.Code, w.Tools = c.code, []scaler.WorldTool{{Name: "f"}}
			if x, err := Open(w, Options{Isolate: isolate, Steps: 5_000_000}); err == nil {
				x.Close()
				t.Errorf("%s: opened", name)
			} else if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s (isolate %v): %v", name, isolate, err)
			}
		}
	}
}

// Sessions in workers behave as those in process do: forks, resets, patches and
// a worker that dies in between make no difference.
func TestWorkerMirrorsSessions(t *testing.T) {
	code := `
def add(db, args):
    return db.notes.insert({"id": args["id"], "list": [len(db.notes), "é<&>\u2028"]})

def drop(db, args):
    return db.notes.delete(args["id"])

def ids(db, args):
    return [n["id"] for n in db.notes]

def bomb(db, args):
    db.notes.insert({"id": "bomb"})
    return "x" * 1000000000
`
	play := func(isolate bool) []string {
		w, err := Open(withCode(code, scaler.Row{Table: "notes", Key: "z", Value: []byte(`{"id": "z"}`)}), Options{Isolate: isolate, Memory: 128 << 20})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		a := mustStart(t, w, scaler.Change{Table: "notes", Key: "p", Op: "insert", Row: []byte(`{"id": "p"}`)})
		var log []string
		call := func(s *Session, tool, args string) {
			r := s.Call(context.Background(), tool, []byte(args))
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			log = append(log, tool+r.Text+strings.Join(r.Wrote, "+")+s.Digest().String())
		}
		bomb := func(s *Session) {
			if isolate {
				if r := s.Call(context.Background(), "bomb", []byte(`{}`)); r.Refused == nil || r.Refused.Rule != "sandbox.memory" {
					t.Errorf("bomb: %.100s %v", r.Text, r.Err)
				}
			}
		}
		call(a, "add", `{"id": "b"}`)
		call(a, "add", `{"id": "a"}`)
		b := a.Fork()
		call(a, "add", `{"id": "a"}`)
		call(b, "drop", `{"id": "z"}`)
		call(b, "add", `{"id": "z"}`)
		bomb(b)
		call(b, "ids", `{}`)
		call(a, "ids", `{}`)
		bomb(a)
		call(a, "add", `{"id": "c"}`)
		call(a, "ids", `{}`)
		a.Reset()
		call(a, "ids", `{}`)
		call(a, "add", `{"id": "d"}`)
		call(b, "drop", `{"id": "p"}`)
		call(b, "ids", `{}`)
		return log
	}
	here, away := play(false), play(true)
	for i := range here {
		if here[i] != away[i] {
			t.Errorf("step %d\n in process %s\n in worker  %s", i, here[i], away[i])
		}
	}
}

// A context that ends stops a call, which then is infrastructure's failure and
// not the tool's.
func TestContext(t *testing.T) {
	for _, isolate := range []bool{false, true} {
		w, err := Open(withCode(hostile, ann), Options{Isolate: isolate, Steps: 1 << 40})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		s := mustStart(t, w)
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
		defer cancel()
		if r := s.Call(ctx, "loop", []byte(`{}`)); !errors.Is(r.Err, context.DeadlineExceeded) || r.Refused != nil {
			t.Errorf("isolate %v: %+v", isolate, r)
		}
		if r := s.Call(context.Background(), "good", []byte(`{}`)); !r.Changed {
			t.Errorf("isolate %v: the next call: %s %v", isolate, r.Text, r.Err)
		}
	}
}

// A worker that takes too long over a call is ended, whatever it is doing.
func TestTime(t *testing.T) {
	w, err := Open(withCode(hostile, ann), Options{Isolate: true, Steps: 1 << 40, Time: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s := mustStart(t, w)
	if r := s.Call(context.Background(), "loop", []byte(`{}`)); r.Refused == nil || r.Refused.Rule != "sandbox.time" {
		t.Errorf("%.100s %v", r.Text, r.Err)
	}
}

// Many sessions of one isolated world run at once.
func TestWorkersInParallel(t *testing.T) {
	w, err := Open(withCode(hostile, ann), Options{Isolate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	done := make(chan string)
	for range 8 {
		s := mustStart(t, w)
		go func() {
			for range 20 {
				s.Reset()
				if r := s.Call(context.Background(), "good", []byte(`{}`)); !r.Changed {
					done <- r.Text
					return
				}
			}
			done <- ""
		}()
	}
	for range 8 {
		if text := <-done; text != "" {
			t.Error(text)
		}
	}
}
