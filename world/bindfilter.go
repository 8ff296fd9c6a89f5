package world

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// controls maps parameter names to the part they play in paging and sorting;
// the second word is the bind's Op.
var controls = map[string][2]string{
	"limit": {roleLimit}, "per_page": {roleLimit}, "page_size": {roleLimit}, "max_results": {roleLimit}, "top": {roleLimit},
	"size": {roleLimit}, "first": {roleLimit}, "max": {roleLimit}, "num_results": {roleLimit}, "n": {roleLimit}, "max_items": {roleLimit}, "results_per_page": {roleLimit}, "records_per_page": {roleLimit}, "items_per_page": {roleLimit}, "rows_per_page": {roleLimit}, "take": {roleLimit}, "maximum_rows": {roleLimit}, "max_rows": {roleLimit}, "perpage": {roleLimit}, "pagesize": {roleLimit}, "num": {roleLimit}, "count": {roleLimit}, "rows": {roleLimit}, "page_limit": {roleLimit}, "maxresults": {roleLimit},
	"offset": {roleOffset}, "start_row_index": {roleOffset}, "start_row": {roleOffset}, "start_at": {roleOffset}, "skip": {roleOffset}, "start_index": {roleOffset}, "from_index": {roleOffset},
	"page": {roleOffset, "page"}, "page_number": {roleOffset, "page"}, "page_num": {roleOffset, "page"}, "page_no": {roleOffset, "page"}, "page_index": {roleOffset, "page"}, "current_page": {roleOffset, "page"}, "pagenumber": {roleOffset, "page"},
	"cursor": {roleOffset, "cursor"}, "page_token": {roleOffset, "cursor"}, "next_token": {roleOffset, "cursor"}, "after": {roleOffset, "cursor"}, "before": {roleInput}, "starting_after": {roleOffset, "cursor"}, "ending_before": {roleInput}, "continuation_token": {roleOffset, "cursor"}, "next_cursor": {roleOffset, "cursor"}, "marker": {roleOffset, "cursor"}, "skip_token": {roleOffset, "cursor"}, "skiptoken": {roleOffset, "cursor"}, "pagetoken": {roleOffset, "cursor"},
	"sort": {roleSort}, "sort_by": {roleSort}, "order_by": {roleSort}, "orderby": {roleSort}, "sort_field": {roleSort}, "sortby": {roleSort}, "sort_key": {roleSort}, "sorting_key": {roleSort}, "sort_column": {roleSort}, "ordering": {roleSort},
	"order": {roleSort, "direction"}, "direction": {roleSort, "direction"}, "sort_order": {roleSort, "direction"}, "sort_direction": {roleSort, "direction"}, "sort_dir": {roleSort, "direction"}, "sorting_direction": {roleSort, "direction"}, "order_by_asc": {roleInput}, "descending": {roleSort, "direction"}, "reverse": {roleSort, "direction"}, "sortorder": {roleSort, "direction"},
}

// displays are parameters that change how an answer looks or travels, and
// store nothing.
var displays = wordSet(`fields include expand format lang locale pretty verbose dry_run embed select fields_include exclude
	include_deleted view callback alt prettyprint quota_user user_ip accept content_type idempotency_key request_id
	if_match if_none_match if_modified_since include_total with_count api_version output response_format extend expansions
	include_totals include_count exclude_fields included_fields populate depth timeout wait async raw debug force cascade notify
	x_request_id user_agent accept_language trace_id correlation_id fields_to_return return_fields include_metadata
	validate_only expand_fields only count_only include_inactive minimal detailed full include_details`)

// shownBy are the words with which a flag begins that chooses what is shown.
var shownBy = wordSet("include exclude show hide return with only expand")

// searches are parameters whose text is looked for in several columns.
var searches = wordSet("q query search keyword keywords term text search_term search_query search_text filter phrase match pattern searchterm search_string question prompt")

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
	if p.Schema.Type() == "boolean" && !p.Required && !t.declared && t.find(p.Name) == nil && shownBy[first(words.Split(n))] {
		b.Role = roleInput
		o.note("not used:", p.path()+",", "it chooses what is shown")
		return
	}
	if p.selects() {
		b.Role, b.Op = roleInput, opScope
		o.note("not used:", p.path()+",", "it chooses which fields are shown")
		return
	}
	b.Role = roleFilter
	switch {
	case searches[n] && t.match(p) == nil && p.Schema.Type() != "array" && (p.Schema.Type() != "object" || p.Required):
		b.Op, b.Column = "contains", t.textColumn()
	case o.bindRange(b, n):
	case p.Schema.Type() == "array", p.Schema.Type() == "string" && (n == "ids" || strings.HasSuffix(n, "_ids")):
		o.bindMany(a, b)
	case p.Schema.Type() == "object":
		b.Role = roleInput
	default:
		o.bindEqual(a, b, list)
	}
}

// selects says whether the parameter's description says that it chooses among the
// fields of the answer.
func (p param) selects() bool { return selecting.MatchString(p.Schema.Text("description")) }

var selecting = regexp.MustCompile(`(?i)(properties|fields|attributes|parts)( of the \w+)?( that)?( the)?( api)?( response)?( will| should| to)( be)? (include|return|retrieve|appear)|(which|what) (fields|properties|parts|attributes)`)

// choosesElse says whether the parameter's values are none of up and down: the
// direction of a route or of traffic.
func (p param) choosesElse() bool {
	choices := p.Schema.List("enum")
	return len(choices) > 0 && !slices.ContainsFunc(choices, func(v any) bool {
		s := strings.ToLower(literal(v))
		s = strings.Trim(s, `"`)
		return strings.HasPrefix(s, "asc") || strings.HasPrefix(s, "desc") || s == "true"
	})
}

// bindEqual binds a filter whose value a column equals.
func (o *op) bindEqual(a *atlas, b *bind, list bool) {
	p, t := b.p, o.table
	if to := a.refTo(t, p.Name, p.Schema.Type()); to != nil && to != t {
		b.Column = a.foreignKey(t, to, p)
		return
	}
	if c := t.match(p); c != nil {
		b.Column = c.Name
		return
	}
	if c, op := t.asked(p); c != nil {
		b.Column, b.Op = c.Name, op
		return
	}
	if c := t.find(p.Name); c != nil && c.Type == "array" && p.Schema.IsScalar() {
		b.Column, b.Op = c.Name, "contains"
		return
	}
	if !p.Required && !t.declared && (p.steers() || p.bounds()) {
		b.Role = roleInput
		o.note("not used:", p.path()+",", "it chooses how the answer is made")
		return
	}
	worth := p.Required || !t.declared && list || !t.declared && len(p.Schema.List("enum")) > 0 && list || strongID(p.Name)
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

// asking are words around the name of the column that a filter is about, with
// how the value is compared.
var asking = map[string]string{"filter": "", "filters": "", "equals": "", "eq": "", "equal": "", "by": "", "search": "contains", "contains": "contains", "like": "contains"}

// asked returns the column that a filter named filter_status, statusEquals or
// nameContains is about.
func (t *table) asked(p param) (*scaler.Column, string) {
	parts := words.Split(p.Name)
	if len(parts) < 2 {
		return nil, ""
	}
	for _, end := range []struct {
		cue  string
		rest []string
	}{{parts[0], parts[1:]}, {parts[len(parts)-1], parts[:len(parts)-1]}} {
		op, ok := asking[end.cue]
		if c := t.find(strings.Join(end.rest, "_")); ok && c != nil && compatible(*c, p.Schema) && (op == "" || c.Type == "string") {
			return c, op
		}
	}
	return nil, ""
}

// bindMany binds a filter that takes a list: a column is in it.
func (o *op) bindMany(a *atlas, b *bind) {
	p, t := b.p, o.table
	one := param{Prop: schema.Prop{Name: singularNoun(p.Name), Schema: p.Schema.Items(), Required: p.Required}, In: p.In}
	if p.Schema.Type() == "string" { // comma-separated
		one.Schema = p.Schema
	}
	if !one.Schema.IsScalar() {
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
