package rebuild

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/spec"
)

func shared(t *testing.T, elem ...string) string {
	t.Helper()
	dir := os.Getenv("AGENTSCALER_SHARED")
	if dir == "" {
		dir = filepath.FromSlash("../../../shared")
	}
	path := filepath.Join(append([]string{dir}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("shared data absent:", err)
	}
	return path
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// toolsOf reads the descriptions of one domain, the only thing that the builder
// is shown.
func toolsOf(t *testing.T, domain string) []scaler.Tool {
	t.Helper()
	root, err := pyjson.ParseObject(read(t, shared(t, "reference", "tau1-prompts-tools.json")))
	if err != nil {
		t.Fatal(err)
	}
	list, _ := spot{[]string{""}, []any{root}}.at([]string{domain, "tools_info"})
	file := filepath.Join(t.TempDir(), "tools.json")
	if err := os.WriteFile(file, pyjson.Marshal(list), 0o600); err != nil {
		t.Fatal(err)
	}
	var tools []scaler.Tool
	for item, err := range (spec.Reader{KeepWeak: true}).Read(context.Background(), []string{file}) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Tool != nil {
			tools = append(tools, *item.Tool)
		}
	}
	return tools
}

// Worlds built from descriptions alone do what the services do, within the
// figures aimed at.
func TestBlindRebuild(t *testing.T) {
	for _, c := range []struct {
		domain       string
		rows, fields float64
	}{{"retail", .95, .85}, {"airline", .95, .75}} {
		t.Run(c.domain, func(t *testing.T) {
			calls, err := ReadCalls(read(t, shared(t, "reference", "percall-tau1-"+c.domain+".json")))
			if err != nil {
				t.Fatal(err)
			}
			m, err := ReadMapping(string(read(t, filepath.Join("testdata", c.domain+".map"))))
			if err != nil {
				t.Fatal(err)
			}
			official, err := Open(shared(t, "benchmarks", "tau-bench"), calls)
			if err != nil {
				t.Fatal(err)
			}
			tools := toolsOf(t, c.domain)
			w, err := Build(t.Context(), tools, 1)
			if err != nil {
				t.Fatal(err)
			}
			s, err := Run(t.Context(), w, tools, official, m, calls)
			if err != nil {
				t.Fatal(err)
			}
			if s.Classes != len(s.Tools) || s.Rows.F1() < c.rows || s.Fields.F1() < c.fields || s.Refusals.Balanced() < .75 {
				t.Errorf("classes %d of %d, rows %.3f, fields %.3f, refusals %.3f", s.Classes, len(s.Tools), s.Rows.F1(), s.Fields.F1(), s.Refusals.Balanced())
			}
			if never := s.Refusals.Never(); math.Abs(never-.5) > 1e-9 {
				t.Errorf("a world that never refuses scores %.3f", never)
			}
		})
	}
}
