package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
)

// changeList writes a tool that adds, changes or removes entries of a list of its row.
func (w *writer) changeList() {
	w.writes(w.t.Name)
	e, v := w.o.entry, w.row()
	w.checkOwnState(v)
	w.line(1, "entries = %s", read(v, e.list))
	if e.item.IsObject() {
		w.changeObjects(v)
	} else {
		w.changePlain(v)
	}
	w.line(1, "%s", assigned(w, v, e.list, "entries"))
	w.touch(v)
	w.line(1, "return %s", w.answerEntry(v))
}

// read writes what stands at a place in a row; nothing is an empty list.
func read(v string, path []string) string {
	text := v + "[" + quote(path[0]) + "]"
	for _, step := range path[1:] {
		text = "(" + text + " or {}).get(" + quote(step) + ")"
	}
	return text + " or []"
}

// assigned writes the storing of a value at a place in a row.
func assigned(w *writer, v string, path []string, value string) string {
	at := v + "[" + quote(path[0]) + "]"
	var over func(old string, rest []string) string
	over = func(old string, rest []string) string {
		if len(rest) == 0 {
			return value
		}
		return w.use("merged") + "(" + old + ", {" + quote(rest[0]) + ": " + over("("+old+" or {}).get("+quote(rest[0])+")", rest[1:]) + "})"
	}
	return at + " = " + over(at, path[1:])
}

// changePlain writes the change of a list of plain values.
func (w *writer) changePlain(v string) {
	e, given := w.o.entry, ""
	for _, p := range w.o.params {
		if _, ok := e.of[p.path()]; !ok {
			continue
		}
		if given = w.arg(p); e.many == "" {
			given = "[" + given + "]"
		} else if !p.Required || p.Wrap != "" {
			given = "(" + given + " or [])"
		}
	}
	if e.how == "+" {
		w.line(1, "entries = entries + [x for x in %s if x not in entries]", given)
		return
	}
	w.line(1, "left = [x for x in entries if x not in %s]", given)
	w.refuseNoEntry(1, v, "len(left) == len(entries)")
	w.line(1, "entries = left")
}

// changeObjects writes the change of a list of objects.
func (w *writer) changeObjects(v string) {
	e, depth := w.o.entry, 1
	asked := w.tellings()
	if e.many != "" {
		for _, p := range w.o.params {
			if p.Name == e.many {
				w.line(1, "for part in %s:", strings.TrimSuffix(w.arg(p), ")")+map[bool]string{true: "", false: ") or []"}[p.Required])
			}
		}
		depth = 2
	}
	name := map[string]string{"+": "entry", "-": "asked", "=": "entry"}[e.how]
	w.line(depth, "%s = %s", name, asked)
	if !w.o.mustTell() {
		w.line(depth, "if not %s:", name)
		w.line(depth+1, `refuse("invalid_arguments", "The request does not say which %s.")`, spoken(e.noun))
	}
	switch e.how {
	case "+":
		if base := w.newEntry(); base != "{}" {
			w.line(depth, "entry = %s(%s, entry)", w.use("merged"), base)
		}
		if strong := e.strong(); len(strong) > 0 && w.o.gives(strong) {
			w.line(depth, "entries = [x for x in entries if not %s(x, entry, %s)] + [entry]", w.use("same"), quotes(strong))
		} else {
			w.line(depth, "entries = entries + [entry]")
		}
	case "-":
		w.line(depth, "gone = [x for x in entries if %s(x, asked, %s)]", w.use("same"), quotes(e.strong()))
		w.refuseNoEntry(depth, v, "not gone")
		w.line(depth, "entries = [x for x in entries if x not in gone]")
	default:
		keys := quotes(w.o.known(e))
		w.refuseNoEntry(depth, v, fmt.Sprintf("not any([%s(x, entry, %s) for x in entries])", w.use("same"), keys))
		w.line(depth, "changed = [%s(x, entry) if same(x, entry, %s) else x for x in entries]", w.use("merged"), keys)
		w.line(depth, "if changed == entries:")
		w.line(depth+1, `refuse("invalid_arguments", "The request does not say what of the %s changes.")`, spoken(e.noun))
		w.line(depth, "entries = changed")
	}
}

// mustTell says whether some required argument tells of the entry.
func (o *op) mustTell() bool {
	return slices.ContainsFunc(o.params, func(p param) bool {
		_, tells := o.entry.of[p.path()]
		return tells && p.Required && p.Wrap == ""
	})
}

// strong are the properties of which no two entries share a value.
func (e *entry) strong() []string {
	return slices.DeleteFunc(e.keys(), func(name string) bool { return slices.Contains(weakKeys, snake(name)) })
}

// weakKeys name an entry without being the only ones to.
var weakKeys = []string{"name", "code", "number", "slug", "login"}

// gives says whether the arguments give one of these properties.
func (o *op) gives(names []string) bool {
	return slices.ContainsFunc(o.known(o.entry), func(key string) bool { return slices.Contains(names, key) })
}

// tellings writes what the arguments say of an entry.
func (w *writer) tellings() string {
	e := w.o.entry
	var parts []string
	add := func(source string, names [][2]string) {
		if len(names) == 0 {
			return
		}
		var pairs, same []string
		for _, n := range names {
			pairs = append(pairs, quote(n[0])+": "+quote(n[1]))
			if n[0] == n[1] {
				same = append(same, n[0])
			}
		}
		if len(same) == len(names) {
			parts = append(parts, "pick("+source+", "+w.list(e.noun, "FIELDS", same)+")")
			return
		}
		parts = append(parts, w.use("renamed")+"("+source+", {"+strings.Join(pairs, ", ")+"})")
	}
	var direct, wrapped [][2]string
	for _, p := range w.o.params {
		if f, ok := e.of[p.path()]; ok && p.Wrap == "" {
			direct = append(direct, [2]string{p.Name, f})
		} else if ok {
			wrapped = append(wrapped, [2]string{p.Name, f})
		}
	}
	add("args", direct)
	add("body", wrapped)
	for _, p := range w.o.params {
		var inner [][2]string
		for _, name := range common(insideOf(p), e.item) {
			if f, ok := e.of[p.Name+"."+name]; ok && p.Wrap == "" {
				inner = append(inner, [2]string{name, f})
			}
		}
		if p.Name == e.many {
			add("part", inner)
		} else {
			source := w.arg(p)
			if !p.Required {
				source = "(" + source + " or {})"
			}
			add(source, inner)
		}
	}
	for len(parts) > 1 {
		parts = append([]string{w.use("merged") + "(" + parts[0] + ", " + parts[1] + ")"}, parts[2:]...)
	}
	return parts[0]
}

// newEntry writes what an entry holds of which nothing is told: a key of its own,
// and the least that its schema accepts.
func (w *writer) newEntry() string {
	e := w.o.entry
	base, _ := plain(e.item, 0).(*pyjson.Object)
	var parts []string
	for _, p := range e.item.Props() {
		own := slices.Contains(e.strong(), p.Name) && !w.o.gives([]string{p.Name})
		v, required := base.Get(p.Name)
		switch {
		case own && p.Schema.Type() == "string" && takesAny(p.Schema) || own && p.Schema.Text("format") == "uuid":
			parts = append(parts, quote(p.Name)+": uuid("+quote(p.Name)+", str(len(entries)))")
		case own && p.Schema.Type() == "integer":
			parts = append(parts, fmt.Sprintf("%s: max([x.get(%s) or 0 for x in entries] + [1000]) + 1", quote(p.Name), quote(p.Name)))
		case required:
			parts = append(parts, quote(p.Name)+": "+literal(v))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// refuseNoEntry writes the refusal of an entry that the list has not.
func (w *writer) refuseNoEntry(depth int, v, unless string) {
	noun := spoken(w.o.entry.noun)
	rule := w.rule(scaler.Rule{Kind: "exists", Table: w.t.Name, Text: fmt.Sprintf("Only %s that the %s has can be changed or removed.", article(noun), spoken(w.t.Entity))}, w.o.entry.list[0])
	w.line(depth, "if %s:", unless)
	w.line(depth+1, `refuse("not_found", "The %s %%s has no such %s." %% %s[%s], rule = %s)`, spoken(w.t.Entity), noun, v, quote(w.t.Key), quote(rule))
}

// answerEntry writes what the tool answers: the entry or the row, whichever is
// what it declares, else no more than that it was done.
func (w *writer) answerEntry(v string) string {
	e, sh := w.o.entry, w.o.shape
	switch {
	case sh.loose() && e.how == "-":
		return `{"deleted": True}`
	case sh.loose():
		return v
	}
	ofRow, ofEntry := 0, 0
	for _, p := range sh.row.Props() {
		if c := w.t.find(p.Name); c != nil && produces(*c, p.Schema) {
			ofRow++
		}
		if f, ok := e.item.Prop(p.Name); ok && schema.Like(f.Schema.Type(), p.Schema.Type()) {
			ofEntry++
		}
	}
	own := map[string]string{"+": "entry", "=": "entry", "-": "gone[0]"}[e.how]
	switch least := max(1, len(sh.row.Props())/2); {
	case sh.mode == single && ofEntry >= least && ofEntry >= ofRow && e.many == "" && e.item.IsObject():
		return w.wrapped(sh.top, sh.at, w.entryAs(sh.row, own), "", nil)
	case sh.mode == single && ofRow >= least:
		return w.answerRow(v)
	}
	return w.standIn(sh.top, func(string) string { return `uuid("id")` }, 0)
}

// entryAs writes an entry in the shape of a schema.
func (w *writer) entryAs(s schema.View, own string) string {
	as := *w
	as.t = &table{Table: scaler.Table{Name: w.t.Name, Entity: w.o.entry.noun, Key: first(w.o.entry.keys())}}
	for _, p := range w.o.entry.item.Props() {
		as.t.Columns = append(as.t.Columns, columnOf(p))
	}
	var parts []string
	for _, p := range s.Props() {
		if c := as.t.find(p.Name); c != nil && produces(*c, p.Schema) {
			if !p.Required {
				continue
			}
			parts = append(parts, quote(p.Name)+": "+own+".get("+quote(c.Name)+", "+literal(plain(p.Schema, 0))+")")
		} else if text, ok := as.meta(p, "", nil); ok {
			parts = append(parts, quote(p.Name)+": "+text)
		}
	}
	names := common(s, w.o.entry.item)
	picked := "pick(" + own + ", " + w.list(as.t.Entity, "FIELDS", names) + ")"
	if len(parts) == 0 {
		return picked
	}
	return w.use("merged") + "(" + braces(parts) + ", " + picked + ")"
}
