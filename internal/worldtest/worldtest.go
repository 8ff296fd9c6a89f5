// Package worldtest holds a small world written by hand, for tests of what
// works on worlds.
package worldtest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"

	"github.com/agentscaler/scaler"
)

//go:embed library
var files embed.FS

// Library returns a fresh copy of a world about a library: members, books and
// loans; reads and writes of every kind; rules that refuse.
func Library() *scaler.World {
	w, err := load("library")
	if err != nil {
		panic(fmt.Sprintf("unreachable: the embedded world is broken: %v", err))
	}
	return w
}

// load reads a world's folder as a run keeps it.
func load(dir string) (*scaler.World, error) {
	w := new(scaler.World)
	if err := read(dir+"/world.json", w); err != nil {
		return nil, err
	}
	if err := read(dir+"/schema.json", &w.Schema); err != nil {
		return nil, err
	}
	code, err := files.ReadFile(dir + "/tools.star")
	if err != nil {
		return nil, err
	}
	policy, err := files.ReadFile(dir + "/policy.md")
	if err != nil {
		return nil, err
	}
	w.Code, w.Policy = string(code), string(policy)
	rows, err := files.ReadFile(dir + "/state.jsonl")
	if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(rows) {
		var r scaler.Row
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, err
		}
		w.Rows = append(w.Rows, r)
	}
	return w, nil
}

func read(name string, v any) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}
