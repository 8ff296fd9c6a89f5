// Package pipeline runs the stages in order over a run folder. A stage is
// skipped where nothing it depends on has changed; a killed run goes on where
// it was.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/store"
	"golang.org/x/sync/semaphore"
)

// stages is the pipeline, top to bottom: what each stage depends on, what it
// makes, and how.
var stages = []stage{
	{"spec", files("tools.jsonl", "rejected.jsonl"), specInputs, runSpec},
	{"graph", files("graph.jsonl"), graphInputs, runGraph},
	{"domain", files("domains.jsonl"), domainInputs, runDomain},
	{"world", allWorlds, worldInputs, runWorld},
	{"task", allShards("tasks"), taskInputs, runTask},
	{"rollout", allShards("rollouts"), rolloutInputs, runRollout},
	{"filter", allShards("verdicts"), filterInputs, runFilter},
	{"export", files("dataset/manifest.json", "dataset/README.md"), exportInputs, runExport},
}

type stage struct {
	name   string
	whole  func(*runner) bool              // whether what it makes is all there
	inputs func(*runner) ([]string, error) // everything the result depends on, as text
	make   func(*runner, *scaler.Report) error
}

// Names lists the stages in order.
func Names() []string {
	var names []string
	for _, s := range stages {
		names = append(names, s.name)
	}
	return names
}

// Options says how to run. Settings are recorded in run.json, the rest is not.
type Options struct {
	Settings
	Agent, User llm.Model // nil: the built-in planner, noisy agent and scripted user
	Graph       llm.Model // looks at the graph's guesses and names domains; nil: nobody does
	World       llm.Model // writes schema, code and handbook of worlds; nil: the built-in builder does
	Embedder    llm.Embedder
	Parallel    int      // 0 means the number of cores
	From        string   // first stage to look at; "" is spec
	Until       string   // last stage to run; "" is export
	Force       bool     // make the stage From again although nothing changed
	Command     []string // as typed, for run.json
	Progress    Progress // nil is silent
}

// Settings are the choices that decide a run's bytes.
type Settings struct {
	Sources         []string `json:"sources"`
	Seed            uint64   `json:"seed"`
	Limit           int      `json:"limit,omitempty"` // tools; 0 is all
	KeepDuplicates  bool     `json:"keep_duplicates,omitempty"`
	KeepWeak        bool     `json:"keep_weak,omitempty"`
	Tau             float64  `json:"tau,omitempty"`        // 0 lets the stage choose
	Resolution      float64  `json:"resolution,omitempty"` // 0 lets the stage choose
	Domains         string   `json:"domains,omitempty"`    // service, community; "" decides by the number of services
	Rows            int      `json:"rows,omitempty"`       // of a world's largest tables; 0 lets the stage choose
	Locale          string   `json:"locale,omitempty"`     // where a world's people live; "" mixes
	Phrasing        int      `json:"phrasing,omitempty"`   // of four sets of wordings, 0 to 3; 2 is held out from the built-in planner, to measure it
	Grade           float64  `json:"grade"`                // tasks are made of worlds of this grade at least; 0 is all
	TasksPerWorld   int      `json:"tasks_per_world"`
	RolloutsPerTask int      `json:"rollouts_per_task"`
	Noisy           float64  `json:"noisy"` // share of built-in rollouts with declared faults
	Require         string   `json:"require"`
	Vertical        []string `json:"vertical,omitempty"`      // domains of phase 2
	Contamination   []string `json:"contamination,omitempty"` // files with benchmark texts to keep away from
	AgentModel      string   `json:"agent_model,omitempty"`
	UserModel       string   `json:"user_model,omitempty"`
	GraphModel      string   `json:"graph_model,omitempty"`
	WorldModel      string   `json:"world_model,omitempty"`
	EmbeddingModel  string   `json:"embedding_model,omitempty"`
}

// Defaults are the settings of a run that says nothing.
func Defaults() Settings {
	return Settings{Seed: 1, Grade: contract.Enough, TasksPerWorld: 24, RolloutsPerTask: 2, Noisy: 0.15, Require: "state"}
}

// ErrFailedItems is returned when the run is done but infrastructure failed
// some items; run again to retry them.
var ErrFailedItems = errors.New("some items failed")

// Run brings the run folder up to date with its options.
func Run(ctx context.Context, run *store.Run, o Options) error {
	if o.Parallel <= 0 {
		o.Parallel = runtime.NumCPU()
	}
	if o.Progress == nil {
		o.Progress = silent{}
	}
	info, err := ReadInfo(run)
	if err != nil {
		return err
	}
	was := info.clone()
	info.Version, info.Settings, info.Command = scaler.Version, o.Settings, o.Command
	r := &runner{ctx: ctx, run: run, o: o, info: info, slots: semaphore.NewWeighted(int64(o.Parallel))}
	todo, err := between(o.From, o.Until)
	if err != nil {
		return err
	}
	if err := r.standsBefore(todo[0].name); err != nil {
		return err
	}
	failed := 0
	for i, s := range todo {
		if err := r.bring(s, o.Force && i == 0); err != nil {
			if errors.Is(err, errOutage) && !r.moved {
				err = errors.Join(err, was.write(run)) // it is not the run of a model that never answered
			}
			return fmt.Errorf("%s: %w", s.name, err)
		}
		failed += r.info.stage(s.name).Failed
	}
	return r.failures(failed)
}

// failures says what a run that went through did not do.
func (r *runner) failures(failed int) error {
	if len(r.aside) > 0 {
		return errors.Join(r.unread(), r.setAside())
	}
	if failed -= len(r.damaged); failed > 0 {
		return errors.Join(r.unread(), fmt.Errorf("%w: %d; what succeeded is kept, the same command tries them again", ErrFailedItems, failed))
	}
	return r.unread()
}

func between(from, until string) ([]stage, error) {
	names := Names()
	first, last := 0, len(names)-1
	for _, end := range []struct {
		name string
		at   *int
	}{{from, &first}, {until, &last}} {
		if end.name == "" {
			continue
		}
		i := slices.Index(names, end.name)
		if i < 0 {
			return nil, fmt.Errorf("there is no stage %q; stages are %v", end.name, names)
		}
		*end.at = i
	}
	if last < first {
		return nil, fmt.Errorf("stage %s comes before %s", until, from)
	}
	return stages[first : last+1], nil
}

// runner carries one call of Run through the stages.
type runner struct {
	ctx   context.Context
	run   *store.Run
	o     Options
	info  *Info
	slots *semaphore.Weighted // bounds what is worked on at once, over all shards

	outage  outage
	aside   []aside  // worlds that cannot be worked with
	damaged []string // files that the user named and that could not be read whole, and why
	low     []lowWorld
	again   bool // the stage being made takes nothing over from an earlier run
	moved   bool // some stage was made
}

// bring makes a stage, unless it was made from the same inputs and still stands.
func (r *runner) bring(s stage, force bool) error {
	inputs, err := s.inputs(r)
	if err != nil {
		return err
	}
	key := r.key(s, inputs)
	if !force && r.stands(s, key) {
		was := r.info.stage(s.name)
		r.o.Progress.Done(was.Report, true)
		if !was.Stale {
			return nil
		}
		was.Stale = false
		return r.info.record(r.run, was)
	}
	if err := r.info.forget(r.run, s.name); err != nil {
		return err
	}
	report := scaler.Report{Stage: s.name}
	began := time.Now()
	r.again = force
	err = s.make(r, &report)
	r.o.Progress.Stop()
	if err != nil {
		return err
	}
	report.Seconds = time.Since(began).Round(time.Millisecond).Seconds()
	r.o.Progress.Done(report, false)
	r.moved = true
	return r.info.record(r.run, StageInfo{Key: key, Report: report})
}

// standsBefore refuses to go on from stages that are themselves out of date:
// tasks of an earlier source must not be played as if they were of this one,
// nor with a seed that is not theirs.
func (r *runner) standsBefore(from string) error {
	for _, s := range stages {
		if s.name == from {
			return nil
		}
		was := r.info.stage(s.name)
		fresh := was.Key != "" && !was.Stale && s.whole(r)
		if fresh && s.name != "spec" { // sources need not be there any more
			inputs, err := s.inputs(r)
			if err != nil {
				return err
			}
			fresh = r.key(s, inputs) == was.Key
		}
		if !fresh {
			return fmt.Errorf("its %s stage is missing or older than what it is made from; bring it up to date with: agentscaler %s %s", s.name, s.name, r.run.Path())
		}
	}
	return nil
}

// key is the content ID of all that a stage's result depends on.
func (r *runner) key(s stage, inputs []string) string {
	return scaler.ContentID(append([]string{scaler.Version, s.name}, inputs...)...)
}

// stands says whether a stage's outputs are there and were made for this key
// without a failed item.
func (r *runner) stands(s stage, key string) bool {
	was := r.info.stage(s.name)
	return was.Key == key && was.Failed == 0 && s.whole(r)
}
