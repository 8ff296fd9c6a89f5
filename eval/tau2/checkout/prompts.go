package checkout

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// Prompts are the texts of a checkout around policies and scenarios.
type Prompts struct {
	Greeting   string // the first message of the agent
	Guidelines string // of users without tools, as results quote them
	guidelines string // of users with tools
	agent      template
	solo       template
	user       string
	judge      *pylit.Function
	done       Tool // with which an agent alone says that it is done
}

// A template is a system prompt and the instruction that goes into it.
type template struct{ prompt, instruction string }

const (
	agentModule = "tau2.agent.llm_agent"
	userModule  = "tau2.user.user_simulator"
	runModule   = "tau2.orchestrator.orchestrator"
	judgeModule = "tau2.evaluator.evaluator_nl_assertions"
)

// Prompts reads all of them.
func (c *Checkout) Prompts() (*Prompts, error) {
	p := &Prompts{}
	for _, t := range []struct {
		into                 *string
		module, name, suffix string
	}{
		{&p.agent.prompt, agentModule, "SYSTEM_PROMPT", ""}, {&p.agent.instruction, agentModule, "AGENT_INSTRUCTION", ""},
		{&p.solo.prompt, agentModule, "SYSTEM_PROMPT_SOLO", ""}, {&p.solo.instruction, agentModule, "AGENT_SOLO_INSTRUCTION", ""},
		{&p.user, userModule, "SYSTEM_PROMPT", ""},
	} {
		m, err := c.module(t.module)
		if err != nil {
			return nil, err
		}
		x, _ := m.Value(t.name)
		text, ok := pylit.Text(x)
		if !ok {
			return nil, c.lacks(t.module, t.name)
		}
		*t.into = text
	}
	var err error
	if p.Guidelines, err = c.read("data/tau2/user_simulator/simulation_guidelines.md"); err != nil {
		return nil, err
	}
	if p.guidelines, err = c.read("data/tau2/user_simulator/simulation_guidelines_tools.md"); err != nil {
		return nil, err
	}
	if p.Greeting, err = c.greeting(); err != nil {
		return nil, err
	}
	if p.done, err = c.doneTool(); err != nil {
		return nil, err
	}
	p.judge, err = c.method(judgeModule, "NLAssertionsEvaluator", "evaluate_nl_assertions")
	return p, err
}

// greeting is the content of the message that opens every conversation.
func (c *Checkout) greeting() (string, error) {
	m, err := c.module(runModule)
	if err != nil {
		return "", err
	}
	x, _ := m.Value("DEFAULT_FIRST_AGENT_MESSAGE")
	if call, ok := x.(*pylit.Call); ok {
		for _, k := range call.Keywords {
			if text, ok := pylit.Text(k.Value); ok && k.Name == "content" {
				return text, nil
			}
		}
	}
	return "", c.lacks(runModule, "DEFAULT_FIRST_AGENT_MESSAGE")
}

func (c *Checkout) method(module, class, name string) (*pylit.Function, error) {
	m, err := c.module(module)
	if err != nil {
		return nil, err
	}
	if k := m.Class(class); k != nil {
		if f := k.Function(name); f != nil {
			return f, nil
		}
	}
	return nil, c.lacks(module, class+"."+name)
}

// doneTool is a function inside the method that gives it to an agent alone.
func (c *Checkout) doneTool() (Tool, error) {
	f, err := c.method(agentModule, "LLMSoloAgent", "add_stop_tool")
	if err != nil {
		return Tool{}, err
	}
	if len(f.Functions) == 0 {
		return Tool{}, c.lacks(agentModule, "tool to stop with")
	}
	t, err := c.tool(f.Functions[0], agentModule)
	t.Type = "generic"
	return t, err
}

// AgentSystem is the system prompt of the agent.
func (p *Prompts) AgentSystem(d *Domain) (string, error) {
	return pylit.Format(p.agent.prompt, map[string]string{"domain_policy": d.Policy, "agent_instruction": p.agent.instruction})
}

// Stop is what a message says that ends the conversation.
const Stop = "###STOP###"

// SoloSystem is the system prompt of an agent that works on a ticket alone.
func (p *Prompts) SoloSystem(d *Domain, ticket any) (string, error) {
	instruction, err := pylit.Format(p.solo.instruction, map[string]string{"stop_function_name": p.done.Name, "stop_token": Stop})
	if err != nil {
		return "", err
	}
	return pylit.Format(p.solo.prompt, map[string]string{
		"domain_policy": d.Policy, "agent_instruction": instruction, "ticket": pyjson.Str(ticket)})
}

// Tools are those of the agent; alone, it has the user's as well, and one to say
// that it is done.
func (p *Prompts) Tools(d *Domain) []Tool {
	if !d.Solo {
		return d.Agent
	}
	all := append(append([]Tool{}, d.Agent...), d.User...)
	return append(all, p.done)
}

// Done is the name of the tool with which an agent alone says that it is done.
func (p *Prompts) Done() string { return p.done.Name }

// UserSystem is the system prompt of a simulated user.
func (p *Prompts) UserSystem(tools bool, scenario any) (string, error) {
	guidelines := p.Guidelines
	if tools {
		guidelines = p.guidelines
	}
	return pylit.Format(p.user, map[string]string{
		"global_user_sim_guidelines":              guidelines,
		"global_user_sim_guidelines_with_persona": strings.ReplaceAll(guidelines, "<PERSONA_GUIDELINES>", ""),
		"instructions":                            Scenario(scenario),
	})
}

// Text is all of it, for whoever needs to know whether anything changed.
func (p *Prompts) Text() string {
	system, user, _ := p.Judge("", nil) // where it fails, asking the judge fails too
	return strings.Join([]string{p.Greeting, p.Guidelines, p.guidelines, p.agent.prompt, p.agent.instruction,
		p.solo.prompt, p.solo.instruction, p.user, system, user}, "\x00")
}

// Judge is what the judge of statements about a conversation is asked. The
// conversation is lines "role: content".
func (p *Prompts) Judge(conversation string, statements []string) (system, user string, err error) {
	list := make([]any, len(statements))
	for i, s := range statements {
		list[i] = s
	}
	values := map[string]string{"trajectory_str": conversation, "nl_assertions": pyjson.Repr(list)}
	for _, t := range []struct {
		into *string
		name string
	}{{&system, "system_prompt"}, {&user, "user_prompt"}} {
		x, ok := p.judge.Value(t.name)
		if !ok {
			return "", "", (&Checkout{}).lacks(judgeModule, t.name)
		}
		if *t.into, err = pylit.Fill(x, values); err != nil {
			return "", "", err
		}
	}
	return system, user, nil
}
