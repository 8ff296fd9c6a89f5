package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// The world that docs/worlds.md shows keeps the contract, a check prints what
// the page says, and a run takes the folder along.
func TestWorldOfTheDocs(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	page, err := os.ReadFile("../../docs/worlds.md")
	if err != nil {
		t.Fatal(err)
	}
	run := filepath.Join(t.TempDir(), "run")
	if out, code := agentscaler("run", "--out", run, "--until", "world", filepath.Join("..", "..", "pipeline", "testdata", "garage.json")); code != 0 {
		t.Fatal(out)
	}
	dir := filepath.Join(run, "worlds", "bike-shelter")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse(fenced(t, page, "txtar", 0)).Files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, code := agentscaler("verify", dir); code != 0 || !strings.HasSuffix(out, string(fenced(t, page, "text", 0))) {
		t.Errorf("exit %d\n%s", code, out)
	}
	if out, code := agentscaler("task", run); code != 0 {
		t.Errorf("exit %d\n%s", code, out)
	}
	if out, code := agentscaler("show", run, "task"); code != 0 || !strings.Contains(out, "bike") {
		t.Errorf("no task is about a bike:\n%s", out)
	}
	if out, code := agentscaler("world", run, "--force", "--until", "world"); code != 0 {
		t.Errorf("exit %d\n%s", code, out)
	}
	tools := filepath.Join(dir, "tools.star")
	code, err := os.ReadFile(tools)
	if err != nil {
		t.Fatal("a world put there by hand is gone: ", err)
	}
	second := regexp.MustCompile(`(?m)^    if bike\["status"\].*\n.*\n`)
	if err := os.WriteFile(tools, second.ReplaceAll(code, nil), 0o644); err != nil {
		t.Fatal(err)
	}
	out, exit := agentscaler("verify", dir)
	if out, _, _ = strings.Cut(out, "agentscaler: "); exit != 1 || !strings.HasSuffix(out, string(fenced(t, page, "text", 1))) {
		t.Errorf("exit %d\n%s", exit, out)
	}
}

// agentscaler runs one command line and returns what it printed.
func agentscaler(args ...string) (string, int) {
	var out bytes.Buffer
	code := Main(context.Background(), args, strings.NewReader(""), &out, &out)
	return out.String(), code
}

// fenced returns the nth block of a language on a page.
func fenced(t *testing.T, page []byte, language string, n int) []byte {
	t.Helper()
	blocks := regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllSubmatch(page, -1)
	if len(blocks) <= n {
		t.Fatalf("the page has %d blocks of %s", len(blocks), language)
	}
	return blocks[n][1]
}
