package spec

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/klauspost/compress/zstd"
)

// A walk yields the files of an archive as they are stored and says whether to go on.
type walk func(source, path string, yield func(file, error) bool) bool

// archives are told apart by the bytes they begin with.
var archives = []struct {
	magic string
	walk  walk
}{
	{"PK\x03\x04", zipFiles},
	{"\x1f\x8b", packed(func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) })},
	{"\x28\xb5\x2f\xfd", packed(func(r io.Reader) (io.Reader, error) {
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(256<<20))
	})},
}

// archiveOf returns how to walk the archive at a path, or nil if it is none.
func archiveOf(path string) walk {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	head = head[:n]
	for _, a := range archives {
		if bytes.HasPrefix(head, []byte(a.magic)) {
			return a.walk
		}
	}
	if isTar(head) {
		return packed(func(r io.Reader) (io.Reader, error) { return r, nil })
	}
	return nil
}

func isTar(head []byte) bool { return len(head) >= 262 && string(head[257:262]) == "ustar" }

// packed walks a tar file behind a decompressor, or the one file that was compressed.
func packed(unpack func(io.Reader) (io.Reader, error)) walk {
	return func(source, name string, yield func(file, error) bool) bool {
		f, err := os.Open(name)
		if err != nil {
			return yield(unreadable(source, filepath.Base(name), err), nil)
		}
		defer f.Close()
		r, err := unpack(f)
		if err != nil {
			return yield(unreadable(source, filepath.Base(name), err), nil)
		}
		if c, ok := r.(*zstd.Decoder); ok {
			defer c.Close()
		}
		stream := bufio.NewReaderSize(r, 1<<16)
		if head, _ := stream.Peek(512); !isTar(head) {
			inner := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
			return yield(loaded(source, inner, true, stream), nil)
		}
		return tarFiles(source, filepath.Base(name), stream, yield)
	}
}

func tarFiles(source, name string, r io.Reader, yield func(file, error) bool) bool {
	t := tar.NewReader(r)
	for {
		header, err := t.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil { // what came before is good
			return yield(unreadable(source, name, fmt.Errorf("archive: %w", err)), nil)
		}
		if header.Typeflag != tar.TypeReg || ignored(header.Name) {
			continue
		}
		if !yield(loaded(source, entryName(header.Name), false, t), nil) {
			return false
		}
	}
}

func zipFiles(source, name string, yield func(file, error) bool) bool {
	z, err := zip.OpenReader(name)
	if err != nil {
		return yield(unreadable(source, filepath.Base(name), err), nil)
	}
	defer z.Close()
	for _, entry := range z.File {
		if entry.FileInfo().IsDir() || ignored(entry.Name) {
			continue
		}
		r, err := entry.Open()
		if err != nil {
			if !yield(unreadable(source, entryName(entry.Name), err), nil) {
				return false
			}
			continue
		}
		more := yield(loaded(source, entryName(entry.Name), false, r), nil)
		r.Close()
		if !more {
			return false
		}
	}
	return true
}

// loaded reads a file of an archive at once: the stream moves on.
func loaded(source, name string, named bool, r io.Reader) file {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	return file{
		place: scaler.Place{Source: source, File: name},
		named: named,
		read:  func() ([]byte, error) { return data, err },
	}
}

// entryName makes the path of an entry relative, wherever it pretends to lie.
func entryName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// ignored says whether an entry was put there by a packer or a version control system.
func ignored(name string) bool {
	for segment := range strings.SplitSeq(name, "/") {
		if segment == "__MACOSX" || len(segment) > 1 && segment[0] == '.' && segment != ".." {
			return true
		}
	}
	return false
}
