// Package live lets models play the tasks of tau2-bench as its own code does: an
// agent and a simulated user who take turns, or an agent alone on a ticket.
package live

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/internal/python"
	"github.com/agentscaler/scaler/llm"
)

// A Player plays tasks of one domain. Many conversations may go on at once.
type Player struct {
	Version checkout.Version
	Domain  *checkout.Domain
	Prompts *checkout.Prompts
	World   *tau2.World

	Agent, User, Judge  llm.Model
	MaxSteps, MaxErrors int
	Temperature         float64 // of the agent; the others have 0
	Protocol            bool    // a message that both talks and calls ends the conversation (v1.0 on, not its default)
	Thoughts            bool    // take reasoning out of texts (trial.Apart), which the official code does not
	Seed                uint64  // from which trials draw theirs; 0 sends none
}

// Limits of a conversation, as the official command has them.
const (
	MaxSteps  = 200
	MaxErrors = 10
)

// attempts is how often a conversation is played in which a reply could not be
// used, before it counts as not answered.
const attempts = 4

// Seed is what the official code seeds the requests of a trial with: trials draw
// one after the other. 0 stands for none.
func Seed(seed uint64, trial int) (drawn uint64) {
	if seed == 0 {
		return 0
	}
	r := python.NewRandom(seed)
	for range trial + 1 {
		drawn = r.Below(1000001)
	}
	return drawn
}

// NewPlayer opens a domain of a checkout. The models are the caller's to set.
func NewPlayer(c *checkout.Checkout, domain string, solo bool) (*Player, error) {
	p := &Player{Version: c.Version, MaxSteps: MaxSteps, MaxErrors: MaxErrors}
	var err error
	if p.Domain, err = c.Domain(domain, solo); err != nil {
		return nil, err
	}
	if p.Prompts, err = c.Prompts(); err != nil {
		return nil, err
	}
	if p.World, err = tau2.Open(c.Dir, p.Domain.World); err != nil {
		return nil, err
	}
	for role, tools := range map[string][]checkout.Tool{tau2.Assistant: p.Domain.Agent, tau2.User: p.Domain.User} {
		if tools == nil {
			continue
		}
		var names []string
		for _, t := range tools {
			names = append(names, t.Name)
		}
		if unknown := p.World.Only(role, names); unknown != "" {
			return nil, fmt.Errorf("tau2-bench %s: %s has a tool %s that this program does not know", c.Version.Name, domain, unknown)
		}
	}
	return p, nil
}

// A Simulation is one conversation and its reward.
type Simulation struct {
	Task         *tau2.Task
	Trial        int
	Seed         uint64
	Conversation tau2.Conversation
	Reward       tau2.Reward
}

// Play plays one trial of a task. Its error is the infrastructure's: a model that
// cannot be reached, or whose replies stay unusable.
func (p *Player) Play(ctx context.Context, t *tau2.Task, number int) (s Simulation, err error) {
	for attempt := range attempts {
		if s, err = p.play(ctx, t, number, attempt); !errors.Is(err, errReply) {
			break
		}
	}
	return s, err
}

func (p *Player) play(ctx context.Context, t *tau2.Task, number, attempt int) (Simulation, error) {
	s := Simulation{Task: t, Trial: number, Seed: Seed(p.Seed, number)}
	process := tau2.NewProcess()
	env, failed := p.World.Prepare(process, t)
	if failed != nil {
		return s, failed
	}
	env.Solo = p.Domain.Solo
	p.World.Replay(env, t.History)
	ask := llm.Request{Seed: s.Seed, For: llm.Purpose{Stage: "tau2-" + p.Domain.Name, Item: t.ID, Rollout: number}}
	if attempt > 0 {
		ask.For.Item = fmt.Sprintf("%s again %d", t.ID, attempt)
	}
	talk := &talk{Player: p, task: t, env: env}
	if err := talk.invite(ask); err != nil {
		return s, err
	}
	if err := talk.run(ctx); err != nil {
		return s, err
	}
	s.Conversation = tau2.Conversation{Messages: talk.said, Ended: talk.ended, Solo: p.Domain.Solo}
	var err error
	if s.Conversation.Verdicts, err = p.judge(ctx, ask, t, s.Conversation); err != nil {
		return s, err
	}
	s.Reward, err = p.World.Evaluate(process, t, s.Conversation)
	return s, err
}

// invite tells both parties what they are there for.
func (t *talk) invite(ask llm.Request) (err error) {
	ask.For.Role, ask.Temperature = "agent", &t.Temperature
	t.agent = &party{model: t.Agent, name: "agent", role: tau2.Assistant, apart: t.Thoughts, tools: offered(t.Prompts.Tools(t.Domain)), ask: ask}
	if t.Domain.Solo {
		t.user = &party{}
		ticket, _ := t.task.Body.Get("ticket")
		t.agent.done = t.Prompts.Done()
		t.agent.system, err = t.Prompts.SoloSystem(t.Domain, ticket)
		return err
	}
	if t.agent.system, err = t.Prompts.AgentSystem(t.Domain); err != nil {
		return err
	}
	ask.For.Role, ask.Temperature = "user", &zero
	tools := userTools(t.Domain, t.task)
	t.user = &party{model: t.User, name: "user", role: tau2.User, apart: t.Thoughts, tools: offered(tools), ask: ask}
	scenario, _ := t.task.Body.Get("user_scenario")
	t.user.system, err = t.Prompts.UserSystem(tools != nil, scenario)
	return err
}

// userTools are those of the domain, or the ones that a task names.
func userTools(d *checkout.Domain, t *tau2.Task) []checkout.Tool {
	v, _ := t.Body.Get("user_tools")
	names, listed := v.([]any)
	if !listed {
		return d.User
	}
	var kept []checkout.Tool
	for _, tool := range d.User {
		if slices.Contains(names, any(tool.Name)) {
			kept = append(kept, tool)
		}
	}
	return kept
}

// Alone says whether an agent can work on a task without a user.
func Alone(t *tau2.Task) bool {
	if state, _ := t.Body.Get("initial_state"); state != nil {
		for _, m := range t.History {
			if m.Role == tau2.User || m.Role == tau2.Assistant && m.Calls == nil {
				return false
			}
		}
		return true
	}
	ticket, _ := t.Body.Get("ticket")
	return ticket != nil && !t.Unscored && len(t.Actions) > 0
}
