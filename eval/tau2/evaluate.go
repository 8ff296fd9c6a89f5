package tau2

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// Why a conversation ended.
const (
	UserStop   = "user_stop"
	AgentStop  = "agent_stop"
	MaxSteps   = "max_steps"
	ManyErrors = "too_many_errors"
	AgentError = "agent_error"
	UserError  = "user_error"
)

// A Conversation is what is scored.
type Conversation struct {
	Messages []Message
	Ended    string // why: UserStop, AgentStop, or anything else, which scores 0
	Solo     bool   // the agent worked alone, with the user's tools

	// Verdicts are a judge's, of the task's statements in words: without any, every
	// statement is fulfilled.
	Verdicts []Verdict
}

// A Verdict is what a judge found of one statement.
type Verdict struct {
	Statement string // as the judge repeats it
	Met       bool
	Why       string
}

// Ends reports whether somebody stopped the conversation; any other end scores 0.
func Ends(why string) bool { return why == UserStop || why == AgentStop }

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
	w, err := w.initial(t)
	if err != nil {
		return nil, err
	}
	return w.prepare(p, t)
}

func (w *World) prepare(p *Process, t *Task) (*Env, *python.Error) {
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
	if !Ends(c.Ended) {
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
	for _, v := range c.Verdicts {
		judged = judged && v.Met
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
	w, invalid := w.initial(t)
	if invalid != nil {
		return false, invalid
	}
	predicted, err := w.prepare(p, t)
	if err != nil {
		return false, err
	}
	predicted.Solo = c.Solo
	w.Replay(predicted, c.Messages)
	if err := predicted.Sync(); err != nil {
		return false, err
	}
	gold, err := w.prepare(p, t)
	if err != nil {
		return false, err
	}
	w.Replay(gold, t.History)
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

// Replay makes the calls of messages again that can change data.
func (w *World) Replay(e *Env, messages []Message) {
	for _, m := range messages {
		for _, call := range m.Calls {
			if w.Mutates(call.Name) {
				e.Respond(call.Requestor, call.Name, call.Arguments)
			}
		}
	}
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
