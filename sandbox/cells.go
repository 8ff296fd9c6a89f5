package sandbox

import (
	"slices"

	"go.starlark.net/starlark"
)

// Cells are values by the name of their field. Most rows have one or two, for
// which no map is made.
type cells struct {
	few  []cell
	many map[string]starlark.Value
}

type cell struct {
	name  string
	value starlark.Value
}

func (c *cells) get(name string) (starlark.Value, bool) {
	if c.many != nil {
		v, ok := c.many[name]
		return v, ok
	}
	if i := c.find(name); i >= 0 {
		return c.few[i].value, true
	}
	return nil, false
}

func (c *cells) set(name string, v starlark.Value) {
	if c.many != nil {
		c.many[name] = v
		return
	}
	if i := c.find(name); i >= 0 {
		c.few[i].value = v
		return
	}
	if len(c.few) < few {
		c.few = append(c.few, cell{name, v})
		return
	}
	c.many = map[string]starlark.Value{name: v}
	for _, cell := range c.few {
		c.many[cell.name] = cell.value
	}
	c.few = nil
}

func (c *cells) remove(name string) {
	delete(c.many, name)
	if i := c.find(name); i >= 0 {
		c.few = slices.Delete(c.few, i, i+1)
	}
}

func (c *cells) empty() bool { return len(c.few)+len(c.many) == 0 }

func (c *cells) find(name string) int {
	return slices.IndexFunc(c.few, func(cell cell) bool { return cell.name == name })
}
