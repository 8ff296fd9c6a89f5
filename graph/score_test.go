package graph

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// shared returns a folder of the shared data, or skips the test.
func shared(t testing.TB, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("whole gold sets take long")
	}
	root := os.Getenv("AGENTSCALER_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	dir := filepath.Join(root, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("shared data absent: %v", err)
	}
	return dir
}

// The dev gold sets, with the figures below which a change must not fall.
func TestGold(t *testing.T) {
	for _, c := range []struct {
		set            string
		f1, hit1, hit5 float64
		edges          float64
	}{
		{"taubench-retail", 0.90, 0.80, 0.95, 5},
		{"powerplatform-dynamic-values", 0, 0.77, 0.84, 5},
		{"aws-smithy-resources", 0, 0.80, 0.97, 5},
		{"toollinkos", 0.16, 0.28, 0.30, 5},
		{"nestful-glaive", 0, 0.07, 0.10, 5},
		{"seal-tools", 0, 0.04, 0.12, 5},
		{"tooltalk-provenance", 0, 0.08, 0.16, 5},
	} {
		t.Run(c.set, func(t *testing.T) {
			s, _, err := Builder{}.Score(t.Context(), filepath.Join(shared(t, "gold-graphs"), c.set))
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%+v", s)
			if s.PairF1 < c.f1 || s.Hit1 < c.hit1 || s.Hit5 < c.hit5 || s.EdgesPerTool > c.edges {
				t.Errorf("want pair F1 >= %v, Hit@1 >= %v, Hit@5 >= %v at <= %v edges a tool", c.f1, c.hit1, c.hit5, c.edges)
			}
		})
	}
}

// Our scores are those of the scorer that comes with the sets, to the digit.
func TestScoresAgreeWithScorer(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to compare with")
	}
	sets := shared(t, "gold-graphs")
	folders, err := os.ReadDir(sets)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !f.IsDir() || f.Name() == "seal-tools" && testing.Short() {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			dir := filepath.Join(sets, f.Name())
			ours, predicted, err := Builder{}.Score(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "pred.jsonl")
			var lines bytes.Buffer
			for _, p := range predicted {
				if err := json.NewEncoder(&lines).Encode(p); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(file, lines.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(python, filepath.Join(sets, "eval_graph.py"), dir, file).Output()
			if err != nil {
				t.Fatal(err)
			}
			var theirs Scores
			if err := json.Unmarshal(out, &theirs); err != nil || theirs != ours {
				t.Errorf("%v\nours   %+v\ntheirs %+v", err, ours, theirs)
			}
		})
	}
}
