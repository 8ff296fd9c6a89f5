package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/world/english"
)

// row writes the lines that find the row a tool is about and returns the
// variable it is in. Rule is set for writes: their refusals are policy.
func (w *writer) row() string {
	v := variable(w.t.Entity)
	if w.t.alone {
		w.line(1, "%s = %s(db.%s, %s)", v, w.use("first"), w.t.Name, quote(spoken(w.t.Entity)))
		return v
	}
	key, filters := w.keyBind(), w.filters()
	if key == nil {
		w.findOne(v, filters)
		return v
	}
	if key.Op == eachOp && writes(w.o.kind) {
		w.eachRow(v, *key, filters)
		return v
	}
	rule := ""
	if writes(w.o.kind) {
		rule = ", rule = " + quote(w.rule(scaler.Rule{Kind: "exists", Table: w.t.Name, Column: w.t.Key,
			Text: "The " + spoken(w.t.Entity) + " must be one that we have on record."}, "exists"))
	}
	find, value := "numbered", w.arg(key.p) // what spells no number is said as it stands
	if c := w.t.column(w.t.Key); c.Type != "integer" || key.p.Schema.Type() != "string" || !key.p.Required || key.p.Wrap != "" {
		find, value = "need", w.value(key.p, c)
	}
	w.line(1, "%s = %s(db.%s, %s, %s%s)", v, w.use(find), w.t.Name, quote(spoken(w.t.Entity)), value, rule)
	w.checkFilters(v, w.arg(key.p), filters)
	w.checkComposites()
	return v
}

// checkFilters refuses a row that is not under the parents the path names.
func (w *writer) checkFilters(v, key string, filters []bind) {
	for _, f := range filters {
		value := w.value(f.p, w.t.column(f.Column))
		if !f.p.Required {
			w.line(1, "if %s != None and %s[%s] != %s:", value, v, quote(f.Column), value)
		} else {
			w.line(1, "if %s[%s] != %s:", v, quote(f.Column), value)
		}
		rule := ""
		if to := w.a.table(w.t.column(f.Column).Ref); to != nil && writes(w.o.kind) && f.p.In != "path" {
			rule = ", rule = " + quote(w.rule(scaler.Rule{Kind: "exists", Table: w.t.Name, Column: f.Column,
				Text: fmt.Sprintf("The %s must be one of the %s that the request names.", spoken(w.t.Entity), spoken(to.Entity))}, f.p.Name))
		}
		w.line(2, `refuse("not_found", "There is no %s %%s with %s %%s." %% (%s, %s)%s)`, spoken(w.t.Entity), spoken(f.Column), key, w.arg(f.p), rule)
	}
}

// checkComposites checks the parts of parents' composite keys.
func (w *writer) checkComposites() {
	for _, b := range w.o.binds {
		if to := w.a.table(b.Table); b.Role == roleRef && to != nil && b.Column != to.Key {
			w.parentFilter(b)
		}
	}
}

// parentFilter checks a part of a parent's composite key, such as the owner of
// a repository, against the parent the path names.
func (w *writer) parentFilter(f bind) {
	parent := w.a.table(f.Table)
	if parent == nil {
		return
	}
	for _, b := range w.o.binds {
		to := w.a.table(w.t.column(b.Column).Ref)
		if b.Role == roleRef && b.Table == parent.Name && b.Column == parent.Key || b.Role == roleFilter && b.Table == w.t.Name && to == parent {
			w.line(1, "if %s(db.%s, %s, %s)[%s] != %s:", w.use("need"), parent.Name, quote(spoken(parent.Entity)),
				w.value(b.p, parent.column(parent.Key)), quote(f.Column), w.value(f.p, parent.column(f.Column)))
			w.line(2, `refuse("not_found", "There is no %s %%s with %s %%s." %% (%s, %s))`, spoken(parent.Entity), spoken(f.Column), w.arg(b.p), w.arg(f.p))
			return
		}
	}
	w.line(1, "if not db.%s.query(where = [(%s, \"==\", %s)], limit = 1):", parent.Name, quote(f.Column), w.value(f.p, parent.column(f.Column)))
	w.line(2, `refuse("not_found", "There is no %s with %s %%s." %% %s)`, spoken(parent.Entity), spoken(f.Column), w.arg(f.p))
}

// findOne finds the first row that the filters leave.
func (w *writer) findOne(v string, filters []bind) {
	w.findSome(filters, true)
	w.line(1, "%s = found[0]", v)
}

// findSome finds the rows that the filters leave, as many as are wanted, and
// refuses where there are none.
func (w *writer) findSome(filters []bind, one bool) {
	for _, f := range filters {
		w.checkParent(f)
	}
	w.checkComposites()
	exact, alike := w.byName(filters)
	where, shown := w.where(exact), "for this request"
	var asked, says []string
	for _, f := range filters {
		if f.p.Required {
			asked = append(asked, w.arg(f.p))
			says = append(says, spoken(f.Column)+" %s")
		}
	}
	if len(asked) > 0 {
		shown = "with " + and(says)
	}
	searched := len(alike) > 0 || slices.ContainsFunc(filters, isSearch)
	if searched {
		w.line(1, "found = db.%s.query(%s)", w.t.Name, where)
		w.match("found")
		for _, f := range alike {
			w.line(1, "found = %s(found, %s, %s)", w.use("alike"), quote(f.Column), w.value(f.p, w.t.column(f.Column)))
		}
	} else {
		if one {
			where = strings.TrimPrefix(where+", limit = 1", ", ")
		}
		w.line(1, "found = db.%s.query(%s)", w.t.Name, where)
	}
	w.standIns("found", filters)
	w.line(1, "if not found:")
	message := quote("There is no " + spoken(w.t.Entity) + " " + shown + ".")
	switch len(asked) {
	case 0:
		w.line(2, `refuse("not_found", %s)`, message)
	case 1:
		w.line(2, `refuse("not_found", %s %% %s)`, message, asked[0])
	default:
		w.line(2, `refuse("not_found", %s %% (%s))`, message, strings.Join(asked, ", "))
	}
}

// spelledFreely are the meanings of what people write in capitals or not: who
// looks for mia@example.com finds Mia@example.com.
var spelledFreely = wordSet("email username person.name person.first_name person.last_name")

// byName splits filters into those that a value has to equal, and those whose
// case does not matter.
func (w *writer) byName(filters []bind) (exact, alike []bind) {
	for _, f := range filters {
		c := w.t.column(f.Column)
		if f.Op == "" && f.Table == w.t.Name && c.Type == "string" && f.p.Schema.Type() == "string" && f.p.Required && c.Name != w.t.Key && c.Ref == "" && (spelledFreely[c.Semantic] || w.t.open) {
			alike = append(alike, f)
		} else {
			exact = append(exact, f)
		}
	}
	return exact, alike
}

// finish writes the return of a row's answer; a row that is returned as it was
// found needs no variable.
func (w *writer) finish(v string) {
	answer := w.answerRow(v)
	text := w.b.String()
	start := strings.LastIndexByte(strings.TrimSuffix(text, "\n"), '\n') + 1
	if found, ok := strings.CutPrefix(text[start:], "    "+v+" = "); ok && answer == v {
		w.b.Reset()
		w.b.WriteString(text[:start])
		answer = strings.TrimSuffix(found, "\n")
	}
	w.line(1, "return %s", answer)
}

func (w *writer) keyBind() *bind {
	for i := range w.o.binds {
		if w.o.binds[i].Role == roleKey {
			return &w.o.binds[i]
		}
	}
	return nil
}

func (w *writer) filters() []bind {
	var out []bind
	for _, b := range w.o.binds {
		if b.Role == roleFilter && !w.o.inSwap(b) && !w.o.picks(b) && !w.o.books(b) && !w.o.tells(b) && !w.o.ofEntry(b) {
			out = append(out, b)
		}
	}
	return out
}

// where writes the where argument of a query; text searches are left to
// matching.
func (w *writer) where(filters []bind) string {
	ops := map[string]string{"": "==", "min": ">=", "max": "<=", "in": "in", "contains": "contains"}
	var conds []string
	for _, f := range filters {
		if f.Table != w.t.Name || isSearch(f) {
			continue
		}
		value := w.value(f.p, w.t.column(f.Column))
		if f.Op == "in" && f.p.Schema.Type() == "string" {
			value = w.use("separate") + "(" + w.arg(f.p) + ")"
		}
		conds = append(conds, "("+quote(f.Column)+", "+quote(ops[f.Op])+", "+value+")")
	}
	for _, flag := range w.o.flagged() {
		conds = append(conds, "("+quote(flag)+", \"==\", True)")
	}
	if states := w.o.inState(); states != nil {
		conds = append(conds, "("+quote(w.t.Status.Column)+", \"in\", "+quotes(states)+")")
		w.o.note("only those that are", english.SpokenEither(states))
	}
	switch {
	case len(conds) == 0:
		return ""
	case len(conds) == 1 && len(conds[0]) < 70:
		return "where = [" + conds[0] + "]"
	}
	return "where = [\n        " + strings.Join(conds, ",\n        ") + ",\n    ]"
}

// isSearch says whether a filter is a free-text search over several columns.
func isSearch(b bind) bool {
	return b.Op == "contains" && searches[strings.TrimPrefix(snake(b.p.Name), "$")]
}

func (w *writer) get() {
	w.finish(w.row())
}

// search writes a list tool: filters, text search, sorting and paging.
func (w *writer) search() {
	for _, b := range w.filters() {
		w.checkParent(b)
	}
	w.checkComposites()
	parts := []string{}
	if where := w.where(w.filters()); where != "" {
		parts = append(parts, where)
	}
	if sort := w.sort(); sort != "" {
		parts = append(parts, sort)
	}
	query := fmt.Sprintf("db.%s.query(%s)", w.t.Name, strings.Join(parts, ", "))
	if w.plain() {
		w.line(1, "return %s", query)
		return
	}
	w.line(1, "rows = %s", query)
	w.match("rows")
	w.standIns("rows", w.filters())
	w.line(1, "return %s", w.answerRows(w.page()))
}

// match writes the text searches that narrow the rows in a variable.
func (w *writer) match(rows string) {
	for _, b := range w.filters() {
		if isSearch(b) {
			w.line(1, "%s = %s(%s, %s, %s)", rows, w.use("matching"), rows, w.words(b.p), quotes(w.searched(b)))
		}
	}
}

// searched are the columns that a text search looks into: those that its text names, or
// else the usual.
func (w *writer) searched(b bind) []string {
	var out []string
	for _, text := range []string{b.p.Schema.Text("description"), w.o.tool.Description} {
		for _, s := range english.Sentences(text) {
			if !slices.ContainsFunc(s, func(word string) bool { return searching[word] }) {
				continue
			}
			for _, c := range w.t.Columns {
				if c.Type == "string" && len(c.Enum) == 0 && c.Ref == "" && english.Has(s, c.Name) && !slices.Contains(out, c.Name) {
					out = append(out, c.Name)
				}
			}
		}
		if len(out) > 0 {
			break
		}
	}
	if len(out) == 0 {
		return w.t.textColumns()
	}
	if !slices.Contains(out, b.Column) { // by which others know what the argument is about
		out = append(out, b.Column)
	}
	return out
}

// searching are words of sentences that say what a search looks into.
var searching = wordSet("search searches searched searching match matches matched matching contain contains containing look looks")

// words writes the text that a search argument asks for; of an object, such as
// {"field": ..., "value": ...}, its value.
func (w *writer) words(p param) string {
	switch {
	case lastWord(snake(p.Name)) == "pattern" && p.Schema.Type() == "string":
		return "(" + w.arg(p) + ` or "").strip("*")`
	case p.Schema.Type() != "object":
		return w.arg(p)
	}
	w.o.note("assumed: of", p.path(), "only the value is looked for")
	for _, name := range []string{"value", "query", "text", "q"} {
		if _, ok := p.Schema.Prop(name); ok {
			return "(" + w.arg(p) + " or {}).get(" + quote(name) + ")"
		}
	}
	return "(" + w.arg(p) + " or {}).get(\"value\")"
}

// plain says whether the answer of a list is what the query finds: no search,
// no paging, no envelope, no projection.
func (w *writer) plain() bool {
	for _, b := range w.o.binds {
		if b.Role == roleLimit || b.Role == roleOffset || b.Role == roleFilter && isSearch(b) {
			return false
		}
	}
	sh := w.o.shape
	if w.t.open || w.t.hidesKey() {
		return false
	}
	return sh.loose() || sh.mode == many && len(sh.at) == 0 && w.projectAll(sh.row, "rows") == "rows"
}

// checkParent refuses a list under a parent that does not exist.
func (w *writer) checkParent(b bind) {
	to := w.a.table(w.t.column(b.Column).Ref)
	if b.p.In != "path" || to == nil || b.Op != "" {
		return
	}
	w.line(1, "%s(db.%s, %s, %s)", w.use("need"), to.Name, quote(spoken(to.Entity)), w.value(b.p, to.column(to.Key)))
}

func (w *writer) truth(p param) string { return w.arg(p) + " == True" }

// aggregate counts the rows the filters leave, and sums a money column where
// the name asks for one.
func (w *writer) aggregate() {
	where := w.where(w.filters())
	w.line(1, "rows = db.%s.query(%s)", w.t.Name, where)
	w.match("rows")
	w.line(1, "return %s", w.answerTotals())
}
