package spec

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
)

// ordered applies f to everything in, a few at a time, and returns the results in
// the order of the input. It holds at most twice as many results as it has workers.
func ordered[T, U any](ctx context.Context, in iter.Seq2[T, error], workers int, f func(T) U) iter.Seq2[U, error] {
	type slot struct {
		result chan U
		err    error
	}
	return func(yield func(U, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		queue := make(chan slot, workers)
		var group errgroup.Group
		group.SetLimit(workers + 1) // and the one that feeds them
		group.Go(func() error {
			defer close(queue)
			for item, err := range in {
				s := slot{make(chan U, 1), err}
				select {
				case queue <- s:
				case <-ctx.Done():
					return nil
				}
				if err != nil {
					return nil
				}
				group.Go(func() error {
					s.result <- f(item)
					return nil
				})
			}
			return nil
		})
		defer group.Wait()
		defer cancel()
		for s := range queue {
			if s.err != nil {
				var none U
				yield(none, s.err)
				return
			}
			if !yield(<-s.result, nil) {
				return
			}
		}
		if err := context.Cause(ctx); err != nil {
			var none U
			yield(none, err)
		}
	}
}
