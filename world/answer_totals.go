package world

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/schema"
)

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
