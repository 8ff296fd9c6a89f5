package draw

import (
	"math"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/fake"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// bound draws the value of a parameter that means something to a table.
func (c *call) bound(s *fake.Shape, path string, b scaler.Bind) (Arg, bool) {
	switch b.Role {
	case "key", "ref":
		if s.Type == "array" {
			return c.keys(s, b)
		}
		return c.key(s, b)
	case "filter":
		return c.filter(s, b)
	case "set":
		return c.set(s, b)
	case "limit":
		return c.number(s, 2, 9)
	case "input", "":
		to, ok := c.keyNamed(s.Name)
		if ok && to.Table == c.tool.Table && c.tool.Kind == scaler.Create {
			return c.own(s, to.Table)
		}
		if ok {
			return c.bound(s, b.Param, to)
		}
	case "offset":
		if b.Op == "page" {
			return c.number(s, 1, 1)
		}
		return c.number(s, 0, 2)
	case "sort":
		return c.sort(s, b)
	}
	return Arg{}, false
}

// own makes what a caller calls a new row of which the service makes a whole
// name: queue-1729 of projects/p/queues/queue-1729.
func (c *call) own(s *fake.Shape, table string) (Arg, bool) {
	for key := range c.rows.Rows(table) {
		at := strings.LastIndexByte(key, '/')
		if at < 0 || s.Type != "string" {
			break
		}
		name := []byte(key[at+1:])
		for i := range name {
			if name[i] >= '0' && name[i] <= '9' {
				name[i] = byte('1' + c.rng.IntN(9))
			}
		}
		return Arg{Value: string(name), From: FromFresh}, s.Allows(string(name))
	}
	return Arg{}, false
}

// key names the row that the call is about; a second parameter for the same
// column names another row.
func (c *call) key(s *fake.Shape, b scaler.Bind) (Arg, bool) {
	p := c.row(b.Table)
	if p != nil && !c.named(p, s, b.Column) {
		if other := c.nameable(s, b); other != nil {
			p = other
			c.picked[b.Table] = p
			c.follow(b.Table, p)
		}
	}
	if p != nil && c.used[b.Table+"\x00"+p.key] && c.keyed(b) > 1 {
		p = c.choose(b.Table, nil)
	}
	if p == nil {
		return Arg{}, false
	}
	c.used[b.Table+"\x00"+p.key] = true
	v, ok := at(p.row, b.Column)
	if !ok || v == nil {
		v = p.key
	}
	v, ok = bend(v, s)
	return Arg{Value: v, From: FromRow, Table: b.Table, Key: p.key, Column: b.Column}, ok
}

// named says whether the parameter can name the row.
func (c *call) named(p *pick, s *fake.Shape, column string) bool {
	v, ok := at(p.row, column)
	if !ok || v == nil {
		v = p.key
	}
	_, fits := bend(v, s)
	return fits
}

// nameable chooses a row that the parameter can name, where keys have several
// forms; nil where another argument has named one already.
func (c *call) nameable(s *fake.Shape, b scaler.Bind) *pick {
	if p := c.picked[b.Table]; p != nil && c.used[b.Table+"\x00"+p.key] {
		return nil
	}
	related := c.related(b.Table)
	return c.choose(b.Table, func(row *pyjson.Object) bool {
		return c.named(&pick{row: row}, s, b.Column) && (related == nil || related(row))
	})
}

// keyed counts the parameters that name a row by this column.
func (c *call) keyed(b scaler.Bind) int {
	n := 0
	for _, x := range c.binds {
		if x.Table == b.Table && x.Column == b.Column && (x.Role == "key" || x.Role == "ref") {
			n++
			if strings.Contains(x.Param, ".") {
				n++ // an item of a list: each names a row of its own
			}
		}
	}
	return n
}

// keys names several rows.
func (c *call) keys(s *fake.Shape, b scaler.Bind) (Arg, bool) {
	out := Arg{From: FromRow, Table: b.Table, Column: b.Column, Leaves: []Arg{}}
	list := []any{}
	item := s.Items
	if item == nil {
		item = &fake.Shape{MaxLength: -1}
	}
	for i := range c.items(s) {
		p := c.choose(b.Table, c.related(b.Table))
		if p == nil {
			p = c.choose(b.Table, nil)
		}
		if p == nil {
			break
		}
		c.used[b.Table+"\x00"+p.key] = true
		v, _ := at(p.row, b.Column)
		if v == nil {
			v = p.key
		}
		if v, ok := bend(v, item); ok {
			list = append(list, v)
			out.Leaves = append(out.Leaves, Arg{Name: b.Param + "." + strconv.Itoa(i), Value: v, From: FromRow, Table: b.Table, Key: p.key, Column: b.Column})
		}
	}
	out.Value = list
	return out, len(list) >= max(1, s.MinLength)
}

// filter takes a value that occurs, of the row that the call is about where
// there is one, so that several filters together find something.
func (c *call) filter(s *fake.Shape, b scaler.Bind) (Arg, bool) {
	p := c.picked[b.Table]
	if p == nil || c.without(p, b.Column) {
		held := func(row *pyjson.Object) bool { v, ok := at(row, b.Column); return ok && !empty(v) }
		fits := func(row *pyjson.Object) bool { v, _ := at(row, b.Column); _, ok := bend(v, s); return held(row) && ok }
		p = nil
		if related := c.related(b.Table); related != nil {
			p = c.choose(b.Table, func(row *pyjson.Object) bool { return held(row) && related(row) })
		}
		if p == nil && s.Pattern != nil {
			p = c.choose(b.Table, fits)
		}
		if p == nil {
			p = c.choose(b.Table, held)
		}
		if p == nil {
			return Arg{}, false
		}
		if _, chosen := c.picked[b.Table]; !chosen {
			c.picked[b.Table] = p
			c.follow(b.Table, p)
		}
	}
	v, _ := at(p.row, b.Column)
	if list, ok := v.([]any); ok && s.Type != "array" {
		v = list[c.rng.IntN(len(list))]
	}
	if o, ok := v.(*pyjson.Object); ok && s.Type == "array" { // some of what it holds, by name
		v = c.some(o)
	}
	if text, ok := v.(string); ok && b.Op == "contains" {
		v = c.word(text)
	}
	if s.Type == "array" && !isList(v) {
		v = []any{v}
	}
	v, ok := bend(v, s)
	return Arg{Value: v, From: FromRow, Table: b.Table, Key: p.key, Column: b.Column}, ok
}

// some draws names of an object's fields, at least one.
func (c *call) some(o *pyjson.Object) []any {
	var all []any
	for name := range o.All() {
		all = append(all, name)
	}
	c.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if len(all) > 1 {
		all = all[:1+c.rng.IntN(len(all)-1)]
	}
	return all
}

func (c *call) without(p *pick, column string) bool {
	v, ok := at(p.row, column)
	return !ok || empty(v)
}

// word takes a telling word of a text.
func (c *call) word(text string) string {
	var long []string
	for _, w := range strings.Fields(text) {
		if w = strings.Trim(w, ".,;:!?()'\""); len(w) > 3 {
			long = append(long, w)
		}
	}
	if len(long) == 0 {
		return text
	}
	return long[c.rng.IntN(len(long))]
}

// set makes a new value for a column, other than the one that stands there.
func (c *call) set(s *fake.Shape, b scaler.Bind) (Arg, bool) {
	t, col, ok := c.table(b)
	if s.Type == "object" || s.Type == "array" && (s.Items == nil || s.Items.Type == "object") {
		return Arg{}, false
	}
	if ok && col.Ref != "" && b.Column == col.Name {
		ref, _ := c.schema.Table(col.Ref)
		if now := c.picked[col.Ref]; now != nil && c.tool.Kind != scaler.Create {
			c.used[col.Ref+"\x00"+now.key] = true
			if other := c.choose(col.Ref, nil); other != nil {
				c.picked[col.Ref] = other // what is stored is another than what stands there
			}
		}
		return c.bound(s, b.Param, scaler.Bind{Param: b.Param, Role: "ref", Table: col.Ref, Column: ref.Key})
	}
	if to, ok := c.keyNamed(s.Name); ok && to.Table != b.Table {
		if a, ok := c.bound(s, b.Param, to); ok {
			return a, true
		}
	}
	if !ok {
		return Arg{}, false
	}
	shape := *s
	if strings.Contains(b.Column, ".") {
		col = scaler.Column{}
	}
	if like := fake.Column(col, t.Entity); col.Name != "" {
		shape = blend(s, like)
	}
	var now any
	if p := c.picked[b.Table]; p != nil && c.tool.Kind != scaler.Create {
		now, _ = at(p.row, b.Column)
	}
	a := c.fresh(&shape, "")
	for try := 0; try < 12 && (pyjson.Bare(a.Value) == pyjson.Bare(now) || c.standing(t, col, a.Value)); try++ {
		c.maker = c.asking(c.rng, c.o.Now)
		a = c.fresh(&shape, "")
	}
	if text, isText := a.Value.(string); isText && c.standing(t, col, a.Value) && s.Allows(text+"-2") {
		a.Value = text + "-2" // what is called one of a few names, and has to be the only one
	}
	if !s.Allows(a.Value) {
		return Arg{}, false
	}
	return a, true
}

// standing says whether a row has the value already, in a column where a new
// row has to have its own.
func (c *call) standing(t scaler.Table, col scaler.Column, v any) bool {
	if c.tool.Kind != scaler.Create || col.Name == "" || col.Name != t.Key {
		return false
	}
	_, ok := c.rows.Row(t.Name, pyjson.Bare(v))
	return ok
}

// blend returns the shape of a parameter with what its column knows besides.
func blend(s, column *fake.Shape) fake.Shape {
	out := *s
	if s.Semantic == "" || column.Semantic != "" && len(s.Examples) == 0 {
		out.Semantic = column.Semantic
	}
	if out.Entity = column.Entity; len(s.Enum) == 0 && len(column.Enum) > 0 && s.Allows(column.Enum[0]) {
		out.Enum = column.Enum
	}
	if s.Format == "" && s.Type == "string" && s.Pattern == nil {
		out.Format = column.Format
	}
	if s.Min == nil {
		out.Min = column.Min
	}
	if s.Max == nil {
		out.Max = column.Max
	}
	return out
}

// sort names a column to sort by, or a direction.
func (c *call) sort(s *fake.Shape, b scaler.Bind) (Arg, bool) {
	if len(s.Enum) > 0 || s.Type == "boolean" {
		return c.fresh(s, ""), true
	}
	choices := []string{"asc", "desc"}
	if b.Op != "direction" {
		choices = nil
		table, _ := c.schema.Table(c.tool.Table)
		for _, col := range table.Columns {
			if col.Type != "object" && col.Type != "array" {
				choices = append(choices, col.Name)
			}
		}
	}
	if len(choices) == 0 {
		return Arg{}, false
	}
	v := choices[c.rng.IntN(len(choices))]
	return Arg{Value: v, From: FromFresh}, s.Allows(v)
}

// number draws a small number, within what the schema allows.
func (c *call) number(s *fake.Shape, lo, hi int64) (Arg, bool) {
	v := lo + c.rng.Int64N(hi-lo+1)
	if !s.Allows(v) && s.Min != nil {
		v += int64(math.Ceil(*s.Min))
	}
	out, ok := bend(v, s)
	return Arg{Value: out, From: FromFresh}, ok
}

// at returns the value at a dotted place of a row.
func at(row *pyjson.Object, column string) (any, bool) {
	if v, ok := row.Get(column); ok {
		return v, true
	}
	first, rest, nested := strings.Cut(column, ".")
	v, ok := row.Get(first)
	if !nested || !ok {
		return v, ok
	}
	switch v := v.(type) {
	case *pyjson.Object:
		return at(v, rest)
	case []any:
		for _, item := range v {
			if in, ok := item.(*pyjson.Object); ok {
				return at(in, rest)
			}
		}
	}
	return nil, false
}

// bend changes the kind of a value where the schema asks for another: an
// integer as text, or the other way round.
func bend(v any, s *fake.Shape) (any, bool) {
	if s.Allows(v) {
		return v, true
	}
	switch x := v.(type) {
	case string:
		if n, err := strconv.ParseInt(x, 10, 64); err == nil && s.Allows(n) {
			return n, true
		}
	case float64:
		if n := int64(x); float64(n) == x && s.Allows(n) {
			return n, true
		}
	}
	if text := pyjson.Bare(v); s.Type == "string" && s.Allows(text) && !isList(v) {
		return text, true
	}
	return v, false
}

func isList(v any) bool { _, ok := v.([]any); return ok }

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	}
	return false
}
