package acebench

import (
	"strings"

	"github.com/agentscaler/scaler/internal/pylit"
)

// types maps a schema's type to Python's, as the official table has it:
// a "number" is an int, and nothing is an "enum".
var types = map[string]string{
	"string": "str", "integer": "int", "float": "float", "boolean": "bool", "array": "list", "tuple": "list", "dict": "dict",
	"any": "str", "list": "list", "object": "dict", "objectArray": "list", "list(string)": "list", "list(enum)": "list",
	"int": "int", "enum": "enumerate", "number": "int",
}

var nested = map[string]bool{"array": true, "tuple": true, "list(string)": true, "list(enum)": true, "object": true, "objectArray": true}

// checkArgument compares one argument with the gold value: by type, then by
// value where the two types agree and the type is no plain number or truth.
func checkArgument(property *pylit.Dict, value, want any) fault {
	declared := text(property, "type")
	expected, ok := types[declared]
	if !ok {
		return broken
	}
	inner := ""
	if nested[declared] {
		if inner, ok = types[innerType(property, declared)]; !ok {
			return broken
		}
	}
	if t, ok := value.(pylit.Tuple); ok && declared == "tuple" {
		value = []any(t)
	}
	if i, ok := value.(int64); ok && declared == "float" {
		value = float64(i)
	}
	free, fault := checkType(value, want, expected, inner)
	if fault != right || free {
		return fault
	}
	switch {
	case expected == "dict":
		return checkDict(value, want)
	case expected == "list" && inner == "dict":
		return checkDicts(declared, value, want)
	case expected == "str":
		return checkString(value, want)
	case expected == "list":
		return checkList(value, want)
	}
	return right
}

// innerType is the declared type of an array's items.
func innerType(property *pylit.Dict, declared string) string {
	if items := dict(property, "items"); items != nil {
		if t, ok := items.Get("type"); ok {
			name, _ := t.(string)
			return name
		}
	}
	switch {
	case strings.Contains(declared, "string"):
		return "string"
	case strings.Contains(declared, "enum"):
		return "enum"
	}
	return "dict"
}

// checkType compares the type of a value with the declared one or that of the
// gold value. Where those two differ the value is free: nobody compares it.
func checkType(value, want any, expected, inner string) (free bool, _ fault) {
	wanted := "" // the gold value's type, if it has one
	if want != "" {
		wanted = pylit.TypeName(want)
	}
	free = wanted != "" && wanted != expected
	switch value {
	case "true":
		value = true
	case "false":
		value = false
	}
	failed := false
	if pylit.TypeName(value) == expected {
		if inner == "" || checkItems(value, want, inner) {
			return free, right
		}
		failed = true
	}
	if wanted != "" && (pylit.TypeName(value) == wanted || pylit.Equal(want, value)) {
		if failed {
			return true, typeError
		}
		return true, right
	}
	return false, typeError
}

// checkItems holds if any gold item is no list, or a list whose type suits
// every item of the value.
func checkItems(value, want any, inner string) bool {
	for _, option := range iterate(want) {
		good := true
		if options, ok := option.([]any); ok {
			for _, item := range iterate(value) {
				if _, fault := checkType(item, options, inner, ""); fault != right {
					good = false
					break
				}
			}
		}
		if good {
			return true
		}
	}
	return false
}

// iterate is what a Python for loop meets: items, keys or characters.
func iterate(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case pylit.Tuple:
		return v
	case *pylit.Dict:
		return v.Keys
	case string:
		out := make([]any, 0, len(v))
		for _, r := range v {
			out = append(out, string(r))
		}
		return out
	}
	return nil
}

// checkString holds if the gold text is contained in the given one.
func checkString(value, want any) fault {
	given, ok := value.(string)
	wanted, wok := want.(string)
	if !ok || !wok {
		return broken
	}
	if !strings.Contains(plain(given), plain(wanted)) {
		return stringError
	}
	return right
}

func checkList(value, want any) fault {
	given, ok := value.([]any)
	if !ok {
		return broken
	}
	if !pylit.Equal(plainItems(given), plainItems(iterate(want))) {
		return listError
	}
	return right
}

func plainItems(items []any) []any {
	out := make([]any, len(items))
	for i, x := range items {
		if s, ok := x.(string); ok {
			x = plain(s)
		}
		out[i] = x
	}
	return out
}

// checkDict compares dicts key by key: the text of the gold value must be
// contained in that of the given one.
func checkDict(value, want any) fault {
	given, ok := value.(*pylit.Dict)
	if !ok {
		return valueError
	}
	wanted, ok := want.(*pylit.Dict)
	if !ok {
		return broken
	}
	if given.Len() != wanted.Len() {
		return valueError
	}
	for i, key := range given.Keys {
		v := given.Values[i]
		switch v {
		case "true":
			v = true
		case "false":
			v = false
		}
		expected, ok := wanted.Get(key)
		if !ok {
			return valueError
		}
		if _, ok := expected.(*pylit.Dict); ok {
			if fault := checkDict(v, expected); fault != right {
				return fault
			}
			continue
		}
		if !strings.Contains(plainText(v), plainText(expected)) {
			return valueError
		}
	}
	return right
}

// plainText is str of a value; a string is made plain, the strings in a list
// are not.
func plainText(v any) string {
	if s, ok := v.(string); ok {
		return plain(s)
	}
	return pylit.Str(v)
}

func checkDicts(declared string, value, want any) fault {
	given, _ := value.([]any)
	wanted := iterate(want)
	if declared == "objectArray" && len(given) > 0 && len(given) == len(wanted) {
		return broken
	}
	if len(given) != len(wanted) {
		if declared == "objectArray" {
			return "value_error:dict_items"
		}
		return countError
	}
	for i := range given {
		if fault := checkDict(given[i], wanted[i]); fault != right {
			return fault
		}
	}
	return right
}

// strictArgument compares whole values: text apart from blanks, case and
// common punctuation, numbers by value, truths as truths, dicts and lists item
// by item.
func strictArgument(_ *pylit.Dict, value, want any) fault {
	if !pylit.Equal(strictForm(value), strictForm(want)) {
		return valueError
	}
	return right
}

// strictForm makes every text plain, and sets truths apart from numbers.
func strictForm(v any) any {
	switch v := v.(type) {
	case string:
		return plain(v)
	case bool:
		return pylit.Tuple{"bool", pylit.Str(v)}
	case pylit.Tuple:
		return strictForm([]any(v))
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = strictForm(x)
		}
		return out
	case *pylit.Dict:
		out := &pylit.Dict{Keys: v.Keys}
		for _, x := range v.Values {
			out.Values = append(out.Values, strictForm(x))
		}
		return out
	}
	return v
}
