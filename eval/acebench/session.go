package acebench

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/internal/python"
)

// A Session is one agent's run in the stateful classes that its task involves.
type Session struct {
	lang    string
	steps   bool // the executor of multi_step, which forgives more
	classes []string
	methods map[string]method
	ran     bool // any reply could be executed

	phone
	travel
}

// Start opens the classes of a task. Their first rows stand partly in the data:
// messages and reminders are read out of the gold answers.
func (d *Data) Start(lang string, task *pylit.Dict) (*Session, error) {
	rows, err := d.firstRows(lang)
	if err != nil {
		return nil, err
	}
	s := &Session{lang: lang, steps: strings.HasPrefix(text(task, "id"), "agent_multi_step"), methods: map[string]method{}}
	s.classes = texts(field(task, "involved_classes"))
	for _, c := range s.classes {
		if savedAttributes[c] == nil {
			return nil, fmt.Errorf("acebench: task %s involves %q, which is no class of the benchmark", text(task, "id"), c)
		}
	}
	for _, m := range methods {
		if s.has(m.class) && (m.lang == "" || m.lang == lang) {
			s.methods[m.name] = m
		}
	}
	var config *pylit.Dict
	if all := dict(task, "initial_config"); all != nil {
		config = dict(all, "BaseApi")
	}
	s.phone = newPhone(lang, config, rows)
	s.travel = newTravel(lang)
	return s, nil
}

// has reports whether a class's methods are there: those of BaseApi are
// inherited by every class of the phone.
func (s *Session) has(class string) bool {
	for _, c := range s.classes {
		if c == class || class == "BaseApi" && c != "Travel" {
			return true
		}
	}
	return false
}

// say is a sentence in the session's language.
func (s *Session) say(what sentence, values ...any) string {
	format := what.en
	if s.lang == "zh" {
		format = what.zh
	}
	if len(values) == 0 {
		return format
	}
	for i, v := range values {
		values[i] = python.Str(v)
	}
	return fmt.Sprintf(format, values...)
}

func (s *Session) refuse(what sentence, values ...any) any {
	return object("status", false, "message", s.say(what, values...))
}

func (s *Session) done(what sentence, values ...any) any {
	return object("status", true, "message", s.say(what, values...))
}

// object is an object of keys and values by turns.
func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

// savedAttributes lists what of a class is compared in the end.
var savedAttributes = map[string][]string{
	"BaseApi":      {"wifi", "logged_in"},
	"MessageApi":   {"inbox"},
	"ReminderApi":  {"reminder_list"},
	"FoodPlatform": {"users", "logged_in_users", "orders"},
	"Travel":       {"users", "reservations"},
}

// State is what the official code saves in the end: the attributes of every
// class, or nothing where no reply could be executed.
func (s *Session) State() []any {
	out := []any{}
	if !s.ran {
		return out
	}
	for _, class := range s.classes {
		o := pyjson.NewObject(3)
		for _, name := range savedAttributes[class] {
			o.Set(name, pyjson.Clone(s.attribute(class, name)))
		}
		out = append(out, object(class, o))
	}
	return out
}

func (s *Session) attribute(class, name string) any {
	if class == "Travel" {
		return map[string]any{"users": s.travel.users, "reservations": s.reservations}[name]
	}
	return map[string]any{
		"wifi": s.wifi, "logged_in": s.loggedIn, "inbox": s.inbox.object(), "reminder_list": s.reminders.object(),
		"users": s.phone.users, "logged_in_users": s.loggedInUsers, "orders": s.orders,
	}[name]
}
