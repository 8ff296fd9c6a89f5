package acebench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"golang.org/x/sync/errgroup"
)

// A Run answers all tasks of a language and writes official result files.
type Run struct {
	Player
	Language   string
	Out        string   // gets OUT/result_LANG/MODEL/data_<category>_result.json
	Categories []string // nil means all
	Tasks      int      // of each category; 0 means all
	Parallel   int      // 0 means 8
}

// Dir is the folder of the result files.
func (r *Run) Dir() string {
	return filepath.Join(r.Out, "result_"+r.Language, filepath.Base(r.Agent.Name()))
}

// Do answers what has no answer yet. It returns the tasks whose model could not
// be reached or gave no answer: they are no failures, and the next Do asks again.
func (r *Run) Do(ctx context.Context) (unanswered []error, err error) {
	prompts, err := r.Data.Prompts(r.Language)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(r.Dir(), 0o755); err != nil {
		return nil, fmt.Errorf("acebench: %w", err)
	}
	for _, c := range Categories {
		if r.Categories != nil && !contains(r.Categories, c.Name) {
			continue
		}
		bad, err := r.category(ctx, prompts, c)
		if err != nil {
			return nil, err
		}
		unanswered = append(unanswered, bad...)
	}
	return unanswered, ctx.Err()
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// category answers one file's tasks side by side. Answers are kept in a journal
// as they come, and written in the data's order in the end.
func (r *Run) category(ctx context.Context, prompts *Prompts, c Category) ([]error, error) {
	all, err := r.Data.Items(r.Language, c.Name)
	if err != nil {
		return nil, err
	}
	items := all
	if r.Tasks > 0 {
		items = all[:min(r.Tasks, len(all))]
	}
	j, err := openJournal(filepath.Join(r.Dir(), "data_"+c.Name+"_result.json"))
	if err != nil {
		return nil, err
	}
	failed := make([]error, len(items))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(8)
	if r.Parallel > 0 {
		group.SetLimit(r.Parallel)
	}
	for i, item := range items {
		if j.has(text(item, "id")) {
			continue
		}
		group.Go(func() error {
			row, err := r.play(ctx, prompts, c, item)
			if err != nil {
				failed[i] = fmt.Errorf("%s: %w", text(item, "id"), err)
				return ctx.Err()
			}
			return j.add(row)
		})
	}
	err = errors.Join(group.Wait(), j.finish(all))
	var bad []error
	for _, e := range failed {
		if e != nil {
			bad = append(bad, e)
		}
	}
	return bad, err
}

// A journal is a result file that grows in any order.
type journal struct {
	file string
	mu   sync.Mutex // guards what follows
	rows map[string][]byte
	out  *os.File
}

// openJournal reads what a file holds already; a line that was cut off when a
// run was killed is dropped.
func openJournal(file string) (*journal, error) {
	j := &journal{file: file, rows: map[string][]byte{}}
	held, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("acebench: %w", err)
	}
	if whole := held[:bytes.LastIndexByte(held, '\n')+1]; len(whole) < len(held) {
		if err := os.WriteFile(file, whole, 0o644); err != nil {
			return nil, fmt.Errorf("acebench: %w", err)
		}
		held = whole
	}
	rows, err := parseLines(file, held)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		v, _ := pylit.ToJSON(row)
		j.rows[text(row, "id")] = pyjson.Marshal(v)
	}
	if j.out, err = os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644); err != nil {
		return nil, fmt.Errorf("acebench: %w", err)
	}
	return j, nil
}

func (j *journal) has(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, ok := j.rows[id]
	return ok
}

func (j *journal) add(row *pyjson.Object) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	id, _ := get(row, "id").(string)
	j.rows[id] = pyjson.Marshal(row)
	_, err := j.out.Write(append(j.rows[id][:len(j.rows[id]):len(j.rows[id])], '\n'))
	return err
}

// finish puts the rows into the order of the tasks.
func (j *journal) finish(items []*pylit.Dict) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	var all []byte
	for _, item := range items {
		if row, ok := j.rows[text(item, "id")]; ok {
			all = append(append(all, row...), '\n')
		}
	}
	if err := j.out.Close(); err != nil {
		return fmt.Errorf("acebench: %w", err)
	}
	sorted := j.file + ".sorted"
	if err := os.WriteFile(sorted, all, 0o644); err != nil {
		return fmt.Errorf("acebench: %w", err)
	}
	return os.Rename(sorted, j.file)
}
