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
