package tau1

import (
	"fmt"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// The sources that hold prompts.
const (
	userFile  = "envs/user.py"
	reactFile = "agents/chat_react_agent.py"
)

// prompts are the texts by which the simulated user, its supervisor and agents
// without native tool calls are asked. They are kept as the expressions that the
// sources have, and filled where they are needed.
type prompts struct {
	system   map[string]*pylit.Function // of the user, by the class of its strategy
	greeting string                     // what the user is asked first
	verify   pylit.Expr                 // what the supervisor is asked
	reflect  pylit.Expr
	customer string // what a transcript calls the roles
	agent    string
	written  pylit.Expr // the system prompt of agents that write actions as text
	react    pylit.Expr // its instruction with thoughts
	act      pylit.Expr // and without
}

func (c *Checkout) readPrompts() (*prompts, error) {
	user, err := c.module(userFile)
	if err != nil {
		return nil, err
	}
	agents, err := c.module(reactFile)
	if err != nil {
		return nil, err
	}
	p := &prompts{system: map[string]*pylit.Function{}}
	for _, s := range UserStrategies {
		if p.system[s.class] = inherited(user, s.class, "build_system_prompt"); p.system[s.class] == nil {
			return nil, fmt.Errorf("tau-bench: %s has no class %s with a build_system_prompt: %s does not have the user strategy %s", userFile, s.class, c.Version(), s.Name)
		}
	}
	if p.greeting = greeting(inherited(user, UserStrategies[0].class, "reset")); p.greeting == "" {
		return nil, fmt.Errorf("tau-bench: %s greets the user with no text", userFile)
	}
	if labels := user.Function("map_role_label"); labels != nil && len(labels.Returns) > 1 {
		p.customer, _ = pylit.Text(labels.Returns[0])
		p.agent, _ = pylit.Text(labels.Returns[1])
	}
	for _, f := range []struct {
		into  *pylit.Expr
		scope *pylit.Scope
		name  string
	}{
		{&p.verify, inside(user.Function("verify")), "prompt"},
		{&p.reflect, inside(user.Function("reflect")), "prompt"},
		{&p.written, inside(inherited(agents, "ChatReActAgent", "__init__")), "self.prompt"},
		{&p.react, agents, "REACT_INSTRUCTION"},
		{&p.act, agents, "ACT_INSTRUCTION"},
	} {
		var ok bool
		if *f.into, ok = f.scope.Value(f.name); !ok {
			return nil, fmt.Errorf("tau-bench: the sources have no prompt %s where it is expected (%s)", f.name, c.Version())
		}
	}
	return p, nil
}

// inside is what a function defines; nothing where there is none.
func inside(f *pylit.Function) *pylit.Scope {
	if f == nil {
		return new(pylit.Scope)
	}
	return &f.Scope
}

// inherited is the method that a class has of its own or from its first base.
func inherited(module *pylit.Scope, class, method string) *pylit.Function {
	for range 10 {
		c := module.Class(class)
		if c == nil {
			return nil
		}
		if f := c.Function(method); f != nil {
			return f
		}
		if len(c.Bases) == 0 {
			return nil
		}
		class = c.Bases[0].Source()
	}
	return nil
}

// greeting is the content of the first user message that reset sets up.
func greeting(reset *pylit.Function) string {
	if reset == nil {
		return ""
	}
	messages, _ := reset.Value("self.messages")
	for _, x := range itemsOf(messages) {
		d, ok := x.(*pylit.DictExpr)
		if !ok {
			continue
		}
		if role, _ := pylit.Text(entry(d, "role")); role == "user" {
			text, _ := pylit.Text(entry(d, "content"))
			return text
		}
	}
	return ""
}

// entry is the value under a key of a dict's source, or nil.
func entry(d *pylit.DictExpr, key string) pylit.Expr {
	for i, k := range d.Keys {
		if k == nil {
			continue
		}
		if s, ok := pylit.Text(k); ok && s == key {
			return d.Values[i]
		}
	}
	return nil
}

// UserSystem is the system prompt of the user who has a task.
func (e *Env) UserSystem(s UserStrategy, task int) (string, error) {
	return e.prompts.userSystem(s.class, e.Tasks[task].Instruction)
}

func (p *prompts) userSystem(class, instruction string) (string, error) {
	f := p.system[class]
	values := map[string]string{"instruction": instruction}
	if display, ok := f.Value("instruction_display"); ok {
		text, err := pylit.Fill(display, values)
		if err != nil {
			return "", fmt.Errorf("tau-bench: %s: %w", userFile, err)
		}
		values["instruction_display"] = text
	}
	if len(f.Returns) != 1 {
		return "", fmt.Errorf("tau-bench: %s: build_system_prompt of %s returns no one text", userFile, class)
	}
	return fill(f.Returns[0], values)
}

// textSystem is the system prompt of an agent that writes its actions as text.
func (e *Env) textSystem(instruction pylit.Expr) (string, error) {
	how, err := fill(instruction, map[string]string{"RESPOND_ACTION_NAME": respond, "RESPOND_ACTION_FIELD_NAME": "content"})
	if err != nil {
		return "", err
	}
	tools := make([]any, len(e.Tools))
	for i, info := range e.Tools {
		tools[i] = info
	}
	return fill(e.prompts.written, map[string]string{"wiki": e.Wiki, "json.dumps(tools_info)": string(pyjson.MarshalASCII(tools)), "instruction": how})
}

// filled makes sure that every prompt of the checkout comes to a text, so that
// none fails in the middle of an evaluation.
func (e *Env) filled() error {
	for _, s := range AgentStrategies {
		if _, err := e.System(s); err != nil {
			return err
		}
	}
	for _, s := range UserStrategies {
		if _, err := e.prompts.userSystem(s.class, "a wish"); err != nil {
			return err
		}
	}
	for _, x := range []pylit.Expr{e.prompts.verify, e.prompts.reflect} {
		if _, err := e.prompts.supervise(x, "", ""); err != nil {
			return err
		}
	}
	return nil
}

// supervise is what the supervisor of a user is asked.
func (p *prompts) supervise(x pylit.Expr, transcript, response string) (string, error) {
	return fill(x, map[string]string{"transcript": transcript, "response": response})
}

func fill(x pylit.Expr, values map[string]string) (string, error) {
	text, err := pylit.Fill(x, values)
	if err != nil {
		return "", fmt.Errorf("tau-bench: a prompt of the checkout: %w", err)
	}
	return text, nil
}
