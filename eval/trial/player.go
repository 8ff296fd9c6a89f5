package trial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/agentscaler/scaler/store"
	"golang.org/x/sync/errgroup"
)

// A player is a run going on.
type player[R any] struct {
	*Runner[R]
	journal *store.Journal[Row[R]]

	mu   sync.Mutex // guards what follows
	rows map[at]R
	gaps map[at]error
	lost int // trials whose model was away since the last one that has a row
}

// each visits every trial in the order of the result.
func (p *player[R]) each(visit func(task int, id at) error) error {
	for trial := range max(p.Trials, 1) {
		for task, name := range p.Tasks {
			if err := visit(task, at{name, trial}); err != nil {
				return err
			}
		}
	}
	return nil
}

// play plays what is lacking, side by side.
func (p *player[R]) play(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(p.Parallel, parallel))
	err := p.each(func(task int, id at) error {
		if p.has(id) {
			return nil
		}
		if p.Budget.spent() {
			p.gap(id, ErrSpent)
			return nil
		}
		if p.hopeless() {
			p.gap(id, errGivenUp)
			return nil
		}
		group.Go(func() error { return p.one(ctx, task, id) })
		return ctx.Err()
	})
	return cmp.Or(group.Wait(), err)
}

const parallel = 8

// Why trials have no row that a run did not come to.
var (
	errNotPlayed = errors.New("not played")
	errGivenUp   = errors.New("not played: the trials before it had no answer")
)

func (p *player[R]) has(id at) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, ok := p.rows[id]
	return ok
}

// one plays one trial. Its error ends the run.
func (p *player[R]) one(ctx context.Context, task int, id at) error {
	limited, cancel := ctx, func() {}
	if p.Timeout > 0 {
		limited, cancel = context.WithTimeout(ctx, p.Timeout)
	}
	defer cancel()
	row, err := p.Play(limited, task, id.trial)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil && limited.Err() != nil {
		err = fmt.Errorf("%w: more than %v", ErrTooLong, p.Timeout)
	}
	if err != nil {
		p.gap(id, err)
	} else if err := p.keep(id, row); err != nil {
		return err
	}
	if p.Progress != nil {
		p.Progress.Step(1)
	}
	return nil
}

func (p *player[R]) gap(id at, why error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gaps[id] = why
	if away(why) {
		p.lost++
	}
}

// keep makes sure that a row is in the journal before it counts.
func (p *player[R]) keep(id at, row R) error {
	if err := p.journal.Append(Row[R]{id.task, id.trial, row}); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows[id] = row
	p.lost = 0
	return nil
}

// done puts what there is into its order.
func (p *player[R]) done() (d Done[R]) {
	_ = p.each(func(_ int, id at) error {
		if row, ok := p.rows[id]; ok {
			d.Rows = append(d.Rows, Row[R]{id.task, id.trial, row})
			return nil
		}
		why, played := p.gaps[id]
		if !played {
			why = errNotPlayed
		}
		d.Gaps = append(d.Gaps, Gap{id.task, id.trial, why})
		return nil
	})
	return d
}
