package trial

import (
	"context"
	"errors"
	"sync"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// A Budget is what a run may ask of its models; zeros are no limit. It is spent
// through the models that Model returns, and safe for concurrent use. Behind a
// cache (cache.Model(budget.Model(m))) answers at hand cost nothing.
type Budget struct {
	Calls, Tokens int

	mu    sync.Mutex // guards what follows
	calls int
	usage scaler.Usage
}

// ErrSpent is the error of models, and of trials, when a budget is spent. It is
// no failure: with a new budget the next run goes on.
var ErrSpent = errors.New("the budget is spent")

// Spent returns what was asked so far.
func (b *Budget) Spent() (calls int, tokens scaler.Usage) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.calls, b.usage
}

// Model returns m within the budget: every request counts as a call, and its
// answer's tokens as they are reported. Requests in flight when the last token
// goes are answered, so a run can end a little above its budget.
func (b *Budget) Model(m llm.Model) llm.Model { return budgeted{b, m} }

type budgeted struct {
	budget *Budget
	llm.Model
}

func (m budgeted) Chat(ctx context.Context, req llm.Request) (llm.Response, error) {
	if !m.budget.take() {
		return llm.Response{}, ErrSpent
	}
	r, err := m.Model.Chat(ctx, req)
	m.budget.mu.Lock()
	defer m.budget.mu.Unlock()
	m.budget.usage.Prompt += r.Usage.Prompt
	m.budget.usage.Completion += r.Usage.Completion
	return r, err
}

// take counts a call where there is still something to spend.
func (b *Budget) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.empty() {
		return false
	}
	b.calls++
	return true
}

func (b *Budget) empty() bool {
	return b.Calls > 0 && b.calls >= b.Calls || b.Tokens > 0 && b.usage.Prompt+b.usage.Completion >= b.Tokens
}

// spent reports whether nothing is left; a nil budget is without limit.
func (b *Budget) spent() bool {
	if b == nil {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.empty()
}
