package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// startup is how long a worker may take to start and open its world.
const startup = time.Minute

// A pool is the worker processes of one world. The sessions and their rows live
// here; a worker holds copies of states, so that losing one costs the call it
// was at and nothing else.
type pool struct {
	opening opening
	slots   chan struct{} // one per worker that may run
	mirror  atomic.Uint64 // the last name given to a state

	mu   sync.Mutex // guards idle and done
	idle []*process
	done bool
}

// A process is a running worker.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *head
}

// openPool starts the first worker, which compiles the world's code.
func openPool(ctx context.Context, w *World) (*pool, error) {
	if !canIsolate.Load() {
		return nil, errors.New("isolated tool code needs sandbox.Main to be called first in main, outside of a worker")
	}
	o := w.options
	o.Isolate = false
	p := &pool{
		opening: opening{World: *w.spec, Schema: w.spec.Schema, Code: w.spec.Code, Rows: w.spec.Rows, Options: o},
		slots:   make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	k, err := p.spawn(ctx)
	if err != nil {
		return nil, err
	}
	p.idle = append(p.idle, k)
	return p, nil
}

// spawn starts a worker and opens the world in it.
func (p *pool) spawn(ctx context.Context) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	k := &process{cmd: exec.Command(self), stderr: new(head)}
	k.cmd.Env = workerEnviron()
	k.cmd.Stderr = k.stderr
	if k.in, err = k.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	out, err := k.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	k.out = bufio.NewReader(out)
	if err := k.cmd.Start(); err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	a, err := k.ask(ctx, startup, p.opening, 1<<20)
	switch {
	case err != nil:
		return nil, fmt.Errorf("worker: opening the world: %w", err)
	case a.Error != "":
		k.kill()
		return nil, errors.New(a.Error)
	}
	return k, nil
}

// workerEnviron leaves out whatever the code has no business with, keys above all.
func workerEnviron() []string {
	env := []string{workerEnv + "=1", "GOMAXPROCS=2", "GOTRACEBACK=none"}
	for _, name := range []string{"SYSTEMROOT", "TMPDIR", "GOCOVERDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// ask sends a request and waits for the answer. After an error the worker is gone.
func (k *process) ask(ctx context.Context, patience time.Duration, request any, most int) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = k.cmd.Process.Kill() })
	defer stop()
	var a answer
	err := writeFrame(k.in, request)
	if err == nil {
		err = readFrame(k.out, most, &a)
	}
	if err == nil {
		return a, nil
	}
	k.kill()
	if ctx.Err() != nil {
		return a, ctx.Err()
	}
	return a, &crash{k.stderr.String(), err}
}

func (k *process) kill() {
	_ = k.cmd.Process.Kill()
	_ = k.in.Close()
	_ = k.cmd.Wait()
}

// take waits for a free slot and returns an idle worker, last if it is free, or
// a new one.
func (p *pool) take(ctx context.Context, last *process) (*process, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	k, err := p.pop(last)
	if k == nil && err == nil {
		k, err = p.spawn(ctx)
	}
	if err != nil {
		<-p.slots
	}
	return k, err
}

func (p *pool) pop(last *process) (*process, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		return nil, errors.New("the world is closed")
	}
	i := slices.Index(p.idle, last)
	if i < 0 {
		i = len(p.idle) - 1
	}
	if i < 0 {
		return nil, nil
	}
	k := p.idle[i]
	p.idle = slices.Delete(p.idle, i, i+1)
	return k, nil
}

// give returns a worker, nil for one that is gone.
func (p *pool) give(k *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	<-p.slots
	switch {
	case k == nil:
	case p.done:
		k.kill()
	default:
		p.idle = append(p.idle, k)
	}
}

// close ends the workers; one at work ends when its call does.
func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = true
	for _, k := range p.idle {
		k.kill()
	}
	p.idle = nil
}
