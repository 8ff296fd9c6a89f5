package draw

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/words"
)

// plainPath returns a parameter's path without marks and numbers of items:
// "items[].id" and "items.0.id" are items.id.
func plainPath(param string) string {
	steps := strings.Split(strings.ReplaceAll(param, "[]", ""), ".")
	steps = slices.DeleteFunc(steps, func(s string) bool { return s == "" || strings.Trim(s, "0123456789") == "" })
	return strings.Join(steps, ".")
}

func entityOf(t scaler.WorldTool, s scaler.Schema) string {
	if table, ok := s.Table(t.Table); ok {
		return table.Entity
	}
	return ""
}

// bindByName finds out what the parameters of a tool without binds mean, by
// comparing names with tables and columns.
func (d *Tool) bindByName(in *fake.Shape, prefix string) {
	for _, f := range in.Fields {
		path := prefix + f.Shape.Name
		if b, ok := d.byName(f.Shape); ok {
			b.Param = path
			d.binds[path] = b
			continue
		}
		if f.Shape.Type == "object" {
			d.bindByName(f.Shape, path+".")
		}
		if f.Shape.Type == "array" && f.Shape.Items != nil && f.Shape.Items.Type == "object" {
			d.bindByName(f.Shape.Items, path+".")
		}
	}
}

// Names knows under which names a schema's keys are spoken of.
type Names struct {
	schema scaler.Schema
	keys   map[string]scaler.Bind
	in     fake.Setting
}

// NamesOf reads the names off a schema; of two tables with the same name for
// their keys, the first has it.
func NamesOf(s scaler.Schema) Names {
	n := Names{schema: s, keys: map[string]scaler.Bind{}, in: fake.SettingOf(s)}
	for _, table := range s.Tables {
		for _, name := range keyNames(table) {
			if _, taken := n.keys[name]; !taken {
				n.keys[name] = scaler.Bind{Role: "ref", Table: table.Name, Column: table.Key}
			}
		}
	}
	return n
}

// keyNamed returns a reference to the table whose key a name speaks of:
// member_number, order_ids.
func (d *Tool) keyNamed(name string) (scaler.Bind, bool) {
	b, ok := d.names.keys[singularLast(words.Snake(name))]
	return b, ok
}

func (d *Tool) byName(p *fake.Shape) (scaler.Bind, bool) {
	name := words.Snake(p.Name)
	b, ok := d.keyNamed(p.Name)
	if mine, has := d.schema.Table(d.tool.Table); has && !ok && name == words.Snake(mine.Key) {
		b, ok = scaler.Bind{Role: "ref", Table: mine.Name, Column: mine.Key}, true
	}
	if ok && b.Table == d.tool.Table && d.tool.Kind != scaler.Create && d.tool.Kind != scaler.List {
		b.Role = "key"
	}
	if ok {
		return b, true
	}
	if table, ok := d.schema.Table(d.tool.Table); ok {
		if c, ok := table.Column(p.Name); ok && c.Type != "object" && p.Type != "object" {
			role := "set"
			if d.tool.Effect == scaler.Read {
				role = "filter"
			}
			return scaler.Bind{Role: role, Table: table.Name, Column: c.Name}, true
		}
	}
	switch name {
	case "limit", "page_size", "per_page", "max_results", "top":
		return scaler.Bind{Role: "limit"}, true
	case "offset", "skip":
		return scaler.Bind{Role: "offset"}, true
	}
	return scaler.Bind{}, false
}

// keyNames lists the names under which other places speak of a table's key.
func keyNames(t scaler.Table) []string {
	entity, key := words.Snake(t.Entity), words.Snake(t.Key)
	names := []string{entity + "_" + key, entity + "_id"}
	if key != "id" && key != "name" && key != "key" && key != "code" {
		names = append(names, key)
	}
	return names
}

func singularLast(name string) string {
	i := strings.LastIndexByte(name, '_') + 1
	return name[:i] + words.Singular(name[i:])
}

// pickOrder lists the tables that keys and references point at: first the
// tool's own, then those that refer to others of them, so that an order's
// customer is the customer of that order.
func (d *Tool) pickOrder() []string {
	var tables []string
	for _, b := range d.binds {
		if (b.Role == "key" || b.Role == "ref") && !slices.Contains(tables, b.Table) {
			tables = append(tables, b.Table)
		}
	}
	rank := func(name string) int {
		if name == d.tool.Table && d.tool.Kind != scaler.Create {
			return -1 << 20
		}
		n := 0
		table, _ := d.schema.Table(name)
		for _, c := range table.Columns {
			if c.Ref != "" && c.Ref != name && slices.Contains(tables, c.Ref) {
				n--
			}
		}
		return n
	}
	slices.SortFunc(tables, func(a, b string) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		return strings.Compare(a, b)
	})
	return tables
}
