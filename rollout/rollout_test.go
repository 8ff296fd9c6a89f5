package rollout_test

import (
	"testing"

	"github.com/agentscaler/scaler/rollout"
)

// The built-in agent and user solve every family of the library's tasks.
func TestBuiltInsSolveTheLibrary(t *testing.T) {
	w, env := library(t)
	p := rollout.Player{Agent: rollout.Planner(1), User: rollout.ScriptedUser(1, 0)}
	for _, s := range scripts {
		t.Run(string(s.family)+"/"+s.opening, func(t *testing.T) {
			task := s.task(t, w, env)
			r, err := p.Play(t.Context(), w, env, task, 0)
			if err != nil {
				t.Fatal(err)
			}
			if what := achieved(task, r); what != "" {
				t.Errorf("%s\n%s", what, transcript(r))
			}
		})
	}
}
