// Package store keeps a run: a folder with one artefact per stage. Files are
// published whole or not at all, shards are immutable, and what a killed
// process had finished is found again.
package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// A Run is a run folder. One process writes to it at a time; any number read.
type Run struct {
	dir  string
	lock *flock.Flock
}

// Create opens the run folder at dir for writing and makes it where it is
// missing. It fails where another process is writing to it.
func Create(dir string) (*Run, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("run folder: %w", err)
	}
	if err := refuseForeign(dir); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, ".lock"))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if !ok {
		return nil, fmt.Errorf("%s is being written by another agentscaler; wait for it or choose another folder", dir)
	}
	r := &Run{dir: dir, lock: lock}
	if err := r.sweep(); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// sweep removes what a killed writer had not published.
func (r *Run) sweep() error {
	for _, pattern := range []string{".tmp-*", filepath.Join("*", ".tmp-*")} {
		left, err := filepath.Glob(r.Path(pattern))
		if err != nil {
			return err
		}
		for _, path := range left {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// Open opens an existing run folder for reading.
func Open(dir string) (*Run, error) {
	if _, err := os.Stat(filepath.Join(dir, "run.json")); err != nil {
		return nil, fmt.Errorf("%s is not a run folder: it has no run.json (make one with: agentscaler run --out %s SOURCE...)", dir, dir)
	}
	return &Run{dir: dir}, nil
}

// Close lets other processes write.
func (r *Run) Close() error {
	if r.lock == nil {
		return nil
	}
	return r.lock.Unlock()
}

// Path returns the path of something in the run folder.
func (r *Run) Path(elem ...string) string {
	return filepath.Join(append([]string{r.dir}, elem...)...)
}

// refuseForeign keeps a mistyped --out from scattering a run over a folder
// that holds something else.
func refuseForeign(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("run folder: %w", err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "run.json", ".lock", "tools.jsonl":
			return nil
		}
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s is not empty and not a run folder; choose a new folder", dir)
	}
	return nil
}

// Write publishes one file: what fill writes appears under name as a whole,
// or, where anything fails, not at all.
func (r *Run) Write(name string, fill func(io.Writer) error) error {
	return WriteFile(r.Path(filepath.FromSlash(name)), fill)
}

// WriteFile is Write for a file at any path.
func WriteFile(path string, fill func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".tmp-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
			err = fmt.Errorf("write %s: %w", path, err)
		}
	}()
	buf := bufio.NewWriterSize(tmp, 1<<16)
	if err = fill(buf); err != nil {
		return err
	}
	if err = buf.Flush(); err != nil {
		return err
	}
	if err = tmp.Sync(); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	if err = os.Chmod(tmp.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// Exists says whether the run has a file or folder of that name.
func (r *Run) Exists(name string) bool {
	_, err := os.Stat(r.Path(filepath.FromSlash(name)))
	return err == nil
}

// Sum returns the SHA-256 of a file of the run in hexadecimal digits; it is
// empty where there is no such file.
func (r *Run) Sum(name string) (string, error) {
	sum, err := SumFile(r.Path(filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return sum, err
}

// SumFile returns the SHA-256 of any file in hexadecimal digits.
func SumFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
