package eval

import (
	"github.com/agentscaler/scaler/eval/acebench"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// acePlayer replays the replies of ACEBench's agents.
type acePlayer struct{ data *acebench.Data }

func openACE(data string, _ *File) (Player, error) {
	d, err := acebench.Open(data)
	if err != nil {
		return nil, err
	}
	return &acePlayer{d}, nil
}

// Play implements Player.
func (p *acePlayer) Play(item *Item) (Session, error) {
	lang := text(item.Body, "lang")
	task, err := p.data.Agent(lang, item.ID)
	if err != nil {
		return nil, err
	}
	s, err := p.data.Start(lang, task.Item)
	if err != nil {
		return nil, err
	}
	return &aceSession{s, task}, nil
}

type aceSession struct {
	session *acebench.Session
	task    acebench.Task
}

// Call implements Session.
func (s *aceSession) Call(call *pyjson.Object) Answer {
	out := s.session.Run(text(call, "call"))
	return Answer{Output: out.Value, Raises: out.Raises}
}

// Finish implements Session.
func (s *aceSession) Finish() (*pyjson.Object, error) {
	state := s.session.State()
	end := pyjson.NewObject(2)
	end.Set("result", state)
	end.Set("equal", s.task.Reached(state))
	return end, nil
}

// rescoreACE scores folders of data_<category>_result.json.
func rescoreACE(data, root string, r Rules) (Table, error) {
	d, err := acebench.Open(data)
	if err != nil {
		return nil, err
	}
	return d.RescoreAll(root, r.Language, r.Scorer)
}
