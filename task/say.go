package task

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// say returns how a person says a value, and the other texts that state it.
// money asks for two decimals where the value has a fraction.
func say(v any, money bool) (text string, also []string) {
	switch v := v.(type) {
	case nil:
		return "none", []string{"null"}
	case bool:
		if v {
			return "yes", []string{"true"}
		}
		return "no", []string{"false"}
	case float64:
		return sayNumber(v, money)
	case string:
		return sayString(v)
	case []any:
		return sayList(v)
	}
	digits := pyjson.Repr(v)
	return digits, others(digits, thousands(digits))
}

func sayNumber(v float64, money bool) (string, []string) {
	plain := pyjson.Repr(v)
	cents := strconv.FormatFloat(v, 'f', 2, 64)
	text := plain
	switch {
	case money:
		text = cents
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		text = strconv.FormatFloat(v, 'f', 0, 64)
	}
	also := []string{plain, thousands(plain)}
	if pyjson.Round(v, 2) == v {
		also = append(also, cents, thousands(cents))
	}
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		whole := strconv.FormatFloat(v, 'f', 0, 64)
		also = append(also, whole, thousands(whole))
	}
	return text, others(text, also...)
}

// sayString speaks dates and identifiers of states; other text is said as it is.
func sayString(v string) (string, []string) {
	if t, err := time.Parse(time.DateOnly, v); err == nil {
		text, also := sayDate(t)
		return text, others(text, append(also, v)...)
	}
	if t, err := time.Parse(time.RFC3339, v); err == nil {
		return sayTime(t, v)
	}
	if !isSlug(v) {
		return v, nil
	}
	text := strings.ToLower(strings.ReplaceAll(v, "_", " "))
	also := []string{v}
	for _, spelling := range spellings {
		if strings.Contains(text, spelling[0]) {
			also = append(also, strings.ReplaceAll(text, spelling[0], spelling[1]))
		}
	}
	return text, others(text, also...)
}

// spellings are written both ways by people and by models.
var spellings = [][2]string{
	{"cancelled", "canceled"}, {"canceled", "cancelled"}, {"fulfilled", "fulfiled"},
	{"labelled", "labeled"}, {"labeled", "labelled"}, {"travelled", "traveled"}, {"grey", "gray"}, {"gray", "grey"},
}

// isTime says whether a text is a date or a moment as programs write it.
func isTime(v string) bool {
	_, day := time.Parse(time.DateOnly, v)
	_, moment := time.Parse(time.RFC3339, v)
	return day == nil || moment == nil
}

func sayDate(t time.Time) (string, []string) {
	text := t.Format("2 January 2006")
	return text, []string{
		t.Format("January 2, 2006"), t.Format("January 2 2006"), t.Format("Jan 2, 2006"), t.Format("2 Jan 2006"),
		t.Format("January ") + ordinal(t.Day()) + t.Format(", 2006"), ordinal(t.Day()) + t.Format(" January 2006"),
		t.Format("01/02/2006"), t.Format("2006-01-02"), t.Format("January 2"), t.Format("2 January"),
	}
}

func sayTime(t time.Time, raw string) (string, []string) {
	t = t.UTC()
	day, also := sayDate(t)
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return day, others(day, append(also, raw)...)
	}
	text := day + " at " + t.Format("15:04")
	return text, others(text, append(also, raw, day, t.Format("2006-01-02 15:04"), t.Format("2006-01-02T15:04:05"))...)
}

func ordinal(n int) string {
	suffix := "th"
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		suffix = "st"
	case n%10 == 2:
		suffix = "nd"
	case n%10 == 3:
		suffix = "rd"
	}
	return strconv.Itoa(n) + suffix
}

func sayList(items []any) (string, []string) {
	var said []string
	for _, item := range items {
		text, _ := say(item, false)
		said = append(said, text)
	}
	return join(said, "and"), others(join(said, "and"), strings.Join(said, ", "))
}

// join lists words as people do: "a, b and c".
func join(items []string, word string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " " + word + " " + items[n-1]
	}
}

// isSlug says whether v is the name of a state or choice, as programs spell it:
// IN_PROGRESS, in_progress, pending.
func isSlug(v string) bool {
	if len(v) < 2 || len(v) > 40 {
		return false
	}
	upper := strings.ToUpper(v) == v
	for i := range len(v) {
		c := v[i]
		switch {
		case c == '_' && i > 0 && i < len(v)-1:
		case c >= 'a' && c <= 'z' && !upper:
		case c >= 'A' && c <= 'Z' && upper && strings.Contains(v, "_"):
		default:
			return false
		}
	}
	return true
}

// thousands puts commas into a plain decimal number.
func thousands(s string) string {
	sign, digits := "", s
	if strings.HasPrefix(s, "-") {
		sign, digits = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	if strings.Trim(whole, "0123456789") != "" || len(whole) < 4 {
		return s
	}
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	return sign + b.String()
}

// others returns the distinct texts that are not text, in order.
func others(text string, also ...string) []string {
	var out []string
	for _, a := range also {
		if a != "" && a != text && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}
