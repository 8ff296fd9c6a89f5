package acebench

import (
	"regexp"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/agentscaler/scaler/internal/pylit"
)

// A fault is why an answer is wrong, in the scorer's words; "" means that it is
// right.
type fault string

const (
	right           fault = ""
	badFormat       fault = "wrong_output_format"
	badNumber       fault = "wrong functions number"
	otherFunctions  fault = "function_mismatch"
	wrongParam      fault = "wrong_param"
	wrongName       fault = "wrong_function_name"
	lacksArgs       fault = "lack_args"
	extraArgs       fault = "addition_args"
	typeError       fault = "type_error"
	valueError      fault = "value_error"
	stringError     fault = "value_error:string"
	listError       fault = "value_error:list/tuple"
	countError      fault = "value_error:list_dict_count"
	unclear         fault = "simple_function_checker:unclear"
	missedDetection fault = "error_detection"
	missedCause     fault = "error_correction"
	wrongClasses    fault = "wrong number of class"
	wrongAttributes fault = "class attributes wrong"
	// broken is where the official scorer ends with a Python exception.
	broken fault = "scorer_exception"
)

var numbered = regexp.MustCompile(`_\d+$`)

// checkCalls compares the calls of a reply with one gold answer, whose keys are
// function names, numbered where a function is called twice.
func (s *scorer) checkCalls(functions any, calls []any, answer *pylit.Dict) fault {
	if len(calls) != answer.Len() {
		return badNumber
	}
	keys := make([]string, answer.Len())
	wanted := make([]string, answer.Len())
	for i, k := range answer.Keys {
		keys[i], _ = k.(string)
		wanted[i] = numbered.ReplaceAllString(keys[i], "")
	}
	given := make([]string, len(calls))
	for i, c := range calls {
		given[i], _ = c.(*pylit.Dict).Keys[0].(string)
	}
	if !sameBag(given, wanted) {
		return otherFunctions
	}
	for i := range keys {
		f := s.description(functions, keys[i], wanted[i])
		last := right
		for j, c := range calls {
			last = unclear
			if given[j] == wanted[i] {
				args, _ := c.(*pylit.Dict).Values[0].(*pylit.Dict)
				last = s.checkCall(f, wanted[i], args, answer.Values[i])
			}
			if last == right || last == broken {
				break
			}
		}
		if last != right {
			return last
		}
	}
	return right
}

// sameBag reports whether both lists hold the same strings equally often.
func sameBag(a, b []string) bool {
	n := map[string]int{}
	for _, x := range a {
		n[x]++
	}
	for _, x := range b {
		n[x]--
	}
	for _, left := range n {
		if left != 0 {
			return false
		}
	}
	return true
}

// description finds a function: officially the first whose name is within the
// answer's key, so "book" describes "bookFlight" too. The strict scorer takes
// one of that very name, if there is any.
func (s *scorer) description(functions any, key, name string) *pylit.Dict {
	if f, ok := functions.(*pylit.Dict); ok {
		return f
	}
	var within *pylit.Dict
	all, _ := functions.([]any)
	for _, x := range all {
		f, ok := x.(*pylit.Dict)
		if !ok {
			continue
		}
		own := text(f, "name")
		if s.strict && own == name {
			return f
		}
		if within == nil && strings.Contains(key, own) {
			within = f
		}
	}
	return within
}

// checkCall compares one call's arguments with the gold ones.
func (s *scorer) checkCall(f *pylit.Dict, name string, args *pylit.Dict, answer any) fault {
	if f == nil || args == nil {
		return broken
	}
	params, ok := f.Get("parameters")
	if !ok {
		return broken
	}
	gold, ok := answer.(*pylit.Dict)
	if !ok {
		gold = &pylit.Dict{}
	}
	schema, ok := params.(*pylit.Dict)
	if !ok {
		return broken
	}
	if args.Len() == 0 || schema.Len() == 0 {
		if args.Len() == schema.Len() {
			return right
		}
		if s.strict && args.Len() == gold.Len() && len(texts(field(schema, "required"))) == 0 {
			return right
		}
		return wrongParam
	}
	properties := dict(schema, "properties")
	switch {
	case properties == nil:
		return broken
	case pylit.Equal(answer, properties):
		return right
	case gold.Len() == 0:
		return wrongParam
	case text(f, "name") != name:
		return wrongName
	}
	required, ok := schema.Get("required")
	if !ok {
		return broken
	}
	return s.checkArguments(properties, texts(required), args, gold)
}

func (s *scorer) checkArguments(properties *pylit.Dict, required []string, args, gold *pylit.Dict) fault {
	for _, r := range required {
		if _, ok := args.Get(r); !ok {
			return lacksArgs
		}
	}
	for i, key := range args.Keys {
		property, known := properties.Get(key)
		want, asked := gold.Get(key)
		if !known || !asked {
			return extraArgs
		}
		p, ok := property.(*pylit.Dict)
		if !ok {
			return broken
		}
		check := checkArgument
		if s.strict {
			check = strictArgument
		}
		if fault := check(p, args.Values[i], want); fault != right {
			return fault
		}
	}
	if s.strict && args.Len() != gold.Len() {
		return lacksArgs
	}
	return right
}

var blanks = regexp.MustCompile(`[ ,./\-_*^]`)

// lower is str.lower.
func lower(s string) string { return cases.Lower(language.Und).String(s) }

// plain is a string without blanks, the commonest punctuation and case.
func plain(s string) string {
	return strings.ReplaceAll(lower(blanks.ReplaceAllString(s, "")), "'", `"`)
}

// isSpace is str.isspace, by which str.split splits.
func isSpace(r rune) bool {
	switch {
	case r >= 0x09 && r <= 0x0d, r >= 0x1c && r <= 0x20, r == 0x85, r == 0xa0, r == 0x1680:
		return true
	case r >= 0x2000 && r <= 0x200a, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000:
		return true
	}
	return false
}
