package live

import (
	"context"
	"fmt"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/llm"
)

// judge asks once about all statements of a task that count. As officially, what
// it leaves out is not missed.
func (p *Player) judge(ctx context.Context, ask llm.Request, t *tau2.Task, c tau2.Conversation) ([]tau2.Verdict, error) {
	statements := t.Statements()
	if !tau2.Ends(c.Ended) || !p.Version.Judged || len(statements) == 0 {
		return nil, nil
	}
	system, user, err := p.Prompts.Judge(transcript(c.Messages), statements)
	if err != nil {
		return nil, err
	}
	ask.For.Role, ask.Seed = "judge", 0 // it is sent none
	ask.Temperature = &zero
	ask.Messages = []scaler.Message{{Role: "system", Content: system}, {Role: "user", Content: user}}
	r, err := p.Judge.Chat(ctx, ask)
	if err != nil {
		return nil, err
	}
	if p.Thoughts {
		r.Message = trial.Apart(r.Message)
	}
	var answer struct {
		Results []struct {
			Outcome string `json:"expectedOutcome"`
			Reason  string `json:"reasoning"`
			Met     *bool  `json:"metExpectation"`
		} `json:"results"`
	}
	if err := llm.Answer(r, &answer); err != nil {
		return nil, unusable("judge", "answers no JSON: %w", err)
	}
	var verdicts []tau2.Verdict
	for _, result := range answer.Results {
		if result.Met == nil {
			return nil, unusable("judge", "leaves open whether %q is met", result.Outcome)
		}
		verdicts = append(verdicts, tau2.Verdict{Statement: result.Outcome, Met: *result.Met, Why: result.Reason})
	}
	return verdicts, nil
}

var zero = 0.0

// transcript is the conversation as the judge reads it.
func transcript(messages []tau2.Message) string {
	lines := make([]string, len(messages))
	for i, m := range messages {
		content := m.Content
		if m.Null {
			content = "None"
		}
		lines[i] = fmt.Sprintf("%s: %s", m.Role, content)
	}
	return strings.Join(lines, "\n")
}
