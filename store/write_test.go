package store

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A file is replaced, not overwritten: who has it open reads what it was, and a
// write that fails leaves it.
func TestFilesAreReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "results.json")
	put := func(text string, after error) error {
		return WriteFile(path, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, after)
		})
	}
	if err := put("first", nil); err != nil {
		t.Fatal(err)
	}
	open, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	full := errors.New("the disk is full")
	if err := put("sec", full); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if text, err := os.ReadFile(path); string(text) != "first" {
		t.Errorf("a failed write left %q (%v)", text, err)
	}
	if err := put("second", nil); err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(open); string(text) != "first" {
		t.Errorf("an open file reads %q (%v)", text, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}
