package rollout

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/rollout/internal/planner"
)

// A shown value is one that some result held, under its name.
type shown struct {
	name  string
	value any
}

// shown lists the scalars of all results.
func (t *turn) shown() []shown {
	var out []shown
	for _, a := range t.done {
		if v, err := pyjson.Parse([]byte(a.result)); err == nil && !a.failed {
			out = appendShown(out, "", v)
		}
	}
	return out
}

func appendShown(out []shown, name string, v any) []shown {
	switch v := v.(type) {
	case *pyjson.Object:
		for key, sub := range v.All() {
			out = appendShown(out, key, sub)
		}
		return out
	case []any:
		for _, sub := range v {
			out = appendShown(out, name, sub)
		}
		return out
	}
	return append(out, shown{name, v})
}

// distorted changes one argument: the last that can be, to a value of its kind.
func distorted(arguments string, seen []shown) (string, bool) {
	args, err := pyjson.ParseObject([]byte(arguments))
	if err != nil {
		return "", false
	}
	for _, name := range slices.Backward(args.Keys()) {
		v, _ := args.Get(name)
		if other, ok := another(name, v, seen); ok {
			args.Set(name, other)
			return string(pyjson.Marshal(args)), true
		}
	}
	return "", false
}

// another returns a value like v that is not v: one shown under the same name,
// else the next number, the next day, the same text with a word more.
func another(name string, v any, seen []shown) (any, bool) {
	for _, s := range seen {
		if s.name == name && pyjson.Kind(s.value) == pyjson.Kind(v) && pyjson.Str(s.value) != pyjson.Str(v) {
			return s.value, true
		}
	}
	switch v := v.(type) {
	case int64:
		return v + 1, true
	case float64:
		return v + 1, true
	case string:
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			return day.AddDate(0, 0, 1).Format(time.DateOnly), true
		}
		if strings.Contains(v, " ") {
			return v + " (changed)", true
		}
	}
	return nil, false
}

var digits = regexp.MustCompile(`\d`)

// falsified replaces in a text every value that was shown: a digit by the next,
// a word by another thing's.
func falsified(text string, seen []shown) string {
	text = digits.ReplaceAllStringFunc(text, func(d string) string {
		return string('0' + (d[0]-'0'+1)%10)
	})
	for _, s := range seen {
		said := planner.Say(s.value)
		if len(said) < 3 || digits.MatchString(said) {
			continue
		}
		text = strings.ReplaceAll(text, said, "something else")
	}
	return text
}
