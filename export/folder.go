package export

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
)

// folder is a dataset while it is being written: files that grow line by line.
type folder struct {
	dir   string
	files map[string]*lines
}

type lines struct {
	file *os.File
	*bufio.Writer
}

func newFolder(dir string) *folder { return &folder{dir: dir, files: map[string]*lines{}} }

// append adds a line to a file of the folder, which is made where it is missing.
func (f *folder) append(name string, line []byte) error {
	l := f.files[name]
	if l == nil {
		path := filepath.Join(f.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		file, err := os.Create(path)
		if err != nil {
			return err
		}
		l = &lines{file, bufio.NewWriterSize(file, 1<<18)}
		f.files[name] = l
	}
	if _, err := l.Write(line); err != nil {
		return err
	}
	return l.WriteByte('\n')
}

// close makes what was written durable. It may be called again.
func (f *folder) close() error {
	var errs []error
	for _, l := range f.files {
		errs = append(errs, l.Flush(), l.file.Sync(), l.file.Close())
	}
	f.files = nil
	return errors.Join(errs...)
}

func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
