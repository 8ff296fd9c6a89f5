package world

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/seed"
)

// paging is what the code of a list knows when it answers.
type paging struct {
	rows   string // the variable that holds the page
	all    string // the variable that holds every match
	start  string // where the page starts
	limit  string // how long it may be; empty without paging
	cursor bool
}

// answerRow writes the result of a tool that ends with one row in variable v.
func (w *writer) answerRow(v string) string {
	sh := w.o.shape
	if w.o.silent && w.o.kind != scaler.Create {
		return "{}"
	}
	switch sh.mode {
	case free:
		return w.wrapped(sh.top, sh.at, sh.written(w.partOf(v)), v, nil)
	case single:
		return w.wrapped(sh.top, sh.at, w.project(sh.row, v), v, nil)
	case many:
		return w.wrapped(sh.top, sh.at, "["+w.project(sh.row, v)+"]", v, nil)
	case values:
		return w.wrapped(sh.top, sh.at, "["+w.oneValue(sh.row, v)+"]", v, nil)
	case scalar:
		return w.oneValue(sh.top, v)
	case keyed:
		return w.wrapped(sh.top, sh.at, "{"+w.keyText(v)+": "+w.project(sh.row, v)+"}", v, nil)
	case work:
		return w.answerWork(v)
	}
	if x, _ := sh.top.Get("additionalProperties"); len(sh.top.Props()) == 0 && schema.Of(x).IsScalar() {
		return "{" + w.keyText(v) + ": " + w.inMap(v) + "}"
	}
	if len(sh.top.Props()) == 0 {
		return v
	}
	return w.object(sh.top, v, nil)
}

// written is content that is not declared, as a text where one is asked for.
func (sh shape) written(content string) string {
	if sh.text {
		return "json.encode(" + content + ")"
	}
	return content
}

// partOf answers with the part of the row that the tool's name asks for; with
// the whole row where it asks for none.
func (w *writer) partOf(v string) string {
	if w.o.asksKey() {
		return "pick(" + v + ", [" + quote(w.t.Key) + "])"
	}
	if w.o.part == "" || writes(w.o.kind) {
		return w.shown(w.withHoldings(v), true)
	}
	cols := []string{w.t.Key}
	for _, c := range w.t.Columns {
		if c.Name != w.t.Key && strings.Contains(snake(c.Name), w.o.part) {
			cols = append(cols, c.Name)
		}
	}
	if len(cols) == 1 {
		return w.shown(v, true)
	}
	return "pick(" + v + ", " + w.list(w.t.Entity, "PART", cols) + ")"
}

// asksKey says whether the tool's name asks for no more than the row's key:
// find_member_id_by_email.
func (o *op) asksKey() bool {
	if !describes(o.kind) || o.restful() {
		return false
	}
	for i := 1; i < len(o.words); i++ {
		if o.words[i] == "id" && words.Singular(o.words[i-1]) == lastWord(o.noun) {
			return i+1 < len(o.words) && prepositions[o.words[i+1]]
		}
	}
	return false
}

// oneValue writes the one value of a row that a scalar result means.
func (w *writer) oneValue(s schema.View, v string) string {
	if c := w.t.find(w.t.worded); w.t.worded != "" && c != nil && w.o.shape.mode == values {
		return v + "[" + quote(c.Name) + "]"
	}
	best := ""
	if c := w.t.find(answer); c != nil && c.Type == s.Type() {
		best = c.Name
	}
	for _, c := range w.t.Columns {
		if best == answer || c.Type != s.Type() {
			continue
		}
		n := snake(c.Name)
		if w.o.part != "" && strings.Contains(n, lastWord(w.o.part)) {
			best = c.Name
			break
		}
		if best == "" && (c.Name == w.t.Key || s.Type() != "string") {
			best = c.Name
		}
	}
	if best == "" {
		return literal(plain(s, 0))
	}
	if c := w.t.find(w.t.Entity + "_name"); best == w.t.Key && c != nil && c.Type == s.Type() && !w.t.keyAsked() {
		best = c.Name
	}
	return v + "[" + quote(best) + "]"
}

// keyAsked says whether some tool takes the key of a row; a key that none takes
// is of our own making and says nothing to a caller.
func (t *table) keyAsked() bool {
	return slices.ContainsFunc(t.ops, func(o *op) bool {
		return slices.ContainsFunc(o.binds, func(b bind) bool { return b.Table == t.Name && b.Column == t.Key })
	})
}

// answerRows writes the result of a tool that ends with a list.
func (w *writer) answerRows(g paging) string {
	sh := w.o.shape
	switch sh.mode {
	case free:
		g.rows = w.shown(g.rows, false)
		if len(sh.at) == 0 {
			return g.rows
		}
		if sh.text {
			return w.wrapped(sh.top, sh.at, sh.written(g.rows), "", &g)
		}
		return w.wrapped(sh.top, sh.at, fmt.Sprintf("{%s: %s}", quote(w.t.Name), g.rows), "", &g)
	case many:
		return w.wrapped(sh.top, sh.at, w.projectAll(sh.row, g.rows), "", &g)
	case values:
		return w.wrapped(sh.top, sh.at, "["+w.oneValue(sh.row, "row")+" for row in "+g.rows+"]", "", &g)
	case keyed:
		return w.wrapped(sh.top, sh.at, "{"+w.keyText("row")+": "+w.project(sh.row, "row")+" for row in "+g.rows+"}", "", &g)
	case single:
		if len(sh.at) == 0 && !w.t.belongs(sh.row) {
			return w.object(sh.top, "", &g)
		}
		w.refuseNone(g)
		return w.wrapped(sh.top, sh.at, w.project(sh.row, g.rows+"[0]"), "", &g)
	case scalar:
		if sh.top.Type() == "integer" || sh.top.Type() == "number" {
			return "len(" + g.all + ")"
		}
		if w.t.find(answer) == nil {
			return literal(plain(sh.top, 0))
		}
		w.refuseNone(g)
		return g.rows + "[0][" + quote(answer) + "]"
	}
	if len(sh.top.Props()) > 0 {
		return w.object(sh.top, "", &g)
	}
	return w.byKey(g.rows)
}

// byKey writes rows as an object without a shape of its own.
func (w *writer) byKey(rows string) string {
	return "{" + w.keyText("row") + ": " + w.inMap("row") + " for row in " + rows + "}"
}

// keyText writes the key of a row as text.
func (w *writer) keyText(row string) string {
	key := row + "[" + quote(w.t.Key) + "]"
	if w.t.column(w.t.Key).Type != "string" {
		return "str(" + key + ")"
	}
	return key
}

// inMap writes what an object that is declared to have plain values under names
// of any kind has for a row, and all of the row where that is not declared.
func (w *writer) inMap(v string) string {
	if x, _ := w.o.shape.top.Get("additionalProperties"); schema.Of(x).IsScalar() {
		return w.oneValue(schema.Of(x), v)
	}
	return v
}

// refuseNone refuses where nothing was found.
func (w *writer) refuseNone(g paging) {
	w.line(1, "if not %s:", g.rows)
	w.line(2, `refuse("not_found", %s)`, quote("There is no such "+spoken(w.t.Entity)+"."))
}

func (w *writer) projectAll(row schema.View, rows string) string {
	one := w.project(row, "row")
	if one == "row" {
		return rows
	}
	return "[" + one + " for row in " + rows + "]"
}

// project writes a row in the shape a schema declares: the row itself, or its
// fields of the schema.
func (w *writer) project(s schema.View, v string) string {
	if len(s.Props()) == 0 {
		return v
	}
	if ownOf(s.Props()).http {
		return w.object(s, v, nil)
	}
	var have []string
	for _, p := range s.Props() {
		c := w.t.find(p.Name)
		switch {
		case w.t != nil && len(w.t.joinsIn(p.Name)) > 0:
			return w.object(s, v, nil)
		case c != nil && c.Name == p.Name && produces(*c, p.Schema) && knows(p.Schema, *c):
			have = append(have, c.Name)
		case p.Required, c != nil:
			return w.object(s, v, nil)
		}
	}
	if len(have) == len(w.t.Columns) {
		return w.told(v, have)
	}
	if len(have) == 0 {
		return w.object(s, v, nil)
	}
	return w.told("pick("+v+", "+w.list(w.t.Entity, "FIELDS", have)+")", have)
}

// produces says whether a column's values are of the schema's: of its type, of
// its choices where it has some, and lists of the same kind of items.
func produces(c scaler.Column, s schema.View) bool {
	if choices := s.Choices(); len(choices) > 0 && s.Type() != "array" {
		strange := func(v json.RawMessage) bool { return !slices.Contains(choices, string(v)) }
		if len(c.Enum) == 0 || slices.ContainsFunc(c.Enum, strange) {
			return false
		}
	}
	return schema.Like(c.Type, s.Type()) && (c.Type != "object" && c.Type != "array" || s.Holds(schemaOf(c), 0))
}

// wrapped writes content inside the envelope of a result.
func (w *writer) wrapped(top schema.View, at []string, content, v string, g *paging) string {
	if len(at) == 0 {
		return content
	}
	var parts []string
	for _, p := range top.Props() {
		if p.Name == at[0] {
			parts = append(parts, quote(p.Name)+": "+w.wrapped(p.Schema, at[1:], content, v, g))
			continue
		}
		if text, ok := w.meta(p, v, g); ok {
			parts = append(parts, quote(p.Name)+": "+text)
		}
	}
	return braces(parts)
}

// object writes an object of a schema from a row, the arguments and what the
// code knows of the page.
func (w *writer) object(s schema.View, v string, g *paging) string {
	var parts, optional []string
	for _, p := range s.Props() {
		text, ok := w.field(p, v, g)
		if !ok {
			continue
		}
		parts = append(parts, quote(p.Name)+": "+text)
		if c := w.shownBy(p, v); c != nil && w.t.absent[c.Name] {
			optional = append(optional, p.Name)
		}
	}
	if len(parts) == 0 && writes(w.o.kind) {
		parts = w.acknowledged(s)
	}
	if len(optional) > 0 {
		return w.use("told") + "(" + braces(parts) + ", " + w.list(w.t.Entity, "OPTIONAL", optional) + ")"
	}
	return braces(parts)
}

// acknowledged writes what services say of a write where they say nothing of the
// row: that it is done, in words.
func (w *writer) acknowledged(s schema.View) []string {
	var parts []string
	for _, p := range s.Props() {
		n := snake(p.Name)
		free := p.Schema.Type() == "string" && takesAny(p.Schema)
		said := w.outcome(p.Schema)
		switch done := outcomes[w.o.kind]; {
		case n == "status" && said != nil, n == "result" && said != nil:
			parts = append(parts, quote(p.Name)+": "+literal(said))
		case n == "message" && free && done != "" && w.t != nil:
			parts = append(parts, quote(p.Name)+": "+quote(capital(spoken(w.t.Entity))+" "+done+"."))
		case n == "status" && free:
			parts = append(parts, quote(p.Name)+": "+quote("OK"))
		}
	}
	return parts
}

// shownBy returns the column that a property of a result shows.
func (w *writer) shownBy(p schema.Prop, v string) *scaler.Column {
	if v == "" || w.t == nil {
		return nil
	}
	if c := w.t.find(p.Name); c != nil && produces(*c, p.Schema) {
		return c
	}
	return nil
}

func braces(parts []string) string {
	one := "{" + strings.Join(parts, ", ") + "}"
	if len(one) < 90 {
		return one
	}
	return "{\n        " + strings.Join(parts, ",\n        ") + ",\n    }"
}

// field writes one property of a result from the row if it has it.
func (w *writer) field(p schema.Prop, v string, g *paging) (string, bool) {
	if v != "" && w.t != nil {
		if text, ok := w.joined(p, v); ok {
			return text, true
		}
		if c := w.shownBy(p, v); c != nil {
			return trimmed(p.Schema, *c, v+"["+quote(c.Name)+"]"), true
		}
		if c := w.t.find(p.Name); c != nil && c.Type == p.Schema.Type() && !p.Schema.IsScalar() {
			if text, ok := w.reshaped(schemaOf(*c), p.Schema, v+"["+quote(c.Name)+"]", 0); ok {
				return text, true
			}
		}
		if snake(p.Name) == "id" || snake(p.Name) == w.t.Entity+"_id" {
			if c := w.t.column(w.t.Key); produces(c, p.Schema) {
				return v + "[" + quote(c.Name) + "]", true
			}
		}
	}
	own := p.Required && !p.Schema.Nullable || lastWord(snake(p.Name)) == lastWord(w.o.noun) // else it is another row, that only looks like this one
	if t := w.t; t != nil && own && p.Schema.IsObject() && v != "" && t.likeRow(p.Schema) {
		return w.project(p.Schema, v), true
	}
	return w.meta(p, v, g)
}

// trimmed writes an object of a column without what a closed schema does not know.
func trimmed(s schema.View, c scaler.Column, text string) string {
	if knows(s, c) {
		return text
	}
	known := "pick(" + text + ", " + quotes(s.Names()) + ")"
	if c.Nullable {
		return "(" + known + " if " + text + " != None else None)"
	}
	return known
}

// knows says whether a schema allows every property that an object column has.
func knows(s schema.View, c scaler.Column) bool {
	more, _ := s.Get("additionalProperties")
	if more != false || c.Type != "object" {
		return true
	}
	return !slices.ContainsFunc(schema.Parse(c.Schema).Names(), func(name string) bool { return !slices.Contains(s.Names(), name) })
}

// likeRow says whether an object schema looks like the table's rows.
func (t *table) likeRow(s schema.View) bool {
	known, all := 0, 0
	for _, p := range s.Props() {
		all++
		if c := t.find(p.Name); c != nil && produces(*c, p.Schema) {
			known++
		}
	}
	return known >= 2 && 2*known >= all
}

// allClear are properties by which services say that a call went well.
var allClear = wordSet("success ok successful succeeded is_success is_successful deleted")

// troubles are properties by which services say what went wrong.
var troubles = wordSet("error errors error_message error_code failure_reason warnings")

// meta writes a property of an envelope: counts and paging, the arguments it
// repeats, an all-clear; else, if it is required, the least its schema accepts.
// What went wrong stays out where the schema lets it.
func (w *writer) meta(p schema.Prop, v string, g *paging) (string, bool) {
	n := snake(p.Name)
	if g != nil {
		if text, ok := g.meta(n, p.Schema); ok {
			return text, true
		}
		if typ := p.Schema.Type(); (typ == "integer" || typ == "number") && w.countsRows(n) {
			return "len(" + g.all + ")", true
		}
	}
	if text, ok := w.wentWell(n, p.Schema); ok {
		return text, true
	}
	typ := p.Schema.Type()
	if typ == "boolean" && (allClear[n] || writes(w.o.kind) && (n == "done" || strings.HasSuffix(n, "ed"))) {
		return "True", true
	}
	if troubles[n] && !p.Required {
		return "None", p.Schema.Nullable
	}
	for _, arg := range w.o.params {
		if snake(arg.Name) == n && arg.Schema.Type() == typ && arg.Required && arg.Wrap == "" && p.Schema.IsScalar() {
			return w.arg(arg), true
		}
	}
	if !p.Required {
		return "", false
	}
	return literal(cmp.Or(w.outcome(p.Schema), plain(p.Schema, 0))), true
}

// countsRows says whether a number of a page counts all rows: total_findings.
func (w *writer) countsRows(name string) bool {
	parts := strings.Split(name, "_")
	rest := slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return seed.Counts(part) || part == "all" })
	return len(rest) == 1 && len(rest) < len(parts) && words.Singular(rest[0]) == lastWord(w.o.noun)
}

// outcomes are the words for what a write has done.
var outcomes = map[scaler.Kind]string{scaler.Create: "created", scaler.Update: "updated", scaler.Delete: "deleted"}

// outcome is what a result says that was done, where it has a choice of words
// for it; nil where it has none.
func (w *writer) outcome(s schema.View) any {
	for _, said := range s.List("enum") {
		if text, ok := said.(string); ok && strings.EqualFold(text, outcomes[w.o.kind]) {
			return said
		}
	}
	return nil
}

// meta writes what a page can say of itself under the names services use.
func (g paging) meta(name string, s schema.View) (string, bool) {
	limit := g.limit
	if limit == "" {
		limit = "max(len(" + g.all + "), 1)"
	}
	switch s.Type() {
	case "integer", "number":
		switch name {
		case "total", "total_count", "total_items", "total_results", "num_results", "results_count", "total_size", "result_count", "total_records", "records_total", "count_total":
			return "len(" + g.all + ")", true
		case "count", "num_items", "returned":
			return "len(" + g.rows + ")", true
		case "limit", "per_page", "page_size", "size", "max_results":
			return limit, true
		case "offset", "skip", "start", "start_index":
			return g.start, true
		case "page", "page_number", "current_page":
			return fmt.Sprintf("%s // %s + 1", g.start, limit), true
		case "pages", "total_pages", "page_count", "last_page", "num_pages":
			return fmt.Sprintf("(len(%s) + %s - 1) // %s", g.all, limit, limit), true
		}
	case "boolean":
		switch name {
		case "has_more", "has_next", "has_next_page", "more":
			if g.limit == "" {
				return "False", true
			}
			return fmt.Sprintf("%s + %s < len(%s)", g.start, limit, g.all), true
		}
	case "string":
		if g.cursor && (name == "cursor" || strings.HasPrefix(name, "next")) {
			last := `""`
			if s.Nullable {
				last = "None"
			}
			return fmt.Sprintf("str(%s + %s) if %s + %s < len(%s) else %s", g.start, limit, g.start, limit, g.all, last), true
		}
	}
	return "", false
}

// answerTotals writes the result of an aggregate over rows.
func (w *writer) answerTotals() string {
	sh := w.o.shape
	if sh.mode == scalar && (sh.top.Type() == "integer" || sh.top.Type() == "number") {
		return "len(rows)"
	}
	if sh.mode == many || sh.mode == values {
		return w.answerRows(paging{rows: "rows", all: "rows", start: "0"})
	}
	if len(sh.top.Props()) > 0 && !sh.text {
		return w.totals(sh.top)
	}
	parts := []string{`"count": len(rows)`}
	if c := w.moneyColumn(); c != "" {
		parts = append(parts, fmt.Sprintf(`"total_%s": round(%s([row[%s] or 0 for row in rows]), 2)`, snake(c), w.use("sum"), quote(c)))
	}
	w.noteSum()
	return w.wrapped(sh.top, sh.at, sh.written(braces(parts)), "", nil)
}

func (w *writer) noteSum() { w.o.note("assumed: counts the rows, and sums their amount") }

// totals writes a declared object of statistics: numbers count or sum.
func (w *writer) totals(s schema.View) string {
	var parts []string
	for _, p := range s.Props() {
		text, ok := "", true
		switch p.Schema.Type() {
		case "integer", "number":
			text = "len(rows)"
			if c := w.t.find(strings.TrimPrefix(snake(p.Name), "total_")); c != nil && (c.Type == "integer" || c.Type == "number") && produces(*c, p.Schema) {
				text = w.use("sum") + "([row[" + quote(c.Name) + "] or 0 for row in rows])"
			}
		default:
			text, ok = w.meta(p, "", nil)
		}
		if ok {
			parts = append(parts, quote(p.Name)+": "+text)
		}
	}
	return braces(parts)
}

func (w *writer) moneyColumn() string {
	for _, c := range w.t.Columns {
		if c.Semantic == "money" && (c.Type == "number" || c.Type == "integer") {
			return c.Name
		}
	}
	return ""
}
