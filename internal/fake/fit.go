package fake

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Fit turns a believable value into one of the shape: its type, its bounds, its
// length, its format and pattern. What cannot be bent is made anew.
func (m *Maker) Fit(v any, s *Shape) any {
	switch s.Type {
	case "string":
		return m.fitText(asText(v), s)
	case "integer", "number":
		return m.fitNumber(v, s)
	case "boolean":
		if b, ok := v.(bool); ok {
			return b
		}
		return m.flag(s)
	}
	if t, ok := v.(string); ok {
		return m.fitText(t, s)
	}
	return v
}

func asText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Time:
		return v.Format(time.RFC3339)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case nil:
		return ""
	}
	return string(pyjson.Marshal(v))
}

func (m *Maker) fitText(v string, s *Shape) any {
	if s.allowsText(v) {
		return v
	}
	if s.Format != "" {
		if made, ok := m.formatted(s); ok && s.allowsText(made) {
			return made
		}
	}
	if major, rest, ok := strings.Cut(v, "."); ok && s.Semantic == "version" {
		minor, _, _ := strings.Cut(rest, ".")
		for _, shorter := range []string{major + "." + minor, major, "v" + v, "v" + major} {
			if s.allowsText(shorter) {
				return shorter
			}
		}
	}
	if s.Pattern != nil || s.MaxLength >= 0 && s.Semantic == "name" && !strings.Contains(v, " ") {
		if made, ok := s.respelled(v); ok {
			return made
		}
	}
	if s.Pattern != nil {
		return m.fromPattern(s)
	}
	return m.resize(v, s)
}

// resize cuts a text at a word, or makes it longer.
func (m *Maker) resize(v string, s *Shape) string {
	least := min(s.MinLength, mostText)
	for utf8.RuneCountInString(v) < least {
		if short := least - utf8.RuneCountInString(v); short < 12 || s.MaxLength >= 0 && s.MaxLength < 24 {
			v += m.faker.DigitN(uint(short))
		} else {
			v = strings.TrimSuffix(v, ".") + ". " + m.sentence(s)
		}
	}
	if s.MaxLength < 0 || utf8.RuneCountInString(v) <= s.MaxLength {
		return v
	}
	cut := string([]rune(v)[:s.MaxLength])
	if i := strings.LastIndexAny(cut, " ,"); i > s.MaxLength/2 && i >= s.MinLength {
		cut = strings.TrimRight(cut[:i], " ,")
	}
	if strings.HasSuffix(cut, " ") && len(strings.TrimSpace(cut)) >= s.MinLength {
		cut = strings.TrimSpace(cut)
	}
	return cut
}

func (m *Maker) fitNumber(v any, s *Shape) any {
	x, ok := pyjson.Number(v)
	if !ok {
		x, ok = digits(asText(v))
	}
	if !ok {
		x, _ = pyjson.Number(m.count(s))
	}
	if s.Type == "integer" {
		x = math.Round(x)
	}
	if !s.allowsNumber(x) {
		x = m.within(s)
	}
	if s.Type == "integer" {
		return int64(x)
	}
	if n, ok := v.(int64); ok && float64(n) == x {
		return n
	}
	return x
}

// digits reads the digits of a text such as "+1 555-0102" as a number.
func digits(v string) (float64, bool) {
	kept := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, v)
	x, err := strconv.ParseFloat(kept, 64)
	return x, err == nil && len(kept) < 16
}

// within draws a number inside the shape's bounds.
func (m *Maker) within(s *Shape) float64 {
	step := s.Multiple
	if step == 0 && (s.Type == "integer" || s.wholeSpan()) {
		step = 1
	}
	lo, hi := m.bounds(s)
	if step == 0 {
		x := math.Round(float64((lo+m.Rand.Float64()*(hi-lo))*100)) / 100
		if s.allowsNumber(x) {
			return x
		}
		return lo + (hi-lo)/2
	}
	first, last := math.Ceil(lo/step), math.Floor(hi/step)
	if s.MinOpen && first*step <= lo {
		first++
	}
	if s.MaxOpen && last*step >= hi {
		last--
	}
	if last < first {
		return first * step
	}
	return (first + math.Floor(m.Rand.Float64()*(last-first+1))) * step
}

// bounds returns the range to draw from; an open side gets a modest width.
func (m *Maker) bounds(s *Shape) (lo, hi float64) {
	width := max(20*s.Multiple, 100)
	switch {
	case s.Min != nil && s.Max != nil:
		return *s.Min, *s.Max
	case s.Min != nil:
		return *s.Min, *s.Min + max(width, math.Abs(*s.Min)/2)
	case s.Max != nil:
		return *s.Max - max(width, math.Abs(*s.Max)/2), *s.Max
	}
	return 0, width
}

// formatted makes a string of the shape's format.
func (m *Maker) formatted(s *Shape) (string, bool) {
	switch s.Format {
	case "date", "date-time", "time":
		return asText(m.date(s)), true
	case "email":
		return m.email(s), true
	case "uuid":
		return m.faker.UUID(), true
	case "uri", "url":
		return m.link(s), true
	case "ipv4":
		return m.address(), true
	case "ipv6":
		return m.faker.IPv6Address(), true
	case "hostname":
		return m.one(hostParts) + "." + m.domain(), true
	case "duration":
		return fmt.Sprintf("PT%dM", 15*(1+m.Rand.IntN(12))), true
	case "byte":
		return base64.StdEncoding.EncodeToString([]byte(m.faker.LetterN(12))), true
	}
	return "", false
}
