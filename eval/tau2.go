package eval

import (
	"fmt"

	"github.com/agentscaler/scaler/eval/tau2"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// tau2Player replays files of tau2-bench.
type tau2Player struct {
	world *tau2.World
	tasks map[string]*tau2.Task
}

func openTau2(data string, file *File) (Player, error) {
	if file.Domain == "" {
		return nil, fmt.Errorf(`the file does not say in "meta" which domain of tau2-bench it is about`)
	}
	return newTau2Player(data, file.Domain)
}

func newTau2Player(data, domain string) (*tau2Player, error) {
	w, err := tau2.Open(data, domain)
	if err != nil {
		return nil, err
	}
	tasks, err := tau2.Tasks(data, domain)
	if err != nil {
		return nil, err
	}
	p := &tau2Player{w, map[string]*tau2.Task{}}
	for i := range tasks {
		p.tasks[tasks[i].ID] = &tasks[i]
	}
	return p, nil
}

// Play implements Player.
func (p *tau2Player) Play(item *Item) (Session, error) {
	s := &tau2Session{player: p, item: item, process: tau2.NewProcess()}
	if item.Kind == "task" {
		s.task = p.tasks[item.ID]
		if s.task == nil {
			return nil, fmt.Errorf("the data has no such task")
		}
	} else {
		s.task = &tau2.Task{Init: tau2.Functions(pyjson.Path(item.Body, "init_actions"))}
	}
	var err error
	if s.env, err = p.prepare(s.process, s.task); err != nil {
		return nil, err
	}
	if item.Kind == "task" {
		if s.gold, err = p.prepare(s.process, s.task); err != nil {
			return nil, err
		}
	}
	s.startOfficial, s.start = s.env.Hashes(), s.env.StateHashes()
	return s, nil
}

func (p *tau2Player) prepare(process *tau2.Process, t *tau2.Task) (*tau2.Env, error) {
	e, err := p.world.Prepare(process, t)
	if err != nil {
		return nil, err
	}
	return e, nil
}

type tau2Session struct {
	player               *tau2Player
	item                 *Item
	process              *tau2.Process
	task                 *tau2.Task
	env, gold            *tau2.Env // gold: of a task only, its sides never synchronised
	startOfficial, start [2]any
	called               bool
}

// Call implements Session. A gold action is also made on the environment of the
// official scoring, where it may answer otherwise.
func (s *tau2Session) Call(call *pyjson.Object) Answer {
	s.called = true
	a := tau2.Action{Requestor: tau2.Assistant, Name: text(call, "tool"), Arguments: pyjson.NewObject(0)}
	if r := text(call, "requestor"); r != "" {
		a.Requestor = r
	}
	if arguments, ok := pyjson.Path(call, "arguments").(*pyjson.Object); ok {
		a.Arguments = arguments
	}
	changed := s.env.Watch()
	response := s.env.Respond(a.Requestor, a.Name, a.Arguments)
	answer := Answer{Output: response.Content, Changed: changed()}
	if response.Error != "" {
		answer.Error = response.Error
	}
	if s.gold == nil {
		return answer
	}
	content := ""
	if v, err := s.gold.Make(a.Requestor, a.Name, a.Arguments); err != nil {
		content = "Error: " + err.Text
	} else {
		content = tau2.Text(v)
	}
	if content != response.Content {
		answer.Gold = content
	}
	return answer
}

// Finish implements Session.
func (s *tau2Session) Finish() (*pyjson.Object, error) {
	end := pyjson.NewObject(8)
	pair := func(key string, h [2]any) { end.Set(key, h[:]) }
	if s.item.Kind != "task" {
		pair("init_state_hash", s.start)
		pair("state_hash", s.env.StateHashes())
		pair("official_hash", s.env.Hashes())
		return end, nil
	}
	if !s.called {
		for _, a := range s.task.Actions {
			s.env.Respond(a.Requestor, a.Name, a.Arguments)
			_, _ = s.gold.Make(a.Requestor, a.Name, a.Arguments) // one that fails is left out
		}
	}
	pair("init_official_hash", s.startOfficial)
	pair("gold_official_hash", s.gold.Hashes())
	pair("gold_state_hash", s.gold.StateHashes())
	pair("agent_official_hash", s.env.Hashes())
	pair("agent_state_hash", s.env.StateHashes())
	scores := pyjson.NewObject(len(tau2Variants))
	for _, v := range tau2Variants {
		if pyjson.Path(s.item.Body, "scores", v.name) == nil {
			continue
		}
		r, err := s.player.world.Evaluate(s.process, s.task, tau2.Conversation{Messages: v.messages(s.player.world, s.task), Ended: v.ended})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.name, err)
		}
		scores.Set(v.name, showReward(r))
	}
	end.Set("scores", scores)
	return end, nil
}

// tau2Variants are conversations made from a task's gold actions.
var tau2Variants = []struct {
	name, ended string
	messages    func(*tau2.World, *tau2.Task) []tau2.Message
}{
	{"gold", tau2.UserStop, goldMessages},
	{"nothing", tau2.UserStop, func(_ *tau2.World, t *tau2.Task) []tau2.Message { return say(nil, t) }},
	{"drop_last_write", tau2.UserStop, dropLastWrite},
	{"no_communicate", tau2.UserStop, func(_ *tau2.World, t *tau2.Task) []tau2.Message { return calls(t.Actions) }},
	{"max_steps", tau2.MaxSteps, goldMessages},
	{"agent_stop", tau2.AgentStop, goldMessages},
}

func calls(actions []tau2.Action) []tau2.Message {
	var messages []tau2.Message
	for _, a := range actions {
		messages = append(messages, tau2.Message{Role: a.Requestor, Calls: []tau2.Action{a}})
	}
	return messages
}

// goldMessages makes every gold call and says everything that has to be said.
func goldMessages(_ *tau2.World, t *tau2.Task) []tau2.Message {
	return say(calls(t.Actions), t)
}

func say(messages []tau2.Message, t *tau2.Task) []tau2.Message {
	for _, info := range t.Communicate {
		messages = append(messages, tau2.Message{Role: tau2.Assistant, Content: info})
	}
	return messages
}

// dropLastWrite leaves out the last call that changes data.
func dropLastWrite(w *tau2.World, t *tau2.Task) []tau2.Message {
	for i := len(t.Actions) - 1; i >= 0; i-- {
		if w.Mutates(t.Actions[i].Name) {
			kept := append(append([]tau2.Action{}, t.Actions[:i]...), t.Actions[i+1:]...)
			return say(calls(kept), t)
		}
	}
	return goldMessages(w, t)
}

func showReward(r tau2.Reward) *pyjson.Object {
	breakdown := pyjson.NewObject(len(r.Breakdown))
	for _, basis := range []string{"DB", "ENV_ASSERTION", "ACTION", "NL_ASSERTION", "COMMUNICATE"} {
		if v, ok := r.Breakdown[basis]; ok {
			breakdown.Set(basis, v)
		}
	}
	out := pyjson.NewObject(6)
	out.Set("reward", r.Reward)
	out.Set("breakdown", breakdown)
	out.Set("db_match", nil)
	if r.Match != nil {
		out.Set("db_match", *r.Match)
	}
	out.Set("env_assertions", truths(r.Assertions))
	out.Set("action_checks", truths(r.Actions))
	out.Set("communicate", truths(r.Communicate))
	return out
}

func truths(list []bool) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
