package world

import (
	"fmt"
	"sort"
	"strings"

	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// sort writes the sort arguments of a query, after a line that reads them.
func (w *writer) sort() string {
	by, way := w.control(roleSort, ""), w.control(roleSort, "direction")
	if by == nil && way == nil {
		return w.saidSort()
	}
	if by == nil && way != nil {
		c := w.t.sortColumn()
		if way.p.Schema.Type() == "boolean" {
			return "sort = " + quote(c) + ", descending = " + w.truth(way.p)
		}
		return "sort = " + quote(c) + `, descending = "desc" in str(` + w.arg(way.p) + " or \"\").lower()"
	}
	if by == nil || by.p.Schema.Type() != "string" && by.p.Schema.Type() != "" {
		return ""
	}
	w.line(1, "column, descending = %s(%s, %s)", w.use("sorting"), w.arg(by.p), w.list(w.t.Entity, "ORDERS", w.t.sortable()))
	if way == nil {
		return "sort = column, descending = descending"
	}
	if way.p.Schema.Type() == "boolean" {
		return "sort = column, descending = descending or " + w.truth(way.p)
	}
	return `sort = column, descending = descending or "desc" in str(` + w.arg(way.p) + ` or "").lower()`
}

// saidSort writes the order that the tool's text promises.
func (w *writer) saidSort() string {
	if c, descending := w.t.orderedBy(w.o.tool.Description); c != "" {
		return sortBy(c, descending)
	}
	semantics, descending, ok := english.Order(w.o.tool.Description)
	if !ok {
		return ""
	}
	for _, want := range semantics {
		for _, c := range w.t.Columns {
			if c.Semantic != want {
				continue
			}
			return sortBy(c.Name, descending)
		}
	}
	return ""
}

func sortBy(column string, descending bool) string {
	if descending {
		return "sort = " + quote(column) + ", descending = True"
	}
	return "sort = " + quote(column)
}

// orderedBy is the column by which a text says that a list is sorted: the one whose name
// is, word by word, what the text says first, as drop-off for dropped_off_on.
func (t *table) orderedBy(text string) (column string, descending bool) {
	by, descending, ok := english.OrderBy(text)
	if !ok {
		return "", false
	}
	best := 0
	for _, name := range t.sortable() {
		n := 0
		for _, w := range words.Split(name) {
			if n < len(by) && sameStem(w, by[n]) {
				n++
			}
		}
		if n > best && (n == len(by) || n == len(words.Split(name))) {
			column, best = name, n
		}
	}
	return column, descending
}

// sameStem says whether one word is a form of the other: drop and dropped.
func sameStem(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(a) > 3 && strings.HasPrefix(b, a)
}

// sortColumn is what a list is in the order of where the caller only says
// which way.
func (t *table) sortColumn() string {
	for _, c := range t.Columns {
		if c.Semantic == "date.created" {
			return c.Name
		}
	}
	return t.Key
}

// sortable are the columns a list can be sorted by, longer names first so that
// the longest that a sort argument contains is found.
func (t *table) sortable() []string {
	var out []string
	for _, c := range t.Columns {
		if c.Type != "object" && c.Type != "array" && c.Type != "boolean" {
			out = append(out, c.Name)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i]) > len(out[j]) })
	return out
}

func (w *writer) control(role, op string) *bind {
	for i := range w.o.binds {
		if b := &w.o.binds[i]; b.Role == role && b.Op == op {
			return b
		}
	}
	return nil
}

// paging is what the code of a list knows when it answers.
type paging struct {
	rows   string // the variable that holds the page
	all    string // the variable that holds every match
	start  string // where the page starts
	limit  string // how long it may be; empty without paging
	cursor bool
}

// page writes the lines that cut a page out of rows and returns what the
// answer can say of it.
func (w *writer) page() paging {
	g := paging{rows: "rows", all: "rows", start: "0"}
	limit := w.control(roleLimit, "")
	offset := w.control(roleOffset, "")
	page := w.control(roleOffset, "page")
	cursor := w.control(roleOffset, "cursor")
	if limit != nil && w.numeric(limit.p) {
		w.line(1, "limit = %s(%s or %s, 1)", w.use("within"), w.arg(limit.p), pageSize(limit.p))
		g.limit = "limit"
	}
	if g.limit == "" && (page != nil || offset != nil || cursor != nil) {
		g.limit = "20"
	}
	switch {
	case offset != nil && w.numeric(offset.p):
		w.line(1, "start = %s(%s or 0, 0)", w.use("within"), w.arg(offset.p))
		g.start = "start"
	case page != nil && w.numeric(page.p):
		w.line(1, "start = %s(((%s or 1) - 1) * %s, 0)", w.use("within"), w.arg(page.p), g.limit)
		g.start = "start"
	case cursor != nil && cursor.p.Schema.Type() == "string":
		w.line(1, "start = %s(%s(%s) or 0, 0)", w.use("within"), w.use("number"), w.arg(cursor.p))
		g.start, g.cursor = "start", true
	}
	if most := w.o.shape.most(); most > 0 && g.limit == "limit" {
		w.line(1, "limit = min(limit, %d)", most)
	} else if most > 0 && g.limit == "" {
		g.limit = fmt.Sprint(most)
	}
	if g.limit != "" {
		from, to := g.start+":", g.start+" + "+g.limit
		if g.start == "0" {
			from, to = ":", g.limit
		}
		g.rows = "rows[" + from + to + "]"
		if len(w.o.shape.at) > 0 {
			w.line(1, "page = %s", g.rows)
			g.rows = "page"
		}
	}
	return g
}

// numeric says whether a paging argument is a number, so that arithmetic works.
func (w *writer) numeric(p param) bool { return p.Schema.Type() == "integer" }

func pageSize(p param) string {
	if v, ok := p.Schema.Get("default"); ok && schema.TypeOf(v) == "integer" && v != int64(0) {
		return literal(v)
	}
	return "20"
}
