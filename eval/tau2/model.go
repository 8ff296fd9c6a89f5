package tau2

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// tau2-bench keeps its data in pydantic models. A model here is the same: fields
// in order, with types that coerce as pydantic 2 does in its lax mode.

// A kind checks a value and returns what pydantic would store.
type kind func(v any) (any, []problem)

// A problem is one thing that a ValidationError lists.
type problem struct {
	place, kind, message string
	input                any
}

func wrong(kind, message string, input any) (any, []problem) {
	return nil, []problem{{"", kind, message, input}}
}

type model struct {
	name   string
	forbid bool // fields that the model does not have are refused, not dropped
	fields []modelField
}

type modelField struct {
	name     string
	kind     kind
	fallback func() any // nil: required
}

// required, or with the value that it has where it is left out.
func need(name string, k kind) modelField { return modelField{name, k, nil} }
func may(name string, k kind, value any) modelField {
	return modelField{name, k, func() any { return pyjson.Clone(value) }}
}

// check is the kind of the model: it takes an object.
func (m *model) check(v any) (any, []problem) {
	o, ok := v.(*pyjson.Object)
	if !ok {
		return wrong("model_type", "Input should be a valid dictionary or instance of "+m.name, v)
	}
	var problems []problem
	out := pyjson.NewObject(len(m.fields))
	for _, f := range m.fields {
		value, given := o.Get(f.name)
		switch {
		case given:
			got, bad := f.kind(value)
			problems = append(problems, within(f.name, bad)...)
			out.Set(f.name, got)
		case f.fallback != nil:
			out.Set(f.name, f.fallback())
		default:
			problems = append(problems, problem{f.name, "missing", "Field required", v})
		}
	}
	if m.forbid {
		for key, value := range o.All() {
			if !m.has(key) {
				problems = append(problems, problem{key, "extra_forbidden", "Extra inputs are not permitted", value})
			}
		}
	}
	return out, problems
}

func (m *model) has(name string) bool {
	for _, f := range m.fields {
		if f.name == name {
			return true
		}
	}
	return false
}

func within(place string, problems []problem) []problem {
	for i, p := range problems {
		problems[i].place = place
		if p.place != "" {
			problems[i].place += "." + p.place
		}
	}
	return problems
}

// make builds a model from its fields and raises a ValidationError where they
// do not fit.
func (m *model) make(fields *pyjson.Object) *pyjson.Object {
	v, problems := m.check(fields)
	if n := len(problems); n > 0 {
		var b strings.Builder
		plural := "s"
		if n == 1 {
			plural = ""
		}
		fmt.Fprintf(&b, "%d validation error%s for %s", n, plural, m.name)
		for _, p := range problems {
			fmt.Fprintf(&b, "\n%s\n  %s [type=%s, input_value=%s, input_type=%s]\n    For further information visit https://errors.pydantic.dev/X.Y/v/%s",
				p.place, p.message, p.kind, pyjson.Repr(p.input), python.TypeName(p.input), p.kind)
		}
		python.Raise("ValidationError", "%s", b.String())
	}
	return v.(*pyjson.Object)
}

func str(v any) (any, []problem) {
	if _, ok := v.(string); !ok {
		return wrong("string_type", "Input should be a valid string", v)
	}
	return v, nil
}

func boolean(v any) (any, []problem) {
	switch b := v.(type) {
	case bool:
		return v, nil
	case int64:
		if b == 0 || b == 1 {
			return b == 1, nil
		}
		return wrong("bool_parsing", "Input should be a valid boolean, unable to interpret input", v)
	case float64:
		if b == 0 || b == 1 {
			return b == 1, nil
		}
	case string:
		switch strings.ToLower(b) {
		case "1", "t", "true", "on", "y", "yes":
			return true, nil
		case "0", "f", "false", "off", "n", "no":
			return false, nil
		}
		return wrong("bool_parsing", "Input should be a valid boolean, unable to interpret input", v)
	}
	return wrong("bool_type", "Input should be a valid boolean", v)
}

func integer(v any) (any, []problem) {
	switch n := v.(type) {
	case int64, *big.Int:
		return v, nil
	case bool:
		if n {
			return int64(1), nil
		}
		return int64(0), nil
	case float64:
		if math.IsInf(n, 0) || math.IsNaN(n) {
			return wrong("finite_number", "Input should be a finite number", v)
		}
		if n != math.Trunc(n) {
			return wrong("int_from_float", "Input should be a valid integer, got a number with a fractional part", v)
		}
		if math.Abs(n) < 1<<63 {
			return int64(n), nil
		}
		i, _ := big.NewFloat(n).Int(nil)
		return i, nil
	case string:
		if i, ok := parseInt(n); ok {
			return i, nil
		}
		return wrong("int_parsing", "Input should be a valid integer, unable to parse string as an integer", v)
	}
	return wrong("int_type", "Input should be a valid integer", v)
}

// parseInt reads what pydantic takes for an int in a string: spaces around, one
// sign, single underscores between digits, and a fraction of zeros.
func parseInt(s string) (any, bool) {
	s = strings.TrimSpace(s)
	if whole, fraction, ok := strings.Cut(s, "."); ok && strings.Trim(fraction, "0") == "" {
		s = whole
	}
	if strings.HasPrefix(s, "_") || strings.HasSuffix(s, "_") || strings.Contains(s, "__") {
		return nil, false
	}
	i, ok := new(big.Int).SetString(strings.ReplaceAll(s, "_", ""), 10)
	if !ok {
		return nil, false
	}
	if i.IsInt64() {
		return i.Int64(), true
	}
	return i, true
}

func float(v any) (any, []problem) {
	switch n := v.(type) {
	case float64:
		return v, nil
	case int64, bool, *big.Int:
		return python.Float(n), nil
	case string:
		f, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(n), "_", ""), 64)
		if err != nil && !math.IsInf(f, 0) || strings.ContainsAny(n, "xXpP") {
			return wrong("float_parsing", "Input should be a valid number, unable to parse string as a number", v)
		}
		return f, nil
	}
	return wrong("float_type", "Input should be a valid number", v)
}

// literal is one of some strings; enum the same for an enumeration.
func literal(values ...string) kind { return choice("literal_error", values) }
func enum(values ...string) kind    { return choice("enum", values) }

func choice(kind string, values []string) kind {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = "'" + v + "'"
	}
	expected := quoted[len(quoted)-1]
	if n := len(quoted) - 1; n > 0 {
		expected = strings.Join(quoted[:n], ", ") + " or " + expected
	}
	return func(v any) (any, []problem) {
		for _, allowed := range values {
			if v == allowed {
				return v, nil
			}
		}
		return wrong(kind, "Input should be "+expected, v)
	}
}

func optional(k kind) kind {
	return func(v any) (any, []problem) {
		if v == nil {
			return nil, nil
		}
		return k(v)
	}
}

func listOf(k kind) kind {
	return func(v any) (any, []problem) {
		list, ok := v.([]any)
		if !ok {
			return wrong("list_type", "Input should be a valid list", v)
		}
		out, problems := make([]any, len(list)), []problem(nil)
		for i, item := range list {
			got, bad := k(item)
			out[i] = got
			problems = append(problems, within(strconv.Itoa(i), bad)...)
		}
		return out, problems
	}
}

func dictOf(k kind) kind {
	return func(v any) (any, []problem) {
		o, ok := v.(*pyjson.Object)
		if !ok {
			return wrong("dict_type", "Input should be a valid dictionary", v)
		}
		out, problems := pyjson.NewObject(o.Len()), []problem(nil)
		for key, item := range o.All() {
			got, bad := k(item)
			out.Set(key, got)
			problems = append(problems, within(key, bad)...)
		}
		return out, problems
	}
}

// oneOf is a union of models that differ in a literal field.
func oneOf(tag string, models map[string]*model) kind {
	return func(v any) (any, []problem) {
		if o, ok := v.(*pyjson.Object); ok {
			value, _ := o.Get(tag)
			if name, ok := value.(string); ok && models[name] != nil {
				return models[name].check(v)
			}
		}
		return wrong("union_tag_invalid", "Input should match a model by its "+tag, v)
	}
}

// date and datetime keep the text that Python's str() of the value shows.
func date(v any) (any, []problem) { return v, nil }
func datetime(v any) (any, []problem) {
	if s, ok := v.(string); ok {
		return strings.Replace(s, "T", " ", 1), nil
	}
	return v, nil
}
