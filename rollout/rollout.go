// Package rollout plays tasks: an agent and a simulated user talk, the agent
// calls the world's tools, and what happened is recorded (paper, stage 2).
//
// Both sides are llm.Models and see only what a model would see: messages and
// tool specifications. The built-in ones (Planner, ScriptedUser, Noisy) need no
// network; any model can take either part.
package rollout

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/sandbox"
)

// A Player plays tasks.
type Player struct {
	Agent, User llm.Model     // required
	Turns       int           // messages of the agent; 0 means 40
	Tokens      int           // of both sides, as their models report them; 0 means no limit
	Timeout     time.Duration // of one rollout; 0 means 15 minutes
	Log         *slog.Logger  // nil means silent
}

// How a rollout can end.
const (
	UserStop  = "user_stop"  // the user was content, or had heard why not
	AgentStop = "agent_stop" // the agent said and called nothing
	MaxTurns  = "max_turns"
	MaxTokens = "max_tokens"
	Failed    = "error" // a model or the sandbox failed; Rollout.Error says how
)

// Play plays one rollout of a task. The failure of a model is data: the rollout
// ends with an error in it. Play returns an error only where there is nothing to
// record: the session does not start, or ctx has ended.
func (p Player) Play(ctx context.Context, w *scaler.World, env *sandbox.World, t scaler.Task, index int) (scaler.Rollout, error) {
	session, err := env.Start(t.Init, t.Seed)
	if err != nil {
		return scaler.Rollout{}, fmt.Errorf("rollout of task %s: %w", t.ID, err)
	}
	limit := p.Timeout
	if limit == 0 {
		limit = 15 * time.Minute
	}
	timed, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("the rollout took longer than %v", limit))
	defer cancel()

	g := newGame(p, w, session, t, index)
	ended, err := g.play(timed)
	if cause := context.Cause(ctx); cause != nil {
		return scaler.Rollout{}, fmt.Errorf("rollout of task %s: %w", t.ID, cause)
	}
	if err != nil && timed.Err() != nil {
		err = context.Cause(timed)
	}
	r := g.record
	r.Ended, r.Digest, r.Diff = ended, session.Digest(), session.Diff()
	if err != nil {
		r.Ended, r.Error = Failed, err.Error()
		g.log.Warn("rollout failed", "task", t.ID, "index", index, "err", err)
	}
	return r, nil
}

// newGame sets up a conversation before its first word.
func newGame(p Player, w *scaler.World, session *sandbox.Session, t scaler.Task, index int) *game {
	g := &game{Player: p, session: session, task: t, log: p.Log, offered: offered(w, t)}
	if g.Turns == 0 {
		g.Turns = 40
	}
	if g.log == nil {
		g.log = slog.New(slog.DiscardHandler)
	}
	g.system = scaler.Message{Role: "system", Content: SystemPrompt(w)}
	g.userSide = []scaler.Message{{Role: "system", Content: userPrompt(t)}, {Role: "user", Content: greeting}}
	g.record = scaler.Rollout{
		ID:   scaler.RolloutID(scaler.ContentID("rollout", scaler.Version, string(t.ID), strconv.Itoa(index), p.Agent.Name(), p.User.Name())),
		Task: t.ID, World: t.World, Index: index, Agent: p.Agent.Name(), User: p.User.Name(),
		Messages: []scaler.Message{}, Calls: []scaler.Call{},
	}
	return g
}

// offered returns the tools of a task as a model is shown them, in the world's
// order.
func offered(w *scaler.World, t scaler.Task) []llm.Tool {
	var tools []llm.Tool
	for _, tool := range w.Tools {
		if slices.Contains(t.Tools, tool.Name) {
			tools = append(tools, llm.Tool{Name: tool.Name, Description: tool.Description, Parameters: tool.Parameters})
		}
	}
	return tools
}
