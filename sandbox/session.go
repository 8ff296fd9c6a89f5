package sandbox

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Session is one live copy of a world's state. It serves one goroutine at a
// time.
type Session struct {
	w     *World
	start *state
	cur   *state
	own   bool // cur is this session's alone, and may be written
	seed  uint64

	mirror uint64   // what workers call this state; 0: they have not seen it
	last   *process // the worker that has
}

// Start opens a session: the base state with the patch applied. It fails where
// the patch does not fit, or leads to another digest than init states.
func (w *World) Start(init scaler.Init, seed uint64) (*Session, error) {
	s := &Session{w: w, start: w.base, cur: w.base, seed: seed}
	if len(init.Patch) > 0 {
		if err := s.Apply(init.Patch); err != nil {
			return nil, fmt.Errorf("start: %w", err)
		}
		s.start, s.own = s.cur, false
	}
	if init.Digest != (scaler.Digest{}) && init.Digest != s.Digest() {
		return nil, fmt.Errorf("start: the state's digest is %s, not %s", s.Digest(), init.Digest)
	}
	return s, nil
}

// Fork returns a second session that goes on from here. Its start, for Reset
// and Diff, is this session's start.
func (s *Session) Fork() *Session {
	s.own = false
	f := *s
	return &f
}

// Reset goes back to the start.
func (s *Session) Reset() { s.cur, s.own, s.mirror = s.start, false, 0 }

// Digest stands for the state now.
func (s *Session) Digest() scaler.Digest { return s.cur.sum.digest() }

// writable returns the state, copied first where it is shared.
func (s *Session) writable() *state {
	if !s.own {
		s.cur, s.own = s.cur.clone(), true
	}
	return s.cur
}

// Row returns the row of a table with that key. It is the state's own: read it,
// or Clone it.
func (s *Session) Row(table, key string) (*pyjson.Object, bool) {
	t := s.w.byName[table]
	if t == nil {
		return nil, false
	}
	r := s.cur.get(t.index, key)
	if r == nil {
		return nil, false
	}
	return r.object(), true
}

// Rows yields the keys and rows of a table: the base's in its order, then the
// inserted ones in theirs. The rows are the state's own. No calls in between.
func (s *Session) Rows(table string) iter.Seq2[string, *pyjson.Object] {
	return func(yield func(string, *pyjson.Object) bool) {
		t := s.w.byName[table]
		if t == nil {
			return
		}
		for r := range s.cur.all(t.index) {
			if !yield(r.key, r.object()) {
				return
			}
		}
	}
}

// Len returns the number of rows of a table.
func (s *Session) Len(table string) int {
	t := s.w.byName[table]
	if t == nil {
		return 0
	}
	return s.cur.len(t.index)
}

// Call runs a tool with arguments in JSON. A call that fails changes nothing.
func (s *Session) Call(ctx context.Context, name string, arguments []byte) Result {
	t := s.w.tools[name]
	if t == nil {
		return refused(refusal(UnknownTool, "There is no tool %s.", name))
	}
	args, err := pyjson.ParseShared(arguments)
	if err != nil {
		return refused(refusal(InvalidArguments, "The arguments are not valid JSON: %s.", strings.TrimPrefix(err.Error(), "json: ")))
	}
	obj, ok := args.(*pyjson.Object)
	if !ok {
		return refused(refusal(InvalidArguments, "The arguments have to be a JSON object, not %s.", article(pyjson.Kind(args))))
	}
	if err := t.check.args(obj); err != nil {
		return refused(err)
	}
	if err := ctx.Err(); err != nil {
		return Result{Err: err}
	}
	if s.w.pool != nil {
		return s.runAway(ctx, t, obj)
	}
	r, _ := s.runHere(ctx, t, obj)
	return r
}
