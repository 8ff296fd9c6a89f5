package live

import (
	"fmt"
	"time"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// Results are written in the form of the official simulation files, which its
// viewer reads. Their clock stands still: a message's time is its place in the
// conversation, so that the same run writes the same bytes.

// stamp is the time of a place in a conversation.
func stamp(i int) string {
	return time.Unix(0, 0).UTC().Add(time.Duration(i) * time.Second).Format("2006-01-02T15:04:05.000000")
}

// Row is a simulation as a result file holds it.
func (p *Player) Row(s Simulation) *pyjson.Object {
	messages := make([]any, len(s.Conversation.Messages))
	for i, m := range s.Conversation.Messages {
		messages[i] = messageRow(m, i)
	}
	return pyjson.Of(
		"id", scaler.ContentID(fmt.Sprintf("%s %s %d %d", p.Domain.Name, s.Task.ID, s.Trial, s.Seed)), "task_id", s.Task.ID,
		"timestamp", stamp(0), "start_time", stamp(0), "end_time", stamp(len(messages)), "duration", 0.0,
		"termination_reason", s.Conversation.Ended, "agent_cost", nil, "user_cost", nil,
		"reward_info", p.rewardRow(s), "messages", messages, "trial", int64(s.Trial), "seed", int64(s.Seed), "mode", "half_duplex")
}

func messageRow(m tau2.Message, turn int) *pyjson.Object {
	if m.Role == "tool" {
		return pyjson.Of("id", m.ID, "role", m.Role, "content", m.Content, "requestor", m.Requestor, "error", m.Failed,
			"turn_idx", int64(turn), "timestamp", stamp(turn))
	}
	var content, calls, usage any
	if !m.Null {
		content = m.Content
	}
	if m.Calls != nil {
		list := make([]any, len(m.Calls))
		for i, c := range m.Calls {
			list[i] = pyjson.Of("id", c.ID, "name", c.Name, "arguments", c.Arguments, "requestor", c.Requestor)
		}
		calls = list
	}
	if u := m.Usage; u != nil {
		usage = pyjson.Of("completion_tokens", int64(u.Completion), "prompt_tokens", int64(u.Prompt))
	}
	return pyjson.Of("role", m.Role, "content", content, "tool_calls", calls, "turn_idx", int64(turn), "timestamp", stamp(turn),
		"cost", nil, "usage", usage, "raw_data", nil)
}

// rewardRow is RewardInfo: the reward and every check that it was made of.
func (p *Player) rewardRow(s Simulation) *pyjson.Object {
	if !tau2.Ends(s.Conversation.Ended) {
		return pyjson.Of("reward", 0.0, "reward_basis", nil,
			"info", pyjson.Of("note", "Simulation terminated prematurely. Termination reason: "+s.Conversation.Ended))
	}
	r, criteria := s.Reward, field(s.Task.Body, "evaluation_criteria")
	breakdown := pyjson.Of()
	for _, basis := range s.Task.Basis {
		if v, ok := r.Breakdown[basis]; ok {
			breakdown.Set(basis, v)
		}
	}
	var database any
	if r.Match != nil {
		database = pyjson.Of("db_match", *r.Match, "db_reward", points(*r.Match))
	}
	checks := func(key string, met []bool, row func(v any, met bool) *pyjson.Object) []any {
		all, _ := field(criteria, key).([]any)
		out := make([]any, 0, len(met))
		for i, ok := range met {
			out = append(out, row(all[i], ok))
		}
		return out
	}
	basis := make([]any, len(s.Task.Basis))
	for i, b := range s.Task.Basis {
		basis[i] = b
	}
	return pyjson.Of(
		"reward", r.Reward, "db_check", database,
		"env_assertions", checks("env_assertions", r.Assertions, func(v any, met bool) *pyjson.Object {
			return pyjson.Of("env_assertion", v, "met", met, "reward", points(met))
		}),
		"action_checks", checks("actions", r.Actions, func(v any, met bool) *pyjson.Object {
			return pyjson.Of("action", v, "action_match", met, "action_reward", points(met), "tool_type", p.toolType(v))
		}),
		"nl_assertions", verdictRows(s.Conversation.Verdicts),
		"communicate_checks", checks("communicate_info", r.Communicate, func(v any, met bool) *pyjson.Object {
			return pyjson.Of("info", v, "met", met, "justification", "")
		}),
		"reward_basis", basis, "reward_breakdown", breakdown, "info", nil)
}

func points(met bool) float64 {
	if met {
		return 1
	}
	return 0
}

func verdictRows(verdicts []tau2.Verdict) []any {
	out := make([]any, len(verdicts))
	for i, v := range verdicts {
		out[i] = pyjson.Of("nl_assertion", v.Statement, "met", v.Met, "justification", v.Why)
	}
	return out
}

// toolType is what the checkout says of a gold action's tool.
func (p *Player) toolType(action any) any {
	name := field(action, "name")
	for _, tools := range [][]checkout.Tool{p.Domain.Agent, p.Domain.User} {
		for _, t := range tools {
			if t.Name == name {
				return t.Type
			}
		}
	}
	return nil
}

// Info is the head of a result file.
func (p *Player) Info(trials int) *pyjson.Object {
	agent, user := "llm_agent", "user_simulator"
	var userModel any
	if p.Domain.Solo {
		agent, user = "llm_agent_solo", "dummy_user"
	} else {
		userModel = p.User.Name()
	}
	return pyjson.Of(
		"git_commit", p.Version.Commit, "num_trials", int64(trials), "max_steps", int64(p.MaxSteps), "max_errors", int64(p.MaxErrors),
		"user_info", pyjson.Of("implementation", user, "llm", userModel, "llm_args", pyjson.Of("temperature", 0.0),
			"global_simulation_guidelines", p.Prompts.Guidelines),
		"agent_info", pyjson.Of("implementation", agent, "llm", p.Agent.Name(), "llm_args", pyjson.Of("temperature", p.Temperature)),
		"environment_info", pyjson.Of("domain_name", p.Domain.Name, "policy", p.Domain.Policy, "tool_defs", nil),
		"seed", int64(p.Seed))
}

func field(v any, key string) any {
	if o, ok := v.(*pyjson.Object); ok {
		v, _ := o.Get(key)
		return v
	}
	return nil
}
