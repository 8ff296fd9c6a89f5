package sandbox

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// Key under which a thread holds its txn.
const txnKey = "txn"

func txnOf(thread *starlark.Thread) *txn { t, _ := thread.Local(txnKey).(*txn); return t }

// A desk is where a call works. Desks are used again: each has made room for a
// call's frames, its txn and its dicts.
type desk struct {
	thread starlark.Thread
	shelf  shelf
}

var desks = sync.Pool{New: func() any {
	return &desk{thread: starlark.Thread{Print: func(*starlark.Thread, string) {}}}
}}

// runHere executes a tool in this process and commits what it did. The edits
// are the same changes, for a host to repeat.
func (s *Session) runHere(ctx context.Context, t *tool, args *pyjson.Object) (Result, []edit) {
	d := desks.Get().(*desk)
	thread := &d.thread
	thread.Name, thread.Steps = t.Name, 0
	thread.SetMaxExecutionSteps(s.w.options.Steps)
	x := &txn{s: s, st: s.cur, tool: t, args: args, thread: thread, shelf: &d.shelf}
	thread.SetLocal(txnKey, x)
	stop := func() bool { return true }
	if ctx.Done() != nil {
		stop = context.AfterFunc(ctx, func() { thread.Cancel(ctx.Err().Error()) })
	}
	r := x.call()
	r.Steps = thread.Steps
	if stop() && r.Refused == nil { // nobody is about to cancel it, and nothing cut it short
		thread.SetLocal(txnKey, nil)
		d.shelf.clear()
		desks.Put(d)
	}
	if err := ctx.Err(); err != nil && r.Refused != nil {
		return Result{Err: err}, nil
	}
	if s.w.worker && r.Changed {
		return r, x.edits()
	}
	return r, nil
}

// call runs the tool's function; nothing it did counts before the result is
// known to be good. A panic in the engine is a failed call.
func (x *txn) call() (r Result) {
	defer func() {
		if p := recover(); p != nil {
			r = refused(fmt.Errorf("panic: %v", p))
		}
	}()
	args := toStarlark(x.args)
	args.Freeze()
	v, err := starlark.Call(x.thread, x.tool.fn, starlark.Tuple{(*database)(x), args}, nil)
	if err != nil {
		if x.thread.Steps >= x.s.w.options.Steps {
			err = &Refusal{Code: Internal, Message: "The tool ran for too long.", Rule: "sandbox.steps"}
		}
		return refused(readable(err))
	}
	c := x.converter()
	if err := x.finish(); err != nil {
		return refused(err)
	}
	value, err := c.value(v, 0)
	if err != nil {
		return refused(err)
	}
	text := pyjson.Text(value)
	if len(text) > x.s.w.options.Output {
		return refused(&Refusal{Code: Internal, Message: "The tool's result is too large.", Rule: "sandbox.output"})
	}
	r = Result{Text: text, Value: value}
	r.Wrote = x.commit()
	r.Changed = len(r.Wrote) > 0
	return r
}

// readable keeps a refusal, and of any other failure the message with the line
// of tools.star where it happened.
func readable(err error) error {
	var r *Refusal
	var e *starlark.EvalError
	if errors.As(err, &r) || !errors.As(err, &e) || len(e.CallStack) == 0 {
		return err
	}
	for i := len(e.CallStack) - 1; i >= 0; i-- {
		if pos := e.CallStack[i].Pos; pos.Line > 0 {
			return fmt.Errorf("%s:%d: %s", pos.Filename(), pos.Line, e.Msg)
		}
	}
	return err
}
