package planner

import (
	"strconv"
	"strings"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// say writes a result's value as a person would.
func say(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case float64:
		if pyjson.Round(v, 2) == v {
			return strconv.FormatFloat(v, 'f', 2, 64)
		}
		return pyjson.Repr(v)
	case string:
		return sayText(v)
	case []any:
		var said []string
		for _, item := range v {
			said = append(said, say(item))
		}
		return strings.Join(said, ", ")
	case *pyjson.Object:
		var said []string
		for name, sub := range v.All() {
			said = append(said, phrase(name)+" "+say(sub))
		}
		return strings.Join(said, ", ")
	}
	return pyjson.Str(v)
}

func sayText(v string) string {
	if t, err := time.Parse(time.DateOnly, v); err == nil {
		return t.Format("2 January 2006")
	}
	if t, err := time.Parse(time.RFC3339, v); err == nil {
		if t = t.UTC(); t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
			return t.Format("2 January 2006")
		}
		return t.Format("2 January 2006 at 15:04")
	}
	if isState(v) {
		return strings.ToLower(strings.ReplaceAll(v, "_", " "))
	}
	return v
}

// isState says whether a text is a state as programs spell it.
func isState(v string) bool {
	return strings.Contains(v, "_") && strings.Trim(v, "abcdefghijklmnopqrstuvwxyz_") == "" ||
		strings.Contains(v, "_") && strings.Trim(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

// forms are the ways in which a user may have said a value.
func forms(v any) []string {
	switch v := v.(type) {
	case string:
		out := []string{v}
		if s := sayText(v); s != v {
			out = append(out, s)
		}
		for _, layout := range []string{time.DateOnly, time.RFC3339} {
			if t, err := time.Parse(layout, v); err == nil {
				out = append(out, t.Format("January 2, 2006"), t.Format("2 January"), t.Format("January 2"), t.Format("2 January 2006"))
			}
		}
		return out
	case int64:
		return []string{strconv.FormatInt(v, 10)}
	case float64:
		return []string{pyjson.Repr(v), strconv.FormatFloat(v, 'f', 2, 64), strconv.FormatFloat(v, 'f', -1, 64)}
	}
	return nil
}

// says tells whether a form, in small letters, stands in the sentence as words of
// its own.
func (s sentence) says(form string) bool {
	if form == "" {
		return false
	}
	text := s.low
	for at := 0; ; {
		i := strings.Index(text[at:], form)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(form)
		if !(start > 0 && wordy(text[start-1]) && wordy(form[0])) && !(end < len(text) && wordy(text[end]) && wordy(form[len(form)-1])) {
			return true
		}
		at = start + 1
	}
}

func wordy(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}
