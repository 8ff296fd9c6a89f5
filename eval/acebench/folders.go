package acebench

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"sort"
	"strings"
)

// Reports are several models' scores.
type Reports []*Report

// RescoreAll scores every folder of result files in a tree, such as the official
// result_all. A language of "" is read from the folders' names: en or result_en.
func (d *Data) RescoreAll(root, lang, scorerName string) (Reports, error) {
	dirs, err := resultFolders(root)
	if err != nil {
		return nil, err
	}
	var out Reports
	for _, dir := range dirs {
		own := lang
		if own == "" {
			if own = languageOf(dir); own == "" {
				return nil, fmt.Errorf("acebench: the path %s does not say whether it is in en or zh: name the language", dir)
			}
		}
		r, err := d.Rescore(dir, own, scorerName)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// resultFolders are the folders that hold official result files.
func resultFolders(root string) ([]string, error) {
	found := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name := filepath.Base(path)
		if err == nil && !entry.IsDir() && strings.HasPrefix(name, "data_") && strings.HasSuffix(name, "_result.json") {
			found[filepath.Dir(path)] = true
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("acebench: %w", err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("acebench: %s holds no data_<category>_result.json", root)
	}
	dirs := make([]string, 0, len(found))
	for dir := range found {
		dirs = append(dirs, dir)
	}
	sort.Strings(dirs)
	return dirs, nil
}

// languageOf looks for the language among a path's folders, from the end.
func languageOf(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	parts := strings.Split(filepath.ToSlash(abs), "/")
	for i := len(parts) - 1; i >= 0; i-- {
		for _, lang := range Languages {
			if parts[i] == lang || strings.HasSuffix(parts[i], "_"+lang) {
				return lang
			}
		}
	}
	return ""
}

// Write prints a table: the summary's columns of the paper, one row for each
// model. Doing nothing earns nothing, so there is no floor to print but 0.
func (rs Reports) Write(w io.Writer) error {
	columns := []string{"atom", "single_turn", "multi_turn", "similar_api", "preference", "normal_summary", "special_summary", "agent_summary", "Summary"}
	heads := []string{"atom", "single", "multi", "similar", "prefer", "normal", "special", "agent", "overall"}
	if _, err := fmt.Fprintf(w, "%-4s %-24s %-8s %-12s %s\n", "", "model", "scorer", "data", row("%8s", heads)); err != nil {
		return err
	}
	for _, r := range rs {
		cells := make([]float64, len(columns))
		for i, c := range columns {
			cells[i] = r.Summary[c]
		}
		if _, err := fmt.Fprintf(w, "%-4s %-24s %-8s %-12s %s\n", r.Language, r.Model, r.Scorer, r.Data, row("%8.3f", cells)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, "overall = 0.2676 special + 0.578 normal + 0.1545 agent; doing nothing scores 0.000")
	return err
}

func row[T any](format string, cells []T) string {
	var b strings.Builder
	for _, c := range cells {
		fmt.Fprintf(&b, format, c)
	}
	return b.String()
}
