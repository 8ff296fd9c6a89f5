package serve

import (
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// sessionHeader names the session of a request; without it the request belongs to
// the session that all such requests share.
const sessionHeader = "X-Session"

// longestName is how long a session's name may be, in bytes.
const longestName = 128

// session returns the session that a request names.
func (t *twin) session(h http.Header) (*session, error) {
	return t.server.sessions.get(t.env, nameOf(h))
}

func nameOf(h http.Header) string {
	if name := h.Get(sessionHeader); name != "" {
		return name
	}
	return shared
}

// A control is something that a twin answers below its prefix.
type control struct {
	method, path string
	answer       func(*twin, http.ResponseWriter, *http.Request)
	says         string
}

func controls() []control {
	return []control{
		{"GET", "", (*twin).index, "this page"},
		{"GET", "/openapi.json", (*twin).openapiJSON, "the API as an OpenAPI document"},
		{"GET", "/policy", (*twin).policy, "the rules, in the words of a handbook"},
		{"GET", "/session", (*twin).showSession, "seed, clock, number of calls and digest of your session"},
		{"POST", "/session", (*twin).newSession, `a session of your own, {"seed": 7} if you like; send its name as X-Session`},
		{"DELETE", "/session", (*twin).endSession, "end your session"},
		{"GET", "/diff", (*twin).showDiff, "what your session changed, row by row"},
		{"POST", "/reset", (*twin).reset, `back to the start, {"seed": 7} if you like`},
		{"GET", "/health", (*twin).health, "whether the server is well, and its sessions"},
	}
}

// control answers below the prefix.
func (t *twin) control(w http.ResponseWriter, r *http.Request, path string) {
	path = strings.TrimSuffix(path, "/")
	if rest, ok := strings.CutPrefix(path, "/sessions/"); ok {
		t.named(w, r, rest)
		return
	}
	if name, ok := strings.CutPrefix(path, "/tools/"); ok {
		t.callTool(w, r, name)
		return
	}
	if path == "/mcp" {
		if r.Header.Get(sessionHeader) != "" {
			t.perName.ServeHTTP(w, r)
		} else {
			t.perPeer.ServeHTTP(w, r)
		}
		return
	}
	var methods []string
	for _, c := range controls() {
		if c.path != path {
			continue
		}
		if c.method == r.Method {
			c.answer(t, w, r)
			return
		}
		methods = append(methods, c.method)
	}
	t.miss(w, r, Prefix+path, methods)
}

// named answers a request below /sessions/NAME: in that session, whatever follows.
func (t *twin) named(w http.ResponseWriter, r *http.Request, rest string) {
	escaped, path, deeper := strings.Cut(rest, "/")
	name, err := url.PathUnescape(escaped)
	if err != nil || name == "" {
		bad("%q is not the name of a session.", escaped).ServeHTTP(w, r)
		return
	}
	inner := r.Clone(r.Context())
	inner.Header.Set(sessionHeader, name)
	if deeper {
		inner.URL.RawPath = "/" + path
		if inner.URL.Path, err = url.PathUnescape("/" + path); err != nil {
			bad("The path cannot be read: %v.", err).ServeHTTP(w, r)
			return
		}
	} else {
		inner.URL.Path, inner.URL.RawPath = Prefix+"/session", ""
	}
	checked(t).ServeHTTP(w, inner)
}

// checked refuses names of sessions that nobody would want in a log.
func checked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.Header.Get(sessionHeader)
		if len(name) > longestName || strings.ContainsFunc(name, func(c rune) bool { return c <= ' ' || c > '~' || c == '/' }) {
			bad("The name of a session has at most %d printable characters, and neither spaces nor slashes.", longestName).ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// callTool calls a tool by its name, also one that has no path of its own.
func (t *twin) callTool(w http.ResponseWriter, r *http.Request, name string) {
	o := t.tools[name]
	switch {
	case o == nil:
		if t.reasons[name] != "" {
			t.leftOut(name).ServeHTTP(w, r)
			return
		}
		(&fault{http.StatusNotFound, "unknown_tool", fmt.Sprintf("There is no tool %s.", name)}).ServeHTTP(w, r)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		(&fault{http.StatusMethodNotAllowed, "method_not_allowed", "A tool takes its arguments by POST."}).ServeHTTP(w, r)
		return
	}
	arguments, err := io.ReadAll(r.Body)
	if err != nil {
		unread(err).ServeHTTP(w, r)
		return
	}
	if len(arguments) == 0 {
		arguments = []byte("{}")
	}
	t.answer(w, r, o, arguments)
}

func (t *twin) openapiJSON(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, t.document())
}

func (t *twin) policy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	_, _ = io.WriteString(w, t.Policy)
}

func (t *twin) showSession(w http.ResponseWriter, r *http.Request) {
	s, err := t.session(r.Header)
	if err != nil {
		faultOf(err).ServeHTTP(w, r)
		return
	}
	replyJSON(w, http.StatusOK, s.status())
}

// newSession opens a session under a new name, or the one that the request has.
func (t *twin) newSession(w http.ResponseWriter, r *http.Request) {
	name := r.Header.Get(sessionHeader)
	if name == "" {
		name = strings.ToLower(rand.Text())
	}
	t.begin(w, r, name, http.StatusCreated)
}

func (t *twin) reset(w http.ResponseWriter, r *http.Request) {
	t.begin(w, r, nameOf(r.Header), http.StatusOK)
}

func (t *twin) begin(w http.ResponseWriter, r *http.Request, name string, status int) {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		unread(err).ServeHTTP(w, r)
		return
	}
	seed, err := seedOf(text)
	if err != nil {
		bad("%v", err).ServeHTTP(w, r)
		return
	}
	s, err := t.server.sessions.begin(t.env, name, seed)
	if err != nil {
		faultOf(err).ServeHTTP(w, r)
		return
	}
	replyJSON(w, status, s.status())
}

func (t *twin) endSession(w http.ResponseWriter, r *http.Request) {
	if name := nameOf(r.Header); !t.server.sessions.drop(t.env, name) {
		(&fault{http.StatusNotFound, "no_such_session", fmt.Sprintf("There is no session %q.", name)}).ServeHTTP(w, r)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (t *twin) showDiff(w http.ResponseWriter, r *http.Request) {
	s, err := t.session(r.Header)
	if err != nil {
		faultOf(err).ServeHTTP(w, r)
		return
	}
	replyJSON(w, http.StatusOK, map[string]any{"changes": s.diff()})
}

func (t *twin) health(w http.ResponseWriter, _ *http.Request) {
	o := t.server.options
	replyJSON(w, http.StatusOK, map[string]any{"status": "ok", "sessions": t.server.sessions.count(), "most": o.Sessions, "ttl_seconds": o.TTL.Seconds()})
}
