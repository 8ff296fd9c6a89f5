package pipeline

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/contract"
)

// admit looks at the worlds that were changed by hand since they were last
// checked and returns those that cannot be worked with: unreadable, not
// compiling, or breaking their contract. The others go on without them.
func (r *runner) admit(ids []scaler.WorldID) ([]aside, error) {
	why := make([]string, len(ids))
	err := r.each(len(ids), func(i int) (err error) {
		why[i], err = r.trouble(ids[i])
		return err
	})
	var out []aside
	for i, id := range ids {
		if why[i] != "" {
			out = append(out, aside{id, why[i]})
		}
	}
	return out, err
}

// An aside is a world that is left out of the stages after its own, and why.
type aside struct {
	world scaler.WorldID
	why   string
}

// trouble says what keeps a world from being worked with; empty for nothing.
// What a check of the world as it stands has found is believed.
func (r *runner) trouble(id scaler.WorldID) (string, error) {
	check, current, err := r.run.CheckOf(id)
	if err != nil || current && check.Grade.Tools > 0 { // an older version did not grade
		return contract.Trouble(check), err
	}
	w, err := r.run.ReadWorld(id)
	if err != nil {
		return err.Error(), nil
	}
	if w.ID != id {
		return fmt.Sprintf("world.json: id is %s, but the folder is called %s", w.ID, id), nil
	}
	if check, err = CheckWorld(r.ctx, w); err != nil {
		return err.Error(), r.ctx.Err()
	}
	return contract.Trouble(check), r.run.WriteCheck(id, check)
}

// admitted is a shard without the worlds set aside and those of too low a grade.
func (r *runner) admitted(s shard) shard {
	s.worlds = slices.DeleteFunc(slices.Clone(s.worlds), func(id scaler.WorldID) bool {
		return slices.ContainsFunc(r.aside, func(a aside) bool { return a.world == id }) ||
			slices.ContainsFunc(r.low, func(l lowWorld) bool { return l.id == id })
	})
	return s
}

// setAside is the error of a run that left worlds aside.
func (r *runner) setAside() error {
	var b strings.Builder
	for _, a := range r.aside {
		fmt.Fprintf(&b, "\n  %s: %s\n    see: agentscaler verify %s", a.world, a.why, r.run.Path("worlds", string(a.world)))
	}
	return fmt.Errorf("%w: %d of the worlds were set aside, all others are done; mend them and run the same command again%s", ErrFailedItems, len(r.aside), b.String())
}
