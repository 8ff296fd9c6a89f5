package tau1

import (
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/llm"
)

// An AgentStrategy is a way of letting a model act. The official default is
// "tool-calling".
type AgentStrategy struct {
	Name string
	// system is the system prompt.
	system func(*Env) (string, error)
	native bool // offers tools; without, actions are written as text
}

// AgentStrategies lists the strategies. To add one, add a row. The official
// "few-shot" is left out.
var AgentStrategies = []AgentStrategy{
	{"tool-calling", func(e *Env) (string, error) { return e.Wiki, nil }, true},
	{"act", func(e *Env) (string, error) { return e.textSystem(e.prompts.act) }, false},
	{"react", func(e *Env) (string, error) { return e.textSystem(e.prompts.react) }, false},
}

// System is the system prompt of the agent.
func (e *Env) System(s AgentStrategy) (string, error) { return s.system(e) }

// maxSteps is how many messages the agent may write.
const maxSteps = 30

// offer turns the schemas into tools as a model gets them.
func offer(infos []*pyjson.Object) []llm.Tool {
	tools := make([]llm.Tool, len(infos))
	for i, info := range infos {
		f := child(info, "function")
		tools[i] = llm.Tool{Name: text(f, "name"), Description: text(f, "description"), Parameters: pyjson.Marshal(child(f, "parameters"))}
	}
	return tools
}

// action reads what a message of the agent does.
func (s AgentStrategy) action(m scaler.Message) (Action, error) {
	if !s.native {
		return textAction(m.Content)
	}
	if len(m.ToolCalls) == 0 {
		return speak(m.Content), nil
	}
	call := m.ToolCalls[0] // the others never run
	arguments, err := pyjson.ParseObject([]byte(call.Arguments))
	if err != nil {
		return Action{}, raise("arguments of %s: %v", call.Name, err)
	}
	return Action{call.Name, arguments}, nil
}

func speak(words string) Action { return Action{respond, object("content", words)} }

const (
	textMark   = "Action:"      // stands before an action that is written as text
	textResult = "API output: " // stands before what it answers
)

// textAction reads the action of an agent without native tool calls: JSON behind
// the last mark. What is no JSON speaks to the user.
func textAction(content string) (Action, error) {
	parts := strings.Split(content, textMark)
	last := strings.TrimSpace(parts[len(parts)-1])
	v, err := pyjson.Parse([]byte(last))
	if err != nil {
		return speak(last), nil
	}
	o, ok := v.(*pyjson.Object)
	if !ok {
		return Action{}, raise("an action that is no dict: %s", last)
	}
	name, named := o.Get("name")
	given, has := o.Get("arguments")
	arguments, isDict := given.(*pyjson.Object)
	tool, isText := name.(string)
	if !named || !has || !isDict || !isText {
		return Action{}, raise("an action without name or arguments: %s", last)
	}
	return Action{tool, arguments}, nil
}
