package acebench

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/agentscaler/scaler/internal/pylit"
)

// Prompts are the texts of one language that agents and users are asked with.
// They are read out of the checkout's Python sources.
type Prompts struct {
	lang     string
	common   map[string]string // prompt_LANG.py
	turn     map[string]string // the agent of dialogues
	step     map[string]string // the agent of multi_step
	user     map[string]string // the user of dialogues
	greeting string
}

// Prompts reads the prompts of a language.
func (d *Data) Prompts(lang string) (*Prompts, error) {
	p := &Prompts{lang: lang}
	source := ""
	for _, f := range []struct {
		path string
		into *map[string]string
	}{
		{"prompt_" + lang + ".py", &p.common},
		{"multi_turn/APIModel_agent.py", &p.turn},
		{"multi_step/APIModel_agent.py", &p.step},
		{"multi_turn/APIModel_user.py", &p.user},
	} {
		file := filepath.Join(d.Dir, "model_inference", filepath.FromSlash(f.path))
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("acebench: asking a model needs the prompts of a full checkout: %w", err)
		}
		source = string(text)
		*f.into = pylit.Strings(source)
	}
	if p.greeting = greeting(source, lang); p.greeting == "" {
		return nil, fmt.Errorf("acebench: multi_turn/APIModel_user.py greets the user with no text (%s)", lang)
	}
	return p, nil
}

var content = regexp.MustCompile(`["']content["']\s*:\s*`)

// greeting is the constant message in the user's source that is in the language.
func greeting(source, lang string) string {
	for _, at := range content.FindAllStringIndex(source, -1) {
		text, _, ok := pylit.StringAt(source, at[1])
		if ok && strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) == (lang == "zh") {
			return text
		}
	}
	return ""
}

// get is the constant NAME_LANG of a source, its {fields} replaced; nil values
// leave it as it is.
func (p *Prompts) get(from map[string]string, name string, values map[string]string) (string, error) {
	return p.getIn(p.lang, from, name, values)
}

func (p *Prompts) getIn(lang string, from map[string]string, name string, values map[string]string) (string, error) {
	key := name + "_" + strings.ToUpper(lang)
	text, ok := from[key]
	if !ok {
		return "", fmt.Errorf("acebench: the checkout's sources have no prompt %s", key)
	}
	if values == nil {
		return text, nil
	}
	out, err := pylit.Format(text, values)
	if err != nil {
		return "", fmt.Errorf("acebench: %s: %w", key, err)
	}
	return out, nil
}

// single is what a model is asked in a task of one reply.
func (p *Prompts) single(category string, item *pylit.Dict) (system, user string, err error) {
	name := "SYSTEM_PROMPT_FOR_NORMAL_DATA"
	switch {
	case strings.Contains(category, "special"):
		name = "SYSTEM_PROMPT_FOR_SPECIAL_DATA"
	case strings.Contains(category, "preference"):
		name = "SYSTEM_PROMPT_FOR_PREFERENCE_DATA"
	}
	values := map[string]string{"function": pylit.Str(field(item, "function")), "time": optional(item, "time"), "profile": optional(item, "profile")}
	if system, err = p.get(p.common, name, values); err != nil {
		return "", "", err
	}
	user, err = p.get(p.common, "USER_PROMPT", map[string]string{"question": pylit.Str(field(item, "question"))})
	return system, user, err
}

// optional is the text of a field, "" where a task has none.
func optional(item *pylit.Dict, key string) string {
	if v, ok := item.Get(key); ok {
		return pylit.Str(v)
	}
	return ""
}

const (
	agentSystem = "MULTI_TURN_AGENT_PROMPT_SYSTEM"
	agentUser   = "MULTI_TURN_AGENT_PROMPT_USER"
)

// agentOfTurn is what the agent of a dialogue is asked at one point of it.
func (p *Prompts) agentOfTurn(item *pylit.Dict, history string) (system, user string, err error) {
	if system, err = p.get(p.turn, agentSystem, nil); err != nil {
		return "", "", err
	}
	for _, extra := range []struct{ class, name string }{{"Travel", "TRAVEL_PROMPT"}, {"BaseApi", "BASE_PROMPT"}} {
		if !pylit.Contains(list(field(item, "involved_classes")), extra.class) {
			continue
		}
		more, err := p.get(p.common, extra.name, nil)
		if err != nil {
			return "", "", err
		}
		system += more
	}
	user, err = p.get(p.turn, agentUser, seen(item, history))
	return system, user, err
}

// agentOfStep is what the agent of multi_step is asked: in Chinese, in both
// languages, since the official code does not tell it which one it is in.
func (p *Prompts) agentOfStep(item *pylit.Dict, history string) (system, user string, err error) {
	if system, err = p.getIn("zh", p.step, agentSystem, map[string]string{"time": optional(item, "time")}); err != nil {
		return "", "", err
	}
	user, err = p.getIn("zh", p.step, agentUser, seen(item, history))
	return system, user, err
}

func seen(item *pylit.Dict, history string) map[string]string {
	return map[string]string{"functions": pylit.Str(field(item, "function")), "history": history}
}

// userOf is the instruction of a dialogue's user.
func (p *Prompts) userOf(item *pylit.Dict) (string, error) {
	name := "SYSTEM_PROMPT_TRAVEL"
	if pylit.Contains(list(field(item, "involved_classes")), "BaseApi") {
		name = "SYSTEM_PROMPT_BASE"
	}
	return p.get(p.user, name, map[string]string{"instruction": pylit.Str(field(item, "question"))})
}
