package eval_test

import (
	"os"
	"testing"

	"github.com/agentscaler/scaler/eval"
)

// Every reply that the official executors of ACEBench answered is answered the
// same, in both languages, and every run ends in the same state.
func TestReplayACEBench(t *testing.T) {
	for _, c := range []struct {
		file         string
		calls, items int
	}{
		{"acebench-agent-gold.json", 540, 112},
		{"random-acebench-agent.json", 864, 108},
	} {
		text, err := os.ReadFile(shared(t, "reference", c.file))
		if err != nil {
			t.Fatal(err)
		}
		f, err := eval.ReadFile(text)
		if err != nil {
			t.Fatal(err)
		}
		b, err := eval.Find("acebench")
		if err != nil {
			t.Fatal(err)
		}
		p, err := b.Open(shared(t, "benchmarks", "ACEBench"), f)
		if err != nil {
			t.Fatal(err)
		}
		report, _, err := eval.Replay(t.Context(), p, f)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range report.Differences {
			if i < 20 {
				t.Error(d)
			}
		}
		if report.Calls != c.calls || report.States != c.items || !report.Same() {
			t.Errorf("%s: %d of %d calls, %d of %d states", c.file, report.Matched, report.Calls, report.StatesMatched, report.States)
		}
	}
}
