package spec

import (
	"encoding/gob"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/klauspost/compress/zstd"
)

// A spool is a compressed temporary file of groups of items: what has been read
// waits there until all has been seen.
type spool struct {
	groups int
	file   *os.File
	zip    *zstd.Encoder
	enc    *gob.Encoder
}

func (sp *spool) open() error {
	f, err := os.CreateTemp("", "agentscaler-spec-*")
	if err != nil {
		return err
	}
	sp.file = f
	sp.zip, err = zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	sp.enc = gob.NewEncoder(sp.zip)
	return err
}

// write appends a group.
func (sp *spool) write(items []Item) error {
	if sp.file == nil {
		if err := sp.open(); err != nil {
			return fmt.Errorf("temporary file: %w", err)
		}
	}
	if err := sp.enc.Encode(items); err != nil {
		return fmt.Errorf("temporary file: %w", err)
	}
	sp.groups++
	return nil
}

// all returns the groups in the order they were written. Nothing can be written after it.
func (sp *spool) all() iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		if sp.groups == 0 {
			return
		}
		unzip, err := sp.rewind()
		if err != nil {
			yield(nil, fmt.Errorf("temporary file: %w", err))
			return
		}
		defer unzip.Close()
		dec := gob.NewDecoder(unzip)
		for range sp.groups {
			var items []Item
			if err := dec.Decode(&items); err != nil {
				yield(nil, fmt.Errorf("temporary file: %w", err))
				return
			}
			if !yield(items, nil) {
				return
			}
		}
	}
}

func (sp *spool) rewind() (*zstd.Decoder, error) {
	if err := sp.zip.Close(); err != nil {
		return nil, err
	}
	if _, err := sp.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return zstd.NewReader(sp.file, zstd.WithDecoderConcurrency(1))
}

func (sp *spool) close() {
	if sp.file != nil {
		sp.file.Close()
		os.Remove(sp.file.Name())
	}
}
