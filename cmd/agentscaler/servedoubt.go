package main

import (
	"context"
	"log/slog"
	"sync"

	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/store"
)

// doubt warns of worlds that are served although they do not keep their contract.
// What a check of the files as they stand has found is believed; a world that was
// edited since, or never checked, is tried beside the serving, one at a time.
// It returns what ends that.
func doubt(ctx context.Context, log *slog.Logger, worlds []folder) (end func()) {
	if log == nil {
		return func() {}
	}
	var untried []folder
	for _, w := range worlds {
		if store.CheckStands(w.dir, w.World) {
			warn(log, w, contract.Trouble(w.Check))
		} else {
			untried = append(untried, w)
		}
	}
	ctx, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		for _, w := range untried {
			check, err := pipeline.CheckWorld(ctx, w.World)
			found := contract.Trouble(check)
			if err != nil {
				found = err.Error()
			}
			if ctx.Err() == nil {
				warn(log, w, found)
			}
		}
	})
	return func() { stop(); group.Wait() }
}

func warn(log *slog.Logger, w folder, found string) {
	if found != "" {
		log.Warn("this world is served and does not keep its contract; see: agentscaler verify "+w.dir, "world", w.ID, "found", found)
	}
}
