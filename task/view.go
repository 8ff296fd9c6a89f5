package task

import (
	"encoding/json"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// A view is a world as task making looks at it: tools with their parameters
// taken apart, and what each parameter means to the tables.
type view struct {
	world *scaler.World
	tools []*tool // in the world's order
	named map[string]*tool
}

// A tool is a world's tool with its parameters as leaves.
type tool struct {
	scaler.WorldTool
	params []param
	musts  map[string]bool // plain paths of what the object around it requires
	drawer *draw.Tool
}

// A param is one leaf of a tool's parameters.
type param struct {
	path     string // "address.city", "items[].sku"
	required bool   // and so is everything above it
	needed   bool   // the top-level argument it is part of is required
	kind     string // JSON type
	format   string
	enum     []any
	fixed    any         // the schema's default or const, else nil
	doc      string      // the schema's description
	bind     scaler.Bind // Role "" where nothing is known
}

func newView(w *scaler.World, deps []scaler.Dependency) *view {
	v := &view{world: w, named: map[string]*tool{}}
	for _, wt := range w.Tools {
		t := &tool{WorldTool: wt}
		if schema, err := pyjson.ParseObject(wt.Parameters); err == nil {
			t.params = leaves(nil, schema, "", true)
			t.musts = map[string]bool{}
			require(t.musts, schema, "")
			must, _ := schema.Get("required")
			for i := range t.params {
				t.params[i].needed = contains(must, top(t.params[i].path))
			}
		}
		t.drawer = draw.Prepare(wt, w.Schema)
		v.tools = append(v.tools, t)
		v.named[t.Name] = t
	}
	for _, t := range v.tools {
		v.bind(t)
	}
	v.bindDependencies(deps)
	return v
}

// leaves appends the leaves below an object schema.
func leaves(out []param, schema *pyjson.Object, prefix string, required bool) []param {
	props, _ := object(schema, "properties")
	if props == nil {
		return out
	}
	must, _ := schema.Get("required")
	for name, sub := range props.All() {
		s, ok := sub.(*pyjson.Object)
		if !ok {
			continue
		}
		out = append(out, leaf(nil, s, prefix+name, required && contains(must, name))...)
	}
	return out
}

// require notes the properties that the objects of a schema require.
func require(musts map[string]bool, schema *pyjson.Object, prefix string) {
	if items, ok := object(schema, "items"); ok {
		require(musts, items, prefix)
		return
	}
	props, ok := object(schema, "properties")
	if !ok {
		return
	}
	must, _ := schema.Get("required")
	for name, sub := range props.All() {
		if contains(must, name) {
			musts[prefix+name] = true
		}
		if s, ok := sub.(*pyjson.Object); ok {
			require(musts, s, prefix+name+".")
		}
	}
}

func leaf(out []param, s *pyjson.Object, path string, required bool) []param {
	if inner, ok := object(s, "properties"); ok && inner.Len() > 0 {
		return leaves(out, s, path+".", required)
	}
	if items, ok := object(s, "items"); ok {
		if inner, ok := object(items, "properties"); ok && inner.Len() > 0 {
			return leaves(out, items, path+"[].", required)
		}
	}
	p := param{path: path, required: required, kind: schemaType(s), format: text(s, "format"), doc: text(s, "description")}
	if enum, ok := s.Get("enum"); ok {
		p.enum, _ = enum.([]any)
	}
	for _, key := range []string{"default", "const"} {
		if fixed, ok := s.Get(key); ok {
			p.fixed = fixed
		}
	}
	return append(out, p)
}

// bind gives t's parameters their meaning: the world's own binds, and where it
// has none the tables whose columns have the parameter's name.
func (v *view) bind(t *tool) {
	for i := range t.params {
		p := &t.params[i]
		for _, b := range t.Binds {
			if plainPath(b.Param) == plainPath(p.path) {
				p.bind = b
			}
		}
		_, points := v.points(p.bind)
		switch ref := v.byName(p); {
		case p.bind.Role == "":
			p.bind = v.guess(t, p)
		case !points && p.bind.Role != "filter" && ref.Role != "":
			p.bind = ref // planId is a plan, whatever the world stores it as
		}
	}
}

// guess binds a parameter by its name: to a column of the tool's own table, or
// to the table whose entity an id names.
func (v *view) guess(t *tool, p *param) scaler.Bind {
	name := lastName(p.path)
	role := "filter"
	if t.Effect == scaler.Write {
		role = "set"
	}
	if own, ok := v.world.Schema.Table(t.Table); ok {
		if name == own.Key || name == own.Entity+"_id" {
			if t.Kind == scaler.Create {
				role = "set"
			} else {
				role = "key"
			}
			return scaler.Bind{Param: p.path, Role: role, Table: own.Name, Column: own.Key}
		}
		if _, ok := own.Column(name); ok {
			return scaler.Bind{Param: p.path, Role: role, Table: own.Name, Column: name}
		}
	}
	return v.byName(p)
}

// byName binds a parameter that is called after a table's entity and key.
func (v *view) byName(p *param) scaler.Bind {
	for _, other := range v.world.Schema.Tables {
		if snake := words.Snake(lastName(p.path)); snake == other.Entity+"_id" || snake == other.Entity+"_"+other.Key || snake == other.Key && strings.Contains(snake, "_") {
			return scaler.Bind{Param: p.path, Role: "ref", Table: other.Name, Column: other.Key}
		}
	}
	return scaler.Bind{Param: p.path}
}

// bindDependencies lets a dependency bind what is still unbound: a parameter
// that takes another tool's key points at that tool's table.
func (v *view) bindDependencies(deps []scaler.Dependency) {
	byID := map[scaler.ToolID]*tool{}
	for _, t := range v.tools {
		byID[t.Tool] = t
	}
	for _, d := range deps {
		from, to := byID[d.From], byID[d.To]
		if from == nil || to == nil {
			continue
		}
		table, ok := v.world.Schema.Table(from.Table)
		if !ok || lastName(d.Field) != table.Key {
			continue
		}
		for i := range to.params {
			if p := &to.params[i]; p.bind.Role == "" && plainPath(p.path) == plainPath(d.Param) {
				p.bind = scaler.Bind{Param: p.path, Role: "ref", Table: table.Name, Column: table.Key}
			}
		}
	}
}

// points returns the table whose rows a parameter's value names, where it is a
// key: its own key column, or a foreign key.
func (v *view) points(b scaler.Bind) (scaler.Table, bool) {
	t, ok := v.world.Schema.Table(b.Table)
	if !ok || b.Role == "" || b.Role == "limit" || b.Role == "offset" || b.Role == "sort" || b.Role == "input" {
		return scaler.Table{}, false
	}
	if b.Column == t.Key || b.Column == "" && (b.Role == "key" || b.Role == "ref") {
		return t, true
	}
	c, ok := t.Column(b.Column)
	if !ok || c.Ref == "" {
		return scaler.Table{}, false
	}
	return v.world.Schema.Table(c.Ref)
}

// param returns the parameter at a path of real arguments ("items[0].sku").
func (t *tool) param(path string) (param, bool) {
	i := slices.IndexFunc(t.params, func(p param) bool { return plainPath(p.path) == plainPath(path) })
	if i < 0 {
		return param{}, false
	}
	return t.params[i], true
}

// scopes returns the groups of tools a task may use together.
func (v *view) scopes() [][]string {
	if len(v.world.Scopes) > 0 {
		return v.world.Scopes
	}
	all := make([]string, len(v.tools))
	for i, t := range v.tools {
		all[i] = t.Name
	}
	return [][]string{all}
}

// plainPath drops the places in arrays, so that "items[0].sku", "items[].sku"
// and "items.sku" are one path.
func plainPath(path string) string {
	for {
		i := strings.IndexByte(path, '[')
		if i < 0 {
			return path
		}
		j := strings.IndexByte(path[i:], ']')
		if j < 0 {
			return path[:i]
		}
		path = path[:i] + path[i+j+1:]
	}
}

// lastName returns the last name of a dotted path, without places.
func lastName(path string) string {
	path = plainPath(path)
	return path[strings.LastIndexByte(path, '.')+1:]
}

func object(o *pyjson.Object, key string) (*pyjson.Object, bool) {
	v, _ := o.Get(key)
	inner, ok := v.(*pyjson.Object)
	return inner, ok
}

func text(o *pyjson.Object, key string) string {
	v, _ := o.Get(key)
	s, _ := v.(string)
	return s
}

// schemaType returns a schema's type; of several, the first that is not null.
func schemaType(s *pyjson.Object) string {
	v, _ := s.Get("type")
	if list, ok := v.([]any); ok {
		for _, item := range list {
			if item != "null" {
				v = item
				break
			}
		}
	}
	name, _ := v.(string)
	return name
}

func contains(list any, item string) bool {
	l, _ := list.([]any)
	return slices.Contains(l, any(item))
}

func raw(v any) json.RawMessage { return pyjson.Marshal(v) }
