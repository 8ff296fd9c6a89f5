package fake

import (
	"strings"
)

// coded are meanings whose values are written in a style of the service's own,
// which an example shows.
var coded = flags("id code room sku plate seat flight isbn model iban")

func init() { coded[""] = true }

// like writes a value in the style of another: with other numbers in the places
// of its numbers, years apart. It is the same where it holds none.
func (m *Maker) like(v string) string {
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
