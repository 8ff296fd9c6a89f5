package spec

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// A library holds the files of one folder or archive, for documents that refer
// to each other. Nothing outside its root can be read through it.
type library struct {
	load  func(name string) (string, bool) // the text of a file
	close func()

	mu     sync.Mutex // guards what follows
	parsed map[string]any
	size   int // bytes of text behind parsed
}

// libraryText is how many bytes of text stay parsed: what many documents share
// is parsed once, and memory does not grow with the source.
const libraryText = 8 << 20

// document returns a file of the library, parsed, its references made absolute.
func (l *library) document(name string) (any, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if root, ok := l.parsed[name]; ok {
		return root, root != nil
	}
	var root any
	text, ok := l.load(name)
	if ok {
		f := file{named: true}
		f.place.File = name
		root, _ = f.document(text)
		absolute(root, name, map[*object]bool{})
	}
	if l.size += len(text); l.parsed == nil || l.size > libraryText {
		l.parsed, l.size = map[string]any{}, len(text)
	}
	l.parsed[name] = root
	return root, root != nil
}

// absolute rewrites the references of a freshly parsed file, so that they mean
// the same wherever its parts are read: ../common.yaml#/Pet of schemas/a.yaml is
// /common.yaml#/Pet.
func absolute(v any, file string, seen map[*object]bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			absolute(e, file, seen)
		}
	case *object:
		if seen[v] {
			return
		}
		seen[v] = true
		for i, k := range v.keys {
			if ref, ok := v.values[i].(string); ok && k == "$ref" {
				if name, fragment, ok := target(file, ref); ok {
					v.values[i] = "/" + name + "#" + fragment
				}
				continue
			}
			absolute(v.values[i], file, seen)
		}
	}
}

// target splits a reference that stands in a file into the file it leads to and
// the place there. It is false for one that leads out of the source, to a server
// for instance.
func target(file, ref string) (name, fragment string, ok bool) {
	name, fragment, _ = strings.Cut(ref, "#")
	name = unescapeToken(strings.ReplaceAll(name, "~", "~0"))
	switch rooted, isRooted := strings.CutPrefix(name, "/"); {
	case name == "":
		return file, fragment, true
	case strings.Contains(name, ":") || strings.Contains(name, `\`):
		return "", "", false
	case isRooted:
		name = path.Clean(rooted)
	default:
		name = path.Join(path.Dir(file), name)
	}
	return name, fragment, filepath.IsLocal(name)
}

// resolver finds what references in the document lead to, in it or in the files
// beside it, which are read when first asked for.
func (d *Document) resolver() resolver {
	here := within(d.Root)
	return func(ref string) (any, bool) {
		if strings.HasPrefix(ref, "#") || d.library == nil {
			return here(ref)
		}
		name, fragment, ok := target(d.name, ref)
		if !ok {
			return nil, false
		}
		if name == d.name {
			return walkPointer(d.Root, fragment)
		}
		root, ok := d.library.document(name)
		if !ok {
			return nil, false
		}
		return walkPointer(root, fragment)
	}
}

// folderLibrary reads files under a folder. Links that lead out of it are not followed.
func folderLibrary(dir string) *library {
	return &library{
		load: func(name string) (string, bool) {
			root, err := os.OpenRoot(dir)
			if err != nil {
				return "", false
			}
			defer root.Close()
			f, err := root.Open(filepath.FromSlash(name))
			if err != nil {
				return "", false
			}
			defer f.Close()
			return textOf(f)
		},
		close: func() {},
	}
}

func textOf(r io.Reader) (string, bool) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil || len(data) > maxFile {
		return "", false
	}
	text, why := file{}.text(data)
	return text, why == ""
}

// archiveLibrary reads files of an archive. Most archives can only be read from
// front to back, so the first file asked for brings all documents out of it,
// into a temporary folder.
func archiveLibrary(archive walk, source, path string) *library {
	out := sync.OnceValues(func() (unpacked, error) { return unpack(archive, source, path) })
	var used bool
	return &library{
		load: func(name string) (string, bool) {
			used = true
			files, err := out()
			if err != nil {
				return "", false
			}
			f, err := os.Open(files.path[name])
			if err != nil {
				return "", false
			}
			defer f.Close()
			return textOf(f)
		},
		close: func() {
			if used {
				files, _ := out()
				os.RemoveAll(files.dir)
			}
		},
	}
}

// unpacked is where the documents of an archive lie. Their names never become
// paths of this machine.
type unpacked struct {
	dir  string
	path map[string]string
}

// maxUnpacked is how many bytes of an archive are brought out of it.
const maxUnpacked = 2 << 30

func unpack(archive walk, source, name string) (unpacked, error) {
	dir, err := os.MkdirTemp("", "agentscaler-spec-*")
	if err != nil {
		return unpacked{}, fmt.Errorf("temporary folder: %w", err)
	}
	out := unpacked{dir, map[string]string{}}
	size := 0
	archive(source, name, func(f file, listErr error) bool {
		if listErr != nil || !f.expected() {
			return true
		}
		data, readErr := f.read()
		if size += len(data); readErr != nil || size > maxUnpacked {
			return size <= maxUnpacked
		}
		to := filepath.Join(dir, strconv.Itoa(len(out.path)))
		err = errors.Join(err, os.WriteFile(to, data, 0o600))
		out.path[f.place.File] = to
		return true
	})
	return out, err
}

// shelves are the libraries of a reading, open until its end.
type shelves struct {
	mu   sync.Mutex // guards open
	open []*library
}

// add keeps a library until the end.
func (s *shelves) add(l *library) *library {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = append(s.open, l)
	return l
}

func (s *shelves) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.open {
		l.close()
	}
}
