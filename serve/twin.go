package serve

import (
	"fmt"
	"net/http"
	"strings"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Prefix is where a twin has what is not of its specification. No specification
// known to us has a path that begins so; one that had would not be served.
const Prefix = "/_twin"

// A twin is one world on the server.
type twin struct {
	*scaler.World
	at       string // prefix of its paths
	env      *sandbox.World
	server   *Server
	router   router
	gone     router            // to the tools that the world leaves out
	reasons  map[string]string // why, by their names
	tools    map[string]*operation
	order    []*operation
	mcp      *mcp.Server
	perPeer  http.Handler  // MCP, a session per connection
	perName  http.Handler  // MCP, the session that the URL or a header names
	document func() []byte // openapi.json, made when it is first asked for
}

func newTwin(env *sandbox.World, at string, s *Server) (*twin, error) {
	t := &twin{World: env.Spec(), at: at, env: env, server: s, tools: map[string]*operation{}, reasons: map[string]string{}}
	for _, tool := range t.Tools {
		o, err := newOperation(tool)
		if err != nil {
			return nil, fmt.Errorf("parameters of %s: %w", tool.Name, err)
		}
		if len(o.segments) > 0 && "/"+o.segments[0] == Prefix {
			return nil, fmt.Errorf("%s has the path %s; the twin keeps %s for itself", o.Name, o.Path, Prefix)
		}
		if o.onHTTP() {
			t.router.add(o)
		}
		t.tools[o.Name] = o
		t.order = append(t.order, o)
	}
	for _, d := range t.Dropped {
		o, err := newOperation(scaler.WorldTool{Name: d.Name, Method: d.Method, Path: d.Path})
		if err != nil {
			return nil, fmt.Errorf("%s, which is left out: %w", d.Tool, err)
		}
		if o.onHTTP() {
			t.gone.add(o)
		}
		t.reasons[d.Name] = d.Reason
	}
	for _, o := range t.router.shadowed {
		s.options.Log.Warn("another tool has its path; call it by name", "tool", o.Name, "path", o.Method+" "+o.Path, "at", at+Prefix+"/tools/"+o.Name)
	}
	t.document = sync.OnceValue(func() []byte { return pyjson.Marshal(t.openapi()) })
	return t, t.openMCP()
}

// owns says whether the specification itself has a path.
func (t *twin) owns(method, path string) bool {
	m := t.router.find(method, path, nil)
	return m.operation != nil && !strings.Contains(m.Path, "{")
}

// extras are the paths outside the prefix that a twin answers where its
// specification has no such path.
var extras = map[string]string{"": Prefix, "/": Prefix, "/mcp": Prefix + "/mcp", "/openapi.json": Prefix + "/openapi.json"}

// ServeHTTP answers a request whose path is below the twin's own.
func (t *twin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	if inside, ok := extras[path]; ok && !t.owns(r.Method, path) {
		path = inside
	}
	if rest, ok := strings.CutPrefix(path, Prefix); ok && (rest == "" || rest[0] == '/') {
		t.control(w, r, rest)
		return
	}
	m := t.router.find(r.Method, path, r.URL.Query())
	if m.operation == nil {
		t.miss(w, r, path, m.methods)
		return
	}
	args, fault := m.arguments(r)
	if fault != nil {
		if fault.code == sandbox.InvalidArguments {
			fault.status = statusOf(fault.code, m.Statuses)
		}
		fault.ServeHTTP(w, r)
		return
	}
	t.answer(w, r, m.operation, pyjson.Marshal(args))
}

// answer calls a tool in the request's session and writes what comes of it.
func (t *twin) answer(w http.ResponseWriter, r *http.Request, o *operation, arguments []byte) {
	s, err := t.session(r.Header)
	if err != nil {
		faultOf(err).ServeHTTP(w, r)
		return
	}
	res, digest := s.call(r.Context(), o.Name, arguments)
	h := w.Header()
	h.Set(sessionHeader, s.name)
	h.Set("X-Tool", o.Name)
	h.Set("X-Digest", digest.String())
	switch {
	case res.Err != nil:
		faultOf(res.Err).ServeHTTP(w, r)
	case res.Refused != nil:
		reply(w, statusOf(res.Refused.Code, o.Statuses), []byte(res.Text))
	default:
		reply(w, o.status(), []byte(res.Text))
	}
}

// miss says what there is instead of a path that leads nowhere.
func (t *twin) miss(w http.ResponseWriter, r *http.Request, path string, methods []string) {
	if m := t.gone.find(r.Method, path, r.URL.Query()); m.operation != nil {
		t.leftOut(m.Name).ServeHTTP(w, r)
		return
	}
	if len(methods) > 0 {
		w.Header().Set("Allow", strings.Join(methods, ", "))
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		(&fault{http.StatusMethodNotAllowed, "method_not_allowed", fmt.Sprintf("%s takes %s, not %s.", path, strings.Join(methods, ", "), r.Method)}).ServeHTTP(w, r)
		return
	}
	message := fmt.Sprintf("The specification has no path %s.", path)
	if near := t.near(r.Method, path); len(near) > 0 {
		message += " Near it: " + strings.Join(near, ", ") + "."
	}
	(&fault{http.StatusNotFound, "no_such_path", message + " All of them: GET " + t.at + Prefix + "/openapi.json"}).ServeHTTP(w, r)
}

// leftOut says why a tool of the specification is none of the world's.
func (t *twin) leftOut(name string) *fault {
	return &fault{http.StatusNotImplemented, "left_out", fmt.Sprintf("This twin leaves %s out: %s.", name, t.reasons[name])}
}
