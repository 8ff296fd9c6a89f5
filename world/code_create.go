package world

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/seed"
)

// create writes a tool that inserts a row: references checked, then what is
// given, then defaults for the rest.
func (w *writer) create() {
	w.writes(w.t.Name)
	w.demand()
	given := map[string]bind{}
	for _, b := range w.o.binds {
		switch b.Role {
		case roleRef:
			if w.isComposite(b) || w.inLines(b) || w.o.pays(b) {
				continue
			}
			w.checkRef(b)
			given[w.a.refColumn(w.t, b)] = b
		case roleSet:
			w.checkStored(b)
			given[b.Column] = b
		}
	}
	w.checkComposites()
	w.checkUnique(given)
	for _, d := range w.o.takings(w.a) {
		w.take(d, w.rowOf(d.ref))
	}
	w.sway()
	w.made = w.lines(given)
	w.copyRow(given)
	w.book("")
	w.give()
	if text := w.payAll(); text != "" {
		w.makes(seed.Ledger, text)
	}
	v := variable(w.t.Entity)
	if w.there(v, given) {
		w.line(1, "if %s == None:", v)
		w.insert(2, v, given)
		w.refill(v)
		w.store(v, false)
	} else {
		w.insert(1, v, given)
		w.enlist(v)
		w.store(v, true)
	}
	w.line(1, "return %s", w.answerRow(v))
}

// insert writes the making of a row from what is given.
func (w *writer) insert(depth int, v string, given map[string]bind) {
	w.line(depth, "%s = db.%s.insert({", v, w.t.Name)
	for _, c := range w.t.Columns {
		w.line(depth+1, "%s: %s,", quote(c.Name), w.newValue(c, given))
	}
	w.line(depth, "})")
}

// inLines says whether a reference stands in the items of an array argument.
func (w *writer) inLines(b bind) bool {
	l := w.o.linesOf(w.a)
	return l != nil && b.Param == l.p.path()+"."+l.ref.Name
}

// refill writes the changes that an upsert makes to a row that was there.
func (w *writer) refill(v string) {
	for _, b := range w.o.binds {
		switch {
		case b.Role == roleRef && !w.isComposite(b):
			w.assign(v, w.t.column(w.a.refColumn(w.t, b)), b)
		case b.Role == roleSet && b.Column != w.t.Key:
			w.assign(v, w.t.column(b.Column), b)
		}
	}
	w.touch(v)
}

// checkUnique refuses a second row with a key or a value that must be the only one.
func (w *writer) checkUnique(given map[string]bind) {
	for _, c := range w.t.Columns {
		b, ok := given[c.Name]
		if !ok || !c.Unique || w.o.upsert && c.Name == w.t.Key || slices.Contains(w.o.putBy(), b.p.Name) {
			continue
		}
		noun := spoken(w.t.Entity)
		rule := w.rule(scaler.Rule{Kind: "unique", Table: w.t.Name, Column: c.Name,
			Text: fmt.Sprintf("No two %s may have the same %s.", spoken(pluralNoun(w.t.Entity)), spoken(c.Name))}, c.Name)
		value := w.value(b.p, c)
		if c.Name == w.t.Key {
			w.line(1, "if %s != None and db.%s.has(%s):", value, w.t.Name, value)
		} else {
			set := ""
			if !b.p.Required || b.p.Wrap != "" {
				set = value + " != None and "
			}
			w.line(1, "if %sdb.%s.query(where = [(%s, \"==\", %s)], limit = 1):", set, w.t.Name, quote(c.Name), value)
		}
		w.line(2, `refuse("conflict", "There is already %s with %s %%s." %% %s, rule = %s)`, article(noun), spoken(c.Name), value, quote(rule))
	}
}

// newValue writes what a column of a new row holds.
func (w *writer) newValue(c scaler.Column, given map[string]bind) string {
	if made, ok := w.made[c.Name]; ok {
		return made
	}
	b, ok := given[c.Name]
	if inner := w.stuff(c.Name, given); inner != "" && !ok {
		return inner
	}
	if !ok {
		if price := w.priced(c); price != "" {
			return price
		}
		if key, ok := given[w.t.Key]; ok && snake(c.Name) == "id" && c.Type == "string" && w.t.column(w.t.Key).Type == "string" && key.p.Required {
			return w.arg(key.p) // what is known by a name has that for its id too
		}
		if own := w.ownText(c, given); own != "" {
			return w.address(c, given, own)
		}
		return w.address(c, given, w.defaultOf(c))
	}
	value := w.value(b.p, c)
	if c.Type == "object" && b.p.Schema.Type() == "object" && !isChoice(schema.Parse(c.Schema)) {
		if base := plain(schema.Parse(c.Schema), 0); literal(base) != "{}" && literal(base) != "None" {
			return w.use("merged") + "(" + w.seeming(c, literal(base)) + ", " + value + ")"
		}
	}
	if b.p.Required && b.p.Wrap == "" {
		return value
	}
	if value == w.arg(b.p) {
		if fallback := w.fallback(b, c); fallback != "None" {
			if c.Type == "boolean" || c.Type == "integer" || c.Type == "number" {
				return strings.TrimSuffix(value, ")") + ", " + fallback + ")"
			}
			return value + " or " + fallback
		}
		return value
	}
	return value + " or " + w.fallback(b, c)
}

// fallback is what a new row holds where an argument is left out.
func (w *writer) fallback(b bind, c scaler.Column) string {
	if said := defaultFor(b.p, c); said != "" {
		return said
	}
	return w.defaultOf(c)
}

// isNothing says whether a default is a text that says that there is none.
func isNothing(v any) bool {
	text, ok := v.(string)
	return ok && slices.Contains([]string{"", "null", "none", "nil", "undefined", "n/a"}, strings.ToLower(text))
}

// defaultFor is what the specification says that a column holds where the argument is
// left out; empty where it says nothing, or what the column does not take.
func defaultFor(p param, c scaler.Column) string {
	v, ok := p.Schema.Get("default")
	if !ok || v == nil || isNothing(v) || c.Ref != "" || c.Format != "" || !p.Schema.IsScalar() || schema.TypeOf(v) != c.Type {
		return ""
	}
	if len(c.Enum) > 0 && !slices.ContainsFunc(c.Enum, func(e json.RawMessage) bool { return parseAny(e) == v }) {
		return ""
	}
	return literal(v)
}

// makes records what the code has worked out for a column of a new row.
func (w *writer) makes(column, text string) {
	if w.made == nil {
		w.made = map[string]string{}
	}
	w.made[column] = text
}
