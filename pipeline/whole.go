package pipeline

import "github.com/agentscaler/scaler/store"

// A stage whose inputs are unchanged is made again all the same where a part
// of what it made has been deleted or cut short.

// files are whole where all of them are there: each is published at once.
func files(names ...string) func(*runner) bool {
	return func(r *runner) bool {
		for _, name := range names {
			if !r.run.Exists(name) {
				return false
			}
		}
		return true
	}
}

// allWorlds says whether no world is gone since the stage counted them.
func allWorlds(r *runner) bool {
	ids, err := r.run.Worlds()
	if err != nil || !r.run.Exists("worlds/none.jsonl") {
		return false
	}
	for _, c := range r.info.stage("world").Counts {
		if c.Name == "worlds" {
			return len(ids) >= int(c.N)
		}
	}
	return false
}

// allShards says whether every group of worlds has its shard.
func allShards(stage string) func(*runner) bool {
	return func(r *runner) bool {
		all, err := r.shards()
		if err != nil {
			return false
		}
		for _, s := range all {
			if _, ok := r.run.Manifest(store.Shard{Stage: stage, Name: s.name}); !ok {
				return false
			}
		}
		return true
	}
}
