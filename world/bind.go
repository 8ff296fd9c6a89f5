package world

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// A bind is what one parameter means to the tables, with the parameter itself.
type bind struct {
	scaler.Bind
	p param
}

// The roles of parameters; see scaler.Bind.
const (
	roleKey    = "key"
	roleRef    = "ref"
	roleFilter = "filter"
	roleSet    = "set"
	roleLimit  = "limit"
	roleOffset = "offset"
	roleSort   = "sort"
	roleInput  = "input"
)

// controls maps parameter names to the part they play in paging and sorting;
// the second word is the bind's Op.
var controls = map[string][2]string{
	"limit": {roleLimit}, "per_page": {roleLimit}, "page_size": {roleLimit}, "max_results": {roleLimit}, "top": {roleLimit},
	"size": {roleLimit}, "first": {roleLimit}, "max": {roleLimit}, "num_results": {roleLimit}, "n": {roleLimit}, "max_items": {roleLimit}, "results_per_page": {roleLimit}, "perpage": {roleLimit}, "pagesize": {roleLimit}, "num": {roleLimit}, "count": {roleLimit}, "rows": {roleLimit}, "page_limit": {roleLimit}, "maxresults": {roleLimit},
	"offset": {roleOffset}, "skip": {roleOffset}, "start_index": {roleOffset}, "from_index": {roleOffset},
	"page": {roleOffset, "page"}, "page_number": {roleOffset, "page"}, "page_num": {roleOffset, "page"}, "current_page": {roleOffset, "page"}, "pagenumber": {roleOffset, "page"},
	"cursor": {roleOffset, "cursor"}, "page_token": {roleOffset, "cursor"}, "next_token": {roleOffset, "cursor"}, "after": {roleOffset, "cursor"}, "before": {roleInput}, "starting_after": {roleOffset, "cursor"}, "ending_before": {roleInput}, "continuation_token": {roleOffset, "cursor"}, "next_cursor": {roleOffset, "cursor"}, "marker": {roleOffset, "cursor"}, "skip_token": {roleOffset, "cursor"}, "skiptoken": {roleOffset, "cursor"}, "pagetoken": {roleOffset, "cursor"},
	"sort": {roleSort}, "sort_by": {roleSort}, "order_by": {roleSort}, "orderby": {roleSort}, "sort_field": {roleSort}, "sortby": {roleSort}, "sort_key": {roleSort}, "ordering": {roleSort},
	"order": {roleSort, "direction"}, "direction": {roleSort, "direction"}, "sort_order": {roleSort, "direction"}, "sort_direction": {roleSort, "direction"}, "sort_dir": {roleSort, "direction"}, "descending": {roleSort, "direction"}, "reverse": {roleSort, "direction"}, "sortorder": {roleSort, "direction"},
}

// displays are parameters that change how an answer looks or travels, and
// store nothing.
var displays = wordSet(`fields include expand format lang locale pretty verbose dry_run embed select fields_include exclude
	include_deleted view callback alt prettyprint quota_user user_ip accept content_type idempotency_key request_id
	if_match if_none_match if_modified_since include_total with_count api_version output response_format extend expansions
	include_totals include_count exclude_fields included_fields populate depth timeout wait async raw debug force cascade notify
	x_request_id user_agent accept_language trace_id correlation_id fields_to_return return_fields include_metadata
	validate_only expand_fields only count_only include_inactive minimal detailed full include_details`)

// searches are parameters whose text is looked for in several columns.
var searches = wordSet("q query search keyword keywords term text search_term search_query search_text filter phrase match searchterm search_string question prompt")

// bindAll decides what each parameter of the tool means.
func (o *op) bindAll(a *atlas) {
	key, keyed := o.ownKey(o.table.Entity)
	for _, p := range o.params {
		b := bind{p: p, Bind: scaler.Bind{Param: p.path(), Table: o.table.Name}}
		switch {
		case keyed && p.Name == key.Name && p.Wrap == key.Wrap && !o.table.alone:
			b.Role, b.Column = roleKey, o.table.Key
			if p.In == "path" {
				o.table.slug(o.table.Key, p)
			}
			if o.kind == scaler.Create {
				b.Role = roleSet
			}
		case p.In == "path":
			o.bindParent(a, &b)
		case o.nested != "" && p.In == "body":
			o.bindNested(a, &b)
		default:
			o.bindByKind(a, &b)
		}
		if b.Role == roleInput {
			b.Table, b.Column = "", ""
		}
		o.binds = append(o.binds, b)
	}
}

func (o *op) bindByKind(a *atlas, b *bind) {
	switch o.kind {
	case scaler.List, scaler.Aggregate:
		o.bindFilter(a, b, true)
	case scaler.Get, scaler.Delete:
		o.bindFilter(a, b, false)
	default:
		o.bindSet(a, b)
	}
}

// bindParent binds a path parameter before the tool's own: the row's foreign
// key to the entity that the path goes through.
func (o *op) bindParent(a *atlas, b *bind) {
	parent, last := o.parentTable(a, b.p.Name)
	if parent == nil || parent == o.table {
		b.Role = roleFilter
		b.Column = o.table.columnFor(b.p)
		o.table.slug(b.Column, b.p)
		if parent == nil {
			o.table.around = append(o.table.around, b.Column)
		}
		if o.kind == scaler.Create {
			b.Role = roleSet
		}
		return
	}
	if !last { // owner of /repos/{owner}/{repo}/issues
		b.Role, b.Table = roleRef, parent.Name
		b.Column = parent.columnFor(b.p)
		parent.slug(b.Column, b.p)
		return
	}
	b.Column = a.foreignKey(o.table, parent, b.p)
	b.Role = roleFilter
	if o.kind == scaler.Create {
		b.Role, b.Table, b.Column = roleRef, parent.Name, parent.Key
	}
}

// parentTable returns the table a path parameter belongs to, and whether the
// parameter is that table's key.
func (o *op) parentTable(a *atlas, name string) (*table, bool) {
	for i, l := range o.path {
		at := slices.Index(l.params, name)
		if at < 0 {
			continue
		}
		last := at == len(l.params)-1
		if i == len(o.path)-1 {
			return o.table, last
		}
		if stem := idStem(name); stem != "" && a.byName[stem] != nil {
			return a.byName[stem], last
		}
		return a.byName[l.noun], last
	}
	return nil, false
}

// foreignKey returns the column of t that holds keys of parent, adding one
// where the rows show none.
func (a *atlas) foreignKey(t, parent *table, p param) string {
	stem := parent.Entity
	for _, name := range []string{p.Name, stem + "_id", stem + "_key", lastWord(stem) + "_id", stem} {
		c := t.find(name)
		if c == nil || c.Name == t.Key {
			continue
		}
		if c.Ref == "" && c.Type != "object" && c.Type != "array" {
			a.setRef(t, c, parent)
		}
		if c.Ref == parent.Name && c.Type != "array" {
			return c.Name
		}
	}
	for _, c := range t.Columns {
		if c.Ref == parent.Name && c.Type != "array" && !strings.Contains(c.Name, "parent") && parent != t {
			return c.Name
		}
	}
	key, _ := parent.Column(parent.Key)
	name := stem + "_id"
	if strings.HasPrefix(snake(p.Name), stem) && p.Name != "" && t.find(p.Name) == nil {
		name = p.Name
	}
	for t.find(name) != nil {
		name += "_ref"
	}
	t.Columns = append(t.Columns, scaler.Column{Name: name, Type: key.Type, Format: key.Format, Semantic: "id", Ref: parent.Name})
	return name
}

// slug gives a column that stands in paths values that fit there.
func (t *table) slug(column string, p param) {
	c := t.find(column)
	if c.Type == "string" && c.Schema == nil {
		c.Schema = limits(p.Schema)
		if p.Schema.typ() == "integer" && c.Format == "" && c.Ref == "" {
			c.Schema = json.RawMessage(`{"type": "string", "pattern": "^[1-9][0-9]{5,6}$"}`) // text that paths know as a number
		}
	}
	if of := columnOf(p.prop); p.Required && len(c.Enum) == 0 && of.Type == c.Type {
		c.Enum = of.Enum // rows of which no tool could speak are none
	}
	if c.Type != "string" || c.Format != "" || len(c.Enum) > 0 || c.Ref != "" {
		return
	}
	switch c.Semantic {
	case "", "title", "product", "company", "category", "person.name", "sentence", "tag", "filename", "city", "country", "money", "date", "image", "paragraph", "state", "job", "count", "quantity", "percent":
		c.Semantic = "slug"
	}
}

// columnFor returns the column a parameter speaks of, adding one where the
// rows show none.
func (t *table) columnFor(p param) string {
	if c := t.match(p); c != nil {
		return c.Name
	}
	c := columnOf(p.prop)
	c.Name = plainName(t.Entity, p.Name)
	suffix := map[bool]string{true: "_name", false: "_value"}[c.Type == "string"]
	for have := t.find(c.Name); have != nil; have = t.find(c.Name) {
		if compatible(*have, p.Schema) {
			return have.Name
		}
		c.Name += suffix
	}
	c.Nullable = !p.Required
	if len(c.Enum) == 0 && c.Semantic == "" {
		c.Semantic = semantic(t.Entity, c)
	}
	t.Columns = append(t.Columns, c) // past the cap too: an argument needs its place
	return c.Name
}

// match returns the column whose name and type fit a parameter; nil if none.
func (t *table) match(p param) *scaler.Column {
	for _, name := range []string{p.Name, plainName(t.Entity, p.Name)} {
		if c := t.find(name); c != nil && compatible(*c, p.Schema) {
			return c
		}
	}
	return nil
}

// plainName strips what a parameter's name says beside its column: new_ and
// the entity itself.
func plainName(entity, name string) string {
	n := snake(name)
	for _, prefix := range []string{"new_", "updated_", entity + "_"} {
		if rest, ok := strings.CutPrefix(n, prefix); ok && rest != "" && rest != "id" {
			n = rest
		}
	}
	if n == snake(name) {
		return name
	}
	return n
}

// compatible says whether a value of a parameter can stand in a column.
func compatible(c scaler.Column, s view) bool {
	t := s.typ()
	switch {
	case t == "" || t == c.Type:
		return true
	case c.Type == "number" && t == "integer":
		return true
	case c.Type == "string" && (t == "integer" || t == "number"):
		return len(c.Enum) == 0 && c.Format == ""
	case c.Type == "integer" && t == "number":
		return false
	}
	return false
}

// bindFilter binds a parameter of a read.
func (o *op) bindFilter(a *atlas, b *bind, list bool) {
	p, t := b.p, o.table
	n := strings.TrimPrefix(snake(p.Name), "$")
	if ctl, ok := controls[n]; ok && list && (t.find(p.Name) == nil || n != "size" && n != "count" && n != "order") && !(ctl[1] == "direction" && p.choosesElse()) {
		b.Role, b.Op = ctl[0], ctl[1]
		b.Table = ""
		return
	}
	if displays[n] && !p.Required || p.In == "header" || p.In == "cookie" {
		b.Role = roleInput
		return
	}
	b.Role = roleFilter
	switch {
	case searches[n] && t.match(p) == nil && p.Schema.typ() != "array" && (p.Schema.typ() != "object" || p.Required):
		b.Op, b.Column = "contains", t.textColumn()
	case o.bindRange(b, n):
	case p.Schema.typ() == "array", p.Schema.typ() == "string" && (n == "ids" || strings.HasSuffix(n, "_ids")):
		o.bindMany(a, b)
	case p.Schema.typ() == "object":
		b.Role = roleInput
	default:
		o.bindEqual(a, b, list)
	}
}

// choosesElse says whether the parameter's values are none of up and down: the
// direction of a route or of traffic.
func (p param) choosesElse() bool {
	choices := p.Schema.list("enum")
	return len(choices) > 0 && !slices.ContainsFunc(choices, func(v any) bool {
		s := strings.ToLower(literal(v))
		s = strings.Trim(s, `"`)
		return strings.HasPrefix(s, "asc") || strings.HasPrefix(s, "desc") || s == "true"
	})
}

// bindEqual binds a filter whose value a column equals.
func (o *op) bindEqual(a *atlas, b *bind, list bool) {
	p, t := b.p, o.table
	if to := a.refTo(t, p.Name, p.Schema.typ()); to != nil && to != t {
		b.Column = a.foreignKey(t, to, p)
		return
	}
	if c := t.match(p); c != nil {
		b.Column = c.Name
		return
	}
	if c := t.find(p.Name); c != nil && c.Type == "array" && p.Schema.isScalar() {
		b.Column, b.Op = c.Name, "contains"
		return
	}
	worth := p.Required || !t.declared && list || len(p.Schema.list("enum")) > 0 && list || strongID(p.Name)
	if !worth {
		b.Role = roleInput
		o.note("not used:", p.path()+",", "no column says it")
		return
	}
	if b.Column = t.columnFor(p); b.Column == t.Key && o.kind != scaler.Create {
		b.Role = roleInput
		o.note("not used:", p.path()+",", "a key does not change")
	}
}

// bindMany binds a filter that takes a list: a column is in it.
func (o *op) bindMany(a *atlas, b *bind) {
	p, t := b.p, o.table
	one := param{prop: prop{Name: singularNoun(p.Name), Schema: p.Schema.items(), Required: p.Required}, In: p.In}
	if p.Schema.typ() == "string" { // comma-separated
		one.Schema = p.Schema
	}
	if !one.Schema.isScalar() {
		b.Role = roleInput
		return
	}
	b.Op = "in"
	n := snake(p.Name)
	if n == "ids" || idStem(p.Name) == t.Entity {
		b.Column = t.Key
		return
	}
	if c := t.match(one); c != nil {
		b.Column = c.Name
		return
	}
	if c := t.find(p.Name); c != nil && c.Type == "array" {
		b.Op, b.Column = "overlaps", c.Name
		b.Role = roleInput
		return
	}
	if !p.Required && t.declared {
		b.Role = roleInput
		return
	}
	b.Column = t.columnFor(one)
}

// ranges maps the words that make a parameter a bound to the bind's Op.
var ranges = map[string]string{"min": "min", "minimum": "min", "from": "min", "since": "min", "after": "min", "start": "min", "gte": "min", "gt": "min", "greater": "min", "oldest": "min", "begin": "min",
	"max": "max", "maximum": "max", "to": "max", "until": "max", "before": "max", "end": "max", "lte": "max", "lt": "max", "less": "max", "latest": "max"}

// bindRange binds min_price, created_after, start_date and their like, if a
// column of the rows is what they bound.
func (o *op) bindRange(b *bind, name string) bool {
	parts := words.Split(name)
	if o.table.find(name) != nil {
		return false
	}
	for i, w := range parts {
		way, ok := ranges[w]
		if !ok || i > 0 && i < len(parts)-1 {
			continue
		}
		rest := strings.Join(slices.Delete(slices.Clone(parts), i, i+1), "_")
		if c := o.table.bounded(rest, b.p.Schema.typ()); c != nil {
			b.Op, b.Column = way, c.Name
			return true
		}
	}
	return false
}

// bounded returns the column a range speaks of: the one it names, else the
// first date.
func (t *table) bounded(rest, typ string) *scaler.Column {
	fits := func(c *scaler.Column) bool {
		number := c.Type == "integer" || c.Type == "number"
		return number && (typ == "integer" || typ == "number") || c.Type == "string" && typ == "string" && isDate(*c)
	}
	for _, name := range []string{rest, rest + "_at", rest + "_date", rest + "_on"} {
		if c := t.find(name); c != nil && fits(c) {
			return c
		}
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; rest != "" && lastWord(snake(c.Name)) == rest && fits(c) {
			return c
		}
	}
	if rest != "" && rest != "date" && rest != "time" && rest != "datetime" && rest != "timestamp" {
		return nil
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; isDate(*c) && fits(c) {
			return c
		}
	}
	return nil
}

func isDate(c scaler.Column) bool {
	return c.Format == "date" || c.Format == "date-time" || strings.HasPrefix(c.Semantic, "date")
}

// textColumn is the column a free-text search is about first.
func (t *table) textColumn() string {
	if cols := t.textColumns(); len(cols) > 0 {
		return cols[0]
	}
	return t.columnFor(param{prop: prop{Name: "name", Required: true}})
}

// textColumns are the columns a free-text search looks into.
func (t *table) textColumns() []string {
	var out []string
	for _, want := range []string{"name", "title", "subject", "summary", "description", "content", "text", "body"} {
		if c := t.find(want); c != nil && c.Type == "string" {
			out = append(out, c.Name)
		}
	}
	for _, c := range t.Columns {
		if len(out) == 0 && c.Type == "string" && c.Name != t.Key && c.Ref == "" && len(c.Enum) == 0 && !isDate(c) && c.Format == "" {
			out = append(out, c.Name)
		}
	}
	return out
}

// bindSet binds a parameter of a write: what it stores, or the row it refers to.
func (o *op) bindSet(a *atlas, b *bind) {
	p, t := b.p, o.table
	n := snake(p.Name)
	if (displays[n] || p.In == "header" || p.In == "cookie") && !p.Required && t.find(p.Name) == nil {
		b.Role = roleInput
		return
	}
	if p.In == "query" && !p.Required && t.match(p) == nil {
		b.Role = roleInput
		return
	}
	b.Role = roleSet
	if to := a.refTo(t, p.Name, p.Schema.typ()); to != nil && p.Schema.typ() != "array" {
		if to != t {
			before := len(t.Columns)
			a.foreignKey(t, to, p)
			if len(t.Columns) > before && o.kind != scaler.Create {
				t.Columns[before].Nullable = true // a row that this has not happened to has none
			}
			b.Role, b.Table, b.Column = roleRef, to.Name, to.Key
			return
		}
	}
	if o.kind == scaler.Transition && !o.paired(p) && (t.match(p) == nil || p.Schema.typ() == "array" && !t.declared) {
		p.Name = o.verb + "_" + plainName(t.Entity, snake(p.Name))
		p.Required = false // a row that never made the move has none
	}
	if b.Column = t.columnFor(p); b.Column == t.Key && o.kind != scaler.Create {
		b.Role = roleInput
		o.note("not used:", p.path()+",", "a key does not change")
	}
}

// paired says whether the tool also takes the new_ of a list, or is that new_.
func (o *op) paired(p param) bool {
	n := snake(p.Name)
	rest, isNew := strings.CutPrefix(n, "new_")
	return p.Schema.typ() == "array" && (o.takes("new_"+n) || isNew && o.takes(rest))
}
