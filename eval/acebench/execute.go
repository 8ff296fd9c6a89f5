package acebench

import (
	"errors"
	"math"
	"regexp"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/internal/python"
)

// An Output is what the executor answers to a reply of the agent.
type Output struct {
	// Value is a list of results, a text, or {"chars_of": TEXT} where the official
	// code hands out a text character by character.
	Value any
	// Raises is the class of the exception that ends a run, if any.
	Raises string
}

// Run executes a reply: the calls in it, one after the other.
func (s *Session) Run(reply string) Output {
	calls, err := s.read(reply)
	if err != nil {
		if s.steps {
			return Output{Value: stepNoCall}
		}
		return Output{Raises: err.Class}
	}
	results := []any{}
	var last any
	before := false
	for _, c := range calls {
		v, err := python.Try(func() any { return s.call(c, last, before) })
		switch {
		case err == nil:
			last, before = v, true
			results = append(results, v)
		case s.steps:
			results = append(results, stepError+err.Text)
		default:
			return Output{Value: object("chars_of", turnError)}
		}
	}
	s.ran = true
	for i, v := range results { // only now: a row that a call returned may have been changed by a later one
		results[i] = shown(v)
	}
	return Output{Value: results}
}

// A call of a reply: a name and arguments.
type call struct {
	name string
	args *pylit.Dict
}

// read finds the calls in a reply as the official executors do.
func (s *Session) read(reply string) ([]call, *python.Error) {
	if reply == "" {
		return nil, &python.Error{Class: "IndexError", Text: "string index out of range"}
	}
	reply = strings.TrimPrefix(reply, " ")
	if !strings.HasPrefix(reply, "[") {
		reply = "[" + reply
	}
	if !strings.HasSuffix(reply, "]") {
		reply += "]"
	}
	x, err := pylit.Parse(strings.Trim(reply, "[]'"))
	switch {
	case errors.Is(err, pylit.ErrIndent):
		return nil, &python.Error{Class: "IndentationError", Text: err.Error()}
	case err != nil:
		return nil, &python.Error{Class: "SyntaxError", Text: err.Error()}
	}
	var calls []call
	for _, item := range elements(x) {
		c, ok := item.(*pylit.Call)
		if !ok {
			if s.steps {
				return nil, &python.Error{Class: "ValueError", Text: "Element is not a function call"}
			}
			continue
		}
		read, err := reader{bare: asSource}.call(c)
		if err != nil {
			return nil, raised(err)
		}
		calls = append(calls, call{read.Keys[0].(string), read.Values[0].(*pylit.Dict)})
	}
	for _, c := range calls {
		if err := nestedDicts(c.args); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// raised is the exception that an error is.
func raised(err error) *python.Error {
	var e *python.Error
	if errors.As(err, &e) {
		return e
	}
	return &python.Error{Class: "Exception", Text: err.Error()}
}

// elements are the items of a tuple or a list, or one call; anything else has none.
func elements(x pylit.Expr) []pylit.Expr {
	switch x := x.(type) {
	case *pylit.Call:
		return []pylit.Expr{x}
	case *pylit.TupleExpr:
		return x.Items
	case *pylit.ListExpr:
		return x.Items
	}
	return nil
}

// nestedDicts fails where a dict stands for an argument: the official code takes
// it for a call whose name is its first key.
func nestedDicts(args *pylit.Dict) *python.Error {
	for _, v := range args.Values {
		d, ok := v.(*pylit.Dict)
		if !ok {
			continue
		}
		if d.Len() == 0 {
			return &python.Error{Class: "IndexError", Text: "list index out of range"}
		}
		inner, ok := d.Values[0].(*pylit.Dict)
		if !ok {
			return &python.Error{Class: "AttributeError", Text: "'" + pylit.TypeName(d.Values[0]) + "' object has no attribute 'items'"}
		}
		if err := nestedDicts(inner); err != nil {
			return err
		}
	}
	return nil
}

var calledName = regexp.MustCompile(`([a-zA-Z_][\pL\pN_]*)$`)

// call makes one call. The official code looks its name up as the last part of
// a dotted one, and does nothing where there is no such method: the result of
// the call before stands for it, if there was one.
func (s *Session) call(c call, last any, before bool) any {
	name := c.name
	m, ok := s.methods[name]
	if !ok {
		name = calledName.FindString(c.name)
		m, ok = s.methods[name]
	}
	if !ok {
		if !before {
			python.Raise("UnboundLocalError", unboundText)
		}
		return last
	}
	if name != c.name {
		first, _, _ := strings.Cut(c.name, ".")
		python.Raise("NameError", "name '%s' is not defined", first)
	}
	args := pyjson.NewObject(c.args.Len())
	for i, key := range c.args.Keys {
		k, ok := key.(string)
		if !ok {
			python.Raise("SyntaxError", "cannot assign to None (<string>, line 1)")
		}
		args.Set(k, evaluated(c.args.Values[i]))
	}
	if _, ok := args.Get("self"); ok {
		python.Raise("TypeError", "%s.%s() got multiple values for argument 'self'", m.class, m.name)
	}
	return m.do(s, m.bind(args))
}

// evaluated is an argument after the official code has written it as source
// and evaluated that: a dict became a call of something unknown, an infinity a
// name that nobody defined. A tuple inside another value counts as a list.
func evaluated(v any) any {
	switch v := v.(type) {
	case *pylit.Dict:
		return pseudoCall(v)
	case float64:
		if math.IsInf(v, 0) {
			python.Raise("NameError", "name 'inf' is not defined")
		}
	}
	tuple, isTuple := v.(pylit.Tuple)
	if isTuple {
		v = []any(tuple)
	}
	out, ok := pylit.ToJSON(v)
	if !ok {
		return pylit.Repr(v)
	}
	if isTuple {
		return pyjson.Tuple(out.([]any))
	}
	return out
}

func pseudoCall(d *pylit.Dict) any {
	args := pyjson.NewObject(0)
	inner := d.Values[0].(*pylit.Dict)
	for i, key := range inner.Keys {
		args.Set(pylit.Str(key), evaluated(inner.Values[i]))
	}
	name := pylit.Str(d.Keys[0])
	if name == "dict" {
		return args
	}
	python.Raise("NameError", "name '%s' is not defined", name)
	return nil
}

// shown is a result as the agent sees it: objects as they are, everything else
// as Python's text, read as JSON where it happens to be some.
func shown(v any) any {
	if o, ok := v.(*pyjson.Object); ok {
		return o.Clone()
	}
	text := python.Str(v)
	if v, err := pyjson.Parse([]byte(text)); err == nil {
		return v
	}
	return text
}
