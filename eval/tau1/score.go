package tau1

import (
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/rows"
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

// A Task is what the user wants, the gold actions, and texts that the agent has
// to say. Scoring needs only the last two.
type Task struct {
	User        string // an id in the data
	Instruction string // for the simulated user
	Actions     []Action
	Outputs     []string
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
	r.State = s.Same(gold.State, rows.Tau1)
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
	strategy := strategyOf(messages)
	var said []string
	for i, m := range messages {
		if text(m, "role") != "assistant" {
			continue
		}
		a, err := strategy.action(message(m))
		if err != nil {
			return Reward{}, err.Error()
		}
		if a.Name == respond {
			said = append(said, text(a.Arguments, "content"))
			if i+1 < len(messages) && strings.Contains(text(messages[i+1], "content"), stop) {
				return s.Score(task, said), ""
			}
			continue
		}
		if s.Call(a.Name, a.Arguments).Crashed {
			return Reward{}, "a tool answered with nothing"
		}
		if Ends(a.Name) && w.tools[a.Name] != nil {
			return s.Score(task, said), ""
		}
	}
	return Reward{}, "the conversation did not end"
}

// strategyOf is how the agent of a conversation acts: with native calls, or as
// its system prompt told it to.
func strategyOf(messages []*pyjson.Object) AgentStrategy {
	for _, s := range AgentStrategies {
		if !s.native && len(messages) > 0 && strings.Contains(text(messages[0], "content"), textMark) {
			return s
		}
	}
	return AgentStrategies[0]
}

// message is an assistant's message of a row.
func message(o *pyjson.Object) scaler.Message {
	m := scaler.Message{Role: "assistant", Content: text(o, "content")}
	v, _ := o.Get("tool_calls")
	list, _ := v.([]any)
	for _, v := range list {
		if call, ok := v.(*pyjson.Object); ok {
			f := child(call, "function")
			m.ToolCalls = append(m.ToolCalls, scaler.ToolCall{ID: text(call, "id"), Name: text(f, "name"), Arguments: text(f, "arguments")})
		}
	}
	return m
}
