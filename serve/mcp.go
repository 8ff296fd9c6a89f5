package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// largestOutput is how long a result schema may be that MCP clients are told:
// they compile each one they are told.
const largestOutput = 64 << 10

// openMCP makes the twin's MCP server. One serves every client; which session a
// request belongs to is looked up as it comes.
func (t *twin) openMCP() (err error) {
	defer func() {
		if p := recover(); p != nil { // the SDK panics on a tool it does not like
			err = fmt.Errorf("%v", p)
		}
	}()
	t.mcp = mcp.NewServer(&mcp.Implementation{Name: string(t.ID), Title: t.Name, Version: scaler.Version},
		&mcp.ServerOptions{Instructions: t.Policy, Capabilities: &mcp.ServerCapabilities{}})
	t.mcp.AddReceivingMiddleware(t.attend)
	for _, o := range t.order {
		t.mcp.AddTool(o.mcpTool(), func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return t.callMCP(ctx, o, r)
		})
	}
	t.addResources()
	if t.server.options.Control {
		t.addControls()
	}
	pick := func(*http.Request) *mcp.Server { return t.mcp }
	o := mcp.StreamableHTTPOptions{JSONResponse: true, SessionTimeout: t.server.options.TTL, MaxRequestBodyBytes: t.server.options.Body,
		DisableLocalhostProtection: true} // guarded knows which hosts are allowed
	t.perPeer = mcp.NewStreamableHTTPHandler(pick, &o)
	o.Stateless, o.SessionTimeout = true, 0
	t.perName = mcp.NewStreamableHTTPHandler(pick, &o)
	return nil
}

// mcpTool is the tool as MCP lists it.
func (o *operation) mcpTool() *mcp.Tool {
	destroys, open := o.Kind == scaler.Delete, false
	t := &mcp.Tool{Name: o.Name, Description: o.Description, InputSchema: inputSchema(o.Parameters),
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: o.Effect == scaler.Read, DestructiveHint: &destroys, OpenWorldHint: &open}}
	if o.structured {
		t.OutputSchema = o.Result
	}
	return t
}

// structured says whether results of that schema are told as structured content
// too: MCP has it for objects of a declared shape.
func structured(schema *pyjson.Object, size int) bool {
	kind, _ := schema.Get("type")
	return kind == "object" && size <= largestOutput
}

// inputSchema is the schema of a tool's parameters; MCP wants it to say object.
func inputSchema(schema json.RawMessage) json.RawMessage {
	o, err := pyjson.ParseObject(orEmpty(schema))
	if err != nil {
		return json.RawMessage(`{"type": "object"}`)
	}
	if kind, _ := o.Get("type"); kind == "object" {
		return schema
	}
	o.Set("type", "object")
	return pyjson.Marshal(o)
}

// peer is the name of the session that an MCP request belongs to: the one it
// names, or else its connection's own.
func peer(r mcp.Request) string {
	if extra := r.GetExtra(); extra != nil && extra.Header.Get(sessionHeader) != "" {
		return extra.Header.Get(sessionHeader)
	}
	if s := r.GetSession(); s != nil && s.ID() != "" {
		return own(s)
	}
	return shared
}

// own is the name of the session that a connection has to itself.
func own(s mcp.Session) string { return "mcp-" + s.ID() }

// attend keeps the session of a connection alive while the client is there, opens
// it when the client comes and ends it when the client goes.
func (t *twin) attend(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
		name := peer(r)
		c, _ := r.GetSession().(*mcp.ServerSession)
		if c == nil || name != own(c) || method != "initialize" {
			t.server.sessions.touch(t.env, name)
			return next(ctx, method, r)
		}
		if _, err := t.server.sessions.get(t.env, name); err != nil {
			return nil, err
		}
		go func() {
			_ = c.Wait() // however it ended
			t.server.sessions.drop(t.env, name)
		}()
		return next(ctx, method, r)
	}
}

// callMCP runs a tool in the session of the request.
func (t *twin) callMCP(ctx context.Context, o *operation, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	s, err := t.server.sessions.get(t.env, peer(r))
	if err != nil {
		return said(string(faultOf(err).text()), true), nil
	}
	arguments := r.Params.Arguments
	if len(arguments) == 0 {
		arguments = json.RawMessage("{}")
	}
	res, _ := s.call(ctx, o.Name, arguments)
	if res.Err != nil {
		return nil, res.Err
	}
	t.server.options.Log.Info("call", "tool", o.Name, "session", s.name, "refused", res.Refused != nil)
	out := said(res.Text, res.Refused != nil)
	if _, ok := res.Value.(*pyjson.Object); ok && !out.IsError && o.structured {
		out.StructuredContent = json.RawMessage(res.Text)
	}
	return out, nil
}

func said(text string, isError bool) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}, IsError: isError}
}
