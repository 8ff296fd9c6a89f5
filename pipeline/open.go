package pipeline

import (
	"context"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/store"
)

// OpenWorld opens a world for calls. Code that this user's own builder did not
// write, or that was edited since, runs in a worker process.
func OpenWorld(w *scaler.World) (*sandbox.World, error) {
	return sandbox.Open(w, sandbox.Options{Isolate: !ledger().Vouches(w)})
}

// CheckWorld tries a world against the world contract, its code in a worker
// process where OpenWorld would run it in one.
func CheckWorld(ctx context.Context, w *scaler.World) (scaler.Check, error) {
	return contract.Check(ctx, w, sandbox.Options{Isolate: !ledger().Vouches(w)})
}

var ledger = sync.OnceValue(store.OpenLedger)

// openWorld reads a world of a run and opens it.
func openWorld(run *store.Run, id scaler.WorldID) (*scaler.World, *sandbox.World, error) {
	w, err := run.ReadWorld(id)
	if err != nil {
		return nil, nil, err
	}
	env, err := OpenWorld(w)
	return w, env, err
}
