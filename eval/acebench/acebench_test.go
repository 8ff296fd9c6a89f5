package acebench

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared is a file of the folder of shared data; a test that needs it skips
// where it is absent.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	dir := os.Getenv("AGENTSCALER_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	file := filepath.Join(append([]string{dir}, path...)...)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("shared data absent: %v", err)
	}
	return file
}

func open(t testing.TB) *Data {
	t.Helper()
	d, err := Open(shared(t, "benchmarks", "ACEBench"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

type official struct {
	Languages map[string]map[string]struct {
		Summary    map[string]float64
		Categories map[string]struct {
			Accuracy      *float64
			EndToEnd      *float64 `json:"end_to_end_accuracy"`
			Process       *float64 `json:"process_accuracy"`
			Correct       int      `json:"correct_count"`
			Total         int      `json:"total_count"`
			Failures      [][2]any
			OfficialError any
		}
	}
}

// Every score, count and listed failure of the official scorers on the four
// recorded models, to the last digit.
func TestOfficialScores(t *testing.T) {
	d := open(t)
	for scorer, file := range map[string]string{"2025-10": "acebench-scores.json", "2025-07": "acebench-scores-scorer-ca2ac0e.json"} {
		text, err := os.ReadFile(shared(t, "reference", file))
		if err != nil {
			t.Fatal(err)
		}
		var want official
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		for lang, models := range want.Languages {
			for model, expected := range models {
				got, err := d.Rescore(shared(t, "reference", "acebench-results", lang, model), lang, scorer)
				if err != nil {
					t.Fatal(err)
				}
				at := strings.Join([]string{scorer, lang, model}, " ")
				for key, v := range expected.Summary {
					if got.Summary[key] != v {
						t.Errorf("%s: %s is %v, officially %v", at, key, got.Summary[key], v)
					}
				}
				for name, c := range expected.Categories {
					g := got.Categories[name]
					accuracy := c.Accuracy
					if accuracy == nil {
						accuracy = c.EndToEnd
					}
					if g.Accuracy != *accuracy || g.Correct != c.Correct || g.Total != c.Total || c.Process != nil && *c.Process != *g.Process {
						t.Errorf("%s %s: %+v, officially %v %v of %d", at, name, g, *accuracy, c.Correct, c.Total)
					}
					compareFailures(t, at+" "+name, g.Failures, c.Failures)
				}
			}
		}
	}
}

func compareFailures(t *testing.T, at string, got []Failure, want [][2]any) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d failures, officially %d", at, len(got), len(want))
		return
	}
	for i, f := range got {
		id, _ := json.Marshal(want[i][0])
		if strings.Trim(string(id), `"`) != f.ID || want[i][1] != f.Error {
			t.Errorf("%s: failure %v, officially %v", at, f, want[i])
		}
	}
}
