package eval

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// rescoreTau2 scores a file of simulations. Their tasks come from the file where
// it has them, so that a run of another version is scored by its own tasks, and
// from the data otherwise. What a judge found is taken from the file. One that
// cannot be scored, as where a call left a phone without settings that an
// assertion reads, scores 0, and its note says why.
func rescoreTau2(data string, results any) (Scores, error) {
	domain := text(results, "info", "environment_info", "domain_name")
	domain = strings.TrimSuffix(domain, "-workflow")
	p, err := newTau2Player(data, domain)
	if err != nil {
		return Scores{}, err
	}
	for _, body := range objects(list(results, "tasks")) {
		t, err := tau2.ReadTask(body)
		if err != nil {
			return Scores{}, fmt.Errorf("task %s: %w", t.ID, err)
		}
		p.tasks[t.ID] = &t
	}
	solo := strings.Contains(text(results, "info", "agent_info", "implementation"), "solo")
	var scores []Score
	for _, simulation := range objects(list(results, "simulations")) {
		s := Score{Domain: domain, Task: pyjson.Str(pyjson.Path(simulation, "task_id")), Trial: int(number(simulation, "trial")),
			Recorded: number(simulation, "reward_info", "reward")}
		t := p.tasks[s.Task]
		if t == nil {
			return Scores{}, fmt.Errorf("simulation of task %s, which neither the file nor the data has", s.Task)
		}
		c := conversation(simulation)
		c.Solo = solo
		r, err := p.world.Evaluate(tau2.NewProcess(), t, c)
		if err != nil { // officially an exception leaves the evaluation: there is no reward
			r, s.Note = tau2.Reward{}, "cannot be scored: "+err.Error()
		}
		s.Reward = r.Reward
		if c.Ended != tau2.UserStop && c.Ended != tau2.AgentStop {
			s.Note = "ended by " + c.Ended
		}
		scores = append(scores, s)
	}
	return newScores(scores), nil
}

// conversation reads a simulation.
func conversation(simulation *pyjson.Object) tau2.Conversation {
	c := tau2.Conversation{Ended: text(simulation, "termination_reason")}
	for _, m := range objects(list(simulation, "messages")) {
		c.Messages = append(c.Messages, tau2.ReadMessage(m))
	}
	for _, check := range objects(list(simulation, "reward_info", "nl_assertions")) {
		c.Verdicts = append(c.Verdicts, tau2.Verdict{Statement: text(check, "nl_assertion"), Met: pyjson.Path(check, "met") != false})
	}
	return c
}
