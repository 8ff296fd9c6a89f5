package seed

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// What begins ends later: a stay is left after it began, and nothing expires
// before it is valid. Dates drawn one by one may say otherwise.

// endsOf maps the word of a beginning to those of its end.
var endsOf = map[string][]string{
	"in": {"out"}, "checkin": {"checkout"}, "start": {"end", "stop", "finish"}, "starts": {"ends"}, "started": {"ended", "finished", "stopped"}, "begin": {"end"}, "begins": {"ends"},
	"from": {"to", "until", "through"}, "since": {"until"}, "before": {"after"}, "opens": {"closes"}, "pickup": {"dropoff", "return"},
	"departure": {"arrival", "return"}, "depart": {"arrive", "return"}, "departs": {"arrives", "returns"},
	"valid": {"expires", "expiry", "expiration"}, "issued": {"expires", "expiry", "expiration"}, "effective": {"expires", "expiry", "expiration"},
}

// staying are the words of what lasts a night at least.
var staying = words.Set("in checkin pickup")

// plainly are the last words of dates that tell none apart.
var plainly = words.Set("at on date time datetime timestamp utc")

// A moment is a date of a row or of an object in it.
type moment struct {
	words []string
	at    time.Time
	day   bool // it is a day without a time
	set   func(time.Time)
}

// orderDates puts the pairs of dates of a row, and of objects in it, in order.
func (r *row) orderDates() {
	var own []moment
	for col, s := range r.t.shapes {
		if c := r.t.Columns[col]; c.Ref != "" || c.Name == r.t.Key {
			continue
		}
		r.orderWithin(s, r.values[col])
		if m, ok := momentOf(s, r.values[col], func(v any) {
			if s.Allows(v) {
				r.values[col] = v
			}
		}); ok {
			own = append(own, m)
		}
	}
	order(own, r.rng, r.now)
}

// orderWithin does the same for the objects in a value.
func (r *row) orderWithin(s *fake.Shape, v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if s.Items != nil {
				r.orderWithin(s.Items, item)
			}
		}
	case *pyjson.Object:
		var own []moment
		for _, f := range s.Fields {
			held, ok := v.Get(f.Shape.Name)
			if !ok {
				continue
			}
			r.orderWithin(f.Shape, held)
			if m, ok := momentOf(f.Shape, held, func(x any) {
				if f.Shape.Allows(x) {
					v.Set(f.Shape.Name, x)
				}
			}); ok {
				own = append(own, m)
			}
		}
		order(own, r.rng, r.now)
	}
}

// order moves the ends of what would end before it begins.
func order(list []moment, rng *rand.Rand, now time.Time) {
	for i := range list {
		for j := range list {
			word := list[i].endedBy(list[j])
			if word == "" || list[i].day != list[j].day {
				continue
			}
			from, to := list[i].at, list[j].at
			if word == "valid" && from.After(now) { // what is valid is so already
				from = now.AddDate(0, 0, -30-rng.IntN(200))
				list[i].move(from)
			}
			switch {
			case to.Before(from):
				list[i].move(to)
				list[j].move(from)
			case to.Equal(from) && staying[word]:
				list[j].move(to.AddDate(0, 0, 1+rng.IntN(6)))
			case to.Equal(from) && !list[i].day:
				list[j].move(to.Add(time.Duration(1+rng.IntN(8)) * 30 * time.Minute))
			}
		}
	}
}

func (m *moment) move(to time.Time) {
	m.at = to
	m.set(to)
}

// endedBy returns the word by which m is the beginning of what other ends; empty
// where it is none.
func (m moment) endedBy(other moment) string {
	for i, w := range m.words {
		for _, end := range endsOf[w] {
			if w == "before" && !slices.Contains(m.words, "not") {
				continue
			}
			want := slices.Clone(m.words)
			want[i] = end
			if slices.Equal(want, other.words) {
				return w
			}
		}
	}
	return ""
}

// momentOf reads the date that a value is, as its shape spells it.
func momentOf(s *fake.Shape, v any, set func(any)) (moment, bool) {
	m := moment{words: words.Split(s.Name)}
	for len(m.words) > 1 && plainly[m.words[len(m.words)-1]] {
		m.words = m.words[:len(m.words)-1]
	}
	switch v := v.(type) {
	case int64:
		at, milli := time.Unix(v, 0), v > 1e12
		if v < 1e9 || v > 1e13 {
			return m, false
		}
		if milli {
			at = time.UnixMilli(v)
		}
		m.at = at.UTC()
		m.set = func(to time.Time) {
			if milli {
				set(to.UnixMilli())
				return
			}
			set(to.Unix())
		}
		return m, true
	case string:
		for _, layout := range layouts(s.Doc) {
			if at, err := time.Parse(layout, v); err == nil {
				m.at, m.day = at, !strings.Contains(layout, "15")
				m.set = func(to time.Time) { set(to.Format(layout)) }
				return m, true
			}
		}
	}
	return m, false
}

// layouts are the spellings of dates, with those of day and month as the
// description of the field has them.
func layouts(doc string) []string {
	out := []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05.000Z", "2006-01-02T15:04:05", time.DateTime, "2006-01-02 15:04"}
	if upper := strings.ToUpper(doc); strings.Contains(upper, "DD/MM") || strings.Contains(upper, "DD-MM") {
		return append(out, "02/01/2006", "02-01-2006")
	}
	return append(out, "01/02/2006", "01-02-2006")
}
