package world

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
)

// put_source(name, ...) creates or updates the source of that name: what other tools
// find one row by says which row it is, and where there is none it is made.

// puts is what descriptions say of such a tool.
var puts = regexp.MustCompile(`(?i)\b(?:creates?|adds?|inserts?|puts?) (?:\w+ ){0,4}(?:or|and) (?:completely )?(?:updates?|replaces?|overwrit\w+|modif\w+)|\boverwrites? (?:an |any |the )?existing|\bif (?:it|one) already exists,? (?:it|this)[^.]* (?:updat|overwrit|replac)`)

// putters are the verbs that put what they store in the place of what was there.
var putters = wordSet("put set upsert save")

// putBy returns the arguments by which a tool that makes rows finds the one that is
// there already: those with which another shows or deletes one.
func (o *op) putBy() []string {
	if o.kind != scaler.Create || o.restful() || o.upsert || !putters[o.verb] && !puts.MatchString(firstSentences(o.tool.Description, 2)) {
		return nil
	}
	for _, other := range o.table.ops {
		if other.kind != scaler.Get && other.kind != scaler.Delete || other.plural {
			continue
		}
		var names []string
		all := true
		for _, p := range other.params {
			mine, ok := o.param(p.Name)
			switch {
			case !p.Required:
			case ok && mine.Required && p.Wrap == "" && p.Schema.IsScalar():
				names = append(names, p.Name)
			default:
				all = false
			}
		}
		if all && len(names) > 0 && len(names) < len(o.params) {
			return names
		}
	}
	return nil
}

// firstSentences returns so many sentences of a text, in one.
func firstSentences(text string, n int) string {
	parts := strings.SplitAfterN(text, ". ", n+1)
	return strings.Join(parts[:min(n, len(parts))], "")
}

// there writes the looking for the row that the tool puts something in the place of,
// and says whether it may be there.
func (w *writer) there(v string, given map[string]bind) bool {
	if key, ok := given[w.t.Key]; ok && w.o.upsert {
		w.line(1, "%s = db.%s.get(%s)", v, w.t.Name, w.value(key.p, w.t.column(w.t.Key)))
		return true
	}
	names := w.o.putBy()
	var conds []string
	for _, c := range w.t.Columns {
		if b, ok := given[c.Name]; ok && b.p.Wrap == "" && slices.Contains(names, b.p.Name) {
			conds = append(conds, fmt.Sprintf("(%s, \"==\", %s)", quote(c.Name), w.value(b.p, c)))
		}
	}
	if len(conds) == 0 || len(conds) < len(names) {
		return false
	}
	w.line(1, "found = db.%s.query(where = [%s], limit = 1)", w.t.Name, strings.Join(conds, ", "))
	w.line(1, "%s = found[0] if found else None", v)
	w.o.note("makes the", spoken(w.t.Entity), "where there is none")
	return true
}
