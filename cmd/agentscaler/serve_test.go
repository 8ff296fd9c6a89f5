package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/store"
)

// demoRun makes the worlds of the demo's specifications.
func demoRun(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	if code := Main(t.Context(), []string{"demo", "--out", dir, "--until", "world", "--domains", "service", "--quiet"}, nil, io.Discard, os.Stderr); code != exitDone {
		t.Fatalf("exit code %d", code)
	}
	return dir
}

// serving runs the command and returns the address it prints. It has to end well
// when it is told to.
func serving(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- Main(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--quiet"}, args...), nil, in, os.Stderr)
		in.Close()
	}()
	t.Cleanup(func() {
		stop()
		if got := <-code; got != exitDone {
			t.Errorf("exit code %d", got)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

func get(t *testing.T, url string) string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// A run is served as a whole, by world, and from a world's folder.
func TestServe(t *testing.T) {
	run := demoRun(t)
	worlds, err := filepath.Glob(filepath.Join(run, "worlds", "elmwood-*"))
	if err != nil || len(worlds) != 1 {
		t.Fatalf("%v %v", worlds, err)
	}
	id := filepath.Base(worlds[0])
	for _, c := range []struct {
		args []string
		path string
	}{
		{[]string{run}, id + "/doctors"},
		{[]string{run, "elmwood"}, "doctors"},
		{[]string{worlds[0]}, "doctors"},
	} {
		if got := get(t, serving(t, c.args...)+c.path); !strings.Contains(got, `"specialty"`) {
			t.Errorf("%v: %s", c.args, got)
		}
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{run, "--mcp", "stdio"}, "over stdio there is one world"},
		{[]string{run, "--mcp", "pigeon"}, "--mcp is stdio or http"},
		{[]string{run, "nowhere"}, "no world"},
		{[]string{run, "elmwood", "--addr", "127.0.0.1:x"}, "listen tcp"},
	} {
		var stderr bytes.Buffer
		if code := Main(t.Context(), append([]string{"serve"}, c.args...), nil, io.Discard, &stderr); code == exitDone || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%v: exit code %d, %s", c.args, code, stderr.String())
		}
	}
}

// A world that does not keep its contract is served with a warning: what a check of
// its files found, or finds where they were edited since.
func TestServeWarns(t *testing.T) {
	run := filepath.Join(t.TempDir(), "run")
	if out, code := agentscaler("run", "--out", run, "--until", "world", filepath.Join("..", "..", "pipeline", "testdata", "garage.json")); code != 0 {
		t.Fatal(out)
	}
	worlds, err := filepath.Glob(filepath.Join(run, "worlds", "*", "world.json"))
	if err != nil || len(worlds) != 1 {
		t.Fatalf("%v %v", worlds, err)
	}
	text, err := os.ReadFile(worlds[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(worlds[0], bytes.Replace(text, []byte(`"kind": "get"`), []byte(`"kind": "gte"`), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(worlds[0])
	for _, known := range []string{"edited since", "checked"} {
		if known == "checked" { // as a run goes on, which checks what was edited
			if out, code := agentscaler("task", run); code == exitDone {
				t.Fatal(out)
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		out, in := io.Pipe()
		code := make(chan int, 1)
		go func() {
			code <- Main(ctx, []string{"serve", "--addr", "127.0.0.1:0", run}, nil, io.Discard, in)
			in.Close()
		}()
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil || !strings.Contains(line, "level=WARN") || !strings.Contains(line, "see: agentscaler verify "+dir) || !strings.Contains(line, `its kind \"gte\" is none of get`) {
			t.Errorf("%s: %s (%v)", known, line, err)
		}
		go func() { _, _ = io.Copy(io.Discard, out) }()
		stop()
		if got := <-code; got != exitDone {
			t.Errorf("exit code %d", got)
		}
	}
}

var npm = flag.String("npm", "", "a folder in which npm installed @modelcontextprotocol/sdk, for TestForeignClient")

// A server as client.mjs reads it.
type foreign struct {
	URL     string        `json:"url,omitempty"`
	Command string        `json:"command,omitempty"`
	Args    []string      `json:"args,omitempty"`
	Calls   []foreignCall `json:"calls"`
}

type foreignCall struct {
	Name      string          `json:"name"`
	Arguments json.RawMessage `json:"arguments"`
}

// A client that others wrote lists and calls every tool of every world, over HTTP
// and over stdio. It needs Node and packages that are not ours, so it is asked for.
func TestForeignClient(t *testing.T) {
	if *npm == "" {
		t.Skip("needs Node: go test ./cmd/agentscaler -run TestForeignClient -v -args -npm FOLDER")
	}
	dir := demoRun(t)
	program := filepath.Join(t.TempDir(), "agentscaler")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	run, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := run.Worlds()
	if err != nil {
		t.Fatal(err)
	}
	at := serving(t, dir)
	var servers []foreign
	for _, id := range ids {
		w, err := run.ReadWorld(id)
		if err != nil {
			t.Fatal(err)
		}
		calls := witnesses(w)
		servers = append(servers, foreign{URL: at + string(id) + "/mcp", Calls: calls},
			foreign{Command: program, Args: []string{"serve", dir, string(id), "--mcp", "stdio"}, Calls: calls})
	}
	input, err := json.Marshal(servers)
	if err != nil {
		t.Fatal(err)
	}
	client := exec.CommandContext(t.Context(), "node", filepath.Join("testdata", "npm", "client.mjs"), *npm)
	client.Stdin, client.Stderr = bytes.NewReader(input), os.Stderr
	out, err := client.Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", out)
	if lines := bytes.Count(out, []byte("\n")); lines != len(servers) || bytes.Contains(out, []byte(`"succeeded":0`)) {
		t.Errorf("%d servers, %d answers", len(servers), lines)
	}
}

// witnesses calls each tool as the world's check did when it succeeded, and once
// with nothing.
func witnesses(w *scaler.World) []foreignCall {
	var calls []foreignCall
	for _, c := range w.Check.Tools {
		calls = append(calls, foreignCall{c.Name, json.RawMessage("{}")})
		if len(c.Witness) > 0 {
			calls = append(calls, foreignCall{c.Name, c.Witness})
		}
	}
	return calls
}
