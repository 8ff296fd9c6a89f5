package checkout

import (
	"fmt"
	"slices"
	"sort"
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

// title is str.title() of a name with blanks for underscores.
func title(name string) string {
	b := []byte(strings.ReplaceAll(name, "_", " "))
	inside := false
	for i, c := range b {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if letter && !inside {
			b[i] = c &^ 0x20
		} else if letter {
			b[i] = c | 0x20
		}
		inside = letter
	}
	return string(b)
}

// sorted puts keys in order as pydantic does: everywhere but among properties
// and inside defaults.
func sorted(v any, key string) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = sorted(x, key)
		}
		return out
	case *pyjson.Object:
		keys := v.Keys()
		if key != "properties" && key != "default" {
			sort.Strings(keys)
		}
		out := pyjson.NewObject(len(keys))
		for _, k := range keys {
			x, _ := v.Get(k)
			out.Set(k, sorted(x, k))
		}
		return out
	}
	return v
}
