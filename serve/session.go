package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// shared is the session of clients that name none. It never ends.
const shared = "default"

// A session is one client's copy of a world's state.
type session struct {
	name string
	env  *sandbox.World
	used time.Time // guarded by the table

	mu    sync.Mutex // guards what follows: a sandbox session serves one call at a time
	live  *sandbox.Session
	seed  uint64
	calls int
}

// status is what a session tells of itself.
type status struct {
	Session string         `json:"session"`
	World   scaler.WorldID `json:"world"`
	Seed    uint64         `json:"seed"`
	Now     string         `json:"now"`
	Calls   int            `json:"calls"`
	Digest  scaler.Digest  `json:"digest"`
	Base    scaler.Digest  `json:"base"` // the digest before any call
}

// call runs a tool and returns the digest after it.
func (s *session) call(ctx context.Context, tool string, arguments []byte) (sandbox.Result, scaler.Digest) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	r := s.live.Call(ctx, tool, arguments)
	return r, s.live.Digest()
}

// reset goes back to the start, with another seed where one is given.
func (s *session) reset(seed *uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seed == nil || *seed == s.seed {
		s.live.Reset()
	} else {
		live, err := s.env.Start(scaler.Init{}, *seed)
		if err != nil {
			return err
		}
		s.live, s.seed = live, *seed
	}
	s.calls = 0
	return nil
}

func (s *session) status() status {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.env.Spec()
	return status{Session: s.name, World: w.ID, Seed: s.seed, Now: w.Now, Calls: s.calls, Digest: s.live.Digest(), Base: s.env.Base()}
}

func (s *session) diff() []scaler.Change {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]scaler.Change{}, s.live.Diff()...) // an empty list, not null
}

// sessions is every session of a server.
type sessions struct {
	most  int
	ttl   time.Duration
	seed  uint64
	clock func() time.Time

	mu    sync.Mutex // guards what follows
	all   map[place]*session
	ended map[place]time.Time // ended for idling: their names are not given to a fresh state silently
	fixed int                 // shared sessions among all; they do not count
}

// A place is where a session is found.
type place struct {
	world scaler.WorldID
	name  string
}

func newSessions(o Options) *sessions {
	return &sessions{most: o.Sessions, ttl: o.TTL, seed: o.Seed, clock: o.Clock, all: map[place]*session{}, ended: map[place]time.Time{}}
}

// errGone is a session that idled too long.
var errGone = errors.New("gone")

// errFull is a server without room for one more session.
var errFull = errors.New("full")

// get returns the session of that name, a new one where there is none.
func (t *sessions) get(env *sandbox.World, name string) (*session, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, at := t.clock(), place{env.Spec().ID, name}
	if s := t.all[at]; s != nil {
		if !t.idle(s, now) {
			s.used = now
			return s, nil
		}
		t.end(at, now)
	}
	if _, ok := t.ended[at]; ok {
		return nil, fmt.Errorf("%w: session %q ended after it idled for %v; reset it to begin anew", errGone, name, t.ttl)
	}
	return t.open(env, at, now, t.seed)
}

// touch keeps a session alive, if there is one.
func (t *sessions) touch(env *sandbox.World, name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock()
	if s := t.all[place{env.Spec().ID, name}]; s != nil && !t.idle(s, now) {
		s.used = now
	}
}

// begin returns the session of that name at its start, whether it is new, used
// or ended.
func (t *sessions) begin(env *sandbox.World, name string, seed *uint64) (*session, error) {
	t.mu.Lock()
	now, at := t.clock(), place{env.Spec().ID, name}
	delete(t.ended, at)
	s := t.all[at]
	if s == nil {
		first := t.seed
		if seed != nil {
			first = *seed
		}
		s, err := t.open(env, at, now, first)
		t.mu.Unlock()
		return s, err
	}
	s.used = now
	t.mu.Unlock()
	return s, s.reset(seed)
}

// open makes a session where there is room for it.
func (t *sessions) open(env *sandbox.World, at place, now time.Time, seed uint64) (*session, error) {
	if at.name != shared && len(t.all)-t.fixed >= t.most {
		if t.sweepAt(now); len(t.all)-t.fixed >= t.most {
			return nil, fmt.Errorf("%w: %d sessions are in use, which is the limit; they end after %v without a call, or when their client ends them", errFull, t.most, t.ttl)
		}
	}
	live, err := env.Start(scaler.Init{}, seed)
	if err != nil {
		return nil, err
	}
	if at.name == shared {
		t.fixed++
	}
	s := &session{name: at.name, env: env, used: now, live: live, seed: seed}
	t.all[at] = s
	return s, nil
}

// drop ends a session because its client says so; its name is free again.
func (t *sessions) drop(env *sandbox.World, name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := place{env.Spec().ID, name}
	_, known := t.all[at]
	if known && name == shared {
		t.fixed--
	}
	_, gone := t.ended[at]
	delete(t.all, at)
	delete(t.ended, at)
	return known || gone
}

// count returns how many sessions are alive, the shared ones left out.
func (t *sessions) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.all) - t.fixed
}

// memory is how many lifetimes the name of an ended session is remembered.
const memory = 16

// sweep ends the sessions that idle.
func (t *sessions) sweep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweepAt(t.clock())
}

func (t *sessions) sweepAt(now time.Time) {
	for at, s := range t.all {
		if t.idle(s, now) {
			t.end(at, now)
		}
	}
	for at, when := range t.ended {
		if now.Sub(when) > memory*t.ttl {
			delete(t.ended, at)
		}
	}
}

func (t *sessions) idle(s *session, now time.Time) bool {
	return s.name != shared && now.Sub(s.used) > t.ttl
}

func (t *sessions) end(at place, now time.Time) {
	delete(t.all, at)
	t.ended[at] = now
}

// seedOf reads {"seed": 7}; an empty text gives none.
func seedOf(text []byte) (*uint64, error) {
	var body struct {
		Seed *uint64 `json:"seed"`
	}
	if len(text) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(text, &body); err != nil {
		return nil, errors.New(`the body is {"seed": N}, or empty`)
	}
	return body.Seed, nil
}
