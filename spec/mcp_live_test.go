package spec_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/spec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// everything is a public server that shows each feature of the protocol.
const everything = "@modelcontextprotocol/server-everything@2026.8.31"

// tools reads one source and fails the test where it cannot be used.
func tools(t *testing.T, source string) []*scaler.Tool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	var list []*scaler.Tool
	for item, err := range (spec.Reader{}).Read(ctx, []string{source}) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Tool != nil {
			list = append(list, item.Tool)
		}
	}
	return list
}

// registry skips a test that needs a package of the npm registry.
func registry(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a server from its public package")
	}
	if _, err := exec.LookPath("npx"); err != nil {
		t.Skip("npx is absent")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := exec.CommandContext(ctx, "npm", "view", everything, "version").Run(); err != nil {
		t.Skip("the npm registry cannot be reached")
	}
}

func has(list []*scaler.Tool, name string) *scaler.Tool {
	for _, tool := range list {
		if tool.Name == name {
			return tool
		}
	}
	return nil
}

// A server from its public package, started and asked over stdio.
func TestPublicServerOverStdio(t *testing.T) {
	registry(t)
	list := tools(t, "mcp+stdio:npx -y "+everything)
	if echo := has(list, "echo"); echo == nil || !strings.Contains(string(echo.Parameters), `"message"`) {
		t.Errorf("no echo with a message among %d tools", len(list))
	}
	for _, tool := range list {
		t.Log(tool.ID, tool.Effect, tool.EffectWhy)
	}
}

// The same server over HTTP, on this machine.
func TestPublicServerOverHTTP(t *testing.T) {
	registry(t)
	port := freePort(t)
	cmd := exec.Command("npx", "-y", everything, "streamableHttp")
	cmd.Env = append(os.Environ(), "PORT="+strconv.Itoa(port))
	stop := start(t, cmd)
	defer stop()
	address := fmt.Sprintf("http://127.0.0.1:%d/mcp", port)
	waitFor(t, address)
	list := tools(t, "mcp+"+address)
	if has(list, "echo") == nil {
		t.Errorf("no echo among %d tools", len(list))
	}
	over := tools(t, "mcp+stdio:npx -y "+everything)
	if len(over) != len(list) {
		t.Errorf("%d tools over HTTP, %d over stdio", len(list), len(over))
	}
}

// start runs a command in a process group of its own and returns how to end it.
func start(t *testing.T, cmd *exec.Cmd) (stop func()) {
	t.Helper()
	ownGroup(cmd)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
		}
	}()
	return func() {
		endGroup(cmd)
		_ = cmd.Wait()
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func waitFor(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if resp, err := http.Get(address); err == nil {
			resp.Body.Close()
			return
		}
	}
	t.Fatal("the server does not come up")
}

// Our own server shows what the public one does not: pages, hints, results.
func TestLiveServer(t *testing.T) {
	server := mcp.NewServer(&mcp.Implementation{Name: "harbour", Version: "3.1"}, &mcp.ServerOptions{PageSize: 2})
	for i := range 5 {
		server.AddTool(&mcp.Tool{
			Name: fmt.Sprintf("berth_%d", i), Description: "Looks after a berth.",
			Annotations:  &mcp.ToolAnnotations{ReadOnlyHint: i == 0},
			InputSchema:  map[string]any{"type": "object", "properties": map[string]any{"ship": map[string]any{"type": "string"}}},
			OutputSchema: map[string]any{"type": "object", "properties": map[string]any{"free": map[string]any{"type": "boolean"}}},
		}, nil)
	}
	web := httptest.NewServer(mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil))
	defer web.Close()
	list := tools(t, "mcp+"+web.URL)
	if len(list) != 5 {
		t.Fatalf("%d tools, want all 5 of 3 pages", len(list))
	}
	first := has(list, "berth_0")
	if first.ID != "harbour/3.1/berth_0" || first.Effect != scaler.Read || first.ResultFrom != scaler.Declared {
		t.Errorf("%+v", first)
	}
}

// A source that is no server is an error of the run, with what the process said.
func TestServerThatDoesNotStart(t *testing.T) {
	for source, want := range map[string]string{
		"mcp+stdio:":                            "no command",
		"mcp+stdio:'x":                          "left open",
		"mcp+pigeon:x":                          "no such transport",
		"mcp+stdio:no-such-program-anywhere":    "executable file not found",
		"mcp+http://127.0.0.1:1/mcp":            "connect",
		"mcp+stdio:sh -c 'echo out of hay >&2'": "out of hay",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		var got error
		for _, err := range (spec.Reader{}).Read(ctx, []string{source}) {
			got = err
		}
		cancel()
		if got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("%s: %v, want %q", source, got, want)
		}
	}
}
