package tau1

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/pylit"
)

// tools reads the schemas of a domain's tools, in the order of ALL_TOOLS.
func (c *Checkout) tools(w *World) ([]*pyjson.Object, error) {
	folder := "envs/" + w.Domain.Name + "/tools/"
	list, err := c.module(folder + "__init__.py")
	if err != nil {
		return nil, err
	}
	from := map[string]string{}
	for _, in := range list.Imports {
		from[in.Name] = folder + strings.TrimPrefix(in.From, ".") + ".py"
	}
	all, _ := list.Value("ALL_TOOLS")
	names, ok := all.(*pylit.ListExpr)
	if !ok {
		return nil, fmt.Errorf("tau-bench: %s__init__.py has no list ALL_TOOLS", folder)
	}
	var infos []*pyjson.Object
	for _, x := range names.Items {
		file := from[x.Source()]
		info, err := c.info(file, x.Source())
		if err != nil {
			return nil, err
		}
		if name := text(child(info, "function"), "name"); w.tools[name] == nil {
			return nil, fmt.Errorf("tau-bench: %s describes a tool %q, which is none of %s at %s", file, name, w.Domain.Name, Commit)
		}
		infos = append(infos, info)
	}
	return infos, nil
}

// info is the dict that get_info of a tool's class returns.
func (c *Checkout) info(file, class string) (*pyjson.Object, error) {
	module, err := c.module(file)
	if err != nil {
		return nil, err
	}
	if class := module.Class(class); class != nil {
		if f := class.Function("get_info"); f != nil && len(f.Returns) == 1 {
			v, err := pylit.Literal(f.Returns[0])
			if err != nil {
				return nil, fmt.Errorf("tau-bench: %s: %w", file, err)
			}
			v, _ = pylit.ToJSON(v)
			if info, ok := v.(*pyjson.Object); ok {
				return info, nil
			}
		}
	}
	return nil, fmt.Errorf("tau-bench: %s has no class %s whose get_info returns a dict", file, class)
}

// child is the object under a key, or an empty one.
func child(o *pyjson.Object, key string) *pyjson.Object {
	v, _ := o.Get(key)
	if inner, ok := v.(*pyjson.Object); ok {
		return inner
	}
	return pyjson.NewObject(0)
}
