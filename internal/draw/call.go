package draw

import (
	"math/rand/v2"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A call is one drawing: the rows chosen so far stay chosen.
type call struct {
	*Tool
	rng    *rand.Rand
	rows   Rows
	o      Options
	maker  *fake.Maker
	picked map[string]*pick // by table; nil where it offers none
	used   map[string]bool  // table and key, of rows that some argument names
}

type pick struct {
	key string
	row *pyjson.Object
}

// pickFixed chooses the rows that fixed arguments name.
func (c *call) pickFixed() {
	for name, v := range c.o.Fixed {
		b, ok := c.binds[name]
		if !ok || b.Role != "key" && b.Role != "ref" {
			continue
		}
		if row, ok := c.rows.Row(b.Table, pyjson.Bare(v)); ok {
			c.picked[b.Table] = &pick{pyjson.Bare(v), row}
		}
	}
}

// row returns the row of the table that this call is about.
func (c *call) row(table string) *pick {
	if p, ok := c.picked[table]; ok {
		return p
	}
	p := c.choose(table, c.related(table))
	if p == nil {
		p = c.choose(table, nil)
	}
	c.picked[table] = p
	c.follow(table, p)
	return p
}

// follow chooses with a row the rows that it refers to.
func (c *call) follow(table string, p *pick) {
	t, ok := c.schema.Table(table)
	if p == nil || !ok {
		return
	}
	for _, col := range t.Columns {
		if col.Type == "array" {
			c.followLine(p.row, col)
		}
		if col.Ref == "" || col.Ref == table || col.Type == "array" {
			continue
		}
		if _, done := c.picked[col.Ref]; done {
			continue
		}
		v, _ := p.row.Get(col.Name)
		if row, ok := c.rows.Row(col.Ref, pyjson.Bare(v)); v != nil && ok && c.wants(col.Ref, pyjson.Bare(v), row) {
			c.picked[col.Ref] = &pick{pyjson.Bare(v), row}
		}
	}
}

// followLine chooses with a row the rows that its first line names: the product
// of the first item of an order.
func (c *call) followLine(row *pyjson.Object, col scaler.Column) {
	v, _ := row.Get(col.Name)
	list, _ := v.([]any)
	if len(list) == 0 {
		return
	}
	line, ok := list[0].(*pyjson.Object)
	if !ok {
		return
	}
	for name, v := range line.All() {
		to, ok := c.keyNamed(name)
		if _, done := c.picked[to.Table]; !ok || done || !c.owns(to.Table) {
			continue
		}
		if row, ok := c.rows.Row(to.Table, pyjson.Bare(v)); ok {
			c.picked[to.Table] = &pick{pyjson.Bare(v), row}
		}
	}
}

// owns says whether rows that the call names belong to rows of the table.
func (c *call) owns(table string) bool {
	for _, b := range c.binds {
		t, ok := c.schema.Table(b.Table)
		if !ok || b.Role != "ref" {
			continue
		}
		for _, col := range t.Columns {
			if col.Ref == table && b.Table != table {
				return true
			}
		}
	}
	return false
}

// related returns a test for rows of table that refer to the rows already chosen.
func (c *call) related(table string) func(*pyjson.Object) bool {
	t, ok := c.schema.Table(table)
	if !ok {
		return nil
	}
	type link struct{ column, key string }
	var links []link
	for _, col := range t.Columns {
		if p := c.picked[col.Ref]; col.Ref != "" && p != nil && col.Type != "array" {
			links = append(links, link{col.Name, p.key})
		}
	}
	if len(links) == 0 {
		return nil
	}
	return func(row *pyjson.Object) bool {
		for _, l := range links {
			if v, _ := row.Get(l.column); pyjson.Bare(v) != l.key {
				return false
			}
		}
		return true
	}
}

func (c *call) wants(table, key string, row *pyjson.Object) bool {
	return c.o.Want == nil || c.o.Want(table, key, row)
}

// choose draws a row of the table that is wanted and not used yet.
func (c *call) choose(table string, also func(*pyjson.Object) bool) *pick {
	var list []pick
	for key, row := range c.rows.Rows(table) {
		if c.wants(table, key, row) && (also == nil || also(row)) && !c.used[table+"\x00"+key] {
			list = append(list, pick{key, row})
		}
	}
	if len(list) == 0 {
		return nil
	}
	return &list[c.rng.IntN(len(list))]
}

// argument draws the value of one parameter; path is its dotted place with the
// numbers of items, name what it is called at its level.
func (c *call) argument(s *fake.Shape, path, name string) (Arg, bool) {
	b, ok := c.binds[plainPath(path)]
	if !ok { // nobody says what it means; its name may
		b, ok = c.keyNamed(s.Name)
	}
	if ok {
		if a, ok := c.bound(s, path, b); ok {
			a.Name = name
			return a, true
		}
		if b.Role == "key" || b.Role == "ref" && b.Param != "" {
			return Arg{}, false
		}
	}
	switch {
	case s.Type == "object" && len(s.Fields) > 0:
		return c.objectOf(s, path, name)
	case s.Type == "array" && s.Items != nil && (len(s.Items.Fields) > 0 || c.bindsInside(path)):
		return c.listOf(s, path, name)
	}
	return c.fresh(s, name), true
}

func (c *call) bindsInside(path string) bool {
	for p := range c.binds {
		if strings.HasPrefix(p, plainPath(path)+".") {
			return true
		}
	}
	return false
}

func (c *call) objectOf(s *fake.Shape, path, name string) (Arg, bool) {
	o := pyjson.NewObject(len(s.Fields))
	out := Arg{Name: name, Value: o, From: FromFresh, Leaves: []Arg{}}
	fields, wanted := s.Fields, func(f fake.Field) bool { return c.rng.Float64() < max(c.o.Optional, 0.3) || fake.Wanted(f.Shape.Doc) }
	if s.Counted() {
		fields = s.Some(c.rng, wanted)
	}
	for _, f := range fields {
		if !f.Required && !s.Counted() && !wanted(f) {
			continue
		}
		a, ok := c.argument(f.Shape, path+"."+f.Shape.Name, name+"."+f.Shape.Name)
		if !ok && f.Required {
			return Arg{}, false
		} else if ok {
			o.Set(f.Shape.Name, a.Value)
			out.Leaves = append(out.Leaves, a)
		}
	}
	return out, true
}

func (c *call) listOf(s *fake.Shape, path, name string) (Arg, bool) {
	n := c.items(s)
	list := []any{}
	out := Arg{Name: name, From: FromFresh, Leaves: []Arg{}}
	for i := range n {
		at := "." + strconv.Itoa(i)
		c.renew(path)
		a, ok := c.argument(s.Items, path+at, name+at)
		if !ok {
			break
		}
		list = append(list, a.Value)
		out.Leaves = append(out.Leaves, a)
	}
	out.Value = list
	return out, len(list) >= max(s.MinLength, 1)
}

// renew forgets the rows chosen for the parts of the last item of a list, so
// that the next item names others.
func (c *call) renew(path string) {
	for p, b := range c.binds {
		if strings.HasPrefix(p, plainPath(path)+".") && (b.Role == "key" || b.Role == "ref") && b.Table != c.tool.Table {
			if last := c.picked[b.Table]; last != nil && c.used[b.Table+"\x00"+last.key] {
				delete(c.picked, b.Table)
			}
		}
	}
}

// items draws how many items a list of arguments has.
func (c *call) items(s *fake.Shape) int {
	n := 1
	if c.rng.Float64() < 0.35 {
		n = 2
	}
	if s.MaxLength >= 0 {
		n = min(n, s.MaxLength)
	}
	return max(n, s.MinLength)
}

// fresh makes a value up, or takes the schema's default now and then.
func (c *call) fresh(s *fake.Shape, name string) Arg {
	if s.Default != nil && s.Allows(s.Default) && c.rng.Float64() < 0.4 {
		return Arg{Name: name, Value: s.Default, From: FromDefault}
	}
	from := FromFresh
	if len(s.Enum) > 0 {
		from = FromEnum
	}
	return Arg{Name: name, Value: c.maker.Value(s), From: from}
}

func (c *call) table(b scaler.Bind) (scaler.Table, scaler.Column, bool) {
	t, ok := c.schema.Table(b.Table)
	if !ok {
		return t, scaler.Column{}, false
	}
	first, _, _ := strings.Cut(b.Column, ".")
	col, ok := t.Column(first)
	return t, col, ok
}
