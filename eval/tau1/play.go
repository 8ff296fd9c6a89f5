package tau1

import (
	"context"
	"errors"
	"fmt"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/llm"
)

// A Player holds conversations as the official code does. Its zeros are the
// official defaults.
type Player struct {
	Agent, User   llm.Model
	AgentStrategy AgentStrategy // of AgentStrategies
	UserStrategy  UserStrategy  // of UserStrategies
	Temperature   float64       // of the agent; the user's is left to the server
	Seed          uint64        // of the requests; trials count on from it. 0 sends none, as officially

	// Thoughts says what happens to reasoning that a model writes into its text,
	// up to a closing </think>. The official code knows nothing of it: it stays in
	// the history and is read by the other side, and outputs are looked for in it.
	// With Thoughts set it is taken out before anybody reads it, and kept in the
	// rows as reasoning_content. Reasoning that a server hands over apart is kept
	// there in any case, and never sent back.
	Thoughts bool
}

// An exception is where the official code raises one because of what a model
// wrote. It ends the conversation with a reward of 0.
type exception struct{ text string }

func (e *exception) Error() string { return e.text }

func raise(format string, args ...any) error { return &exception{fmt.Sprintf(format, args...)} }

// A conversation is one trial of a task going on.
type conversation struct {
	*Player
	env     *Env
	id      string
	trial   int
	task    Task
	user    *user
	session *Session
	said    []string // by the agent, to the user
	turn    map[string]int
	row     *Row
	agent   []scaler.Message
}

// Play plays one trial of a task. What a model does wrong is a row with a reward
// of 0; the error is of a model that could not be reached.
func (p *Player) Play(ctx context.Context, env *Env, task, number int) (*Row, error) {
	c := &conversation{
		Player: p, env: env, task: env.Tasks[task], trial: number, id: env.name(task),
		session: env.Start(), turn: map[string]int{}, row: begun(task, number, env.Tasks[task]),
	}
	c.user = &user{strategy: p.UserStrategy, prompts: env.prompts, ask: c.askUser}
	ended, err := c.run(ctx)
	var raised *exception
	switch {
	case errors.As(err, &raised), llm.TooLong(err):
		c.row.raised(err.Error())
		ended = "error"
	case err != nil:
		return nil, err
	}
	c.row.close(ended)
	return c.row, nil
}

// name is a task's name in journals.
func (e *Env) name(task int) string { return fmt.Sprintf("%s/%s/%d", e.Domain.Name, e.Split, task) }

// run is solve of the official agents. It returns why the conversation ended.
func (c *conversation) run(ctx context.Context) (ended string, err error) {
	system, err := c.env.System(c.AgentStrategy)
	if err != nil {
		return "", err
	}
	heard, err := c.user.begin(ctx, c.task.Instruction)
	if err != nil {
		return "", err
	}
	c.tell(scaler.Message{Role: "system", Content: system})
	c.tell(scaler.Message{Role: "user", Content: heard})
	for range maxSteps {
		m, err := c.ask(ctx, c.Agent, llm.Request{Messages: c.agent, Tools: c.tools(), Temperature: &c.Temperature}, "agent")
		if err != nil {
			return "", err
		}
		if ended, err = c.step(ctx, m); ended != "" || err != nil {
			return ended, err
		}
	}
	return "max_steps", nil
}

func (c *conversation) tools() []llm.Tool {
	if !c.AgentStrategy.native {
		return nil
	}
	return c.env.offered
}

// tell adds a message to what the agent reads, and to the row.
func (c *conversation) tell(m scaler.Message) {
	c.agent = append(c.agent, m)
	c.row.message(m)
}

// step does what the agent's message says. It returns why the conversation ended,
// or "".
func (c *conversation) step(ctx context.Context, m scaler.Message) (ended string, err error) {
	a, err := c.AgentStrategy.action(m)
	if a.Name != respond && len(m.ToolCalls) > 1 {
		m.ToolCalls = m.ToolCalls[:1]
	}
	c.tell(m)
	if err != nil {
		return "", err
	}
	if a.Name == respond {
		return c.respond(ctx, a)
	}
	c.row.Info.Set("source", a.Name)
	result := c.session.Call(a.Name, a.Arguments)
	if result.Crashed {
		return "", raise("%s answered with something else than text", a.Name)
	}
	if c.AgentStrategy.native {
		c.tell(scaler.Message{Role: "tool", ToolCallID: m.ToolCalls[0].ID, Name: a.Name, Content: result.Text})
	} else {
		c.tell(scaler.Message{Role: "user", Content: textResult + result.Text})
	}
	if Ends(a.Name) && c.env.tools[a.Name] != nil {
		return c.score("transfer"), nil
	}
	return "", nil
}

// respond lets the user answer.
func (c *conversation) respond(ctx context.Context, a Action) (ended string, err error) {
	v, _ := a.Arguments.Get("content")
	words, ok := v.(string)
	if !ok {
		return "", raise("'content'")
	}
	c.said = append(c.said, words)
	c.row.Info.Set("source", "user")
	heard, err := c.user.answer(ctx, words)
	if err != nil {
		return "", err
	}
	c.tell(scaler.Message{Role: "user", Content: heard})
	if strings.Contains(heard, stop) {
		return c.score("user_stop"), nil
	}
	return "", nil
}

// score scores a conversation that ended.
func (c *conversation) score(why string) string {
	c.row.score(c.task, c.session.Score(c.task, c.said))
	return why
}

func (c *conversation) askUser(ctx context.Context, role string, messages []scaler.Message) (scaler.Message, error) {
	return c.ask(ctx, c.User, llm.Request{Messages: messages}, role)
}

// ask asks a model in one of the roles agent, user, verify and reflect.
func (c *conversation) ask(ctx context.Context, model llm.Model, req llm.Request, role string) (scaler.Message, error) {
	c.turn[role]++
	req.Seed = trial.Seed(c.Seed, c.trial)
	req.For = llm.Purpose{Stage: "tau-bench", Item: c.id, Rollout: c.trial, Role: role, Turn: c.turn[role]}
	r, err := model.Chat(ctx, req)
	if err != nil {
		return r.Message, err
	}
	c.row.count(role, r.Usage)
	if c.Thoughts {
		r.Message = trial.Apart(r.Message)
	}
	return r.Message, nil
}
