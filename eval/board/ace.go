package board

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/agentscaler/scaler/eval/acebench"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// aceParts are the columns of ACEBench, and the keys of its summary for them.
var aceParts = []struct{ part, key, prefix string }{
	{"normal", "normal_summary", "normal"},
	{"special", "special_summary", "special"},
	{"agent", "agent_summary", "agent"},
	{"overall", "Summary", ""},
}

// readACE scores every folder of answers below a path.
func (r Reader) readACE(root string) ([]Set, error) {
	if r.ACEBench == nil {
		return nil, errors.New("results: answers of ACEBench are scored with its data: name its checkout")
	}
	reports, err := r.ACEBench.RescoreAll(root, "", r.Scorer)
	if err != nil {
		return nil, err
	}
	var sets []Set
	for _, report := range reports {
		calls, err := processes(report.Dir)
		if err != nil {
			return nil, err
		}
		for _, p := range aceParts {
			s := Set{Model: report.Model, Column: Column{"ACEBench-" + report.Language, p.part}, Score: report.Summary[p.key]}
			for _, c := range acebench.Categories {
				if !strings.HasPrefix(c.Name, p.prefix) {
					continue
				}
				for _, result := range report.Solved(c) {
					s.Results = append(s.Results, Result{result, calls[result.Task]})
				}
			}
			sets = append(sets, s)
		}
	}
	return sets, nil
}

// processes are how many calls an agent made for each of its tasks.
func processes(dir string) (map[string]int, error) {
	files, err := filepath.Glob(filepath.Join(dir, "data_agent_*_result.json"))
	if err != nil {
		return nil, err
	}
	calls := map[string]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(text) {
			row, err := pyjson.ParseObject(line)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			calls[pyjson.Str(pyjson.Path(row, "id"))] = len(list(pyjson.Path(row, "process")))
		}
	}
	return calls, nil
}
