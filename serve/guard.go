package serve

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// guarded answers requests that name this server, and gives their bodies a size
// and a time.
//
// A browser lets a page talk to the host it came from, and whoever owns a name
// can point it at this machine after the page was loaded. Such a request still
// names the page's host.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.named(r) {
			(&fault{http.StatusForbidden, "unknown_host", "This server is not known by the name in the Host header; --allow-host makes it known."}).ServeHTTP(w, r)
			return
		}
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = s.timed(w, http.MaxBytesReader(w, r.Body, s.options.Body))
		}
		next.ServeHTTP(w, r)
	})
}

// named says whether a request's Host is loopback, the address that it came to or
// a name that was allowed. A request that came over no connection may name any.
func (s *Server) named(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return true
	}
	host := hostOf(r.Host)
	if ip := net.ParseIP(host); ip != nil && (ip.IsLoopback() || ip.Equal(net.ParseIP(hostOf(local.String())))) {
		return true
	}
	return strings.EqualFold(host, "localhost") ||
		slices.ContainsFunc(s.options.Hosts, func(name string) bool { return name == "*" || strings.EqualFold(name, host) })
}

// hostOf is an address without its port.
func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.Trim(address, "[]")
}

// timed is a body that has to arrive in time. The server's own ReadTimeout would
// end streams too, which wait for clients as long as they like.
func (s *Server) timed(w http.ResponseWriter, body io.ReadCloser) io.ReadCloser {
	c := http.NewResponseController(w)
	if c.SetReadDeadline(time.Now().Add(s.options.Patience)) != nil {
		return body // there is no connection
	}
	return &timedBody{body, c}
}

type timedBody struct {
	io.ReadCloser
	connection *http.ResponseController
}

// Read implements io.Reader. What comes after the body may take its time.
func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		_ = b.connection.SetReadDeadline(time.Time{}) // it has one, or there would be no timedBody
	}
	return n, err
}
