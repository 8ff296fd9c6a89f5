package rollout_test

import (
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/rollout"
)

// Each fault really happens, is named, and does what its row says: those with a
// stage spoil the rollout, the others do not.
func TestFaultsHappen(t *testing.T) {
	w, env := library(t)
	for _, f := range rollout.Faults {
		t.Run(f.Name, func(t *testing.T) {
			p := rollout.Player{Agent: rollout.Noisy(rollout.Planner(1), 1, 1, f), User: rollout.ScriptedUser(1, 0)}
			happened := 0
			for _, s := range scripts {
				task := s.task(t, w, env)
				r, err := p.Play(t.Context(), w, env, task, 0)
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Faults) == 0 {
					continue
				}
				happened++
				if r.Faults[0] != f.Name || r.Agent != "noisy" {
					t.Errorf("agent %s, faults %v", r.Agent, r.Faults)
				}
				if spoilt := spoils(task, r); len(f.Stages) > 0 && !spoilt && task.Refusal == nil && len(task.Reply)+len(task.Gold) > 0 {
					t.Errorf("%s did no harm:\n%s", f.Name, transcript(r))
				} else if len(f.Stages) == 0 && spoilt {
					t.Errorf("%s did harm:\n%s", f.Name, transcript(r))
				}
			}
			if happened == 0 {
				t.Error("it never happened")
			}
		})
	}
}

// spoils says whether anything is wrong with a rollout, by what a reader sees.
func spoils(task scaler.Task, r scaler.Rollout) bool {
	if achieved(task, r) != "" {
		return true
	}
	repeated := func(m scaler.Message) bool {
		return len(m.Content) > 400 && strings.Count(m.Content, m.Content[:20]) > 5
	}
	malformed := func(c scaler.Call) bool { return len(c.Arguments) > 0 && c.Arguments[0] == '"' }
	return slices.ContainsFunc(r.Messages, repeated) || slices.ContainsFunc(r.Calls, malformed)
}

func TestShareOfFaults(t *testing.T) {
	w, env := library(t)
	p := rollout.Player{Agent: rollout.Noisy(rollout.Planner(1), 1, 0.5), User: rollout.ScriptedUser(1, 0)}
	task := scripts[2].task(t, w, env)
	faulty := 0
	for index := range 60 {
		r, err := p.Play(t.Context(), w, env, task, index)
		if err != nil {
			t.Fatal(err)
		}
		faulty += len(r.Faults)
	}
	if faulty < 15 || faulty > 40 {
		t.Errorf("%d of 60 rollouts had a fault, want about half, less those without occasion", faulty)
	}
}
