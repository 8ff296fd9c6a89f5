package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a replay of ACEBench's agents prints agrees with itself, and a changed
// answer is found.
func TestACEBenchReplay(t *testing.T) {
	data, file := benchmarkData(t, "benchmarks", "ACEBench"), benchmarkData(t, "reference", "acebench-agent-gold.json")
	code, out, errs := evalCommand(t, "replay", "acebench", "--data", data, file)
	if code != exitDone {
		t.Fatal(code, errs)
	}
	ours := filepath.Join(t.TempDir(), "ours.json")
	for text, want := range map[string]int{out: exitDone, strings.Replace(out, "has been turned on", "is on", 1): exitFailed} {
		if err := os.WriteFile(ours, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if code, out, _ := evalCommand(t, "replay", "acebench", "--data", data, ours, "--check"); code != want {
			t.Errorf("exit %d, want %d: %s", code, want, out)
		}
	}
}

// A tree of results in both languages becomes one table; the scorer is chosen.
func TestACEBenchRescore(t *testing.T) {
	data, results := benchmarkData(t, "benchmarks", "ACEBench"), benchmarkData(t, "reference", "acebench-results")
	for scorer, want := range map[string]float64{"2025-10": 0.975, "2025-07": 0.946, "strict": 1} {
		code, out, errs := evalCommand(t, "rescore", "acebench", "--data", data, results, "--scorer", scorer, "--json")
		var reports []struct {
			Language, Model, Data string
			Summary               map[string]float64
		}
		if err := json.Unmarshal([]byte(out), &reports); err != nil {
			t.Fatal(code, err, errs)
		}
		if r := reports[1]; len(reports) != 8 || r.Model != "gold" || r.Data != "56dd66c en" || r.Summary["Summary"] != want {
			t.Errorf("%s: %d reports, the second %+v", scorer, len(reports), r)
		}
	}
	if code, _, errs := evalCommand(t, "rescore", "acebench", "--data", data, results, "--scorer", "best"); code == exitDone {
		t.Error("an unknown scorer was taken", errs)
	}
}

// Without prompts no model is asked, and the error says what is missing.
func TestACEBenchNeedsACheckout(t *testing.T) {
	data := benchmarkData(t, "benchmarks", "ACEBench")
	code, _, errs := evalCommand(t, "acebench", "--data", data, "--llm", "http://127.0.0.1:1/v1", "--model", "m", "--out", t.TempDir())
	if code == exitDone || !strings.Contains(errs, "prompt_en.py") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
