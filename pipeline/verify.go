package pipeline

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/export"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/store"
	"github.com/agentscaler/scaler/task"
	"golang.org/x/sync/errgroup"
)

// A Claim is something a run says of itself, and on how much of it that holds
// when it is tried again from disk.
type Claim struct {
	Name   string   `json:"name"`
	Held   int      `json:"held"`
	Of     int      `json:"of"`
	Broken []string `json:"broken,omitempty"` // the first few that do not hold
}

// part is something of a run that can be verified.
type part struct {
	name  string
	prove func(context.Context, *store.Run, *claims) error
}

// parts lists what can be verified, in order.
var parts = []part{
	{"worlds", verifyWorlds},
	{"tasks", verifyTasks},
	{"rollouts", verifyRollouts},
	{"dataset", verifyDataset},
}

// Verify proves from disk what a run claims of the named parts; no name means
// all of them.
func Verify(ctx context.Context, run *store.Run, names []string) ([]Claim, error) {
	for _, name := range names {
		if !slices.ContainsFunc(parts, func(p part) bool { return p.name == name }) {
			return nil, fmt.Errorf("there is nothing called %q to verify; try worlds, tasks, rollouts or dataset", name)
		}
	}
	var c claims
	for _, p := range parts {
		if len(names) > 0 && !slices.Contains(names, p.name) {
			continue
		}
		if err := p.prove(ctx, run, &c); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return c.all, nil
}

// claims counts from several goroutines; claims keep the order of need.
type claims struct {
	mu  sync.Mutex // guards all
	all []Claim
}

const brokenShown = 10

// need declares a claim, so that one with nothing to hold is still shown.
func (c *claims) need(names ...string) {
	for _, name := range names {
		c.all = append(c.all, Claim{Name: name})
	}
}

// put enters one item of a declared claim.
func (c *claims) put(name string, holds bool, item string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.all, func(have Claim) bool { return have.Name == name })
	c.all[i].Of++
	if holds {
		c.all[i].Held++
		return
	}
	c.all[i].Broken = append(c.all[i].Broken, item)
	slices.Sort(c.all[i].Broken)
	c.all[i].Broken = c.all[i].Broken[:min(brokenShown, len(c.all[i].Broken))]
}

// eachWorld calls do for each of the run's worlds, several at a time.
func eachWorld(ctx context.Context, run *store.Run, do func(context.Context, scaler.WorldID) error) error {
	ids, err := run.Worlds()
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for _, id := range ids {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, id)
		})
	}
	return group.Wait()
}

// eachHome calls do for each world that has items, opened. Of a world that does
// not open the claim holds for none.
func eachHome[T any](ctx context.Context, run *store.Run, c *claims, claim string, byWorld map[scaler.WorldID][]T, name func(T) string, do func(*sandbox.World, []T) error) error {
	return eachWorld(ctx, run, func(_ context.Context, id scaler.WorldID) error {
		items := byWorld[id]
		if len(items) == 0 {
			return nil
		}
		_, env, err := openWorld(run, id)
		if err != nil {
			for _, item := range items {
				c.put(claim, false, fmt.Sprintf("%s: %v", name(item), err))
			}
			return nil
		}
		defer env.Close()
		return do(env, items)
	})
}

// homeless enters the items of worlds that the run does not have: nothing that
// is claimed of them can be tried.
func homeless[T any](run *store.Run, c *claims, claim string, byWorld map[scaler.WorldID][]T, name func(T) string) error {
	ids, err := run.Worlds()
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(byWorld) {
		if slices.Contains(ids, id) {
			continue
		}
		for _, item := range byWorld[id] {
			c.put(claim, false, fmt.Sprintf("%s: the run has no world %s", name(item), id))
		}
	}
	return nil
}

const (
	contractHolds = "worlds: tools that meet every clause of the contract"
	filesFit      = "worlds: files that fit together"
)

func verifyWorlds(ctx context.Context, run *store.Run, c *claims) error {
	c.need(contractHolds, filesFit)
	return eachWorld(ctx, run, func(ctx context.Context, id scaler.WorldID) error {
		w, err := run.ReadWorld(id)
		if err != nil {
			c.put(filesFit, false, fmt.Sprintf("%s: %v", id, err))
			return nil
		}
		check, err := CheckWorld(ctx, w)
		if err != nil {
			c.put(filesFit, false, fmt.Sprintf("%s: %v", id, err))
			return ctx.Err()
		}
		for _, t := range check.Tools {
			found := contract.Findings(t)
			c.put(contractHolds, len(found) == 0, fmt.Sprintf("%s %s: %s", id, t.Name, strings.Join(found, "; ")))
		}
		check.Tools = nil
		c.put(filesFit, contract.Trouble(check) == "", fmt.Sprintf("%s: %s", id, contract.Trouble(check)))
		return nil
	})
}

const (
	goldReproduced = "tasks: gold digest reproduced by replaying the gold calls"
	proofHolds     = "tasks: proof holds (flow, minimal, no leak)"
	nothingFails   = "tasks that write: doing nothing fails"
)

func verifyTasks(ctx context.Context, run *store.Run, c *claims) error {
	c.need(goldReproduced, proofHolds, nothingFails)
	tasks, err := byWorld(store.Rows[scaler.Task](run, "tasks"), func(t scaler.Task) scaler.WorldID { return t.World })
	if err != nil {
		return err
	}
	name := func(t scaler.Task) string { return string(t.ID) }
	if err := homeless(run, c, goldReproduced, tasks, name); err != nil {
		return err
	}
	return eachHome(ctx, run, c, goldReproduced, tasks, name, func(env *sandbox.World, tasks []scaler.Task) error {
		for _, t := range tasks {
			proof, err := task.Prove(ctx, env, t)
			if err != nil {
				return fmt.Errorf("task %s: %w", t.ID, err)
			}
			name := string(t.ID)
			c.put(goldReproduced, proof.Replays, name)
			c.put(proofHolds, proof.Flow && proof.Minimal && proof.NoLeak, name)
			if len(t.Gold) > 0 {
				idle, err := env.Start(t.Init, t.Seed)
				if err != nil {
					return fmt.Errorf("task %s: %w", t.ID, err)
				}
				c.put(nothingFails, idle.Digest() != t.Digest, name)
			}
		}
		return nil
	})
}

const (
	digestReproduced = "rollouts: final digest reproduced by running the calls again"
	keptReachGold    = "kept rollouts: final digest is the gold digest"
)

func verifyRollouts(ctx context.Context, run *store.Run, c *claims) error {
	c.need(digestReproduced, keptReachGold)
	tasks := map[scaler.TaskID]scaler.Task{}
	for t, err := range store.Rows[scaler.Task](run, "tasks") {
		if err != nil {
			return err
		}
		tasks[t.ID] = t
	}
	kept := map[scaler.RolloutID]bool{}
	for v, err := range store.Rows[scaler.Verdict](run, "verdicts") {
		if err != nil {
			return err
		}
		kept[v.Rollout] = v.Kept
	}
	rollouts, err := byWorld(store.Rows[scaler.Rollout](run, "rollouts"), func(p scaler.Rollout) scaler.WorldID { return p.World })
	if err != nil {
		return err
	}
	name := func(p scaler.Rollout) string { return string(p.ID) }
	if err := homeless(run, c, digestReproduced, rollouts, name); err != nil {
		return err
	}
	return eachHome(ctx, run, c, digestReproduced, rollouts, name, func(env *sandbox.World, rollouts []scaler.Rollout) error {
		for _, p := range rollouts {
			t, ok := tasks[p.Task]
			if !ok {
				c.put(digestReproduced, false, fmt.Sprintf("%s: the run has no task %s", p.ID, p.Task))
				continue
			}
			session, err := env.Start(t.Init, t.Seed)
			if err != nil {
				return fmt.Errorf("rollout %s: %w", p.ID, err)
			}
			for _, call := range p.Calls {
				if r := session.Call(ctx, call.Tool, call.Arguments); r.Err != nil {
					return fmt.Errorf("rollout %s: %w", p.ID, r.Err)
				}
			}
			c.put(digestReproduced, session.Digest() == p.Digest, string(p.ID))
			if kept[p.ID] {
				c.put(keptReachGold, p.Digest == t.Digest, string(p.ID))
			}
		}
		return nil
	})
}

const (
	datasetHolds = "dataset: rows well-formed, loss on assistant text and tool calls only, splits apart by domain"
	datasetWhole = "dataset: a row for each kept rollout, and for no other"
)

func verifyDataset(_ context.Context, run *store.Run, c *claims) error {
	c.need(datasetHolds, datasetWhole)
	if !run.Exists("verdicts") && !run.Exists("dataset") {
		return nil // the run was stopped before, and claims neither
	}
	report, err := export.Verify(run.Path("dataset"))
	if err != nil {
		c.put(datasetHolds, false, err.Error())
		return nil
	}
	for range report.Rows {
		c.put(datasetHolds, true, "")
	}
	rows := map[string]int{}
	for _, id := range report.IDs {
		rows[id]++
	}
	for v, err := range store.Rows[scaler.Verdict](run, "verdicts") {
		if err != nil {
			return err
		}
		id := string(v.Rollout)
		if v.Kept {
			c.put(datasetWhole, rows[id] == 1, fmt.Sprintf("kept rollout %s has %d rows", id, rows[id]))
			delete(rows, id)
		}
	}
	for _, id := range sortedKeys(rows) {
		c.put(datasetWhole, false, fmt.Sprintf("row %s is of no kept rollout", id))
	}
	return nil
}

func byWorld[T any](rows func(func(T, error) bool), world func(T) scaler.WorldID) (map[scaler.WorldID][]T, error) {
	groups := map[scaler.WorldID][]T{}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		groups[world(row)] = append(groups[world(row)], row)
	}
	return groups, nil
}
