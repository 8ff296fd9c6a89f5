package trial

import (
	"cmp"
	"errors"
	"net"

	"github.com/agentscaler/scaler/llm"
)

// patience is how many times the trials in flight may all be lost before a run
// takes the models for unreachable and starts no more of them.
const patience = 2

func (p *player[R]) hopeless() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lost > patience*cmp.Or(p.Parallel, parallel)
}

// away says whether an error is of a server that is not there, rather than of
// one that does not want a request.
func away(err error) bool {
	var network net.Error
	var refusal *llm.StatusError
	return errors.As(err, &network) || errors.As(err, &refusal) && refusal.Status >= 500
}
