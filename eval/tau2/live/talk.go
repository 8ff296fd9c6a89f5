package live

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/eval/tau2/checkout"
)

// A side sends messages and receives them.
type side int

const (
	agent side = iota
	user
	world // the environment
)

// A talk is one conversation going on: a message is on its way from one side to
// another, and a step brings it there and takes the answer.
type talk struct {
	*Player
	task        *tau2.Task
	env         *tau2.Env
	agent, user *party
	said        []tau2.Message // all of it
	from, to    side
	pending     []tau2.Message // on its way; more than one where many calls were answered
	steps       int
	errors      int
	ended       string // why; "" while it goes on
}

// stops are what a user says to end a conversation.
var stops = []string{checkout.Stop, "###TRANSFER###", "###OUT-OF-SCOPE###"}

// stopped reports whether a user's message ends the conversation. One with calls
// never does.
func stopped(m tau2.Message) bool {
	if m.Calls != nil {
		return false
	}
	for _, s := range stops {
		if strings.Contains(m.Content, s) {
			return true
		}
	}
	return false
}

// run goes on until somebody stops, or a limit is met.
func (t *talk) run(ctx context.Context) error {
	if err := t.begin(ctx); err != nil {
		return err
	}
	for t.ended == "" {
		if err := t.step(ctx); err != nil {
			return err
		}
		t.limit()
	}
	return t.scorable()
}

// scorable is the error of conversations that the original ends well but cannot
// score.
func (t *talk) scorable() error {
	if !tau2.Ends(t.ended) {
		return nil
	}
	if last := t.said[len(t.said)-1]; last.Calls != nil {
		return unusable("agent", "stops with calls that nothing answers")
	}
	for _, m := range t.said {
		for _, call := range m.Calls {
			if t.Version.Refuses && !t.World.Has(call.Name) {
				return unusable(m.Role, "has called %s, which this version cannot score", call.Name)
			}
		}
	}
	return nil
}

func (t *talk) send(from, to side, messages ...tau2.Message) {
	t.said = append(t.said, messages...)
	t.from, t.to, t.pending = from, to, messages
}

// step delivers the pending message and sends the answer on its way.
func (t *talk) step(ctx context.Context) error {
	switch t.to {
	case user:
		m, err := t.user.answer(ctx, t.pending)
		if err != nil {
			return err
		}
		if stopped(m) {
			t.ended = tau2.UserStop
		}
		t.send(user, toward(m, agent), m)
	case agent:
		m, err := t.agent.answer(ctx, t.pending)
		if err != nil {
			return err
		}
		if t.Domain.Solo && strings.Contains(m.Content, checkout.Stop) {
			t.ended = tau2.AgentStop
		}
		t.send(agent, toward(m, user), m)
	case world:
		t.send(world, t.from, t.execute(t.pending[0])...)
	}
	t.protocol()
	t.steps++
	return t.env.Sync()
}

// toward is where a message goes: calls to the environment, words to the other.
func toward(m tau2.Message, other side) side {
	if m.Calls != nil {
		return world
	}
	return other
}

// protocol ends a conversation whose last message both talks and calls, where
// that is forbidden.
func (t *talk) protocol() {
	m := t.pending[0]
	if !t.Protocol || m.Calls == nil || strings.TrimSpace(m.Content) == "" {
		return
	}
	t.ended = map[side]string{agent: tau2.AgentError, user: tau2.UserError}[t.from]
}

// execute makes every call of a message.
func (t *talk) execute(m tau2.Message) []tau2.Message {
	var answers []tau2.Message
	for _, call := range m.Calls {
		r := t.env.Respond(call.Requestor, call.Name, call.Arguments)
		if r.Error != "" {
			t.errors++
		}
		answers = append(answers, tau2.Message{Role: "tool", Content: r.Content, ID: call.ID, Requestor: call.Requestor, Failed: r.Error != ""})
	}
	return answers
}

// limit ends a conversation that is too long, or in which too much failed. It
// does so even where somebody has just stopped it; versions that wait do not look
// while a call is on its way.
func (t *talk) limit() {
	if t.Version.Waits && t.to == world {
		return
	}
	if t.steps >= t.MaxSteps {
		t.ended = tau2.MaxSteps
	}
	if t.Version.Counts && t.errors >= t.MaxErrors {
		t.ended = tau2.ManyErrors
	}
}

// errReply is the error of a reply that the original raises an exception for. It
// is no failure of the task: the conversation is played again, and if the reply
// stays like that, it counts as not answered.
var errReply = errors.New("a reply that cannot be used")

func unusable(who, format string, args ...any) error {
	return fmt.Errorf("%w: the %s "+format, append([]any{errReply, who}, args...)...)
}
