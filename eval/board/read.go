package board

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/agentscaler/scaler/eval/acebench"
	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Reader finds results in files and folders.
type Reader struct {
	ACEBench *acebench.Data // to score answers with; nil where none are read
	Scorer   string         // of ACEBench; "" is the newest official one
}

// Read reads a result file, or every one below a folder. A name before "=" is
// the model's; without one, the file says what it is.
func (r Reader) Read(named string) ([]Set, error) {
	model, path, given := strings.Cut(named, "=")
	if !given {
		model, path = "", named
	}
	var sets []Set
	folders := map[string]bool{} // of ACEBench
	err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		name := filepath.Base(file)
		switch {
		case err != nil || entry.IsDir() || filepath.Ext(name) != ".json":
			return err
		case strings.HasPrefix(name, "data_") && strings.HasSuffix(name, "_result.json"):
			folders[filepath.Dir(file)] = true
			return nil
		}
		found, err := read(file)
		sets = append(sets, found...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	if len(folders) > 0 {
		found, err := r.readACE(path)
		if err != nil {
			return nil, err
		}
		sets = append(sets, found...)
	}
	if len(sets) == 0 {
		return nil, fmt.Errorf("results: %s holds none of tau-bench, tau2-bench or ACEBench", path)
	}
	for i := range sets {
		if model != "" {
			sets[i].Model = model
		}
	}
	return sets, nil
}

// read reads a file of tau-bench or of tau2-bench; any other has no results.
func read(file string) ([]Set, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	v, err := pyjson.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	switch v := v.(type) {
	case []any:
		return tau1Rows(file, v), nil
	case *pyjson.Object:
		return simulations(v), nil
	}
	return nil, nil
}

// written are the names of tau-bench's result files, ours and the official ones.
var written = regexp.MustCompile(`(?:tool-calling|act|react|few-shot)-(.+?)-[0-9.]+_(?:user|range)[-_]`)

// tau1Rows reads rows {task_id, trial, reward, info, traj}. They do not say which
// domain they are of: its tools do.
func tau1Rows(file string, rows []any) []Set {
	s := Set{Model: strings.TrimSuffix(filepath.Base(file), ".json"), Column: Column{Benchmark: "tau-bench"}, Score: -1}
	if m := written.FindStringSubmatch(filepath.Base(file)); m != nil {
		s.Model = m[1]
	}
	var tools []string
	for _, row := range rows {
		if pyjson.Path(row, "reward") == nil || pyjson.Path(row, "task_id") == nil {
			return nil
		}
		calls := called(pyjson.Path(row, "traj"))
		tools = append(tools, calls...)
		for _, a := range list(pyjson.Path(row, "info", "task", "actions")) {
			tools = append(tools, pyjson.Str(pyjson.Path(a, "name")))
		}
		s.Results = append(s.Results, Result{trial.Result{Task: pyjson.Str(pyjson.Path(row, "task_id")), Solved: full(pyjson.Path(row, "reward"))}, len(calls)})
	}
	most := 0
	for _, d := range tau1.Domains {
		n := 0
		for _, tool := range tools {
			if d.Has(tool) {
				n++
			}
		}
		if n > most {
			s.Column.Part, most = d.Name, n
		}
	}
	if most == 0 {
		return nil
	}
	return []Set{s}
}

// simulations reads a result file of tau2-bench. What the infrastructure broke
// is in no score.
func simulations(v *pyjson.Object) []Set {
	s := Set{Model: pyjson.Str(pyjson.Path(v, "info", "agent_info", "llm")), Score: -1}
	s.Column = Column{"tau2-bench", strings.TrimSuffix(pyjson.Str(pyjson.Path(v, "info", "environment_info", "domain_name")), "-workflow")}
	for _, sim := range list(pyjson.Path(v, "simulations")) {
		if pyjson.Path(sim, "termination_reason") == "infrastructure_error" || pyjson.Path(sim, "reward_info") == nil {
			continue
		}
		result := trial.Result{Task: pyjson.Str(pyjson.Path(sim, "task_id")), Solved: full(pyjson.Path(sim, "reward_info", "reward"))}
		s.Results = append(s.Results, Result{result, len(called(pyjson.Path(sim, "messages")))})
	}
	if len(s.Results) == 0 {
		return nil
	}
	return []Set{s}
}

// called are the tools that the agent's messages call.
func called(messages any) (names []string) {
	for _, m := range list(messages) {
		if pyjson.Path(m, "role") != "assistant" {
			continue
		}
		for _, call := range list(pyjson.Path(m, "tool_calls")) {
			name := pyjson.Path(call, "name")
			if name == nil {
				name = pyjson.Path(call, "function", "name")
			}
			names = append(names, pyjson.Str(name))
		}
	}
	return names
}

// full says whether a reward is the whole one, as the benchmarks compare it.
func full(reward any) bool {
	const close = 1e-6
	f, ok := reward.(float64)
	if i, whole := reward.(int64); whole {
		f, ok = float64(i), true
	}
	return ok && f >= 1-close && f <= 1+close
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}
