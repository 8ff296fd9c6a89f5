package spec

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/agentscaler/scaler"
)

// files lists the files of the sources, in order. It yields an error for a source
// that cannot be used at all.
func files(ctx context.Context, open *shelves, sources []string) iter.Seq2[file, error] {
	return func(yield func(file, error) bool) {
		for _, source := range sources {
			if ctx.Err() != nil {
				yield(file{}, ctx.Err())
				return
			}
			if isServer(source) {
				f, err := serverFile(ctx, source)
				if err != nil {
					err = fmt.Errorf("source %s: %w", source, err)
				}
				if !yield(f, err) || err != nil {
					return
				}
				continue
			}
			if !sourceFiles(open, source, yield) {
				return
			}
		}
	}
}

// sourceFiles yields the files of one source and says whether to go on.
func sourceFiles(open *shelves, source string, yield func(file, error) bool) bool {
	paths := []string{source}
	if _, err := os.Stat(source); err != nil {
		if paths, _ = filepath.Glob(source); len(paths) == 0 {
			if strings.ContainsAny(source, "*?[") {
				err = fmt.Errorf("no file matches")
			}
			return yield(file{}, fmt.Errorf("source %s: %w", source, err)) && false
		}
	}
	for _, path := range paths { // Glob sorts
		name := filepath.Base(path)
		if len(paths) > 1 || path != source {
			name = filepath.ToSlash(path)
		}
		if !pathFiles(open, source, path, name, yield) {
			return false
		}
	}
	return true
}

// pathFiles yields what stands at one path: a folder's files in the order of their
// names, an archive's in their own, or the file itself.
func pathFiles(open *shelves, source, path, name string, yield func(file, error) bool) bool {
	info, err := os.Stat(path)
	if err != nil {
		return yield(file{}, fmt.Errorf("source %s: %w", source, err)) && false
	}
	if info.IsDir() {
		return folderFiles(open, source, path, yield)
	}
	if archive := archiveOf(path); archive != nil {
		return archive(source, path, shelved(open.add(archiveLibrary(archive, source, path)), yield))
	}
	f := diskFile(source, path, name, true)
	f.library, f.name = open.add(folderLibrary(filepath.Dir(path))), filepath.Base(path)
	return yield(f, nil)
}

// shelved gives the files of a folder or archive the library they stand in.
func shelved(l *library, yield func(file, error) bool) func(file, error) bool {
	return func(f file, err error) bool {
		if f.library == nil {
			f.library, f.name = l, f.place.File
		}
		return yield(f, err)
	}
}

func folderFiles(open *shelves, source, root string, yield func(file, error) bool) bool {
	more := true
	yield = shelved(open.add(folderLibrary(root)), yield)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(root, path)
		if err == nil {
			err = relErr
		}
		name := filepath.ToSlash(rel)
		switch {
		case path == root:
			return err
		case err != nil:
			more = yield(unreadable(source, name, err), nil)
		case entry.IsDir() && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.Type().IsRegular() && archiveOf(path) != nil:
			archive := archiveOf(path)
			more = archive(source, path, shelved(open.add(archiveLibrary(archive, source, path)), inside(name, yield)))
		case entry.Type().IsRegular():
			more = yield(diskFile(source, path, name, false), nil)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return yield(file{}, fmt.Errorf("source %s: %w", source, err)) && false
	}
	return more
}

// inside puts the path of an archive before the names of its files.
func inside(name string, yield func(file, error) bool) func(file, error) bool {
	return func(f file, err error) bool {
		f.place.File = name + "/" + f.place.File
		return yield(f, err)
	}
}

func diskFile(source, path, name string, named bool) file {
	return file{
		place: scaler.Place{Source: source, File: name},
		named: named,
		read: func() ([]byte, error) {
			info, err := os.Stat(path)
			if err == nil && info.Size() > maxFile {
				return nil, errTooLarge
			}
			return os.ReadFile(path)
		},
	}
}

// unreadable stands for a file that cannot even be opened.
func unreadable(source, name string, err error) file {
	return file{
		place: scaler.Place{Source: source, File: name},
		named: true,
		read:  func() ([]byte, error) { return nil, err },
	}
}
