package fake

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A timeline is the life of one row: when it came to be, how long its steps
// took, and when what it plans takes place.
type timeline struct {
	born, last time.Time
	plan       time.Time
	planned    time.Duration
}

func (m *Maker) timeline() *timeline {
	if m.life != nil {
		return m.life
	}
	age := min(1+m.Rand.ExpFloat64()*90, 720) // days: most rows are recent
	if m.Settled {
		age += 90
	}
	born := m.Now.Add(-days(age)).Truncate(time.Minute)
	if born.Before(m.NotBefore) {
		share := m.Rand.Float64() * 0.95
		if m.Settled {
			share *= 0.6
		}
		born = m.NotBefore.Add(time.Duration(float64(share * float64(m.Now.Sub(m.NotBefore))))).Truncate(time.Minute)
	}
	span := min(days(0.5+m.Rand.ExpFloat64()*6), m.Now.Sub(born))
	m.life = &timeline{born: born, last: born.Add(span), plan: m.start(), planned: time.Duration(1+m.Rand.IntN(6)) * 30 * time.Minute}
	if plan := m.life.plan; plan.Before(born) { // nothing takes place before it was arranged
		m.life.plan = born.Add(time.Duration(float64(m.Rand.Float64() * float64(m.Now.Sub(born))))).Truncate(15 * time.Minute).Add(15 * time.Minute)
	}
	return m.life
}

// start draws when what the row plans begins: behind us where the row's state
// says that it is over, today where it goes on, else to come.
func (m *Maker) start() time.Time {
	away := days(1 + m.Rand.ExpFloat64()*20)
	switch {
	case m.Status != "" && current[strings.ToLower(m.Status)]:
		return m.Now.Truncate(24 * time.Hour).Add(time.Duration(30+m.Rand.IntN(6)) * 15 * time.Minute)
	case m.past():
		away = -away
	}
	return m.Now.Add(away).Truncate(24 * time.Hour).Add(time.Duration(32+m.Rand.IntN(36)) * 15 * time.Minute)
}

// current are states of what goes on right now.
var current = flags("active checked_in in_progress ongoing started live running occupied picked_up boarding departed in_transit on_trip rented")

// Born returns when the row came to be.
func (m *Maker) Born() time.Time { return m.timeline().born }

func days(n float64) time.Duration { return time.Duration(float64(n * float64(24*time.Hour))) }

// past says whether what the row plans is over.
func (m *Maker) past() bool {
	if over[strings.ToLower(m.Status)] {
		return true
	}
	return m.Status == "" && !m.Ahead && m.chance(0.35)
}

var over = flags(`completed complete done closed delivered finished returned expired ended resolved fulfilled past archived
	checked_out no_show settled paid_out overdue lapsed terminated written_off attended missed concluded`)

func flags(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// stages orders what happens to a row: a later stage never precedes an earlier one.
var stages = map[string]int{
	"created": 0, "create": 0, "submit": 0, "request": 0, "creation": 0, "ordered": 0, "order": 0, "placed": 0, "registered": 0, "joined": 0, "submitted": 0, "opened": 0, "booked": 0,
	"booking": 0, "requested": 0, "issued": 0, "issue": 0, "added": 0, "uploaded": 0, "hired": 0, "hire": 0, "signup": 0, "enrolled": 0, "reported": 0,
	"date": 0, "timestamp": 0, "posted": 0, "invoice": 0, "transaction": 0, "published": 2, "confirmed": 2, "approved": 2, "accepted": 2,
	"assigned": 2, "verified": 2, "activated": 2, "authorized": 2, "paid": 3, "payment": 3, "started": 3, "charged": 3, "processed": 4, "received": 4, "packed": 4,
	"shipped": 5, "shipping": 5, "dispatched": 5, "sent": 5, "borrowed": 3, "resolved": 7, "completed": 7, "delivered": 7, "delivery": 7, "finished": 7,
	"fulfilled": 7, "closed": 8, "refunded": 8, "returned": 8, "cancelled": 8, "canceled": 8, "failed": 8, "deleted": 8, "archived": 8,
	"updated": 9, "update": 9, "modified": 9, "changed": 9, "edited": 9, "last": 9, "synced": 9, "seen": 9, "accessed": 9, "login": 9, "activity": 9,
}

// plans are words of what is still to come, with how far after the start of
// the plan: 0 its start, 1 its end, 2 well after it.
var plans = map[string]int{
	"start": 0, "starts": 0, "begin": 0, "begins": 0, "from": 0, "checkin": 0, "in": 0, "departure": 0, "depart": 0, "departs": 0, "pickup": 0, "scheduled": 0, "schedule": 0, "execute": 0, "effective": 0,
	"appointment": 0, "event": 0, "meeting": 0, "reservation": 0, "travel": 0, "flight": 0, "visit": 0, "end": 1, "ends": 1, "until": 1, "to": 1, "checkout": 1, "out": 1,
	"return": 1, "arrival": 1, "arrive": 1, "arrives": 1, "dropoff": 1, "due": 1, "deadline": 1, "estimated": 1, "eta": 1, "expected": 1,
	"expires": 2, "expiry": 2, "expiration": 2, "expire": 2, "valid": 2, "renewal": 2, "renews": 2, "next": 2,
}

// moment returns when what the name tells of happened, or will.
func (m *Maker) moment(s *Shape) time.Time {
	life := m.timeline()
	if hasWord(s, "birth") || hasWord(s, "dob") || hasWord(s, "birthday") || hasWord(s, "birthdate") || s.Semantic == "date.birth" {
		return m.birth(s)
	}
	if hasWord(s, "release") || hasWord(s, "published") || hasWord(s, "publication") {
		if at, ok := m.cameOut(s); ok {
			return at
		}
	}
	switch s.Semantic {
	case "date.created":
		return life.born
	case "date.updated":
		return life.at(9)
	}
	if m.Ahead && !slices.ContainsFunc(s.Words, func(w string) bool { return happened[w] }) {
		return m.ahead(s)
	}
	plan, stage := -1, -1
	for _, w := range s.Words {
		if at, ok := plans[w]; ok {
			plan = at
		}
		if at, ok := stages[w]; ok && w != "date" {
			stage = max(stage, at)
		}
	}
	if plan >= 0 && plan < 2 && stage < 0 && m.bygone(s) {
		return life.at(3 + 4*plan)
	}
	if len(s.Words) == 1 && stage < 0 && plan < 0 && !m.In.Technical && slices.ContainsFunc(owners(s), func(w string) bool { return takesPlace[w] }) {
		plan = 0 // the date of an appointment
	}
	switch {
	case s.Semantic == "time" && (hasWord(s, "opens") || hasWord(s, "opening") || hasWord(s, "open")):
		return m.Now.Truncate(24 * time.Hour).Add(time.Duration(14+m.Rand.IntN(6)) * 30 * time.Minute)
	case s.Semantic == "time" && (hasWord(s, "closes") || hasWord(s, "closing") || hasWord(s, "close")):
		return m.Now.Truncate(24 * time.Hour).Add(time.Duration(34+m.Rand.IntN(9)) * 30 * time.Minute)
	case plan >= 0 && stage < 9:
		return m.planned(plan, s)
	case stage >= 0:
		return life.at(stage)
	case s.Semantic == "time":
		return life.plan
	}
	return life.born
}

// bygone says whether what starts and ends in such a row has been done, not
// planned: the run of a job, not a booking.
func (m *Maker) bygone(s *Shape) bool {
	if hasWord(s, "period") {
		return true
	}
	list := owners(s)
	for _, w := range list {
		if arranged[w] && !(m.In.Technical && !hired[w]) {
			return false
		}
		if performed[w] {
			return true
		}
	}
	return m.In.Technical
}

// takesPlace are things whose plain date is that of the day they take place.
var takesPlace = flags("appointment booking reservation event meeting flight visit session class lesson shift webinar conference interview tour trip slot screening")

// arranged are things that are planned before they take place, performed those
// of which one only reads afterwards.
var (
	arranged = flags(`appointment booking reservation event meeting flight trip shift class session visit course lease rental subscription contract promotion campaign
		sprint project task leave absence tour stay webinar conference maintenance schedule coupon discount offer membership plan milestone interview lesson slot`)
	hired     = flags("booking reservation appointment lease rental contract subscription maintenance") // computers are, too
	performed = flags("job run execution build usage bucket log cost call report statistic metric query backup replay import export scan sync test operation recording transcript record activity")
)

// happened are words of what is over, whoever speaks of it.
var happened = flags(`created updated modified incident occurred happened purchase purchased issued hire hired published paid taken received
	since joined registered reported delivered completed last started manufactured invoice transaction`)

// ahead returns a time to come: the start of what is planned, or its end.
func (m *Maker) ahead(s *Shape) time.Time {
	at := 0
	for _, w := range s.Words {
		at = max(at, plans[w])
	}
	return m.planned(at, s)
}

// at returns the time of a stage; the last one is the newest.
func (l *timeline) at(stage int) time.Time {
	share := float64(stage) / 9
	return l.born.Add(time.Duration(float64(float64(l.last.Sub(l.born)) * share))).Truncate(time.Second)
}

func (m *Maker) planned(at int, s *Shape) time.Time {
	life := m.timeline()
	if at < 2 && slices.ContainsFunc(owners(s), func(w string) bool { return yearly[w] }) {
		return m.year(life).AddDate(at, 0, 0)
	}
	switch at {
	case 0:
		return life.plan
	case 1:
		if slices.ContainsFunc(owners(s), func(w string) bool { return lasting[w] }) {
			return life.plan.AddDate(0, 0, 20+int(life.planned.Minutes()/3))
		}
		if s.Format == "date" || m.style(s) == time.DateOnly {
			return life.plan.Add(days(math.Ceil(life.planned.Hours())))
		}
		return life.plan.Add(life.planned)
	}
	if m.past() && m.Status != "" {
		return life.born.Add(life.last.Sub(life.born))
	}
	return m.Now.Add(days(20 + math.Floor(m.Rand.Float64()*700)))
}

// year is when something begins that lasts a year: more than a year ago where
// it is over, within the last one where it is in force.
func (m *Maker) year(life *timeline) time.Time {
	part := time.Duration(life.plan.Unix()%300+20) * 24 * time.Hour
	switch state := strings.ToLower(m.Status); {
	case over[state]:
		return m.Now.AddDate(-1, 0, 0).Add(-part).Truncate(24 * time.Hour)
	case current[state]:
		return m.Now.Add(-part).Truncate(24 * time.Hour)
	}
	return life.plan
}

// lasting are things that go on for weeks.
var lasting = flags("campaign fund appeal project promotion offer exhibition season tournament semester sprint term quarter program programme phase")

// yearly are things that last a year.
var yearly = flags("lease policy subscription contract membership warranty license licence coverage rental_agreement insurance plan")

func (m *Maker) birth(s *Shape) time.Time {
	years := 18 + 62*m.Rand.Float64()
	for _, w := range owners(s) {
		if w == "pet" || w == "child" || w == "dog" || w == "cat" {
			years = 1 + 14*m.Rand.Float64()
		}
	}
	return m.Now.Add(-days(years * 365.25)).Truncate(24 * time.Hour)
}

// layouts are the styles of date and time that examples may show.
var layouts = []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04", "2006-01-02 15:04", "15:04", "15:04:05",
	"01/02/2006", "02.01.2006", "2006/01/02", "20060102", "2006-01", "January 2, 2006", "01/06", "2006-01-02T15:04:05.000Z"}

// style returns the layout in which the shape writes times.
func (m *Maker) style(s *Shape) string {
	switch s.Format {
	case "date":
		return time.DateOnly
	case "date-time":
		return time.RFC3339
	case "time":
		return "15:04:05Z07:00"
	}
	for _, v := range s.Examples {
		if t, ok := v.(string); ok {
			for _, l := range layouts {
				if parses(l, t) {
					return l
				}
			}
		}
	}
	if l := saidLayout(s.Doc); l != "" {
		return l
	}
	last := ""
	if len(s.Words) > 0 {
		last = s.Words[len(s.Words)-1]
	}
	switch {
	case s.Semantic == "time" || s.MaxLength == 5:
		return "15:04"
	case s.MaxLength >= 0 && s.MaxLength < 20 || s.Semantic == "date" || s.Semantic == "date.birth" || last == "date" || last == "day" || last == "dob":
		return time.DateOnly
	}
	return time.RFC3339
}

// date makes a time as the shape writes it: text, or seconds since 1970.
func (m *Maker) date(s *Shape) any {
	t := m.moment(s).UTC()
	if s.Type == "integer" || s.Type == "number" {
		if hasWord(s, "ms") || hasWord(s, "millis") || s.Min != nil && *s.Min > 1e11 || s.exampleOver(1e11) {
			return t.UnixMilli()
		}
		return t.Unix()
	}
	return t.Format(m.style(s))
}

func (s *Shape) exampleOver(x float64) bool {
	for _, v := range s.Examples {
		if n, ok := pyjson.Number(v); ok && n > x {
			return true
		}
	}
	return false
}

var timeSemantics = []Semantic{
	{"date", "string integer number", []string{"date", "on", "due", "deadline", "modified date", "check in", "check out"}, (*Maker).date},
	{"datetime", "string integer number", []string{"at", "datetime", "date time", "timestamp", "ts", "start", "end", "start time", "end time", "departure time",
		"arrival time", "create time", "update time", "last updated time", "last update", "date first available", "created", "updated", "modified", "expires", "expiry", "eta", "unix", "epoch", "scheduled"}, (*Maker).date},
	{"time", "string", []string{"time", "time of day", "hour", "opens at", "closes at", "opening time", "closing time", "open time", "close time"}, (*Maker).date},
	{"date.birth", "string", []string{"date of birth", "birth date", "dob", "birthday", "birthdate", "born"}, (*Maker).date},
	{"date.created", "string integer number", []string{"created at", "created date", "creation date", "date created", "created on"}, (*Maker).date},
	{"date.updated", "string integer number", []string{"updated at", "modified at", "last updated", "last modified", "date updated", "updated on"}, (*Maker).date},
	{"year", "integer string", []string{"year", "publication year", "published year", "model year"}, func(m *Maker, s *Shape) any {
		if hasWord(s, "exp") || hasWord(s, "expiry") || hasWord(s, "expiration") {
			return int64(m.Now.Year() + 1 + m.Rand.IntN(4))
		}
		if hasWord(s, "birth") {
			return int64(m.birth(s).Year())
		}
		return int64(m.Now.Year() - int(m.Rand.ExpFloat64()*6))
	}},
	{"duration.text", "string", []string{"iso duration", "retention", "retention period"}, one("P30D", "PT1H", "P7D", "PT30M", "P90D")},
	{"field.mask", "string", []string{"update mask", "field mask"}, one("displayName", "description", "labels", "displayName,description")},
	{"month", "integer", []string{"month", "exp month", "expiry month"}, func(m *Maker, s *Shape) any { return int64(1 + m.Rand.IntN(12)) }},
	{"weekday", "string", []string{"weekday", "day of week"}, one("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")},
}
