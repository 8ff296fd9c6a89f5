package pipeline

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/store"
	"golang.org/x/sync/errgroup"
)

// shard is a group of worlds whose rows go to one file.
type shard struct {
	name   string
	worlds []scaler.WorldID
}

// shards groups the run's worlds.
func (r *runner) shards() ([]shard, error) {
	worlds, err := r.run.Worlds()
	if err != nil {
		return nil, err
	}
	groups := map[string][]scaler.WorldID{}
	n := store.Shards(len(worlds))
	for _, id := range worlds {
		name := store.ShardOf(id, n)
		groups[name] = append(groups[name], id)
	}
	var all []shard
	for name, ids := range groups {
		all = append(all, shard{name, ids})
	}
	slices.SortFunc(all, func(a, b shard) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

// eachShard calls do for every shard, several at a time, deletes the shards
// that no world belongs to any more, and adds up the reports.
func (r *runner) eachShard(stage string, report *scaler.Report, do func(shard) (scaler.Report, error)) error {
	all, err := r.shards()
	if err != nil {
		return err
	}
	var names []string
	for _, s := range all {
		names = append(names, s.name)
	}
	if err := r.run.KeepShards(stage, names); err != nil {
		return err
	}
	reports := make([]scaler.Report, len(all))
	var group errgroup.Group
	group.SetLimit(r.o.Parallel)
	for i, s := range all {
		group.Go(func() error {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			var err error
			reports[i], err = do(s)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, part := range reports {
		sum(report, part)
	}
	return nil
}

// made returns the report of a shard that was already published for this key
// with no failed item.
func (r *runner) made(s store.Shard, key string) (scaler.Report, bool) {
	m, ok := r.run.Manifest(s)
	if !ok || m.Key != key || r.again {
		return scaler.Report{}, false
	}
	var report scaler.Report
	if json.Unmarshal(m.Report, &report) != nil || report.Failed > 0 {
		return scaler.Report{}, false
	}
	return report, true
}

// each calls do for every index below n, as many at once as the run allows
// over all shards.
func (r *runner) each(n int, do func(i int) error) error {
	var group errgroup.Group
	for i := range n {
		if err := r.slots.Acquire(r.ctx, 1); err != nil {
			return errFirst(group.Wait(), err)
		}
		group.Go(func() error {
			defer r.slots.Release(1)
			return do(i)
		})
	}
	return group.Wait()
}

func errFirst(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// sum adds a part's counts to a whole, in the order in which names first appear.
func sum(whole *scaler.Report, part scaler.Report) {
	for _, c := range part.Counts {
		i := slices.IndexFunc(whole.Counts, func(have scaler.Count) bool { return have.Name == c.Name })
		if i < 0 {
			whole.Counts = append(whole.Counts, c)
			continue
		}
		whole.Counts[i].N += c.N
	}
	whole.Failed += part.Failed
	whole.Tokens.Prompt += part.Tokens.Prompt
	whole.Tokens.Completion += part.Tokens.Completion
}

// tally adds up reports from several goroutines. Parts are kept by position,
// so that the sum does not depend on who came first.
type tally struct {
	mu    sync.Mutex // guards parts
	parts map[int]scaler.Report
}

func (t *tally) put(i int, part scaler.Report) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.parts == nil {
		t.parts = map[int]scaler.Report{}
	}
	t.parts[i] = part
}

func (t *tally) total(n int) scaler.Report {
	var whole scaler.Report
	for i := range n {
		sum(&whole, t.parts[i])
	}
	return whole
}
