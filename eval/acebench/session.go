package acebench

import (
	"fmt"
	"sort"
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

// rows of a class that counts from 1, in the order in which they came.
type numberedRows struct {
	ids  []int64
	rows []*pyjson.Object
	last int64
}

func (n *numberedRows) add(row *pyjson.Object) {
	n.last++
	n.ids, n.rows = append(n.ids, n.last), append(n.rows, row)
}

// find returns the place of an id, -1 if it is not there. An id that is a list
// raises, 1.0 and True are 1, as for the keys of any dict.
func (n *numberedRows) find(id any) int {
	python.Hash(id)
	for i, x := range n.ids {
		if python.Equal(x, id) {
			return i
		}
	}
	return -1
}

func (n *numberedRows) remove(i int) {
	n.ids = append(n.ids[:i:i], n.ids[i+1:]...)
	n.rows = append(n.rows[:i:i], n.rows[i+1:]...)
}

func (n *numberedRows) object() *pyjson.Object {
	o := pyjson.NewObject(len(n.ids))
	for i, id := range n.ids {
		o.Set(fmt.Sprint(id), n.rows[i])
	}
	return o
}

// firstRows are the messages and reminders before anything has happened.
type firstRows struct{ inbox, reminders []*pyjson.Object }

// firstRows looks for them in the gold answers, once.
func (d *Data) firstRows(lang string) (firstRows, error) {
	d.mu.Lock()
	rows, ok := d.first[lang]
	d.mu.Unlock()
	if ok {
		return rows, nil
	}
	rows, err := d.findRows(lang)
	if err == nil {
		d.mu.Lock()
		d.first[lang] = rows
		d.mu.Unlock()
	}
	return rows, err
}

// findRows knows that a message which stands in the answers with a time was not
// sent by an agent, and that a reminder which was there has a number above 1000.
func (d *Data) findRows(lang string) (firstRows, error) {
	inbox, reminders := map[string]*pyjson.Object{}, map[string]*pyjson.Object{}
	for _, c := range Categories {
		if !c.isAgent() {
			continue
		}
		answers, err := d.Answers(lang, c.Name)
		if err != nil {
			return firstRows{}, err
		}
		for _, a := range answers {
			for _, class := range list(field(a, "ground_truth")) {
				collect(class, "inbox", inbox, func(_ string, row *pyjson.Object) bool { return get(row, "time") != nil })
				collect(class, "reminder_list", reminders, func(key string, row *pyjson.Object) bool {
					return python.Str(get(row, "reminder_id")) == "100"+key
				})
			}
		}
	}
	rows := firstRows{inOrderOfKeys(inbox), inOrderOfKeys(reminders)}
	if len(rows.inbox) != 6 || len(rows.reminders) != 3 {
		return firstRows{}, fmt.Errorf("acebench: the gold answers (%s) show %d of 6 messages and %d of 3 reminders: is the data complete?",
			lang, len(rows.inbox), len(rows.reminders))
	}
	return rows, nil
}

// collect gathers the rows of an attribute that pass.
func collect(class any, attribute string, into map[string]*pyjson.Object, first func(string, *pyjson.Object) bool) {
	named, ok := class.(*pylit.Dict)
	if !ok {
		return
	}
	for _, v := range named.Values {
		attributes, ok := v.(*pylit.Dict)
		if !ok {
			continue
		}
		table, _ := pylit.ToJSON(field(attributes, attribute))
		rows, ok := table.(*pyjson.Object)
		if !ok {
			continue
		}
		for key, row := range rows.All() {
			if o, ok := row.(*pyjson.Object); ok && first(key, o) {
				into[key] = o
			}
		}
	}
}

func inOrderOfKeys(rows map[string]*pyjson.Object) []*pyjson.Object {
	keys := make([]string, 0, len(rows))
	for key := range rows {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	out := make([]*pyjson.Object, len(keys))
	for i, key := range keys {
		out[i] = rows[key]
	}
	return out
}
