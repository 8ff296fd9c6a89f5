package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

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
			return i+1 < len(o.words) && english.Prepositions[o.words[i+1]]
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
