package fake

import (
	"strings"
	"time"
)

// coded are meanings whose values are written in a style of the service's own,
// which an example shows.
var coded = flags("id code room sku plate seat flight isbn model iban")

func init() { coded[""] = true }

// like writes a value in the style of another: with other numbers in the places
// of its numbers, years apart, a date as another date. It is the same where it
// holds none.
func (m *Maker) like(v string) string {
	for _, layout := range timeSpellings {
		if t, err := time.Parse(layout, v); err == nil {
			return t.Add(time.Duration(m.Rand.IntN(200*24*60)) * time.Minute).Format(layout)
		}
	}
	var b strings.Builder
	for rest := v; rest != ""; {
		n := strings.IndexFunc(rest, func(r rune) bool { return r >= '0' && r <= '9' })
		if n < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:n])
		rest = rest[n:]
		end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if end < 0 {
			end = len(rest)
		}
		b.WriteString(m.digitsLike(rest[:end]))
		rest = rest[end:]
	}
	return b.String()
}

// timeSpellings are the ways in which dates and times are written, none of which
// stays one with any other digits.
var timeSpellings = []string{"2006-01-02T15:04:05.000Z07:00", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly, time.TimeOnly, "15:04"}

// digitsLike returns as many other digits; a year stays.
func (m *Maker) digitsLike(run string) string {
	if len(run) == 4 && (strings.HasPrefix(run, "19") || strings.HasPrefix(run, "20")) || len(run) == 1 && m.chance(0.5) {
		return run
	}
	out := m.letters("0123456789", len(run))
	if run[0] != '0' && out[0] == '0' {
		out = string(run[0]) + out[1:]
	}
	return out
}
