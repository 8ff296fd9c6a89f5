package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/store"
)

// fingerprint returns one line per file of the sources: its path inside the
// source and the hash of its content. A live server stands for itself: it is
// asked again only when the stage is forced.
func fingerprint(sources []string) ([]string, error) {
	var lines []string
	for _, source := range sources {
		if strings.HasPrefix(source, "mcp+") {
			lines = append(lines, source)
			continue
		}
		paths, err := filepath.Glob(source)
		if err != nil || len(paths) == 0 {
			paths = []string{source}
		}
		slices.Sort(paths)
		for _, path := range paths {
			found, err := hashTree(path)
			if errors.Is(err, fs.ErrNotExist) {
				return nil, missing(source)
			}
			if err != nil {
				return nil, fmt.Errorf("source %s: %w", source, err)
			}
			lines = append(lines, found...)
		}
	}
	return lines, nil
}

// missing is the error of a source that leads to no file.
func missing(source string) error {
	if strings.ContainsAny(source, "*?[") {
		return fmt.Errorf("%s: no file matches", source)
	}
	return fmt.Errorf("%s: there is no such file", source)
}

func hashTree(root string) ([]string, error) {
	// A source may be a link; what it leads to is what is read.
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, err
	}
	var lines []string
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			return nil
		}
		sum, err := store.SumFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		lines = append(lines, filepath.ToSlash(rel)+" "+sum)
		return nil
	})
	return lines, err
}
