package planner

import (
	"context"

	"github.com/agentscaler/scaler/llm"
)

// New returns the planner. The seed varies its wording, together with each
// request's own.
func New(seed uint64) llm.Model {
	return llm.Func("planner", func(_ context.Context, req llm.Request) (llm.Response, error) {
		pl := newPlan(req, seed)
		return llm.Reply(pl.next()), nil
	})
}
