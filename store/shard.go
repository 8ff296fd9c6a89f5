package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// A Shard is one immutable file of a stage: the rows of a group of worlds, in
// a fixed order.
type Shard struct {
	Stage string // folder of the run: tasks, rollouts, verdicts
	Name  string
}

// A Manifest says what a published shard holds and what it was made from.
type Manifest struct {
	Key    string          `json:"key"` // content ID of the inputs, options and version
	Rows   int             `json:"rows"`
	Bytes  int64           `json:"bytes"`
	SHA256 string          `json:"sha256"`
	Report json.RawMessage `json:"report,omitempty"` // the stage's own counts for this shard
}

// An IndexEntry says where a row of a shard begins, and how long it is.
type IndexEntry struct {
	ID     string `json:"id"`
	Offset int64  `json:"offset"`
	Bytes  int    `json:"bytes"`
}

// ShardOf returns the name of the shard that a world's rows go to, among n. It
// depends on the world alone, so adding a world leaves other shards as they are.
func ShardOf(id scaler.WorldID, n int) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return fmt.Sprintf("%04x", h.Sum32()%uint32(n))
}

// Shards returns how many shards suit that many worlds: a power of two, so
// that the number seldom changes as a run grows.
func Shards(worlds int) int {
	n := 16
	for n < 4096 && n*16 < worlds {
		n *= 2
	}
	return n
}

func (r *Run) shardPath(s Shard, ext string) string { return r.Path(s.Stage, s.Name+ext) }

// Manifest returns the manifest of a published shard, and false where the
// shard is missing or incomplete.
func (r *Run) Manifest(s Shard) (Manifest, bool) {
	var m Manifest
	if readJSON(r.shardPath(s, ".manifest.json"), &m) != nil {
		return m, false
	}
	info, err := os.Stat(r.shardPath(s, ".jsonl"))
	if err != nil || info.Size() != m.Bytes {
		return m, false
	}
	_, err = os.Stat(r.shardPath(s, ".index.jsonl"))
	return m, err == nil
}

// JournalOf opens the journal in which a shard's finished items are kept until
// it is published.
func JournalOf[T any](r *Run, s Shard, key string) (*Journal[T], []T, error) {
	return OpenJournal[T](r.shardPath(s, ".journal"), key)
}

// DropJournal forgets what the journal of a shard holds.
func (r *Run) DropJournal(s Shard) error {
	if err := os.Remove(r.shardPath(s, ".journal")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Publish writes a shard, its index and, last, its manifest: a shard without
// a manifest does not exist.
func Publish[T any](r *Run, s Shard, key string, report any, id func(T) string, items []T) error {
	if err := os.Remove(r.shardPath(s, ".manifest.json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var index []IndexEntry
	var at int64
	err := WriteFile(r.shardPath(s, ".jsonl"), func(w io.Writer) error {
		for _, item := range items {
			line, err := encodeLine(item)
			if err != nil {
				return err
			}
			index = append(index, IndexEntry{id(item), at, len(line)})
			at += int64(len(line))
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := WriteFile(r.shardPath(s, ".index.jsonl"), func(w io.Writer) error {
		return encodeLines(w, slices.Values(index))
	}); err != nil {
		return err
	}
	sum, err := r.Sum(s.Stage + "/" + s.Name + ".jsonl")
	if err != nil {
		return err
	}
	counts, err := json.Marshal(report)
	if err != nil {
		return err
	}
	return writeJSON(r.shardPath(s, ".manifest.json"), Manifest{key, len(items), at, sum, counts})
}

// ShardNames lists the published shards of a stage, sorted.
func (r *Run) ShardNames(stage string) ([]string, error) {
	entries, err := os.ReadDir(r.Path(stage))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".manifest.json"); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// KeepShards deletes the shards of a stage that are not in names: their worlds
// are gone.
func (r *Run) KeepShards(stage string, names []string) error {
	entries, err := os.ReadDir(r.Path(stage))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name, _, _ := strings.Cut(e.Name(), ".")
		if !slices.Contains(names, name) {
			if err := os.RemoveAll(r.Path(stage, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rows reads all rows of a stage, shard after shard.
func Rows[T any](r *Run, stage string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		names, err := r.ShardNames(stage)
		if err != nil {
			yield(zero, err)
			return
		}
		for _, name := range names {
			for row, err := range ShardRows[T](r, Shard{stage, name}) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// ShardRows reads the rows of one shard.
func ShardRows[T any](r *Run, s Shard) iter.Seq2[T, error] {
	return readLines[T](r.shardPath(s, ".jsonl"))
}

// Find reads the one row of a stage whose id is, or uniquely begins with, id.
func Find[T any](r *Run, stage, id string) (T, error) {
	var zero T
	names, err := r.ShardNames(stage)
	if err != nil {
		return zero, err
	}
	var found []Shard
	var at []IndexEntry
	for _, name := range names {
		s := Shard{stage, name}
		for e, err := range readLines[IndexEntry](r.shardPath(s, ".index.jsonl")) {
			if err != nil {
				return zero, err
			}
			if e.ID == id {
				return readAt[T](r.shardPath(s, ".jsonl"), e)
			}
			if strings.HasPrefix(e.ID, id) {
				found, at = append(found, s), append(at, e)
			}
		}
	}
	switch len(found) {
	case 0:
		return zero, fmt.Errorf("%s has no %q (without an id, agentscaler show lists them)", filepath.Base(stage), id)
	case 1:
		return readAt[T](r.shardPath(found[0], ".jsonl"), at[0])
	}
	return zero, fmt.Errorf("%q is the beginning of %d ids in %s; give more of it", id, len(found), stage)
}

func readAt[T any](path string, e IndexEntry) (T, error) {
	var row T
	f, err := os.Open(path)
	if err != nil {
		return row, err
	}
	defer f.Close()
	line := make([]byte, e.Bytes)
	if _, err := f.ReadAt(line, e.Offset); err != nil {
		return row, fmt.Errorf("%s at %d: %w", path, e.Offset, err)
	}
	if err := json.Unmarshal(line, &row); err != nil {
		return row, fmt.Errorf("%s at %d: %w", path, e.Offset, err)
	}
	return row, nil
}
