package pipeline

import (
	"fmt"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/store"
	"github.com/agentscaler/scaler/task"
)

func taskInputs(r *runner) ([]string, error) {
	edges, err := r.run.Sum("graph.jsonl")
	if err != nil {
		return nil, err
	}
	worlds, err := r.worldSums()
	return append(worlds, edges, r.taskChoices()), err
}

// worldSums returns the content IDs of the run's worlds as they stand on disk.
func (r *runner) worldSums() ([]string, error) {
	ids, err := r.run.Worlds()
	if err != nil {
		return nil, err
	}
	var sums []string
	for _, id := range ids {
		sum, err := r.run.WorldSum(id)
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

func (r *runner) taskChoices() string {
	return fmt.Sprint(r.o.Seed, r.o.TasksPerWorld, r.o.Phrasing, r.o.Grade)
}

func runTask(r *runner, report *scaler.Report) error {
	shelf, err := newShelf(r.run)
	if err != nil {
		return err
	}
	ids, err := r.run.Worlds()
	if err != nil {
		return err
	}
	r.o.Progress.Start("task", len(ids))
	if r.aside, err = r.admit(ids); err != nil {
		return err
	}
	if r.low, err = r.tooLow(ids); err != nil {
		return err
	}
	err = r.eachShard("tasks", report, func(s shard) (scaler.Report, error) { return r.taskShard(s, shelf) })
	if report.Failed += len(r.aside); len(r.aside) > 0 {
		report.Add("worlds set aside", len(r.aside))
	}
	r.reportLow(report)
	return err
}

func (r *runner) taskShard(s shard, shelf *shelf) (scaler.Report, error) {
	// What a world was made from stands for the dependencies among its tools,
	// which its own files do not show.
	choices := []string{r.taskChoices()}
	for _, id := range s.worlds {
		from, err := r.run.WorldKey(id)
		if err != nil {
			return scaler.Report{}, err
		}
		choices = append(choices, from)
	}
	key, err := r.worldsKey(s, choices...)
	if err != nil {
		return scaler.Report{}, err
	}
	place := store.Shard{Stage: "tasks", Name: s.name}
	if report, ok := r.made(place, key); ok {
		r.o.Progress.Step(len(s.worlds))
		return report, nil
	}
	s = r.admitted(s)
	tasks := make([][]scaler.Task, len(s.worlds))
	var reports tally
	err = r.each(len(s.worlds), func(i int) error {
		defer r.o.Progress.Step(1)
		w, env, err := openWorld(r.run, s.worlds[i])
		if err != nil {
			return err
		}
		defer env.Close()
		made, report, err := r.make(w, env, shelf.deps[w.Domain])
		if err != nil {
			return fmt.Errorf("world %s: %w", w.ID, err)
		}
		tasks[i] = made
		reports.put(i, report)
		return nil
	})
	if err != nil {
		return scaler.Report{}, err
	}
	var all []scaler.Task
	for _, made := range tasks {
		all = append(all, made...)
	}
	report := reports.total(len(s.worlds))
	return report, store.Publish(r.run, place, key, report, func(t scaler.Task) string { return string(t.ID) }, all)
}

// make makes the tasks of one world. A world that the maker stumbles over has
// none, and is counted.
func (r *runner) make(w *scaler.World, env *sandbox.World, deps []scaler.Dependency) (tasks []scaler.Task, report scaler.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			tasks, report = nil, scaler.Report{}
			report.Add("worlds that the task maker stumbled over", 1)
		}
	}()
	maker := task.Maker{Seed: r.o.Seed, PerWorld: r.o.TasksPerWorld, Phrasing: r.o.Phrasing}
	return maker.Make(r.ctx, w, env, deps)
}

// worldsKey is the key of a shard that depends on its worlds as they stand on
// disk and on choices.
func (r *runner) worldsKey(s shard, choices ...string) (string, error) {
	parts := append([]string{scaler.Version}, choices...)
	for _, id := range s.worlds {
		sum, err := r.run.WorldSum(id)
		if err != nil {
			return "", err
		}
		parts = append(parts, sum)
	}
	return scaler.ContentID(parts...), nil
}
