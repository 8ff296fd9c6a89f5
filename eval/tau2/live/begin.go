package live

import (
	"context"
	"strings"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
)

// begin brings the conversation to the first message that needs an answer.
func (t *talk) begin(ctx context.Context) error {
	if len(t.task.History) > 0 {
		return t.resume()
	}
	if t.Domain.Solo {
		return t.beginAlone(ctx)
	}
	first := tau2.Message{Role: tau2.Assistant, Content: t.Prompts.Greeting}
	if t.Version.Greeted {
		t.agent.heard = []tau2.Message{first}
	}
	t.send(agent, user, first)
	return t.env.Sync()
}

// beginAlone lets an agent without a user speak first.
func (t *talk) beginAlone(ctx context.Context) error {
	first, err := t.agent.answer(ctx, nil)
	if err != nil {
		return err
	}
	t.send(agent, toward(first, user), first)
	if strings.Contains(first.Content, checkout.Stop) {
		t.ended = tau2.AgentStop
	}
	t.protocol()
	return t.env.Sync()
}

// resume begins where a task's history ends.
func (t *talk) resume() error {
	history := t.task.History
	last := history[len(history)-1]
	before := history[:len(history)-1]
	t.said, t.pending = append([]tau2.Message(nil), history...), []tau2.Message{last}
	t.agent.heard, t.user.heard = heardBy(agent, before), heardBy(user, before)
	switch last.Role {
	case tau2.Assistant:
		t.from, t.to = agent, user
		t.agent.heard = heardBy(agent, history)
		if t.Domain.Solo && strings.Contains(last.Content, checkout.Stop) {
			t.ended = tau2.AgentStop
		}
	case tau2.User:
		t.from, t.to = user, agent
		t.user.heard = heardBy(user, history)
		if stopped(last) {
			t.ended = tau2.UserStop
		}
	default:
		t.from, t.to = world, agent
		if last.Requestor == tau2.User {
			t.to = user
			t.agent.heard = heardBy(agent, history)
		} else {
			t.user.heard = heardBy(user, history)
		}
	}
	if last.Calls != nil {
		t.to = world
	}
	t.protocol()
	return t.env.Sync()
}

// heardBy leaves a side what it sends and receives itself: never the calls of the
// other side and their answers.
func heardBy(s side, messages []tau2.Message) []tau2.Message {
	own := map[side]string{agent: tau2.Assistant, user: tau2.User}[s]
	var heard []tau2.Message
	for _, m := range messages {
		switch {
		case m.Role == own, m.Role != "tool" && m.Calls == nil, m.Role == "tool" && m.Requestor == own:
			heard = append(heard, m)
		}
	}
	return heard
}
