package acebench

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/internal/python"
)

// A phone is what BaseApi, MessageApi, ReminderApi and FoodPlatform share. Each
// class has wifi and logged_in of its own, but every call that sets one sets
// them all.
type phone struct {
	wifi, loggedIn any
	inbox          numberedRows
	reminders      numberedRows

	users         *pyjson.Object
	loggedInUsers []any
	loggedInNow   *pyjson.Object // what view_logged_in_users returns: the list itself, not a copy
	merchants     *pyjson.Object
	orders        []any
}

const capacity = 6 // of messages, and of reminders

// contacts are the users of messages.
var contacts = object("Eve", "USR100", "Frank", "USR101", "Grace", "USR102", "Helen", "USR103", "Isaac", "USR104", "Jack", "USR105")

func newPhone(lang string, config *pylit.Dict, rows firstRows) phone {
	p := phone{wifi: false, loggedIn: true, loggedInUsers: []any{}, orders: []any{}, users: eaters(), merchants: merchants(lang)}
	if config != nil {
		set := func(key string, into *any) {
			if v, ok := config.Get(key); ok {
				*into, _ = pylit.ToJSON(v)
			}
		}
		set("wifi", &p.wifi)
		set("logged_in", &p.loggedIn)
		if l, ok := field(config, "logged_in_users").([]any); ok {
			p.loggedInUsers = append(p.loggedInUsers, l...)
		}
	}
	p.loggedInNow = object("status", true, "logged_in_users", p.loggedInUsers)
	for _, row := range rows.inbox {
		p.inbox.add(row.Clone())
	}
	for _, row := range rows.reminders {
		p.reminders.add(row.Clone())
	}
	return p
}

func (p *phone) loggedOut() bool { return python.Equal(p.loggedIn, false) }

func turnOnWifi(s *Session, _ []any) any {
	s.wifi = true
	return s.done(wifiOn)
}

func loginDevice(s *Session, _ []any) any {
	s.loggedIn = true
	return s.done(deviceIn)
}

func sendMessage(s *Session, a []any) any {
	switch {
	case s.loggedOut():
		return s.refuse(sendNeedsDevice)
	case python.Equal(s.wifi, false):
		return s.refuse(offline)
	case len(s.inbox.rows) >= capacity:
		return s.refuse(inboxFull)
	case !python.In(a[0], contacts) || !python.In(a[1], contacts):
		return s.refuse(noPartner)
	}
	s.inbox.add(object("sender_id", python.Index(contacts, a[0]), "receiver_id", python.Index(contacts, a[1]), "message", a[2]))
	return s.done(sent, a[1])
}

func inbox(s *Session) *numberedRows     { return &s.inbox }
func reminders(s *Session) *numberedRows { return &s.reminders }

// remover is a method that takes a row away by its number.
func remover(of func(*Session) *numberedRows, offline, missing, gone sentence) func(*Session, []any) any {
	return func(s *Session, a []any) any {
		if s.loggedOut() {
			return s.refuse(offline)
		}
		i := of(s).find(a[0])
		if i < 0 {
			return s.refuse(missing)
		}
		of(s).remove(i)
		return s.done(gone, a[0])
	}
}

func viewMessages(s *Session, a []any) any {
	switch {
	case s.loggedOut():
		return s.refuse(viewNeedsDevice)
	case !python.In(a[0], contacts):
		return s.refuse(noSender)
	case !python.In(a[1], contacts):
		return s.refuse(noReceiver)
	}
	sender, receiver := python.Index(contacts, a[0]), python.Index(contacts, a[1])
	var found []any
	for i, row := range s.inbox.rows {
		if get(row, "sender_id") == sender && get(row, "receiver_id") == receiver {
			found = append(found, object("id", s.inbox.ids[i], "sender", a[0], "receiver", a[1], "message", get(row, "message")))
		}
	}
	if found == nil {
		return s.refuse(noRecords)
	}
	return object("status", true, "messages", found)
}

func get(row *pyjson.Object, key string) any {
	v, _ := row.Get(key)
	return v
}

// holds is keyword.lower() in text.lower().
func holds(text, keyword any) bool {
	word := lowered(keyword)
	return strings.Contains(lowered(text), word)
}

func lowered(v any) string {
	s, ok := v.(string)
	if !ok {
		python.NoAttribute(v, "lower")
	}
	return lower(s)
}

func searchMessages(s *Session, a []any) any {
	if !python.In(a[0], contacts) {
		return s.refuse(noSuchUser)
	}
	user := python.Index(contacts, a[0])
	var found []any
	for i, row := range s.inbox.rows {
		from, to := get(row, "sender_id"), get(row, "receiver_id")
		if (from == user || to == user) && holds(get(row, "message"), a[1]) {
			found = append(found, object("id", s.inbox.ids[i], "sender_id", from, "receiver_id", to, "message", get(row, "message")))
		}
	}
	if found == nil {
		return s.refuse(noneWithWord)
	}
	return object("status", true, "messages", found)
}

func messageTimes(s *Session, _ []any) any {
	if s.loggedOut() {
		return s.refuse(timesNeedDevice)
	}
	out := pyjson.NewObject(capacity)
	for i, row := range s.inbox.rows {
		out.Set(python.Str(s.inbox.ids[i]), python.Index(row, "time"))
	}
	return out
}

func latestMessage(s *Session, _ []any) any {
	return s.extreme(latestNeedsDevice, latest, func(a, b string) bool { return a > b })
}

func earliestMessage(s *Session, _ []any) any {
	return s.extreme(earliestNeedsDevice, earliest, func(a, b string) bool { return a < b })
}

// extreme finds the message whose time comes before all others. A message that
// an agent sent has no time, which raises.
func (s *Session) extreme(loggedOut, found sentence, before func(a, b string) bool) any {
	if s.loggedOut() {
		return s.refuse(loggedOut)
	}
	if len(s.inbox.rows) == 0 {
		return s.refuse(inboxEmpty)
	}
	var id any
	best := ""
	for i, row := range s.inbox.rows {
		time := python.Str(python.Index(row, "time")) // days of equal length: text sorts as time does
		if i == 0 || before(time, best) {
			best, id = time, s.inbox.ids[i]
		}
	}
	return object("status", true, "message", s.say(found, id), "message_id", id)
}

func viewReminder(s *Session, a []any) any {
	if s.loggedOut() {
		return s.refuse(titleNeedsDevice)
	}
	for _, row := range s.reminders.rows {
		if python.Equal(get(row, "title"), a[0]) {
			return object("status", true, "reminder", row)
		}
	}
	return s.refuse(noTitle, a[0])
}

func addReminder(s *Session, a []any) any {
	if s.loggedOut() {
		return s.refuse(addNeedsDevice)
	}
	if len(s.reminders.rows) >= capacity {
		return s.refuse(remindersFull)
	}
	s.reminders.add(object("reminder_id", s.reminders.last+1, "title", a[0], "description", a[1], "time", a[2], "notified", false))
	return s.done(reminderAdded, a[0])
}

func viewReminders(s *Session, _ []any) any {
	if len(s.reminders.rows) == 0 {
		return s.refuse(noReminders)
	}
	var out []any
	for _, row := range s.reminders.rows {
		out = append(out, object("title", get(row, "title"), "description", get(row, "description"), "time", get(row, "time"), "notified", get(row, "notified")))
	}
	return object("status", true, "reminders", out)
}

func markNotified(s *Session, a []any) any {
	i := s.reminders.find(a[0])
	if i < 0 {
		return s.refuse(noReminder)
	}
	s.reminders.rows[i].Set("notified", true)
	return s.done(reminderNotified, a[0])
}

// searchReminders never finds anything: where a reminder matches, the official
// code asks a text for strftime.
func searchReminders(s *Session, a []any) any {
	for _, row := range s.reminders.rows {
		if holds(get(row, "title"), a[0]) || holds(get(row, "description"), a[0]) {
			python.NoAttribute(get(row, "time"), "strftime")
		}
	}
	return s.refuse(noReminderWithWord)
}
