package author

import (
	"sync"

	scaler "github.com/agentscaler/scaler"
)

// A tally counts what a model was asked and what came of it.
type tally struct {
	mu sync.Mutex // guards what follows

	asked, senseless, failed, tools, kept int
	tokens                                scaler.Usage
}

func (t *tally) add(n *int, by int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*n += by
}

func (t *tally) spend(u scaler.Usage) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tokens.Prompt += u.Prompt
	t.tokens.Completion += u.Completion
}

func (t *tally) report() scaler.Report {
	r := scaler.Report{Failed: t.failed, Tokens: t.tokens}
	r.Add("questions to a model", t.asked)
	r.Add("answers that make no sense", t.senseless)
	r.Add("tools that a model wrote", t.tools)
	r.Add("tools that stay as built in", t.kept)
	return r
}
