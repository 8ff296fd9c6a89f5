package tau1

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// respond is the name of the action that speaks to the user.
const respond = "respond"

// stop ends a conversation where the user's message holds it.
const stop = "###STOP###"

// An Action is one step of the agent: a tool call, or respond with a content.
type Action struct {
	Name      string
	Arguments *pyjson.Object
}

// A Task is what scoring needs to know: the gold actions, and texts that the
// agent has to say.
type Task struct {
	Actions []Action
	Outputs []string
}

// A Reward is how a finished conversation scores, as calculate_reward of
// tau-bench does.
type Reward struct {
	Reward   float64
	State    bool            // the data is what the gold actions make of it
	GoldHash string          // of that data
	Said     map[string]bool // of each output, whether the agent said it
}

// Score compares the data of a session with what the gold actions of the task
// make of fresh data, and looks for the outputs in what the agent said.
func (s *Session) Score(task Task, said []string) Reward {
	gold := s.world.Start()
	for _, a := range task.Actions {
		if a.Name != respond && !Ends(a.Name) {
			gold.Call(a.Name, a.Arguments)
		}
		if a.Name == respond {
			said = append(said, text(a.Arguments, "content"))
		}
	}
	r := Reward{Reward: 1, GoldHash: gold.OfficialHash(), Said: map[string]bool{}}
	r.State = s.OfficialHash() == r.GoldHash
	if !r.State {
		r.Reward = 0
	}
	for _, output := range task.Outputs {
		found := false
		for _, content := range said {
			found = found || strings.Contains(strings.ReplaceAll(python.Lower(content), ",", ""), python.Lower(output))
		}
		r.Said[output] = found
		if !found {
			r.Reward = 0
		}
	}
	return r
}

func text(o *pyjson.Object, key string) string {
	v, _ := o.Get(key)
	s, _ := v.(string)
	return s
}

// Rescore plays the messages of a finished conversation again and scores it. A
// conversation that never ended scores 0, and so does one in which the original
// would have failed; why says so.
func (w *World) Rescore(task Task, messages []*pyjson.Object) (r Reward, why string) {
	s := w.Start()
	var said []string
	for i, m := range messages {
		if text(m, "role") != "assistant" {
			continue
		}
		if a, called, err := action(m); err != nil {
			return Reward{}, "arguments that are not JSON"
		} else if called {
			if s.Call(a.Name, a.Arguments).Crashed {
				return Reward{}, "a tool answered with nothing"
			}
			if Ends(a.Name) && w.tools[a.Name] != nil {
				return s.Score(task, said), ""
			}
			continue
		}
		said = append(said, text(m, "content"))
		if i+1 < len(messages) && strings.Contains(text(messages[i+1], "content"), stop) {
			return s.Score(task, said), ""
		}
	}
	return Reward{}, "the conversation did not end"
}

// action returns the first tool call of a message; the others never run.
func action(m *pyjson.Object) (a Action, called bool, err error) {
	calls, _ := m.Get("tool_calls")
	list, _ := calls.([]any)
	if len(list) == 0 {
		return a, false, nil
	}
	call, _ := list[0].(*pyjson.Object)
	if call == nil {
		return a, false, nil
	}
	v, _ := call.Get("function")
	function, _ := v.(*pyjson.Object)
	if function == nil {
		return a, false, nil
	}
	arguments, err := pyjson.ParseObject([]byte(text(function, "arguments")))
	return Action{text(function, "name"), arguments}, true, err
}
