package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/store"
)

// Info is run.json: how the run was made and what each stage reported.
type Info struct {
	Version  string      `json:"version"`
	Command  []string    `json:"command"`
	Settings Settings    `json:"settings"`
	Stages   []StageInfo `json:"stages"`
}

// StageInfo is a stage that was brought up to date.
type StageInfo struct {
	Key   string `json:"key"`             // content ID of its inputs, options and version
	Stale bool   `json:"stale,omitempty"` // an earlier stage was made again since
	scaler.Report
}

// ReadInfo reads run.json; a new run's is empty.
func ReadInfo(run *store.Run) (*Info, error) {
	info := new(Info)
	data, err := os.ReadFile(run.Path("run.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return info, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, info); err != nil {
		return nil, fmt.Errorf("%s: %w", run.Path("run.json"), err)
	}
	return info, nil
}

func (i *Info) clone() *Info {
	c := *i
	c.Stages = slices.Clone(i.Stages)
	return &c
}

func (i *Info) stage(name string) StageInfo {
	for _, s := range i.Stages {
		if s.Stage == name {
			return s
		}
	}
	return StageInfo{}
}

// forget drops a stage from run.json before its outputs change; those after it
// are then older than what they were made from.
func (i *Info) forget(run *store.Run, name string) error {
	i.drop(name)
	order := Names()
	for at, s := range i.Stages {
		if slices.Index(order, s.Stage) > slices.Index(order, name) {
			i.Stages[at].Stale = true
		}
	}
	return i.write(run)
}

func (i *Info) drop(name string) {
	i.Stages = slices.DeleteFunc(i.Stages, func(s StageInfo) bool { return s.Stage == name })
}

// record enters a stage into run.json, in the order of the pipeline.
func (i *Info) record(run *store.Run, s StageInfo) error {
	i.drop(s.Stage)
	i.Stages = append(i.Stages, s)
	order := Names()
	slices.SortStableFunc(i.Stages, func(a, b StageInfo) int {
		return slices.Index(order, a.Stage) - slices.Index(order, b.Stage)
	})
	return i.write(run)
}

func (i *Info) write(run *store.Run) error {
	return run.Write("run.json", func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(i)
	})
}
