package pipeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
	played, families, err := r.playShard(place, key, tasks)
	if err != nil {
		return scaler.Report{}, err
	}
	report := reportRollouts(played, families)
	return report, store.Publish(r.run, place, key, report, func(p scaler.Rollout) string { return string(p.ID) }, played)
}

// playShard plays what the shard's journal does not hold yet and returns all
// rollouts in the order of their tasks.
func (r *runner) playShard(place store.Shard, key string, tasks []scaler.Task) ([]scaler.Rollout, map[scaler.TaskID]scaler.Family, error) {
	journal, done, err := store.JournalOf[scaler.Rollout](r.run, place, key)
	if err != nil {
		return nil, nil, err
	}
	rank, families := map[scaler.TaskID]int{}, map[scaler.TaskID]scaler.Family{}
	for i, t := range tasks {
		rank[t.ID], families[t.ID] = i, t.Family
	}
	done = append(done, r.published(place, key)...)
	todo := missing(tasks, r.o.RolloutsPerTask, done)
	r.o.Progress.Step(len(done))
	played, err := r.play(journal, todo)
	if err != nil {
		return nil, nil, errFirst(err, journal.Close())
	}
	all := append(done, played...)
	slices.SortFunc(all, func(a, b scaler.Rollout) int {
		return cmp.Or(cmp.Compare(rank[a.Task], rank[b.Task]), cmp.Compare(a.Index, b.Index))
	})
	return all, families, journal.Remove()
}

// published returns the good rollouts of a shard that is published for this
// key although infrastructure failed some: only those are played again.
func (r *runner) published(place store.Shard, key string) []scaler.Rollout {
	if m, ok := r.run.Manifest(place); !ok || m.Key != key {
		return nil
	}
	rows, err := store.Collect(store.ShardRows[scaler.Rollout](r.run, place))
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(rows, func(p scaler.Rollout) bool { return p.Ended == "error" })
}

func missing(tasks []scaler.Task, per int, done []scaler.Rollout) []attempt {
	type slot struct {
		task  scaler.TaskID
		index int
	}
	have := map[slot]bool{}
	for _, p := range done {
		have[slot{p.Task, p.Index}] = true
	}
	var todo []attempt
	for _, t := range tasks {
		for i := range per {
			if !have[slot{t.ID, i}] {
				todo = append(todo, attempt{t, i})
			}
		}
	}
	return todo
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
		return journal.Append(p)
	})
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

func reportRollouts(played []scaler.Rollout, families map[scaler.TaskID]scaler.Family) scaler.Report {
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
