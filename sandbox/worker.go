package sandbox

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// workerEnv marks a process as a worker.
const workerEnv = "AGENTSCALER_SANDBOX_WORKER"

// canIsolate is set once Main ran: this binary, executed again, is a worker.
var canIsolate atomic.Bool

// Main makes this process a worker, and does not return, where a host started
// it as one. Every binary that opens a world with Options.Isolate calls it
// first of all, tests in TestMain.
func Main() {
	if os.Getenv(workerEnv) == "" {
		canIsolate.Store(true)
		return
	}
	// An interrupt from the terminal reaches workers too; the host decides when they end.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	debug.SetMaxStack(maxStack)
	if err := work(bufio.NewReader(os.Stdin), os.Stdout); err != nil && err != io.EOF {
		os.Stderr.WriteString(err.Error())
		os.Exit(1)
	}
	os.Exit(0)
}

const (
	maxStack   = 16 << 20  // bytes of a worker's stack: deep values end there
	maxOpening = 1 << 30   // bytes of the first frame
	maxMirrors = 256       // states a worker remembers
	slack      = 128 << 20 // bytes over the limit on memory at which the kernel steps in
)

// A worker runs the calls of its host's sessions.
type worker struct {
	w       *World
	mirrors map[uint64]*Session
}

// work serves a host until it hangs up.
func work(in io.Reader, out io.Writer) error {
	var o opening
	if err := readFrame(in, maxOpening, &o); err != nil {
		return err
	}
	if err := backstop(o.Options.Memory + slack); err != nil {
		return writeFrame(out, answer{Error: err.Error()})
	}
	debug.SetMemoryLimit(o.Options.Memory / 4 * 3) // the collector works harder near it
	stop := watch(o.Options.Memory)
	o.World.Schema, o.World.Code, o.World.Rows = o.Schema, o.Code, o.Rows
	w, err := Open(&o.World, o.Options)
	stop()
	if err != nil {
		return writeFrame(out, answer{Error: errors.Unwrap(err).Error()}) // which world, the host says
	}
	w.worker = true
	if err := writeFrame(out, answer{}); err != nil {
		return err
	}
	k := &worker{w: w, mirrors: map[uint64]*Session{}}
	for {
		var e errand
		if err := readFrame(in, maxOpening, &e); err != nil {
			return err
		}
		stop := watch(o.Options.Memory)
		a := k.do(e)
		stop()
		if err := writeFrame(out, a); err != nil {
			return err
		}
	}
}

// do runs one call.
func (k *worker) do(e errand) answer {
	s, err := k.session(e)
	if err != nil {
		return answer{Refused: refusal(Internal, "%v", err)}
	}
	if s == nil {
		return answer{Missing: true}
	}
	args, err := pyjson.ParseObject(e.Arguments)
	if err != nil {
		return answer{Refused: refusal(InvalidArguments, "%v", err)}
	}
	r, edits := s.runHere(context.Background(), k.w.tools[e.Tool], args)
	if r.Changed {
		delete(k.mirrors, e.Mirror)
		k.mirrors[e.Next] = s
	}
	a := answer{Refused: r.Refused, Edits: edits, Steps: r.Steps}
	if r.Refused == nil {
		a.Value = []byte(r.Text)
	}
	return a
}

// session finds the state a call starts from, or builds it from the errand.
func (k *worker) session(e errand) (*Session, error) {
	if s := k.mirrors[e.Mirror]; s != nil && s.seed == e.Seed || !e.Full {
		return s, nil
	}
	s, err := k.w.Start(scaler.Init{}, e.Seed)
	if err != nil {
		return nil, err
	}
	if _, err := s.edit(e.State); err != nil {
		return nil, err
	}
	if len(k.mirrors) >= maxMirrors {
		clear(k.mirrors)
	}
	k.mirrors[e.Mirror] = s
	return s, nil
}
