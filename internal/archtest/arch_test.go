// Package archtest fails when a package imports something above or beside it.
package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/agentscaler/scaler"

// layers, lowest first. A package may import packages of lower layers and those
// below its own top folder; the folders of one layer do not import each other.
var layers = [][]string{
	{""}, // the root: nouns
	{"docs"},
	{"internal"},
	{"llm", "sandbox", "store"},
	{"contract", "seed"},
	{"spec", "graph", "domain", "world", "task", "rollout", "filter", "export"},
	{"pipeline", "eval", "serve", "train"},
	{"cmd"},
}

func TestImportsPointDown(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range list(t) {
		from := top(p.ImportPath)
		seen[from] = true
		for _, path := range p.Imports {
			if !inModule(path) {
				continue
			}
			to := top(path)
			if to != from && layer(t, to) >= layer(t, from) {
				t.Errorf("%s imports %s: imports point down only", p.ImportPath, path)
			}
		}
	}
	for _, must := range []string{"", "sandbox", "spec", "pipeline", "cmd"} {
		if !seen[must] {
			t.Errorf("no package %q was looked at: the test sees the wrong tree", must)
		}
	}
}

func TestRootImportsStandardLibraryOnly(t *testing.T) {
	for _, p := range list(t) {
		if p.ImportPath != module {
			continue
		}
		for _, path := range p.Imports {
			if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
				t.Errorf("the root imports %s", path)
			}
		}
		return
	}
	t.Fatal("the root package was not found")
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func list(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func inModule(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// top is the first folder of a package: "internal" for internal/pyjson.
func top(path string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	first, _, _ := strings.Cut(rest, "/")
	return first
}

func layer(t *testing.T, name string) int {
	t.Helper()
	for i, names := range layers {
		for _, n := range names {
			if n == name {
				return i
			}
		}
	}
	t.Fatalf("package folder %q has no layer: add it to the table", name)
	return -1
}
