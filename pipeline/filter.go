package pipeline

import (
	"fmt"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/filter"
	"github.com/agentscaler/scaler/store"
)

func filterInputs(r *runner) ([]string, error) {
	inputs, err := r.filterChoices()
	if err != nil {
		return nil, err
	}
	for _, stage := range []string{"tasks", "rollouts"} {
		names, err := r.run.ShardNames(stage)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			m, _ := r.run.Manifest(store.Shard{Stage: stage, Name: name})
			inputs = append(inputs, stage, name, m.SHA256)
		}
	}
	worlds, err := r.worldSums()
	return append(inputs, worlds...), err
}

func (r *runner) filterChoices() ([]string, error) {
	texts, err := fingerprint(r.o.Contamination)
	return append(texts, r.o.Require), err
}

func runFilter(r *runner, report *scaler.Report) error {
	benchmarks, err := filter.ReadCorpus(r.o.Contamination)
	if err != nil {
		return err
	}
	r.o.Progress.Start("filter", 0)
	var none scaler.Report
	if err := r.eachShard("verdicts", &none, func(s shard) (scaler.Report, error) {
		return none, r.filterShard(s, benchmarks)
	}); err != nil {
		return err
	}
	return tallyVerdicts(r.run, report)
}

// filterShard judges the rollouts of a shard in the order of their tasks.
// Near-duplicates are looked for inside a world: other worlds have other tools.
func (r *runner) filterShard(s shard, benchmarks *filter.Corpus) error {
	choices, err := r.filterChoices()
	if err != nil {
		return err
	}
	for _, stage := range []string{"tasks", "rollouts"} {
		m, _ := r.run.Manifest(store.Shard{Stage: stage, Name: s.name})
		choices = append(choices, m.SHA256)
	}
	key, err := r.worldsKey(s, choices...)
	if err != nil {
		return err
	}
	place := store.Shard{Stage: "verdicts", Name: s.name}
	if _, ok := r.made(place, key); ok {
		return nil
	}
	tasks, err := store.Collect(store.ShardRows[scaler.Task](r.run, store.Shard{Stage: "tasks", Name: s.name}))
	if err != nil {
		return err
	}
	rollouts, err := byWorld(store.ShardRows[scaler.Rollout](r.run, store.Shard{Stage: "rollouts", Name: s.name}),
		func(p scaler.Rollout) scaler.WorldID { return p.World })
	if err != nil {
		return err
	}
	byID := map[scaler.TaskID]scaler.Task{}
	for _, t := range tasks {
		byID[t.ID] = t
	}
	var verdicts []scaler.Verdict
	for _, id := range s.worlds {
		judged, err := r.judgeWorld(id, byID, rollouts[id], benchmarks)
		if err != nil {
			return fmt.Errorf("world %s: %w", id, err)
		}
		verdicts = append(verdicts, judged...)
	}
	return store.Publish(r.run, place, key, scaler.Report{}, func(v scaler.Verdict) string { return string(v.Rollout) }, verdicts)
}

func (r *runner) judgeWorld(id scaler.WorldID, tasks map[scaler.TaskID]scaler.Task, rollouts []scaler.Rollout, benchmarks *filter.Corpus) ([]scaler.Verdict, error) {
	if len(rollouts) == 0 {
		return nil, nil
	}
	_, env, err := openWorld(r.run, id)
	if err != nil {
		return nil, err
	}
	defer env.Close()
	verdicts := make([]scaler.Verdict, len(rollouts))
	err = r.each(len(rollouts), func(i int) error {
		verdicts[i] = filter.Funnel{Require: r.o.Require}.Judge(env, tasks[rollouts[i].Task], rollouts[i])
		r.o.Progress.Step(1)
		return nil
	})
	sieve := filter.Sieve{Benchmarks: benchmarks}
	for i := range verdicts {
		verdicts[i] = sieve.Pass(rollouts[i], verdicts[i])
	}
	return verdicts, err
}

// tallyVerdicts reports the funnel of the whole run, and what became of the
// rollouts with declared faults.
func tallyVerdicts(run *store.Run, report *scaler.Report) error {
	families := map[scaler.TaskID]scaler.Family{}
	for t, err := range store.Rows[scaler.Task](run, "tasks") {
		if err != nil {
			return err
		}
		families[t.ID] = t.Family
	}
	verdicts := map[scaler.RolloutID]scaler.Verdict{}
	var tally filter.Tally
	for v, err := range store.Rows[scaler.Verdict](run, "verdicts") {
		if err != nil {
			return err
		}
		tally.Add(families[v.Task], v)
		verdicts[v.Rollout] = v
	}
	*report = tally.Report()
	return tallyAgents(run, families, verdicts, report)
}
