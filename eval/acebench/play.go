package acebench

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/llm"
)

const (
	maxTurns  = 40
	goodbye   = "finish conversation" // counts behind the second turn
	maxTokens = 1000
)

// temperature is the official one.
var temperature = 0.001

// A Player lets a model answer tasks as the official code does.
type Player struct {
	Data  *Data
	Agent llm.Model
	User  llm.Model // plays the user of dialogues
	Seed  uint64    // of the requests; trials count on from it
	// Thoughts takes reasoning up to </think> out of what both models say, before
	// anybody reads it. The official code does so only in answers of one turn by
	// models that are called deepseek-r1; anywhere else the scorer reads the first
	// list in brackets, and a thought may hold one.
	Thoughts bool
}

// said is what counts of a message.
func (p *Player) said(m scaler.Message, oneTurn bool) string {
	if p.Thoughts || oneTurn && strings.Contains(p.Agent.Name(), "deepseek-r1") {
		return trial.Apart(m).Content
	}
	return m.Content
}

// play answers one task; the answer is a row of an official result file.
func (p *Player) play(ctx context.Context, prompts *Prompts, c Category, item *pylit.Dict, trial int) (*pyjson.Object, error) {
	talk := &talk{process: []any{}, Player: p, prompts: prompts, item: item, id: text(item, "id"), trial: trial}
	row := object("id", talk.id)
	if !c.isAgent() {
		system, user, err := prompts.single(c.Name, item)
		if err != nil {
			return nil, err
		}
		reply, err := talk.ask(ctx, p.Agent, "agent", message("system", system), message("user", user))
		row.Set("result", reply)
		return row, err
	}
	session, err := p.Data.Start(prompts.lang, item)
	if err != nil {
		return nil, err
	}
	talk.session = session
	run := talk.dialogue
	if session.steps {
		run = talk.steps
	}
	if err := run(ctx); err != nil {
		return nil, err
	}
	row.Set("result", session.State())
	row.Set("process", talk.process)
	return row, nil
}

// A talk is one run of an agent task.
type talk struct {
	*Player
	prompts *Prompts
	item    *pylit.Dict
	id      string
	trial   int
	session *Session
	process []any           // the replies that were executed
	history strings.Builder // what the agent is shown
	user    []scaler.Message
	asked   int
}

func message(role, content string) scaler.Message {
	return scaler.Message{Role: role, Content: content}
}

func (t *talk) ask(ctx context.Context, m llm.Model, role string, messages ...scaler.Message) (string, error) {
	t.asked++
	r, err := m.Chat(ctx, llm.Request{
		Messages: messages, Temperature: &temperature, MaxTokens: maxTokens, Seed: trial.Seed(t.Seed, t.trial),
		For: llm.Purpose{Stage: "acebench-" + t.prompts.lang, Item: t.id, Rollout: t.trial, Role: role, Turn: t.asked},
	})
	return t.said(r.Message, t.session == nil), err
}

// askAgent shows the agent the whole history in one message.
func (t *talk) askAgent(ctx context.Context) (string, error) {
	prompt := t.prompts.agentOfTurn
	if t.session.steps {
		prompt = t.prompts.agentOfStep
	}
	system, user, err := prompt(t.item, t.history.String())
	if err != nil {
		return "", err
	}
	return t.ask(ctx, t.Agent, "agent", message("system", system), message("user", user))
}

// askUser asks the simulated user. What it says has the role "system" from
// then on, as in the official code.
func (t *talk) askUser(ctx context.Context) (string, error) {
	reply, err := t.ask(ctx, t.User, "user", t.user...)
	t.user = append(t.user, message("system", reply))
	return reply, err
}

// execute runs a reply of the agent and returns what the next one reads.
func (t *talk) execute(reply string) string {
	t.process = append(t.process, reply)
	out := t.session.Run(reply)
	if o, ok := out.Value.(*pyjson.Object); ok {
		chars, _ := o.Get("chars_of")
		return pyjson.Str(iterate(chars))
	}
	return pyjson.Str(out.Value)
}

// dialogue is a run between user, agent and executor.
func (t *talk) dialogue(ctx context.Context) error {
	instruction, err := t.prompts.userOf(t.item)
	if err != nil {
		return err
	}
	t.user = []scaler.Message{message("system", instruction), message("user", t.prompts.greeting)}
	said, err := t.askUser(ctx)
	if err != nil {
		return err
	}
	sender, recipient := "user", "agent"
	for turn := range maxTurns {
		fmt.Fprintf(&t.history, "%s:%s\n", sender, said)
		switch recipient {
		case "user":
			t.user = append(t.user, message("user", withoutName(said)))
			said, err = t.askUser(ctx)
			sender, recipient = "user", "agent"
		case "agent":
			said, err = t.askAgent(ctx)
			sender, recipient = "agent", "user"
			if err == nil && t.session.callable(said) {
				recipient = "execution"
			}
		default:
			said = t.execute(said)
			sender, recipient = "execution", "agent"
		}
		if err != nil {
			return err
		}
		if turn > 1 && sender != "execution" && strings.Contains(said, goodbye) {
			return nil
		}
	}
	return nil
}

// withoutName drops the name that a speaker put before its words.
func withoutName(said string) string {
	if rest, ok := strings.CutPrefix(said, "user:"); ok {
		return rest
	}
	return strings.TrimPrefix(said, "agent:")
}

// steps is a run without a user: every reply goes to the executor, and the agent
// reads results but never its own replies.
func (t *talk) steps(ctx context.Context) error {
	fmt.Fprintf(&t.history, "user:%s\n", pylit.Str(field(t.item, "question")))
	said := ""
	for turn := range maxTurns {
		if turn%2 == 1 {
			fmt.Fprintf(&t.history, "execution result:%s\n", t.execute(said))
			continue
		}
		var err error
		if said, err = t.askAgent(ctx); err != nil {
			return err
		}
		if turn > 1 && strings.Contains(said, goodbye) {
			return nil
		}
	}
	return nil
}

var bracketed = regexp.MustCompile(`\[.*\]`)

// callable reports whether the agent of dialogues takes a reply of its own for
// calls: it holds brackets, and all that it is made of are calls.
func (s *Session) callable(reply string) bool {
	if !bracketed.MatchString(reply) {
		return false
	}
	strict := *s
	strict.steps = true // where anything but a call is an error
	_, err := strict.read(reply)
	return err == nil
}
