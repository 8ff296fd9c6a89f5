package rollout

import (
	"context"
	"encoding/json"
	"strconv"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// Faulty is an agent that does wrong on purpose and says so.
type Faulty interface {
	// Faults names what was wrong with a response, or has turned out wrong by
	// the time of it: calls are those made so far.
	Faults(r llm.Response, calls []scaler.Call) []string
}

// Noisy returns an agent that does what another does, but for one fault in a
// share of its rollouts, so that a funnel has something to catch. Which fault a
// rollout gets depends on the seed, the task and the attempt. A fault that finds
// no occasion does not happen and is not named. No faults given means Faults.
func Noisy(agent llm.Model, seed uint64, share float64, faults ...Fault) llm.Model {
	if len(faults) == 0 {
		faults = Faults
	}
	return &noisy{agent: agent, seed: seed, share: share, faults: faults}
}

type noisy struct {
	agent  llm.Model
	seed   uint64
	share  float64
	faults []Fault
}

// Name says that this agent is not to be trusted.
func (n *noisy) Name() string { return "noisy" }

// Chat lets the other agent answer and spoils the answer where the rollout's
// fault finds its occasion.
func (n *noisy) Chat(ctx context.Context, req llm.Request) (llm.Response, error) {
	fault, ok := n.fault(req.For)
	if !ok {
		return n.agent.Chat(ctx, req)
	}
	t := &turn{ctx: ctx, agent: n.agent, req: req, done: history(req.Messages)}
	resp, err := n.agent.Chat(ctx, req)
	if err != nil {
		return llm.Response{}, err
	}
	spoilt, happened, err := fault.spoil(t, resp)
	if err != nil || !happened {
		return spoilt, err
	}
	spoilt.Raw, err = json.Marshal(confession{fault.Name})
	return spoilt, err
}

// fault chooses the fault of the rollout that p belongs to.
func (n *noisy) fault(p llm.Purpose) (Fault, bool) {
	rng := scaler.Rand(n.seed, "noisy", p.Item, strconv.Itoa(p.Rollout))
	if rng.Float64() >= n.share {
		return Fault{}, false
	}
	return n.faults[rng.IntN(len(n.faults))], true
}

// A confession is what a spoilt response carries as its raw text.
type confession struct {
	Fault string `json:"fault"`
}

// Faults implements Faulty. A write too many that changed nothing is none.
func (n *noisy) Faults(r llm.Response, calls []scaler.Call) []string {
	var c confession
	if r.Raw == nil || json.Unmarshal(r.Raw, &c) != nil || c.Fault == "" {
		return nil
	}
	if c.Fault == "extra_write" && (len(calls) == 0 || !calls[len(calls)-1].Changed) {
		return nil
	}
	return []string{c.Fault}
}
