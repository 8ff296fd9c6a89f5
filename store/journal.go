package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A Journal holds the finished items of a shard while it is being made: one
// line each, in the order they were finished. It is safe for concurrent use.
type Journal[T any] struct {
	mu   sync.Mutex // guards f
	f    *os.File
	path string
}

// journalHead is a journal's first line: items made for another key are void.
type journalHead struct {
	Key string `json:"key"`
}

// OpenJournal opens the journal of a shard and returns the items that an
// earlier, killed process finished for the same key. A last line cut short by
// the kill is dropped.
func OpenJournal[T any](path, key string) (*Journal[T], []T, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, nil, err
	}
	done, size, err := recoverJournal[T](path, key)
	if err != nil {
		return nil, nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, nil, err
	}
	if err := f.Truncate(size); err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	if _, err := f.Seek(size, 0); err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	j := &Journal[T]{f: f, path: path}
	if size == 0 {
		if err := j.append(journalHead{key}); err != nil {
			return nil, nil, errors.Join(err, f.Close())
		}
	}
	return j, done, nil
}

// recoverJournal returns the whole items of a journal and how many bytes of it
// are good; nothing of a journal with another key is.
func recoverJournal[T any](path, key string) (done []T, size int64, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	for first := true; ; first = false {
		line, _, whole := bytes.Cut(data[size:], []byte("\n"))
		if !whole {
			return done, size, nil
		}
		if first {
			var head journalHead
			if json.Unmarshal(line, &head) != nil || head.Key != key {
				return nil, 0, nil
			}
		} else {
			var item T
			if json.Unmarshal(line, &item) != nil {
				return done, size, nil
			}
			done = append(done, item)
		}
		size += int64(len(line)) + 1
	}
}

// Append adds a finished item. It is on disk, as far as a killed process is
// concerned, when Append returns.
func (j *Journal[T]) Append(item T) error { return j.append(item) }

func (j *Journal[T]) append(v any) error {
	line, err := encodeLine(v)
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err = j.f.Write(line)
	return err
}

// Close closes the journal and keeps it for a later process to go on from.
func (j *Journal[T]) Close() error { return j.f.Close() }

// Remove closes and deletes the journal: its shard is published.
func (j *Journal[T]) Remove() error {
	return errors.Join(j.f.Close(), os.Remove(j.path))
}
