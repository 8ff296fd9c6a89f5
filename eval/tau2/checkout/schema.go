package checkout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// A schemer makes the JSON Schema that pydantic (2.10) makes of annotations.
type schemer struct {
	checkout *Checkout
	defs     map[string]*pyjson.Object // models and enumerations met on the way
}

var simple = map[string]string{
	"str": "string", "int": "integer", "float": "number", "bool": "boolean", "dict": "object", "Dict": "object", "list": "array", "List": "array",
}

// of is the schema of an annotation that stands in a module.
func (s *schemer) of(x pylit.Expr, module string) (*pyjson.Object, error) {
	switch x := x.(type) {
	case nil:
		return pyjson.Of(), nil
	case *pylit.Constant:
		if text, ok := x.Value.(string); ok {
			inner, err := pylit.Parse(text)
			if err != nil {
				return nil, err
			}
			return s.of(inner, module)
		}
		if x.Value == nil && !x.Ellipsis {
			return pyjson.Of("type", "null"), nil
		}
	case *pylit.Name:
		return s.named(x.ID, module)
	case *pylit.Binary:
		if x.Op == "|" {
			return s.union([]pylit.Expr{x.X, x.Y}, module)
		}
	case *pylit.Subscript:
		return s.generic(x, module)
	}
	return nil, fmt.Errorf("an annotation is not understood: %s", x.Source())
}

func (s *schemer) named(name, module string) (*pyjson.Object, error) {
	if name == "Any" {
		return pyjson.Of(), nil
	}
	if t, ok := simple[name]; ok {
		out := pyjson.Of("type", t)
		if t == "array" {
			out.Set("items", pyjson.Of())
		}
		return out, nil
	}
	class, alias, where, err := s.find(name, module)
	if err != nil {
		return nil, err
	}
	if class == nil {
		return s.of(alias, where)
	}
	if _, known := s.defs[name]; !known {
		s.defs[name] = nil // a model may hold itself
		if s.defs[name], err = s.class(class, where); err != nil {
			return nil, err
		}
	}
	return pyjson.Of("$ref", "#/$defs/"+name), nil
}

// find follows imports to where a name is defined: a class, or another name for
// a type.
func (s *schemer) find(name, module string) (*pylit.Class, pylit.Expr, string, error) {
	for range 8 {
		m, err := s.checkout.module(module)
		if err != nil {
			return nil, nil, "", err
		}
		if c := m.Class(name); c != nil {
			return c, nil, module, nil
		}
		if x, ok := m.Value(name); ok {
			return nil, x, module, nil
		}
		at := slices.IndexFunc(m.Imports, func(in pylit.Import) bool { return in.Name == name })
		if at < 0 {
			return nil, nil, "", s.checkout.lacks(module, name)
		}
		in := m.Imports[at]
		name = in.Original
		if strings.HasPrefix(in.From, ".") {
			in.From = module[:strings.LastIndexByte(module, '.')] + in.From
		}
		module = in.From
	}
	return nil, nil, "", s.checkout.lacks(module, name)
}

// generic is the schema of X[...].
func (s *schemer) generic(x *pylit.Subscript, module string) (*pyjson.Object, error) {
	args := []pylit.Expr{x.Index}
	if t, ok := x.Index.(*pylit.TupleExpr); ok {
		args = t.Items
	}
	switch x.X.Source() {
	case "Optional":
		return s.union(append(args, &pylit.Constant{}), module)
	case "Union":
		return s.union(args, module)
	case "List", "list":
		items, err := s.of(args[0], module)
		return pyjson.Of("items", items, "type", "array"), err
	case "Dict", "dict":
		values, err := s.of(args[len(args)-1], module)
		if err == nil && values.Len() == 0 {
			return pyjson.Of("type", "object"), nil
		}
		return pyjson.Of("additionalProperties", values, "type", "object"), err
	case "Literal":
		return literal(args)
	case "Annotated":
		out, err := s.of(args[0], module)
		if err != nil {
			return nil, err
		}
		return out, s.describe(out, args[1], module)
	}
	return nil, fmt.Errorf("an annotation is not understood: %s", x.Source())
}

func literal(args []pylit.Expr) (*pyjson.Object, error) {
	values := make([]any, len(args))
	for i, x := range args {
		text, ok := pylit.Text(x)
		if !ok {
			return nil, fmt.Errorf("a literal type that is no text: %s", x.Source())
		}
		values[i] = text
	}
	if len(values) == 1 {
		return pyjson.Of("const", values[0], "type", "string"), nil
	}
	return pyjson.Of("enum", values, "type", "string"), nil
}

// union is anyOf, flat and without repetitions.
func (s *schemer) union(args []pylit.Expr, module string) (*pyjson.Object, error) {
	var all []any
	for _, x := range args {
		one, err := s.of(x, module)
		if err != nil {
			return nil, err
		}
		parts := []any{one}
		if inner, ok := one.Get("anyOf"); ok && one.Len() == 1 {
			parts = inner.([]any)
		}
		for _, p := range parts {
			if !slices.ContainsFunc(all, func(q any) bool { return string(pyjson.MarshalSorted(q)) == string(pyjson.MarshalSorted(p)) }) {
				all = append(all, p)
			}
		}
	}
	if len(all) == 1 {
		return all[0].(*pyjson.Object), nil
	}
	return pyjson.Of("anyOf", all), nil
}
