// Package serve lets clients into worlds: over MCP, and over HTTP at the very
// paths of the specification a world was made from.
//
// A client lives in a session, its own copy of the world's state. What a tool
// refuses is an answer like any other: an error result over MCP, a status below
// 500 over HTTP.
package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/agentscaler/scaler/sandbox"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Options say how worlds are served. The zero value serves them well.
type Options struct {
	Seed     uint64           // of sessions whose client chooses none
	Sessions int              // most at once, over all worlds; 0 means 10,000
	TTL      time.Duration    // a session that idles longer ends; 0 means 30 minutes
	Body     int64            // bytes a request may have; 0 means 4 MiB
	Patience time.Duration    // a request's body may take so long to arrive; 0 means 30 s
	Hosts    []string         // names that requests may have for the server beside loopback and its address; "*" is any
	Control  bool             // offer MCP clients the tools twin_reset and twin_session
	Log      *slog.Logger     // nil means silent
	Clock    func() time.Time // nil means time.Now; only the age of sessions depends on it
}

func (o Options) withDefaults() Options {
	o.Sessions = cmp.Or(o.Sessions, 10_000)
	o.TTL = cmp.Or(o.TTL, 30*time.Minute)
	o.Body = cmp.Or(o.Body, 4<<20)
	o.Patience = cmp.Or(o.Patience, 30*time.Second)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o
}

// A Server serves one world at its root, or several, each below its id.
type Server struct {
	options  Options
	twins    []*twin
	byID     map[string]*twin
	sessions *sessions
}

// New prepares a server of the worlds. It does not close them.
func New(worlds []*sandbox.World, o Options) (*Server, error) {
	if len(worlds) == 0 {
		return nil, errors.New("there is no world to serve")
	}
	o = o.withDefaults()
	s := &Server{options: o, byID: map[string]*twin{}, sessions: newSessions(o)}
	for _, env := range worlds {
		at := ""
		if len(worlds) > 1 {
			at = "/" + string(env.Spec().ID)
		}
		t, err := newTwin(env, at, s)
		if err != nil {
			return nil, fmt.Errorf("world %s: %w", env.Spec().ID, err)
		}
		s.twins = append(s.twins, t)
		s.byID[string(t.ID)] = t
	}
	return s, nil
}

// Grace is how long a server that is told to stop waits for calls in progress.
const grace = 5 * time.Second

// Serve answers requests until the context ends, and then those in progress.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	sweep := time.NewTicker(max(s.options.TTL/4, time.Millisecond))
	defer sweep.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-sweep.C:
			s.sessions.sweep()
		case <-ctx.Done():
			s.hangUp() // streams that MCP clients hold open would never end
			late, cancel := context.WithTimeout(context.Background(), grace)
			defer cancel()
			if err := srv.Shutdown(late); err != nil {
				srv.Close()
			}
			<-ended
			return nil
		}
	}
}

// hangUp ends the connections of MCP clients.
func (s *Server) hangUp() {
	for _, t := range s.twins {
		for c := range t.mcp.Sessions() {
			c.Close()
		}
	}
}

// ServeStdio is an MCP server on two streams, for the one world there is. It
// returns when the client goes or the context ends.
func (s *Server) ServeStdio(ctx context.Context, in io.ReadCloser, out io.WriteCloser) error {
	if len(s.twins) != 1 {
		return fmt.Errorf("stdio serves one world, not %d", len(s.twins))
	}
	c, err := s.twins[0].mcp.Connect(ctx, &mcp.IOTransport{Reader: in, Writer: out}, nil)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	if err := c.Wait(); err != nil && ctx.Err() == nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
