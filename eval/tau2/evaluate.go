package tau2

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// Why a conversation ended.
const (
	UserStop  = "user_stop"
	AgentStop = "agent_stop"
	MaxSteps  = "max_steps"
)

// A Message is one of a conversation, with what counts for the score.
type Message struct {
	Role    string // assistant, user or tool
	Content string
	Calls   []Action
}

// A Conversation is what is scored.
type Conversation struct {
	Messages []Message
	Ended    string // why: UserStop, AgentStop, or anything else, which scores 0
	Solo     bool   // the agent worked alone, with the user's tools
	Judge    Judge  // of statements in words; nil finds every one fulfilled
}

// A Judge says whether a conversation fulfils what a task states in words.
type Judge func(statement string) bool

// A Reward is how a conversation scores.
type Reward struct {
	Reward      float64
	Breakdown   map[string]float64 // by component of the basis
	Match       *bool              // the data is what the gold actions make of it; nil: not looked at
	Assertions  []bool
	Actions     []bool
	Communicate []bool
}

// Prepare makes an environment as the task begins.
func (w *World) Prepare(p *Process, t *Task) (*Env, *python.Error) {
	e := w.Start(p)
	for _, f := range t.Init {
		if _, err := e.Run(f.Side, f.Name, f.Arguments); err != nil {
			return nil, err
		}
	}
	_, err := python.Try(func() any { e.sync(); return nil })
	return e, err
}

// Evaluate is evaluate_simulation of tau2-bench with every component: the reward
// is the product of those in the task's basis, and 0 unless somebody stopped the
// conversation.
func (w *World) Evaluate(p *Process, t *Task, c Conversation) (Reward, error) {
	if c.Ended != UserStop && c.Ended != AgentStop {
		return Reward{}, nil
	}
	if t.Unscored {
		return Reward{Reward: 1}, nil
	}
	r := Reward{Reward: 1, Breakdown: map[string]float64{}}
	environment, err := r.checkEnvironment(w, p, t, c)
	if err != nil {
		return r, err
	}
	r.Actions = checkActions(t, c.Messages)
	r.Communicate = checkCommunication(t, c.Messages)
	judged := true
	for _, statement := range t.Judged {
		judged = judged && (c.Judge == nil || c.Judge(statement))
	}
	for _, part := range []struct {
		basis string
		met   bool
	}{
		{"DB", *r.Match}, {"ENV_ASSERTION", environment}, {"ACTION", all(r.Actions)}, {"NL_ASSERTION", judged}, {"COMMUNICATE", all(r.Communicate)},
	} {
		if !t.counts(part.basis) || t.Stateless && (part.basis == "DB" || part.basis == "ENV_ASSERTION") {
			continue
		}
		r.Breakdown[part.basis] = 0
		if part.met {
			r.Breakdown[part.basis] = 1
		}
		r.Reward *= r.Breakdown[part.basis]
	}
	return r, nil
}

func all(met []bool) bool {
	for _, ok := range met {
		if !ok {
			return false
		}
	}
	return true
}

// checkEnvironment replays the conversation's writes and, on another
// environment, the gold actions, which the original does not synchronise; it
// compares the two and runs the assertions on the first.
func (r *Reward) checkEnvironment(w *World, p *Process, t *Task, c Conversation) (bool, error) {
	match := true
	r.Match = &match
	if t.Stateless {
		return true, nil
	}
	predicted, err := w.Prepare(p, t)
	if err != nil {
		return false, err
	}
	predicted.Solo = c.Solo
	for _, m := range c.Messages {
		for _, call := range m.Calls {
			if w.Mutates(call.Name) {
				predicted.Respond(call.Requestor, call.Name, call.Arguments)
			}
		}
	}
	if _, err := python.Try(func() any { predicted.sync(); return nil }); err != nil {
		return false, err
	}
	gold, err := w.Prepare(p, t)
	if err != nil {
		return false, err
	}
	for _, a := range t.Actions {
		_, _ = gold.Make(a.Requestor, a.Name, a.Arguments) // a gold action that fails is left out
	}
	match = predicted.Same(gold)
	for _, f := range t.Assertions {
		v, err := predicted.Run(f.Side, f.Name, f.Arguments)
		if err != nil {
			return false, err
		}
		r.Assertions = append(r.Assertions, v == f.Want)
	}
	return all(r.Assertions), nil
}

// checkActions says of each gold action whether some call matches it.
func checkActions(t *Task, messages []Message) []bool {
	var met []bool
	for _, gold := range t.Actions {
		found := false
		for _, m := range messages {
			for _, call := range m.Calls {
				found = found || gold.matches(call)
			}
		}
		met = append(met, found)
	}
	return met
}

// matches compares the arguments that count. Where the task does not say which,
// those that the call has: the ones it left out are not missed.
func (a Action) matches(call Action) bool {
	if a.Name != call.Name {
		return false
	}
	names := a.Compare
	if names == nil {
		names = call.Arguments.Keys()
	}
	return len(names) == 0 || python.Equal(only(call.Arguments, names), only(a.Arguments, names))
}

func only(o *pyjson.Object, names []string) *pyjson.Object {
	out := pyjson.NewObject(len(names))
	for _, name := range names {
		if v, ok := o.Get(name); ok {
			out.Set(name, v)
		}
	}
	return out
}

// checkCommunication says of each text whether the agent said it. Commas are
// taken out of the message only.
func checkCommunication(t *Task, messages []Message) []bool {
	var met []bool
	for _, info := range t.Communicate {
		found := false
		for _, m := range messages {
			said := strings.ReplaceAll(python.Lower(m.Content), ",", "")
			found = found || m.Role == Assistant && strings.Contains(said, python.Lower(info))
		}
		met = append(met, found)
	}
	return met
}
