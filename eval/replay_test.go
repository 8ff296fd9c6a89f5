package eval_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler/eval"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// shared is where benchmark data and reference tables lie.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	dir := os.Getenv("AGENTSCALER_SHARED")
	if dir == "" {
		dir = filepath.FromSlash("../../shared")
	}
	path := filepath.Join(append([]string{dir}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("shared data absent:", err)
	}
	return path
}

func replay(t *testing.T, benchmark, file string) eval.Report {
	t.Helper()
	b, err := eval.Find(benchmark)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(shared(t, "reference", file))
	if err != nil {
		t.Fatal(err)
	}
	f, err := eval.ReadFile(text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := b.Open(shared(t, "benchmarks", benchmark), f)
	if err != nil {
		t.Fatal(err)
	}
	report, _, err := eval.Replay(t.Context(), p, f)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// Every call that the official code answered is answered the same, and every
// state it reached has the same hashes.
func TestReplay(t *testing.T) {
	for _, c := range []struct {
		benchmark, file       string
		calls, states, scores int
	}{
		{"tau-bench", "tau1-retail-test.json", 582, 115, 0},
		{"tau-bench", "tau1-retail-dev.json", 0, 20, 0},
		{"tau-bench", "tau1-airline-test.json", 0, 50, 0},
		{"tau-bench", "random-tau1-retail.json", 0, 142, 0},
		{"tau-bench", "random-tau1-airline.json", 1220, 142, 0},
		{"tau-bench", "percall-tau1-retail.json", 1825, 0, 0},
		{"tau-bench", "percall-tau1-airline.json", 1374, 0, 0},
		{"tau2-bench", "tau2-retail-base.json", 550, 114, 0},
		{"tau2-bench", "tau2-airline-base.json", 142, 50, 0},
		{"tau2-bench", "tau2-telecom-base.json", 543, 134, 0},
		{"tau2-bench", "tau2-telecom-full.json", 0, 2285, 0},
		{"tau2-bench", "random-tau2-retail.json", 0, 88, 0},
		{"tau2-bench", "random-tau2-airline.json", 0, 71, 0},
		{"tau2-bench", "random-tau2-telecom.json", 0, 108, 0},
	} {
		t.Run(c.file, func(t *testing.T) {
			r := replay(t, c.benchmark, c.file)
			t.Logf("%d of %d calls, %d of %d states, %d of %d scores", r.Matched, r.Calls, r.StatesMatched, r.States, r.ScoresMatched, r.Scores)
			if r.Calls < c.calls || r.States != c.states || r.Scores < c.scores || !r.Same() {
				t.Errorf("%d differences", len(r.Differences))
			}
			for i, d := range r.Differences {
				if i == 20 {
					break
				}
				t.Error(d)
			}
		})
	}
}

// Recorded conversations score what they scored.
func TestRescore(t *testing.T) {
	text, err := os.ReadFile(shared(t, "reference", "tau1-recorded-sample.json"))
	if err != nil {
		t.Fatal(err)
	}
	results, err := pyjson.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	b, err := eval.Find("tau-bench")
	if err != nil {
		t.Fatal(err)
	}
	scores, err := b.Rescore(shared(t, "benchmarks", "tau-bench"), results)
	if err != nil {
		t.Fatal(err)
	}
	if len(scores.Rows) != 8 || scores.Equal != 8 || scores.Average != 1.0/8 {
		t.Errorf("%+v", scores)
	}
}

// A file of simulations made of gold calls scores what the official evaluator
// gave them; what its judge found counts, and so does why it ended.
func TestRescoreSimulations(t *testing.T) {
	text, err := os.ReadFile(shared(t, "reference", "tau2-airline-base.json"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := eval.ReadFile(text)
	if err != nil {
		t.Fatal(err)
	}
	var simulations []any
	for _, item := range f.Items {
		messages := []any{}
		for _, call := range item.Calls {
			name, _ := call.Get("tool")
			arguments, _ := call.Get("arguments")
			output, _ := call.Get("output")
			messages = append(messages,
				object("role", "assistant", "content", nil, "tool_calls", []any{object("id", "1", "name", name, "arguments", arguments, "requestor", "assistant")}),
				object("role", "tool", "id", "1", "content", output))
		}
		scores, _ := item.Body.Get("scores")
		for _, variant := range []string{"no_communicate", "max_steps"} {
			want, ok := scores.(*pyjson.Object).Get(variant)
			if !ok {
				continue
			}
			ended := "user_stop"
			if variant == "max_steps" {
				ended = variant
			}
			reward, _ := want.(*pyjson.Object).Get("reward")
			simulations = append(simulations, object("task_id", item.ID, "trial", int64(0), "termination_reason", ended,
				"messages", messages, "reward_info", object("reward", reward)))
		}
	}
	b, err := eval.Find("tau2-bench")
	if err != nil {
		t.Fatal(err)
	}
	scores, err := b.Rescore(shared(t, "benchmarks", "tau2-bench"),
		object("info", object("environment_info", object("domain_name", "airline")), "simulations", simulations))
	if err != nil {
		t.Fatal(err)
	}
	if len(scores.Rows) != 56 || scores.Equal != 56 {
		t.Errorf("%d of %d equal", scores.Equal, len(scores.Rows))
	}
}

func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}
