// Package filter decides which rollouts are worth learning from: the paper's
// funnel of validity, state alignment and exact call match, and on top of it
// the reply, near-duplicates and contamination (paper, stage 2).
//
// A failed call on the way does not matter; where the conversation ends does.
package filter

import (
	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// What a Funnel can require of the calls.
const (
	State = "state" // the final state is the gold state, whatever led to it
	Exact = "exact" // the successful calls are the gold calls as well
)

// A Funnel judges rollouts one by one. Tasks that only read leave no trace in
// the state, so their calls are looked at whatever Require says.
type Funnel struct {
	Require string // State or Exact; "" means State
}

// A Stage is one question asked of a rollout. It answers from the case alone
// and returns a zero Finding where it has nothing against it.
type Stage struct {
	Name  string
	Apply func(*Case) Finding
}

// Stages lists the questions in the order they are asked. To add one, add a row.
var Stages = []Stage{
	{Name: "validity", Apply: validity},
	{Name: "state", Apply: stateAlignment},
	{Name: "exact", Apply: demandedCalls},
	{Name: "reply", Apply: reply},
}

// A Finding is why a stage drops a rollout.
type Finding struct {
	Reason string // a code; "" means the rollout passes
	Detail string // what exactly, for a person
}

func (f Finding) ok() bool { return f.Reason == "" }

// A Case is what the stages look at: a task, a rollout of it, and what its
// calls really did.
type Case struct {
	Task    scaler.Task
	Rollout scaler.Rollout
	World   *scaler.World
	Replay  Replay
	Require string
}

// Judge runs the rollout's calls again on a fresh session and asks each stage
// about it, in order. The first that objects drops it. Whether state, calls and
// reply are right is recorded in any case.
func (f Funnel) Judge(env *sandbox.World, t scaler.Task, r scaler.Rollout) scaler.Verdict {
	v := scaler.Verdict{Rollout: r.ID, Task: r.Task, World: r.World}
	run, err := replay(env, t, r)
	if err != nil {
		v.Stage, v.Reason, v.Detail = "replay", ReplayFailed, err.Error()
		return v
	}
	c := &Case{Task: t, Rollout: r, World: env.Spec(), Replay: run, Require: f.Require}
	v.State = stateAlignment(c).ok()
	v.Exact = sameCalls(c).ok()
	v.Reply = reply(c).ok()
	v.Errors = run.failed()
	for _, s := range Stages {
		if found := s.Apply(c); !found.ok() {
			v.Stage, v.Reason, v.Detail = s.Name, found.Reason, found.Detail
			return v
		}
	}
	v.Kept = true
	return v
}
