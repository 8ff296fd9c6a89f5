package checkout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// class is the schema of an enumeration or of a model.
func (s *schemer) class(c *pylit.Class, module string) (*pyjson.Object, error) {
	if slices.ContainsFunc(c.Bases, func(x pylit.Expr) bool { return x.Source() == "Enum" }) {
		var values []any
		for _, v := range c.Values {
			text, ok := pylit.Text(v.X)
			if !ok {
				return nil, fmt.Errorf("the enumeration %s has a value that is no text", c.Name)
			}
			values = append(values, text)
		}
		return described(pyjson.Of("enum", values, "title", c.Name, "type", "string"), c.Doc), nil
	}
	out := described(pyjson.Of("title", c.Name, "type", "object"), c.Doc)
	return out, s.fields(out, c, module)
}

func described(o *pyjson.Object, doc string) *pyjson.Object {
	if doc != "" {
		o.Set("description", cleanDoc(doc))
	}
	return o
}

// fields adds the fields of a model, those of the models that it extends first.
func (s *schemer) fields(out *pyjson.Object, c *pylit.Class, module string) error {
	for _, base := range c.Bases {
		name := base.Source()
		if name == "BaseModel" {
			continue
		}
		above, _, where, err := s.find(name, module)
		if err != nil {
			return err
		}
		if above == nil {
			return fmt.Errorf("%s extends %s, which is no class", c.Name, name)
		}
		if err := s.fields(out, above, where); err != nil {
			return err
		}
	}
	if config, ok := c.Value("model_config"); ok && strings.Contains(config.Source(), "extra='forbid'") {
		out.Set("additionalProperties", false)
	}
	for _, v := range c.Values {
		if v.Type == nil {
			continue
		}
		if err := s.field(out, v.Name, v.Type, v.X, "", module); err != nil {
			return fmt.Errorf("%s.%s: %w", c.Name, v.Name, err)
		}
	}
	return nil
}

// field adds a field, or a parameter of a function.
func (s *schemer) field(out *pyjson.Object, name string, kind, value pylit.Expr, about, module string) error {
	schema, err := s.of(kind, module)
	if err != nil {
		return err
	}
	if _, ref := schema.Get("$ref"); !ref {
		schema.Set("title", title(name))
	}
	if about != "" {
		schema.Set("description", about)
	}
	required := value == nil
	if call, ok := value.(*pylit.Call); ok && call.Func.Source() == "Field" {
		if required, err = s.defaultOf(schema, call, module); err != nil {
			return err
		}
		if err := s.describe(schema, call, module); err != nil {
			return err
		}
	} else if value != nil {
		v, err := s.value(value, module)
		if err != nil {
			return err
		}
		schema.Set("default", v)
	}
	add(out, name, schema, required)
	return nil
}

func add(out *pyjson.Object, name string, schema *pyjson.Object, required bool) {
	properties, ok := out.Get("properties")
	if !ok {
		properties = pyjson.Of()
		out.Set("properties", properties)
	}
	properties.(*pyjson.Object).Set(name, schema)
	if required {
		list, _ := out.Get("required")
		names, _ := list.([]any)
		out.Set("required", append(names, name))
	}
}

// describe takes the description of Field(description=...).
func (s *schemer) describe(schema *pyjson.Object, field pylit.Expr, module string) error {
	call, ok := field.(*pylit.Call)
	if !ok {
		return nil
	}
	for _, k := range call.Keywords {
		if k.Name == "description" {
			v, err := s.value(k.Value, module)
			if err != nil {
				return err
			}
			schema.Set("description", v)
		}
	}
	return nil
}

// defaultOf takes the default of Field(...), and says whether there is none.
func (s *schemer) defaultOf(schema *pyjson.Object, field *pylit.Call, module string) (required bool, err error) {
	x := pylit.Expr(nil)
	if len(field.Args) > 0 {
		x = field.Args[0]
	}
	for _, k := range field.Keywords {
		switch k.Name {
		case "default":
			x = k.Value
		case "default_factory":
			return false, nil
		}
	}
	if c, ok := x.(*pylit.Constant); x == nil || ok && c.Ellipsis {
		return true, nil
	}
	v, err := s.value(x, module)
	schema.Set("default", v)
	return false, err
}

// value is a constant, a list of values, or a member of an enumeration.
func (s *schemer) value(x pylit.Expr, module string) (any, error) {
	switch x := x.(type) {
	case *pylit.Constant:
		return x.Value, nil
	case *pylit.ListExpr:
		list := make([]any, len(x.Items))
		for i, item := range x.Items {
			var err error
			if list[i], err = s.value(item, module); err != nil {
				return nil, err
			}
		}
		return list, nil
	case *pylit.Attribute:
		class, _, _, err := s.find(x.X.Source(), module)
		if err != nil || class == nil {
			return nil, fmt.Errorf("a default is not understood: %s", x.Source())
		}
		if member, ok := class.Value(x.Name); ok {
			return s.value(member, module)
		}
	default:
		if text, ok := pylit.Text(x); ok {
			return text, nil
		}
	}
	return nil, fmt.Errorf("a default is not understood: %s", x.Source())
}
