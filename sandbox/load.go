package sandbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// loadWorker leaves the code to a worker: even compiling it could crash.
func (w *World) loadWorker() (err error) {
	w.pool, err = openPool(context.Background(), w)
	return err
}

// loadTables makes the empty tables of the schema.
func (w *World) loadTables() error {
	for i, schema := range w.spec.Schema.Tables {
		if w.byName[schema.Name] != nil {
			return fmt.Errorf("schema.json: two tables named %q", schema.Name)
		}
		t := &table{Table: schema, index: i, unordered: map[string]bool{}, rows: map[string]*record{}}
		for _, c := range schema.Columns {
			if c.Unordered {
				t.unordered[c.Name] = true
			}
		}
		w.tables = append(w.tables, t)
		w.byName[schema.Name] = t
	}
	w.refs = w.foreignKeys()
	return nil
}

// loadRows parses and hashes the rows, and reads off them how keys look.
func (w *World) loadRows() error {
	w.base = &state{base: w.tables}
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
		r := t.newRecord(row.Key, obj)
		r.text = row.Value
		r.parsed.Store(nil) // see record
		t.rows[r.key] = r
		t.order = append(t.order, r)
		w.base.sum.add(r.hash)
	}
	for _, t := range w.tables {
		t.ids = findIDStyle(t)
	}
	return nil
}

// parseRow reads a row and checks that its key column holds key.
func (t *table) parseRow(key string, text []byte) (*pyjson.Object, error) {
	obj, err := pyjson.ParseObjectShared(text)
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
