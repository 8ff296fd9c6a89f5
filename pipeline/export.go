package pipeline

import (
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/export"
	"github.com/agentscaler/scaler/store"
)

func exportInputs(r *runner) ([]string, error) {
	tools, err := r.run.Sum("tools.jsonl") // whose origins and licences the card names
	if err != nil {
		return nil, err
	}
	inputs := []string{fmt.Sprint(r.o.Vertical, r.o.Seed), r.commandLine(), tools}
	names, err := r.run.ShardNames("verdicts")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		for _, stage := range []string{"tasks", "rollouts", "verdicts"} {
			m, _ := r.run.Manifest(store.Shard{Stage: stage, Name: name})
			inputs = append(inputs, stage, name, m.SHA256)
		}
	}
	worlds, err := r.worldSums()
	return append(inputs, worlds...), err
}

func runExport(r *runner, report *scaler.Report) error {
	origins := map[scaler.ToolID]scaler.Place{}
	for t, err := range store.ReadLines[struct {
		ID     scaler.ToolID `json:"id"`
		Origin scaler.Place  `json:"origin"`
	}](r.run, "tools.jsonl") {
		if err != nil {
			return err
		}
		origins[t.ID] = t.Origin
	}
	r.o.Progress.Start("export", 0)
	exporter := export.Exporter{
		Vertical: r.o.Vertical, Seed: r.o.Seed, Origins: origins,
		Funnel: r.info.stage("filter").Report, Command: r.commandLine(),
	}
	// Seconds differ from run to run; the card must not.
	exporter.Funnel.Seconds = 0
	made, err := exporter.Write(r.ctx, r.run.Path("dataset"), datasetRows(r.run))
	*report = made
	return err
}

// commandLine is what somebody would type to get these bytes again, whatever
// was typed to get them: the settings that differ from the defaults.
func (r *runner) commandLine() string {
	given, usual := fields(r.o.Settings), fields(Defaults())
	line := []string{"agentscaler run --out RUN"}
	for _, name := range sortedKeys(given) {
		flag, odd := oddFlags[name]
		if !odd {
			flag = strings.ReplaceAll(name, "_", "-")
		}
		if flag == "" || given[name] == usual[name] {
			continue
		}
		line = append(line, "--"+flag+"="+given[name])
	}
	for _, source := range r.o.Sources {
		line = append(line, r.label(source))
	}
	return strings.Join(line, " ")
}

// oddFlags are the settings whose flags are called otherwise; one without a
// flag follows from others.
var oddFlags = map[string]string{
	"sources": "", "contamination": "avoid", "agent_model": "model", "graph_model": "", "world_model": "", "embedding_model": "embedder",
}

// fields returns the settings by name, as text that a flag takes.
func fields(s Settings) map[string]string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // unreachable: settings are plain values
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		panic(err) // unreachable: it was just written
	}
	all := map[string]string{}
	for name, v := range raw {
		var list []string
		if json.Unmarshal(v, &list) == nil {
			all[name] = strings.Join(list, ",")
			continue
		}
		all[name] = strings.Trim(string(v), `"`)
	}
	return all
}

// datasetRows joins each verdict with its rollout, task and world, shard after
// shard; only one shard and one world are in memory.
func datasetRows(run *store.Run) iter.Seq2[export.Row, error] {
	return func(yield func(export.Row, error) bool) {
		names, err := run.ShardNames("verdicts")
		if err != nil {
			yield(export.Row{}, err)
			return
		}
		for _, name := range names {
			rows, err := shardRows(run, name)
			if err != nil {
				yield(export.Row{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

func shardRows(run *store.Run, name string) ([]export.Row, error) {
	tasks := map[scaler.TaskID]scaler.Task{}
	for t, err := range store.ShardRows[scaler.Task](run, store.Shard{Stage: "tasks", Name: name}) {
		if err != nil {
			return nil, err
		}
		tasks[t.ID] = t
	}
	verdicts := map[scaler.RolloutID]scaler.Verdict{}
	for v, err := range store.ShardRows[scaler.Verdict](run, store.Shard{Stage: "verdicts", Name: name}) {
		if err != nil {
			return nil, err
		}
		verdicts[v.Rollout] = v
	}
	var rows []export.Row
	var w *scaler.World
	for p, err := range store.ShardRows[scaler.Rollout](run, store.Shard{Stage: "rollouts", Name: name}) {
		if err != nil {
			return nil, err
		}
		if !verdicts[p.ID].Kept {
			continue
		}
		if w == nil || w.ID != p.World {
			if w, err = run.ReadWorld(p.World); err != nil {
				return nil, err
			}
		}
		rows = append(rows, export.Row{World: w, Task: tasks[p.Task], Rollout: p, Verdict: verdicts[p.ID]})
	}
	return rows, nil
}
