// Package sandbox opens a world and runs its tools.
//
// The rows of a world are hashed once, parsed when first read, and shared by all its
// sessions; a session holds only the rows that differ. Tool code is Starlark:
// it sees rows as mutable values, works in a transaction, and what it did
// reaches the session only when the whole call succeeded.
package sandbox

import (
	"fmt"
	"time"

	"github.com/agentscaler/scaler"
	"go.starlark.net/starlark"
)

// Options limit what tool code may use. The zero value has sane limits.
type Options struct {
	Steps   uint64 // Starlark steps a call may take; 0 means 5 million
	Depth   int    // how deep values may nest; 0 means 64
	Output  int    // bytes of text a call may return; 0 means 4 MiB
	Isolate bool   // run tool code in a worker process, for code that nobody has vouched for

	Memory int64         // bytes a worker may use; 0 means 512 MiB
	Time   time.Duration // that a worker may take over a call; 0 means 10 s
}

func (o Options) withDefaults() Options {
	if o.Steps == 0 {
		o.Steps = 5_000_000
	}
	if o.Depth == 0 {
		o.Depth = 64
	}
	if o.Output == 0 {
		o.Output = 4 << 20
	}
	if o.Memory == 0 {
		o.Memory = 512 << 20
	}
	if o.Time == 0 {
		o.Time = 10 * time.Second
	}
	return o
}

// A World is a world ready to run: compiled program, validators, base state.
// It is immutable and safe for concurrent use.
type World struct {
	spec    *scaler.World
	options Options
	tables  []*table
	byName  map[string]*table
	base    *state
	refs    []*foreignKey
	tools   map[string]*tool
	pool    *pool // where tool code runs in workers
	worker  bool  // this is the world inside a worker
}

// A tool is one callable function of a world.
type tool struct {
	scaler.WorldTool
	fn    *starlark.Function
	check *validator
}

// Open prepares a world. It fails where rows do not fit the schema's keys or
// the code does not compile or lacks a tool's function.
func Open(w *scaler.World, o Options) (*World, error) {
	x := &World{spec: w, options: o.withDefaults(), byName: map[string]*table{}, tools: map[string]*tool{}}
	for _, t := range w.Tools {
		x.tools[t.Name] = &tool{WorldTool: t, check: newValidator(t.Parameters)}
	}
	code := x.loadCode
	if x.options.Isolate {
		code = x.loadWorker
	}
	for _, load := range []func() error{x.loadTables, x.loadRows, code} {
		if err := load(); err != nil {
			return nil, fmt.Errorf("world %s: %w", w.ID, err)
		}
	}
	return x, nil
}

// Spec returns the world that was opened. It is not to be changed.
func (w *World) Spec() *scaler.World { return w.spec }

// Base returns the digest of the world's own state.
func (w *World) Base() scaler.Digest { return w.base.sum.digest() }

// Close ends the worker processes, where there are any.
func (w *World) Close() error {
	if w.pool != nil {
		w.pool.close()
	}
	return nil
}
