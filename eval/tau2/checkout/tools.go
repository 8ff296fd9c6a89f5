package checkout

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// A Tool is a function that a model is offered.
type Tool struct {
	Name, Description string
	Type              string // read, write, think or generic
	Parameters        *pyjson.Object
}

// Schema is the tool in OpenAI's form.
func (t Tool) Schema() *pyjson.Object {
	return pyjson.Of("type", "function", "function", pyjson.Of("name", t.Name, "description", t.Description, "parameters", t.Parameters))
}

// toolkit reads the tools of a module's class, in the order of the source.
func (c *Checkout) toolkit(module string) ([]Tool, error) {
	m, err := c.module(module)
	if err != nil {
		return nil, err
	}
	var tools []Tool
	for _, class := range m.Classes {
		for _, f := range class.Functions {
			kind, ok := toolType(f)
			if !ok {
				continue
			}
			t, err := c.tool(f, module)
			if err != nil {
				return nil, fmt.Errorf("tau2-bench %s: %s.%s: %w", c.Version.Name, class.Name, f.Name, err)
			}
			t.Type = kind
			tools = append(tools, t)
		}
	}
	if len(tools) == 0 {
		return nil, c.lacks(module, "tools")
	}
	return tools, nil
}

// toolType reads the decorator that makes a method a tool.
func toolType(f *pylit.Function) (string, bool) {
	for _, d := range f.Decorators {
		call, ok := d.(*pylit.Call)
		if !ok || call.Func.Source() != "is_tool" {
			continue
		}
		if len(call.Args) > 0 {
			if a, ok := call.Args[0].(*pylit.Attribute); ok {
				return strings.ToLower(a.Name), true
			}
		}
		return "read", true
	}
	return "", false
}

// tool makes the schema of a function's parameters, with the descriptions of its
// docstring.
func (c *Checkout) tool(f *pylit.Function, module string) (Tool, error) {
	doc := parseDocstring(f.Doc)
	s := &schemer{checkout: c, defs: map[string]*pyjson.Object{}}
	out := pyjson.Of("properties", pyjson.Of(), "title", "parameters", "type", "object")
	for _, p := range f.Params {
		if p.Name == "self" {
			continue
		}
		if err := s.field(out, p.Name, p.Type, p.Default, doc.params[p.Name], module); err != nil {
			return Tool{}, fmt.Errorf("parameter %s: %w", p.Name, err)
		}
	}
	if len(s.defs) > 0 {
		defs := pyjson.Of()
		for name, schema := range s.defs {
			defs.Set(name, schema)
		}
		out.Set("$defs", defs)
	}
	return Tool{Name: f.Name, Description: doc.description(f.Name), Parameters: sorted(out, "").(*pyjson.Object)}, nil
}
