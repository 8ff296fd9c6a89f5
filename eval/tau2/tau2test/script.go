package tau2test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// A Script plays agent, user and judge of tasks. It reads nothing but requests,
// so that it plays behind a server as well: the user names its task in its first
// words, and the seed says which trial it is.
//
// The agent makes the gold calls one by one and tells the user which of its own
// to make; then it says what has to be said, and the user ends it. Where it is
// to fail, it calls a tool that there is none of until that ends it.
type Script struct {
	Tasks []tau2.Task
	Plan  func(task string, seed uint64) bool // whether a trial succeeds; nil: always
}

// Names of the models.
const (
	AgentName = "scripted-agent"
	UserName  = "scripted-user"
	JudgeName = "scripted-judge"
)

// What the two say to each other.
const (
	calling = "TASK "
	asking  = "DO "
	done    = "DONE"
	telling = "TELL "
)

// Models are all three.
func (s *Script) Models() []llm.Model { return []llm.Model{s.Agent(), s.User(), s.Judge()} }

// Agent is the agent, also one that works alone.
func (s *Script) Agent() llm.Model {
	return llm.Func(AgentName, func(_ context.Context, req llm.Request) (llm.Response, error) {
		t, alone, err := s.taskOf(req)
		if err != nil {
			return llm.Response{}, err
		}
		step := 0 // gold actions made so far
		for _, m := range req.Messages {
			switch {
			case m.Role == "user" && strings.HasPrefix(m.Content, calling):
				step = 0 // what was before is the task's history
			case m.Role == "tool" || m.Role == "user" && m.Content == done:
				step++
			}
		}
		switch {
		case s.Plan != nil && !s.Plan(t.ID, req.Seed):
			return llm.Reply(llm.Call(fmt.Sprintf("c%d", step), "no_such_tool", "{}")), nil
		case step < len(t.Actions):
			a := t.Actions[step]
			if a.Requestor == tau2.User && !alone {
				return llm.Reply(llm.Say(asking + strconv.Itoa(step))), nil
			}
			return llm.Reply(llm.Call(fmt.Sprintf("c%d", step), a.Name, string(pyjson.Marshal(a.Arguments)))), nil
		case alone:
			return llm.Reply(llm.Call("end", "done", "{}")), nil
		}
		return llm.Reply(llm.Say(telling + strings.Join(t.Communicate, "; "))), nil
	})
}

// taskOf finds the task that the user named, or that the ticket is of.
func (s *Script) taskOf(req llm.Request) (t *tau2.Task, alone bool, err error) {
	for _, m := range req.Messages {
		if name, ok := strings.CutPrefix(m.Content, calling); ok && m.Role == "user" {
			for i := range s.Tasks {
				if s.Tasks[i].ID == name {
					return &s.Tasks[i], false, nil
				}
			}
		}
	}
	for i := range s.Tasks {
		ticket, _ := s.Tasks[i].Body.Get("ticket")
		if text, ok := ticket.(string); ok && strings.Contains(req.Messages[0].Content, text) {
			return &s.Tasks[i], true, nil
		}
	}
	return nil, false, fmt.Errorf("no task is named in the conversation")
}

// User is the simulated user.
func (s *Script) User() llm.Model {
	scenarios := make([]string, len(s.Tasks))
	for i := range s.Tasks {
		v, _ := s.Tasks[i].Body.Get("user_scenario")
		scenarios[i] = checkout.Scenario(v)
	}
	return llm.Func(UserName, func(_ context.Context, req llm.Request) (llm.Response, error) {
		last := req.Messages[len(req.Messages)-1]
		at := slices.IndexFunc(scenarios, func(text string) bool { return strings.Contains(req.Messages[0].Content, text) })
		if at < 0 {
			return llm.Response{}, fmt.Errorf("the scenario is no task's")
		}
		t := &s.Tasks[at]
		if step, ok := strings.CutPrefix(last.Content, asking); ok && last.Role == "user" {
			n, _ := strconv.Atoi(step)
			return llm.Reply(llm.Call("u"+step, t.Actions[n].Name, string(pyjson.Marshal(t.Actions[n].Arguments)))), nil
		}
		switch {
		case last.Role == "tool":
			return llm.Reply(llm.Say(done)), nil
		case strings.HasPrefix(last.Content, telling):
			return llm.Reply(llm.Say("Thanks. " + checkout.Stop)), nil
		}
		return llm.Reply(llm.Say(calling + t.ID)), nil
	})
}

// Judge finds every statement fulfilled.
func (s *Script) Judge() llm.Model {
	return llm.Func(JudgeName, func(_ context.Context, req llm.Request) (llm.Response, error) {
		type result struct {
			Outcome string `json:"expectedOutcome"`
			Reason  string `json:"reasoning"`
			Met     bool   `json:"metExpectation"`
		}
		answer := struct {
			Results []result `json:"results"`
		}{[]result{{"all of it", "as planned", true}}}
		text, err := json.Marshal(answer)
		return llm.Reply(scaler.Message{Content: string(text)}), err
	})
}

// Named returns tasks whose scenarios and tickets name them: in telecom they are
// the same for many tasks, and a script has to tell them apart.
func Named(tasks []tau2.Task) []tau2.Task {
	out := append([]tau2.Task(nil), tasks...)
	for i := range out {
		body := out[i].Body.Clone()
		mark := fmt.Sprintf("(This is task %s.)", out[i].ID)
		if ticket, _ := body.Get("ticket"); ticket != nil {
			body.Set("ticket", pyjson.Str(ticket)+mark)
		}
		scenario, _ := body.Get("user_scenario")
		o := scenario.(*pyjson.Object)
		persona, _ := o.Get("persona")
		o.Set("persona", pyjson.Str(persona)+mark)
		out[i].Body = body
	}
	return out
}
