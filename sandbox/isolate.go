package sandbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// runAway executes a call in a worker and repeats its edits here.
func (s *Session) runAway(ctx context.Context, t *tool, args *pyjson.Object) Result {
	p := s.w.pool
	k, err := p.take(ctx, s.last)
	if err != nil {
		return Result{Err: err}
	}
	a, err := s.ask(ctx, k, t, args)
	if err != nil {
		p.give(nil)
		return s.lost(ctx, err)
	}
	p.give(k)
	s.last = k
	if a.Refused != nil {
		r := refused(a.Refused)
		r.Steps = a.Steps
		return r
	}
	value, err := pyjson.Parse(a.Value)
	if err != nil {
		return Result{Err: fmt.Errorf("worker: %w", err)}
	}
	r := Result{Text: string(pyjson.Marshal(value)), Value: value, Steps: a.Steps}
	if len(a.Edits) > 0 {
		if r.Wrote, err = s.edit(a.Edits); err != nil {
			return Result{Err: fmt.Errorf("worker: %w", err)}
		}
		r.Changed = true
	}
	return r
}

// ask sends a call, with the full state if the worker does not have it.
func (s *Session) ask(ctx context.Context, k *process, t *tool, args *pyjson.Object) (answer, error) {
	p := s.w.pool
	known := s.mirror != 0 && s.last == k
	if s.mirror == 0 {
		s.mirror = p.mirror.Add(1)
	}
	e := errand{Mirror: s.mirror, Next: p.mirror.Add(1), Seed: s.seed, Tool: t.Name, Arguments: pyjson.Marshal(args)}
	most := 8*s.w.options.Output + 1<<16 // rows and result, escaped
	a := answer{Missing: true}
	var err error
	if known {
		a, err = k.ask(ctx, s.w.options.Time, e, most)
	}
	if err == nil && a.Missing {
		e.Full, e.State = true, s.cur.edits()
		a, err = k.ask(ctx, s.w.options.Time, e, most)
	}
	if err == nil && len(a.Edits) > 0 {
		s.mirror = e.Next
	}
	return a, err
}

// lost is the result of a call whose worker died or was ended.
func (s *Session) lost(ctx context.Context, err error) Result {
	var c *crash
	switch {
	case ctx.Err() != nil:
		return Result{Err: ctx.Err()}
	case errors.As(err, &c):
		return refused(c.refusal())
	case errors.Is(err, context.DeadlineExceeded):
		return refused(&Refusal{Code: Internal, Message: "The tool ran for too long.", Rule: "sandbox.time"})
	}
	return Result{Err: err}
}
