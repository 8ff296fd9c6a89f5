// Package sandbox opens a world and runs its tools.
//
// The rows of a world are parsed and hashed once and shared by all its
// sessions; a session holds only the rows that differ. Tool code is Starlark:
// it sees rows as mutable values, works in a transaction, and what it did
// reaches the session only when the whole call succeeded.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
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
	if err := x.loadRows(); err != nil {
		return nil, fmt.Errorf("world %s: %w", w.ID, err)
	}
	for _, t := range w.Tools {
		x.tools[t.Name] = &tool{WorldTool: t, check: newValidator(t.Parameters)}
	}
	load := x.loadCode
	if x.options.Isolate {
		load = x.loadWorker
	}
	if err := load(); err != nil {
		return nil, fmt.Errorf("world %s: %w", w.ID, err)
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

// loadWorker leaves the code to a worker: even compiling it could crash.
func (w *World) loadWorker() (err error) {
	w.pool, err = openPool(context.Background(), w)
	return err
}

func (w *World) loadRows() error {
	for i, schema := range w.spec.Schema.Tables {
		t := &table{Table: schema, index: i, columns: map[string]int{}, unordered: map[string]bool{}, rows: map[string]*record{}}
		for j, c := range schema.Columns {
			t.columns[c.Name] = j
			if c.Unordered {
				t.unordered[c.Name] = true
			}
		}
		if w.byName[schema.Name] != nil {
			return fmt.Errorf("schema.json: two tables named %q", schema.Name)
		}
		w.tables = append(w.tables, t)
		w.byName[schema.Name] = t
	}
	w.base = &state{base: w.tables}
	var buf []byte
	for i, row := range w.spec.Rows {
		t := w.byName[row.Table]
		if t == nil {
			return fmt.Errorf("state.jsonl row %d: no table %q", i+1, row.Table)
		}
		obj, err := t.parseRow(row.Key, row.Value)
		if err != nil {
			return fmt.Errorf("state.jsonl row %d: %w", i+1, err)
		}
		if t.rows[row.Key] != nil {
			return fmt.Errorf("state.jsonl row %d: a second row of %s with key %q", i+1, t.Name, row.Key)
		}
		var r *record
		r, buf = t.newRecord(row.Key, obj, buf)
		t.rows[r.key] = r
		t.order = append(t.order, r)
		w.base.sum.add(r.hash)
	}
	for _, t := range w.tables {
		t.ids = findIDStyle(t)
	}
	w.refs = w.foreignKeys()
	return nil
}

// parseRow reads a row and checks that its key column holds key.
func (t *table) parseRow(key string, text []byte) (*pyjson.Object, error) {
	obj, err := pyjson.ParseObject(text)
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", t.Name, key, err)
	}
	v, _ := obj.Get(t.Key)
	if got, ok := keyText(v); !ok || got != key {
		return nil, fmt.Errorf("%s %q: its column %s is %s", t.Name, key, t.Key, pyjson.Repr(v))
	}
	return obj, nil
}

// dialect is plain Starlark: no while, no recursion, no reassigned globals.
var dialect = &syntax.FileOptions{}

func (w *World) loadCode() error {
	_, prog, err := starlark.SourceProgramOptions(dialect, "tools.star", w.spec.Code, predeclared.Has)
	if err != nil {
		return fmt.Errorf("compiling: %w", err)
	}
	if prog.NumLoads() > 0 {
		return errors.New("compiling: tools.star: load is not allowed")
	}
	thread := &starlark.Thread{Name: "tools.star"}
	thread.SetMaxExecutionSteps(w.options.Steps)
	globals, err := initProgram(prog, thread)
	if err != nil {
		return fmt.Errorf("tools.star: %w", err)
	}
	var missing []error
	for _, t := range w.spec.Tools {
		fn, ok := globals[Function(t.Name)].(*starlark.Function)
		if !ok {
			missing = append(missing, fmt.Errorf("tools.star: no function %s for tool %s", Function(t.Name), t.Name))
			continue
		}
		if fn.NumParams() != 2 {
			missing = append(missing, fmt.Errorf("tools.star: %s has to take (db, args)", fn.Name()))
			continue
		}
		w.tools[t.Name].fn = fn
	}
	return errors.Join(missing...)
}

// initProgram runs the top level of tools.star; a panic in the engine is an error.
func initProgram(prog *starlark.Program, thread *starlark.Thread) (globals starlark.StringDict, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	globals, err = prog.Init(thread, predeclared)
	globals.Freeze()
	return globals, err
}
