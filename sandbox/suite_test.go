package sandbox

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/agentscaler/scaler"
)

// An attempt is a chunk of testdata/hostile: what it tries, what becomes of it,
// and whether it needs a worker to be stopped.
type attempt struct {
	name, code, want string
	worker           bool
}

var attemptHead = regexp.MustCompile(`^# (\w+): .* -> (.*?)( \(worker\))?\n`)

// attempts reads the chunks; each one's function f takes the attempt's name.
func attempts(t *testing.T) []attempt {
	t.Helper()
	files, err := filepath.Glob("testdata/hostile/*.star")
	if err != nil {
		t.Fatal(err)
	}
	var out []attempt
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for chunk := range strings.SplitSeq(string(text), "---\n") {
			m := attemptHead.FindStringSubmatch(chunk)
			if m == nil {
				t.Fatalf("%s: a chunk begins with # name: what -> what becomes of it\n%s", file, chunk)
			}
			out = append(out, attempt{m[1], strings.Replace(chunk, "def f(db, args):", "def "+m[1]+"(db, args):", 1), m[2], m[3] != ""})
		}
	}
	return out
}

const suitePrelude = `
def write(db):
    db.users.get(1)["name"] = "Eve"

def good(db, args):
    write(db)
    return db.users.get(1)
`

// arena is the world in which the attempts that compile are made, all in one
// file, beside a good tool.
func arena(t *testing.T, all []attempt) *scaler.World {
	t.Helper()
	w := withCode(suitePrelude, manyNotes()...)
	for _, a := range all {
		if strings.HasPrefix(a.want, "compile") {
			continue
		}
		w.Code += "\n" + a.code
		w.Tools = append(w.Tools, scaler.WorldTool{Name: a.name})
	}
	return w
}

// No attempt escapes its limits, changes anything by failing, or is felt by
// another session; and what succeeds does the same in a worker as in process.
func TestHostileSuite(t *testing.T) {
	all := attempts(t)
	if len(all) < 60 {
		t.Fatalf("%d attempts", len(all))
	}
	w := arena(t, all)
	here := openArena(t, w, Options{Steps: 500_000})
	away := openArena(t, w, Options{Isolate: true, Steps: 2_000_000, Memory: 128 << 20, Time: time.Minute})
	hasty := openArena(t, w, Options{Isolate: true, Steps: 1 << 40, Memory: 256 << 20, Time: 300 * time.Millisecond})
	for _, a := range all {
		t.Run(a.name, func(t *testing.T) {
			if text, ok := strings.CutPrefix(a.want, "compile "); ok {
				doesNotOpen(t, a, text)
				return
			}
			places := []*World{away}
			if a.want == "sandbox.time" {
				places = []*World{hasty}
			}
			if !a.worker {
				places = append(places, here)
			}
			var after []string
			for _, x := range places {
				after = append(after, a.run(t, x))
			}
			if len(after) == 2 && after[0] != after[1] {
				t.Errorf("in a worker\n%s\nin process\n%s", after[0], after[1])
			}
		})
	}
}

func openArena(t *testing.T, w *scaler.World, o Options) *World {
	t.Helper()
	x, err := Open(w, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// run makes the attempt and returns what came of it, state included.
func (a attempt) run(t *testing.T, x *World) string {
	t.Helper()
	s, other := mustStart(t, x), mustStart(t, x)
	began := time.Now()
	r := s.Call(context.Background(), a.name, []byte(`{}`))
	if took := time.Since(began); took > 10*x.options.Time {
		t.Errorf("it took %v, of %v", took, x.options.Time)
	}
	if r.Err != nil {
		t.Fatalf("the sandbox failed: %v", r.Err)
	}
	if r.Steps > x.options.Steps+uint64(len(manyNotes())) { // a scan is counted as a whole
		t.Errorf("it took %d steps, of %d", r.Steps, x.options.Steps)
	}
	if len(r.Text) > x.options.Output {
		t.Errorf("%d bytes came out", len(r.Text))
	}
	a.becomes(t, r)
	if r.Refused != nil && (s.Digest() != x.Base() || len(s.Diff()) > 0 || r.Changed) {
		t.Error("the failed call changed the state")
	}
	if other.Digest() != x.Base() {
		t.Error("another session changed")
	}
	for _, f := range []*Session{other, mustStart(t, x)} {
		if r := f.Call(context.Background(), "good", []byte(`{}`)); r.Text != `{"id": 1, "name": "Eve"}` || !r.Changed || f.Len("users") != 1 {
			t.Errorf("the next call: %.200s %v", r.Text, r.Err)
		}
	}
	return fmt.Sprintf("%.300s %v %s", r.Text, r.Wrote, s.Digest())
}

// becomes says whether the result is the expected one.
func (a attempt) becomes(t *testing.T, r Result) {
	t.Helper()
	what, rest, _ := strings.Cut(a.want, " ")
	switch {
	case what == "harmless":
		if r.Refused != nil || r.Text != rest {
			t.Errorf("want %s, got %.300s", rest, r.Text)
		}
	case r.Refused == nil:
		t.Errorf("not refused: %.100s", r.Text)
	case what == "error":
		if r.Refused.Code != Internal || r.Refused.Rule != "" || !strings.Contains(r.Refused.Message, rest) {
			t.Errorf("refused with %.300s %s", r.Refused.Error(), r.Refused.Rule)
		}
	case what == "refused":
		if r.Refused.Code != rest {
			t.Errorf("refused with %.300s", r.Refused.Error())
		}
	case what == "message":
		if most, _ := strconv.Atoi(rest); len(r.Refused.Message) > most {
			t.Errorf("refused in %d bytes", len(r.Refused.Message))
		}
	default:
		// On a busy machine, or a slow one, a bomb meets the time limit first.
		if r.Refused.Rule != what && r.Refused.Rule != "sandbox.time" {
			t.Errorf("refused with %.300s %s", r.Refused.Error(), r.Refused.Rule)
		}
	}
}

// doesNotOpen: code that does not compile is an error of Open, wherever it runs.
func doesNotOpen(t *testing.T, a attempt, want string) {
	t.Helper()
	for _, isolate := range []bool{false, true} {
		w := tiny(ann)
		w.Code, w.Tools = a.code, []scaler.WorldTool{{Name: a.name}}
		if x, err := Open(w, Options{Isolate: isolate}); err == nil {
			x.Close()
			t.Error("it opened")
		} else if !strings.Contains(err.Error(), want) {
			t.Error(err)
		}
	}
}

// Bombs in some sessions are not felt by calls in others at the same time.
func TestHostileNeighbours(t *testing.T) {
	x := openArena(t, arena(t, attempts(t)), Options{Isolate: true, Steps: 1 << 40, Memory: 128 << 20, Time: time.Second})
	done := make(chan string)
	for _, tool := range []string{"doubles_a_list", "counts_forever", "deep_hash", "repeats_text"} {
		s := mustStart(t, x)
		go func() {
			r := s.Call(context.Background(), tool, []byte(`{}`))
			done <- map[bool]string{true: "", false: tool + " was not refused"}[r.Refused != nil]
		}()
		good := mustStart(t, x)
		go func() {
			for range 10 {
				good.Reset()
				if r := good.Call(context.Background(), "good", []byte(`{}`)); !r.Changed {
					done <- fmt.Sprintf("beside %s: %s %v", tool, r.Text, r.Err)
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

// A worker that was taken over can answer what it likes: changes that do not
// fit the world are an error and change nothing.
func TestForgedEdits(t *testing.T) {
	x := mustOpen(t, tiny(ann))
	s := mustStart(t, x)
	for _, e := range []edit{
		{Table: 99, Key: "1"}, {Table: -1, Key: "1"}, {Table: 0, Key: "1", Row: []byte(`{"id": 2}`)}, {Table: 0, Key: "1", Row: []byte(`{`)},
		{Table: 0, Key: "1", Row: []byte(`[1]`)}, {Table: 0, Key: "1", Row: []byte(strings.Repeat("[", 1_000_000))},
	} {
		if wrote, err := s.edit([]edit{{Table: 0, Key: "1"}, e}); err == nil || s.Digest() != x.Base() {
			t.Errorf("%d %.20s: wrote %v, %v", e.Table, e.Row, wrote, err)
		}
	}
	for _, frame := range []string{"", "\x01", "\xff\xff\xff\xff{}", "\x02\x00\x00\x00{", "\x02\x00\x00\x00[]", "\x04\x00\x00\x00null"} {
		var a answer
		if err := readFrame(strings.NewReader(frame), 1<<20, &a); err == nil && frame[4:] != "null" {
			t.Errorf("%q was read as an answer", frame)
		}
	}
}
