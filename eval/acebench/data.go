package acebench

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// Data is the user's copy of the benchmark: the folder that holds data_all.
type Data struct {
	Dir string

	mu    sync.Mutex // guards what follows
	first map[string]firstRows
	files map[string][]*pylit.Dict

	versions map[string]string // by language
}

// Open finds the data in a checkout.
func Open(dir string) (*Data, error) {
	for _, at := range []string{dir, filepath.Join(dir, "ACEBench")} {
		if stat, err := os.Stat(filepath.Join(at, "data_all")); err == nil && stat.IsDir() {
			return &Data{Dir: at, first: map[string]firstRows{}, files: map[string][]*pylit.Dict{}, versions: map[string]string{}}, nil
		}
	}
	return nil, fmt.Errorf("acebench: %s holds no folder data_all: name a checkout of ACEBench", dir)
}

// Items reads the tasks of a category.
func (d *Data) Items(lang, category string) ([]*pylit.Dict, error) {
	return d.lines(filepath.Join(d.Dir, "data_all", "data_"+lang, "data_"+category+".json"))
}

// Answers reads the gold answers of a category.
func (d *Data) Answers(lang, category string) ([]*pylit.Dict, error) {
	return d.lines(filepath.Join(d.Dir, "data_all", "data_"+lang, "possible_answer", "data_"+category+".json"))
}

// lines reads a data file once.
func (d *Data) lines(file string) ([]*pylit.Dict, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if rows, ok := d.files[file]; ok {
		return rows, nil
	}
	rows, err := readLines(file)
	if err == nil {
		d.files[file] = rows
	}
	return rows, err
}

// readLines reads a file of one JSON object a line.
func readLines(file string) ([]*pylit.Dict, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("acebench: %s is missing from the data: %w", file, err)
	} else if err != nil {
		return nil, fmt.Errorf("acebench: %w", err)
	}
	return parseLines(file, text)
}

func parseLines(file string, text []byte) ([]*pylit.Dict, error) {
	var rows []*pylit.Dict
	for n, line := range bytes.Split(text, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		o, err := pyjson.ParseObject(line)
		if err != nil {
			return nil, fmt.Errorf("acebench: %s:%d: %w", file, n+1, err)
		}
		rows = append(rows, pylit.FromJSON(o).(*pylit.Dict))
	}
	return rows, nil
}

// field is the value of a row's key, or nil.
func field(row *pylit.Dict, key string) any {
	v, _ := row.Get(key)
	return v
}

// text is the string of a row's key, or "".
func text(row *pylit.Dict, key string) string {
	s, _ := field(row, key).(string)
	return s
}

// dict is the object of a row's key, or nil.
func dict(row *pylit.Dict, key string) *pylit.Dict {
	d, _ := field(row, key).(*pylit.Dict)
	return d
}

// list is a value as a list: itself, or a list that holds only it.
func list(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}

// texts keeps the strings of a list.
func texts(v any) []string {
	var out []string
	l, _ := v.([]any)
	for _, x := range l {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
