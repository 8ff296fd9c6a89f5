package rollout

import (
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/rollout/internal/planner"
)

// Planner returns the built-in agent. It works from what it is told and what it
// reads: it never sees a task. The seed varies its wording.
func Planner(seed uint64) llm.Model { return planner.New(seed) }
