package eval

import (
	"cmp"
	"fmt"
	"sync"

	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// tau1Player replays files of tau-bench. Each domain is opened once.
type tau1Player struct {
	data, domain string
	mu           sync.Mutex // guards worlds
	worlds       map[string]*tau1.World
}

func openTau1(data string, file *File) (Player, error) {
	p := &tau1Player{data: data, domain: file.Domain, worlds: map[string]*tau1.World{}}
	if p.domain != "" {
		_, err := p.world(p.domain)
		return p, err
	}
	var tools []string
	for _, item := range file.Items {
		for _, call := range item.Calls {
			tools = append(tools, text(call, "tool"))
		}
	}
	w, err := p.guess(tools)
	if err != nil {
		return nil, err
	}
	p.domain = w.Domain.Name
	return p, nil
}

func (p *tau1Player) world(domain string) (*tau1.World, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.worlds[domain]; w != nil {
		return w, nil
	}
	w, err := tau1.Open(p.data, domain)
	if err != nil {
		return nil, err
	}
	p.worlds[domain] = w
	return w, nil
}

// guess returns the domain that has most of the tools.
func (p *tau1Player) guess(tools []string) (*tau1.World, error) {
	best, most := "", 0
	for _, d := range tau1.Domains {
		n := 0
		for _, name := range tools {
			if d.Has(name) {
				n++
			}
		}
		if n > most {
			best, most = d.Name, n
		}
	}
	if best == "" {
		return nil, fmt.Errorf("the file does not say which domain of tau-bench it is about, and calls none of its tools")
	}
	return p.world(best)
}

// Play implements Player.
func (p *tau1Player) Play(item *Item) (Session, error) {
	w, err := p.world(p.domain)
	if err != nil {
		return nil, err
	}
	return &tau1Session{w.Start(), item.Kind}, nil
}

type tau1Session struct {
	*tau1.Session
	kind string
}

// Call implements Session. The gold actions of a task are made as the official
// scoring makes them, which leaves out the tool that ends a conversation.
func (s *tau1Session) Call(call *pyjson.Object) Answer {
	tool := text(call, "tool")
	if s.kind == "task" && tau1.Ends(tool) {
		return Answer{Skipped: true}
	}
	arguments, ok := pyjson.Path(call, "arguments").(*pyjson.Object)
	if !ok {
		arguments = pyjson.NewObject(0)
	}
	result := s.Session.Call(tool, arguments)
	a := Answer{Output: result.Text, Changed: s.Changed()}
	a.Rows, a.Fields = s.Changes()
	if result.Failed || s.kind == "sequence" {
		a.Error = result.Failed
	}
	if result.Crashed {
		a.Output, a.Raises = nil, "ValidationError"
	}
	return a
}

// Finish implements Session.
func (s *tau1Session) Finish() (*pyjson.Object, error) {
	end := pyjson.NewObject(2)
	end.Set("state_hash", s.StateHash())
	end.Set("official_hash", s.OfficialHash())
	return end, nil
}

// rescoreTau1 scores rows {task_id, trial, reward, info, traj}, whose info holds
// the task.
func rescoreTau1(data string, results any) (Scores, error) {
	all, ok := results.([]any)
	if !ok {
		return Scores{}, fmt.Errorf("results of tau-bench are a list of rows")
	}
	p := &tau1Player{data: data, worlds: map[string]*tau1.World{}}
	var scores []Score
	for _, row := range objects(all) {
		s, err := p.rescore(row)
		if err != nil {
			return Scores{}, fmt.Errorf("task %s: %w", s.Task, err)
		}
		scores = append(scores, s)
	}
	settle(scores)
	return newScores(scores), nil
}

// settle gives rows without a conversation the domain of the others: a result
// file is of one.
func settle(scores []Score) {
	domain := ""
	for _, s := range scores {
		domain = cmp.Or(domain, s.Domain)
	}
	for i := range scores {
		scores[i].Domain = cmp.Or(scores[i].Domain, domain)
	}
}

func (p *tau1Player) rescore(row *pyjson.Object) (Score, error) {
	s := Score{Task: pyjson.Str(pyjson.Path(row, "task_id")), Recorded: number(row, "reward")}
	s.Trial = int(number(row, "trial"))
	task, gold := tau1Task(pyjson.Path(row, "info", "task"))
	var messages []*pyjson.Object
	for _, m := range objects(list(row, "traj")) {
		messages = append(messages, m)
		for _, call := range objects(list(m, "tool_calls")) {
			gold = append(gold, text(call, "function", "name"))
		}
	}
	if len(messages) == 0 {
		s.Note = "no conversation: " + text(row, "info", "error")
		return s, nil
	}
	w, err := p.worldOf(text(row, "info", "task", "user_id"), gold)
	if err != nil {
		return s, err
	}
	reward, why := w.Rescore(task, messages)
	s.Domain, s.Reward, s.Note = w.Domain.Name, reward.Reward, why
	return s, nil
}

// worldOf finds the domain of a conversation: the one whose data knows its user,
// or, where both do, the one whose tools it calls.
func (p *tau1Player) worldOf(user string, tools []string) (*tau1.World, error) {
	var known []*tau1.World
	for _, d := range tau1.Domains {
		w, err := p.world(d.Name)
		if err != nil {
			return nil, err
		}
		if w.User(user) {
			known = append(known, w)
		}
	}
	if len(known) == 1 {
		return known[0], nil
	}
	return p.guess(tools)
}

func number(v any, path ...string) float64 {
	switch n := pyjson.Path(v, path...).(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

// tau1Task reads a task and the names of its gold actions.
func tau1Task(v any) (task tau1.Task, tools []string) {
	for _, a := range objects(list(v, "actions")) {
		arguments, ok := pyjson.Path(a, "kwargs").(*pyjson.Object)
		if !ok {
			arguments = pyjson.NewObject(0)
		}
		task.Actions = append(task.Actions, tau1.Action{Name: text(a, "name"), Arguments: arguments})
		tools = append(tools, text(a, "name"))
	}
	for _, output := range list(v, "outputs") {
		task.Outputs = append(task.Outputs, pyjson.Str(output))
	}
	return task, tools
}
