package serve

import (
	"net/http"
	"strings"
	"time"
)

// Handler answers for every world: the only one at the root, several below their
// ids.
func (s *Server) Handler() http.Handler {
	return s.logged(s.guarded(checked(http.HandlerFunc(s.route))))
}

// route finds the world of a request.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if len(s.twins) == 1 {
		s.twins[0].ServeHTTP(w, r)
		return
	}
	path := r.URL.EscapedPath()
	id, rest, deeper := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if t := s.byID[id]; t != nil {
		if deeper {
			rest = "/" + rest
		}
		inner := r.Clone(r.Context())
		inner.URL.RawPath, inner.URL.Path = rest, strings.TrimPrefix(r.URL.Path, t.at)
		t.ServeHTTP(w, inner)
		return
	}
	if path == "/" || path == Prefix {
		s.front(w, r)
		return
	}
	(&fault{http.StatusNotFound, "no_such_world", "The path begins with the id of a world. All of them: GET /"}).ServeHTTP(w, r)
}

// logged notes each request: what was asked for and what came of it, but nothing
// that a client sent beyond the path it chose among ours. Queries, headers,
// bodies and the values in paths may be secrets.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.options.Clock()
		out := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(out, r)
		tool := out.Header().Get("X-Tool")
		if tool == "" {
			tool = "-"
		}
		s.options.Log.Info("request", "method", r.Method, "tool", tool, "session", out.Header().Get(sessionHeader),
			"status", out.status, "bytes", out.bytes, "took", s.options.Clock().Sub(began).Round(time.Microsecond))
	})
}

// A recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status, bytes int
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(p []byte) (int, error) {
	n, err := r.ResponseWriter.Write(p)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the flusher that MCP streams need.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Flush implements http.Flusher.
func (r *recorder) Flush() { _ = http.NewResponseController(r.ResponseWriter).Flush() }
