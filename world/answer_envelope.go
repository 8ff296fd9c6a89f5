package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/seed"
	"github.com/agentscaler/scaler/world/english"
)

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
			parts = append(parts, quote(p.Name)+": "+quote(english.Capital(spoken(w.t.Entity))+" "+done+"."))
		case n == "status" && free:
			parts = append(parts, quote(p.Name)+": "+quote("OK"))
		}
	}
	return parts
}

func braces(parts []string) string {
	one := "{" + strings.Join(parts, ", ") + "}"
	if len(one) < 90 {
		return one
	}
	return "{\n        " + strings.Join(parts, ",\n        ") + ",\n    }"
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
