package store

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
)

func encodeLines[T any](w io.Writer, items iter.Seq[T]) error {
	for item := range items {
		line, err := encodeLine(item)
		if err != nil {
			return err
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// encodeLine is one line of JSON as people read it: `<` and `&` stay.
func encodeLine(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// ReadLines reads a file of one JSON document per line. It ends at the first error, which
// says the file and line.
func ReadLines[T any](r *Run, name string) iter.Seq2[T, error] {
	return readLines[T](r.Path(filepath.FromSlash(name)))
}

func readLines[T any](path string) iter.Seq2[T, error] {
	return readLinesBy(path, func(line []byte, v *T) error { return json.Unmarshal(line, v) })
}

// readLinesBy reads a file line by line with a decoder of its own.
func readLinesBy[T any](path string, decode func(line []byte, v *T) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		f, err := os.Open(path)
		if err != nil {
			yield(zero, err)
			return
		}
		defer f.Close()
		in := bufio.NewReaderSize(f, 1<<16)
		for n := 1; ; n++ {
			line, err := in.ReadBytes('\n')
			if len(bytes.TrimSpace(line)) > 0 {
				var v T
				if bad := decode(line, &v); bad != nil {
					yield(zero, fmt.Errorf("%s:%d: %w", path, n, bad))
					return
				}
				if !yield(v, nil) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(zero, fmt.Errorf("%s:%d: %w", path, n, err))
				return
			}
		}
	}
}

// Collect gathers a sequence into a slice and stops at its first error.
func Collect[T any](items iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, nil
}
