package serve

import (
	"context"
	"encoding/json"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// addResources gives MCP clients, which cannot ask for a URL, what the twin tells
// of a session. Resources are for the program that holds the connection; a model
// is not shown them unasked.
func (t *twin) addResources() {
	for _, about := range []struct {
		uri, name, says, media string
		read                   func(*session) (string, error)
	}{
		{"twin://session", "session", "seed, clock, number of calls and digest of this session", "application/json",
			func(s *session) (string, error) { return text(s.status()) }},
		{"twin://diff", "diff", "what this session changed, row by row", "application/json",
			func(s *session) (string, error) { return text(s.diff()) }},
		{"twin://policy", "policy", "the rules, in the words of a handbook", "text/markdown",
			func(*session) (string, error) { return t.Policy, nil }},
	} {
		t.mcp.AddResource(&mcp.Resource{URI: about.uri, Name: about.name, Description: about.says, MIMEType: about.media},
			func(_ context.Context, r *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
				s, err := t.server.sessions.get(t.env, peer(r))
				if err != nil {
					return nil, err
				}
				told, err := about.read(s)
				if err != nil {
					return nil, err
				}
				return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: about.uri, MIMEType: about.media, Text: told}}}, nil
			})
	}
}

// addControls adds the tools that steer a session. They are for a program that
// has nothing but tools; an agent under test should not see them.
func (t *twin) addControls() {
	t.mcp.AddTool(&mcp.Tool{
		Name: "twin_reset", Description: "Puts this session back to its start, with another seed where one is given.",
		InputSchema: json.RawMessage(`{"type": "object", "properties": {"seed": {"type": "integer", "minimum": 0}}}`),
	}, func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		seed, err := seedOf(r.Params.Arguments)
		if err != nil {
			return said(err.Error(), true), nil
		}
		s, err := t.server.sessions.begin(t.env, peer(r), seed)
		return told(s, err)
	})
	t.mcp.AddTool(&mcp.Tool{
		Name: "twin_session", Description: "Tells seed, clock, number of calls and digest of this session.",
		InputSchema: json.RawMessage(`{"type": "object"}`), Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true},
	}, func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		s, err := t.server.sessions.get(t.env, peer(r))
		return told(s, err)
	})
}

func told(s *session, err error) (*mcp.CallToolResult, error) {
	if err != nil {
		return said(string(faultOf(err).text()), true), nil
	}
	out, err := text(s.status())
	return said(out, false), err
}

func text(v any) (string, error) {
	out, err := json.Marshal(v)
	return string(out), err
}
