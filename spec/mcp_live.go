package spec

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Limits of what a live server may take and say.
const (
	serverTime  = 2 * time.Minute // the first start of one may download its package
	serverTools = 20000
)

// isServer says whether a source is a live MCP server: mcp+stdio:COMMAND,
// mcp+http://... or mcp+https://...
func isServer(source string) bool { return strings.HasPrefix(source, "mcp+") }

// serverFile asks a server for its tools and returns them as the file that a dump
// of tools/list would be.
func serverFile(ctx context.Context, source string) (file, error) {
	transport, err := transportOf(source)
	if err != nil {
		return file{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, serverTime)
	defer cancel()
	data, err := listTools(ctx, transport)
	if err != nil {
		return file{}, err
	}
	return file{
		place: scaler.Place{Source: source, File: "tools/list"},
		named: true,
		read:  func() ([]byte, error) { return data, nil },
	}, nil
}

func transportOf(source string) (mcp.Transport, error) {
	address := strings.TrimPrefix(source, "mcp+")
	command, isCommand := strings.CutPrefix(address, "stdio:")
	if !isCommand {
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			return nil, errors.New("no such transport: write mcp+stdio:COMMAND or mcp+http://HOST/PATH")
		}
		return &mcp.StreamableClientTransport{Endpoint: address, MaxRetries: -1, DisableStandaloneSSE: true}, nil
	}
	args, err := shellWords(command)
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return nil, errors.New("mcp+stdio: names no command")
	}
	return commandTransport{exec.Command(args[0], args[1:]...)}, nil
}

// A commandTransport starts a server and reports what it complained about where
// it does not come up.
type commandTransport struct{ cmd *exec.Cmd }

// Connect implements mcp.Transport.
func (c commandTransport) Connect(ctx context.Context) (mcp.Connection, error) {
	return (&mcp.CommandTransport{Command: c.cmd, TerminateDuration: 2 * time.Second}).Connect(ctx)
}

// listTools returns {"serverInfo": ..., "tools": [...]}.
func listTools(ctx context.Context, transport mcp.Transport) ([]byte, error) {
	var complaint tail
	if c, ok := transport.(commandTransport); ok {
		c.cmd.Stderr = &complaint
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "agentscaler", Version: scaler.Version}, nil)
	session, err := client.Connect(ctx, transport, nil)
	if err != nil {
		return nil, complaint.explain(fmt.Errorf("connect: %w", err))
	}
	defer session.Close()
	list := []*mcp.Tool{}
	for tool, err := range session.Tools(ctx, nil) {
		if err != nil {
			return nil, complaint.explain(fmt.Errorf("tools/list: %w", err))
		}
		if list = append(list, tool); len(list) == serverTools {
			break
		}
	}
	out := map[string]any{"tools": list}
	if started := session.InitializeResult(); started != nil && started.ServerInfo != nil {
		out["serverInfo"] = map[string]string{"name": started.ServerInfo.Name, "version": started.ServerInfo.Version}
	}
	return json.Marshal(out)
}

// A tail keeps the last of what is written to it.
type tail struct {
	mu   sync.Mutex // guards text, which the process writes while it lives
	text bytes.Buffer
}

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.text.Len() > 4096 {
		t.text.Next(t.text.Len() - 1024)
	}
	return t.text.Write(p)
}

func (t *tail) explain(err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text := strings.TrimSpace(t.text.String()); text != "" {
		return fmt.Errorf("%w; the server said: %s", err, text[max(0, len(text)-600):])
	}
	return err
}

// shellWords splits a command at spaces; quotes keep words together. Nothing of it
// is given to a shell.
func shellWords(command string) ([]string, error) {
	var out []string
	var word strings.Builder
	var quote rune
	inside := false
	for _, r := range command {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, inside = r, true
		case quote == 0 && (r == ' ' || r == '\t' || r == '\n'):
			if inside {
				out = append(out, word.String())
			}
			word.Reset()
			inside = false
		default:
			word.WriteRune(r)
			inside = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("a quote is left open in %q", command)
	}
	if inside {
		out = append(out, word.String())
	}
	return out, nil
}
