package pipeline

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/rollout"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/store"
)

func rolloutInputs(r *runner) ([]string, error) {
	names, err := r.run.ShardNames("tasks")
	if err != nil {
		return nil, err
	}
	inputs := []string{r.rolloutChoices()}
	for _, name := range names {
		m, _ := r.run.Manifest(store.Shard{Stage: "tasks", Name: name})
		inputs = append(inputs, name, m.Key, m.SHA256)
	}
	return inputs, nil
}

func (r *runner) rolloutChoices() string {
	return fmt.Sprintln(r.o.Seed, r.o.Phrasing, r.o.RolloutsPerTask, r.o.Noisy, r.o.AgentModel, r.o.UserModel)
}

func runRollout(r *runner, report *scaler.Report) error {
	names, err := r.run.ShardNames("tasks")
	if err != nil {
		return err
	}
	total := 0
	for _, name := range names {
		m, _ := r.run.Manifest(store.Shard{Stage: "tasks", Name: name})
		total += m.Rows * r.o.RolloutsPerTask
	}
	r.o.Progress.Start("rollout", total)
	return r.eachShard("rollouts", report, r.rolloutShard)
}

// attempt is one rollout to be played.
type attempt struct {
	task  scaler.Task
	index int
}

func (r *runner) rolloutShard(s shard) (scaler.Report, error) {
	from := store.Shard{Stage: "tasks", Name: s.name}
	m, _ := r.run.Manifest(from)
	key, err := r.worldsKey(s, r.rolloutChoices(), m.SHA256)
	if err != nil {
		return scaler.Report{}, err
	}
	place := store.Shard{Stage: "rollouts", Name: s.name}
	if report, ok := r.made(place, key); ok {
		r.o.Progress.Step(m.Rows * r.o.RolloutsPerTask)
		return report, nil
	}
	tasks, err := store.Collect(store.ShardRows[scaler.Task](r.run, from))
	if err != nil {
		return scaler.Report{}, err
	}
	if r.again {
		if err := r.run.DropJournal(place); err != nil {
			return scaler.Report{}, err
		}
	}
	journal, done, err := store.JournalOf[scaler.Rollout](r.run, place, key)
	if err != nil {
		return scaler.Report{}, err
	}
	played, err := r.playShard(journal, tasks, settled(append(done, r.published(place, key)...)))
	if err != nil {
		return scaler.Report{}, errFirst(err, journal.Close())
	}
	report := reportRollouts(played, tasks)
	if err := store.Publish(r.run, place, key, report, func(p scaler.Rollout) string { return string(p.ID) }, played); err != nil {
		return scaler.Report{}, errFirst(err, journal.Close())
	}
	return report, journal.Remove()
}

// playShard plays what is not done yet and returns all rollouts in the order
// of their tasks.
func (r *runner) playShard(journal *store.Journal[scaler.Rollout], tasks []scaler.Task, done map[slot]scaler.Rollout) ([]scaler.Rollout, error) {
	var todo []attempt
	for _, t := range tasks {
		for i := range r.o.RolloutsPerTask {
			if _, ok := done[slot{t.ID, i}]; !ok {
				todo = append(todo, attempt{t, i})
			}
		}
	}
	r.o.Progress.Step(len(done))
	played, err := r.play(journal, todo)
	if err != nil {
		return nil, err
	}
	for _, p := range played {
		done[slot{p.Task, p.Index}] = p
	}
	var all []scaler.Rollout
	for _, t := range tasks {
		for i := range r.o.RolloutsPerTask {
			all = append(all, done[slot{t.ID, i}])
		}
	}
	return all, nil
}

// slot is the place of a rollout among those of its shard.
type slot struct {
	task  scaler.TaskID
	index int
}

// settled are the rollouts that need not be played again: a process killed
// between publishing a shard and removing its journal leaves them twice, and
// those that infrastructure failed are tried anew.
func settled(done []scaler.Rollout) map[slot]scaler.Rollout {
	have := map[slot]scaler.Rollout{}
	for _, p := range done {
		if p.Ended != "error" {
			have[slot{p.Task, p.Index}] = p
		}
	}
	return have
}

// published returns the rollouts of a shard that is published for this key
// although infrastructure failed some.
func (r *runner) published(place store.Shard, key string) []scaler.Rollout {
	if m, ok := r.run.Manifest(place); !ok || m.Key != key || r.again {
		return nil
	}
	rows, err := store.Collect(store.ShardRows[scaler.Rollout](r.run, place))
	if err != nil {
		return nil
	}
	return rows
}

// play plays the attempts, world by world; each rollout is in the journal
// before it counts as done.
func (r *runner) play(journal *store.Journal[scaler.Rollout], todo []attempt) ([]scaler.Rollout, error) {
	played := make([]scaler.Rollout, len(todo))
	for begin := 0; begin < len(todo); {
		end := begin
		for end < len(todo) && todo[end].task.World == todo[begin].task.World {
			end++
		}
		if err := r.playWorld(journal, todo[begin:end], played[begin:end]); err != nil {
			return nil, err
		}
		begin = end
	}
	return played, nil
}

func (r *runner) playWorld(journal *store.Journal[scaler.Rollout], todo []attempt, played []scaler.Rollout) error {
	w, env, err := openWorld(r.run, todo[0].task.World)
	if err != nil {
		return err
	}
	defer env.Close()
	return r.each(len(todo), func(i int) error {
		p, err := r.playOne(w, env, todo[i])
		if err != nil {
			return fmt.Errorf("task %s: %w", todo[i].task.ID, err)
		}
		played[i] = p
		r.o.Progress.Step(1)
		if p.Ended == "error" {
			return r.outage.failed(p)
		}
		r.outage.worked.Store(true)
		return journal.Append(p)
	})
}

// An outage is a model that never answered. A conversation that fails on the
// way is data; when the first ones all fail, nothing is published, and what an
// earlier run made stays.
type outage struct {
	worked atomic.Bool
	bad    atomic.Int64
}

var errOutage = errors.New("all failed")

// hopeless is after how many failures, and no success, a model counts as out of reach.
const hopeless = 8

func (o *outage) failed(p scaler.Rollout) error {
	if n := o.bad.Add(1); n < hopeless || o.worked.Load() {
		return nil
	}
	return fmt.Errorf("the first %d conversations %w; is the model there? (agentscaler doctor --llm URL --model NAME): %s", hopeless, errOutage, p.Error)
}

// playOne casts the two roles of one attempt: models where they were given,
// otherwise the built-in user and planner, and for a declared share of
// attempts the noisy agent.
func (r *runner) playOne(w *scaler.World, env *sandbox.World, a attempt) (scaler.Rollout, error) {
	player := rollout.Player{Agent: r.o.Agent, User: r.o.User}
	seed := scaler.Rand(r.o.Seed, "rollout", string(a.task.ID), fmt.Sprint(a.index))
	if player.User == nil {
		player.User = rollout.ScriptedUser(seed.Uint64(), r.o.Phrasing)
	}
	if player.Agent == nil {
		player.Agent = rollout.Planner(seed.Uint64())
		if seed.Float64() < r.o.Noisy {
			player.Agent = rollout.Noisy(player.Agent, seed.Uint64(), 1)
		}
	}
	return player.Play(r.ctx, w, env, a.task, a.index)
}

func reportRollouts(played []scaler.Rollout, tasks []scaler.Task) scaler.Report {
	families := map[scaler.TaskID]scaler.Family{}
	for _, t := range tasks {
		families[t.ID] = t.Family
	}
	counts := map[string]int{}
	var report scaler.Report
	for _, p := range played {
		agent, _, _ := strings.Cut(p.Agent, ":")
		counts["agent "+agent]++
		counts["family "+string(families[p.Task])]++
		counts["ended "+p.Ended]++
		if p.Ended == "error" {
			report.Failed++
		}
		report.Tokens.Prompt += p.Usage.Prompt
		report.Tokens.Completion += p.Usage.Completion
	}
	report.Add("rollouts", len(played))
	for _, name := range sortedKeys(counts) {
		report.Add(name, counts[name])
	}
	return report
}
