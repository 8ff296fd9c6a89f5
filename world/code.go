package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/sandbox"
)

// A coder writes tools.star: one function per tool, the helpers they use and
// the field lists they share.
type coder struct {
	a       *atlas
	helpers map[string]bool
	fields  map[string]string // joined list -> constant
	consts  []string          // the constants in order of first use
}

// program returns the tool code of all ops and records in each what it writes
// and which rules it enforces.
func program(a *atlas, ops []*op) (string, []scaler.Rule) {
	c := &coder{a: a, helpers: map[string]bool{}, fields: map[string]string{}}
	var bodies []string
	var rules []scaler.Rule
	for _, o := range ops {
		w := &writer{coder: c, o: o, t: o.table}
		bodies = append(bodies, w.function())
		rules = append(rules, w.rules...)
		o.wrote = w.wrote
	}
	var b strings.Builder
	for _, line := range c.consts {
		b.WriteString(line + "\n")
	}
	if len(c.consts) > 0 {
		b.WriteString("\n\n")
	}
	for _, h := range helpers {
		if c.helpers[h.name] {
			b.WriteString(h.code + "\n\n")
		}
	}
	b.WriteString(strings.Join(bodies, "\n\n"))
	return b.String(), rules
}

// list writes a list of column names: in place where it is short, else as a
// constant that others share.
func (c *coder) list(entity, what string, names []string) string {
	text := quotes(names)
	if len(names) <= 6 && len(text) < 70 {
		return text
	}
	if have, ok := c.fields[text]; ok {
		return have
	}
	base := strings.ToUpper(identifier(entity)) + "_" + what
	name := base
	for i := 2; slices.ContainsFunc(c.consts, func(line string) bool { return strings.HasPrefix(line, name+" = ") }); i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	c.fields[text] = name
	c.consts = append(c.consts, name+" = "+wrapList(names))
	return name
}

func wrapList(names []string) string {
	var b strings.Builder
	b.WriteString("[")
	width := 100
	for _, n := range names {
		item := quote(n) + ","
		if width+len(item) > 100 {
			b.WriteString("\n    ")
			width = 4
		} else {
			b.WriteString(" ")
			width++
		}
		b.WriteString(item)
		width += len(item)
	}
	b.WriteString("\n]")
	return b.String()
}

// A writer writes one tool's function.
type writer struct {
	*coder
	o     *op
	t     *table
	b     strings.Builder
	shift int // how much deeper lines stand inside a loop over rows
	rules []scaler.Rule
	wrote []string
	made  map[string]string // columns of a new row that the code has worked out
}

func (w *writer) line(depth int, format string, args ...any) {
	w.b.WriteString(strings.Repeat("    ", depth+w.shift))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

// writes records that the tool may change a table.
func (w *writer) writes(name string) {
	if !slices.Contains(w.wrote, name) {
		w.wrote = append(w.wrote, name)
	}
}

// rule records a rule that the code enforces and returns its id.
func (w *writer) rule(r scaler.Rule, topic string) string {
	r.ID, r.Tool = w.o.name+"."+topic, w.o.name
	if !slices.ContainsFunc(w.rules, func(have scaler.Rule) bool { return have.ID == r.ID }) {
		w.rules = append(w.rules, r)
	}
	return r.ID
}

// function writes the whole function.
func (w *writer) function() string {
	w.line(0, "def %s(db, args):", sandbox.Function(w.o.name))
	w.unwrap()
	if w.o.label != nil && w.o.table != nil {
		w.labelling()
		return w.b.String()
	}
	if writes(w.o.kind) && w.o.kind != scaler.Event {
		w.checkChoices()
	}
	switch w.o.kind {
	case scaler.Get:
		w.get()
	case scaler.List:
		w.search()
	case scaler.Aggregate:
		w.aggregate()
	case scaler.Create:
		w.create()
	case scaler.Update, scaler.Relate:
		if w.o.entry != nil {
			w.changeList()
		} else if w.o.nested != "" && w.o.link == "-" {
			w.unlink()
		} else if w.o.nested != "" {
			w.adjoin()
		} else {
			w.update()
		}
	case scaler.Delete:
		w.remove()
	case scaler.Transition:
		w.transit()
	case scaler.Compute:
		w.compute()
	default:
		w.event()
	}
	return w.b.String()
}

// unwrap names the object that holds the arguments, where there is one.
func (w *writer) unwrap() {
	for _, p := range w.o.params {
		if p.Wrap == "" {
			continue
		}
		w.line(1, "body = args.get(%s) or {}", quote(p.Wrap))
		return
	}
}

// arg writes the value of a parameter: None where it is absent.
func (w *writer) arg(p param) string {
	source := "args"
	if p.Wrap != "" {
		source = "body"
	}
	if p.Required && p.Wrap == "" {
		return source + "[" + quote(p.Name) + "]"
	}
	return source + ".get(" + quote(p.Name) + ")"
}

// given writes the condition that a parameter is there.
func (w *writer) given(p param) string {
	if p.Wrap != "" {
		return quote(p.Name) + " in body"
	}
	return quote(p.Name) + " in args"
}

// value writes the value of a parameter in the type of a column.
func (w *writer) value(p param, c scaler.Column) string {
	text, from := w.arg(p), p.Schema.Type()
	if c.Type == "object" && w.t != nil && len(w.t.hidden(c.Name)) > 0 {
		hidden := w.t.hidden(c.Name)
		text = w.use("without") + "(" + text + ", " + quotes(hidden) + ")"
	}
	switch {
	case from == "array" && c.Type == "array" && nameOfItems(c, p) != "":
		return w.items(p, c, text)
	case from == "" || from == c.Type || c.Type == "number" || from == "array":
		return text
	case c.Type == "string" && (from == "integer" || from == "number"):
		if p.Required && p.Wrap == "" {
			return "str(" + text + ")"
		}
		return w.use("spelled") + "(" + text + ")"
	case c.Type == "integer" && from == "string":
		return w.use("number") + "(" + text + ")"
	}
	return text
}

// nameOfItems returns the property by which a list of plain values names the objects
// that a column holds: labels given as "bug" and kept as {"name": "bug", ...}.
func nameOfItems(c scaler.Column, p param) string {
	item, given := schema.Parse(c.Schema), p.Schema.Items()
	if item.Type() != "object" || !given.IsScalar() {
		return ""
	}
	for _, name := range []string{"name", "login", "username", "title", "label", "email", "full_name", "key", "slug", "id"} {
		if f, ok := item.Prop(name); ok && f.Schema.Type() == given.Type() && len(f.Schema.List("enum")) == 0 {
			return name
		}
	}
	return ""
}

// items writes a list of plain values as the objects that they name.
func (w *writer) items(p param, c scaler.Column, list string) string {
	w.o.note("assumed:", "an item of", p.Name, "names an object by its", nameOfItems(c, p))
	one := fmt.Sprintf("{%s: item}", quote(nameOfItems(c, p)))
	if base := literal(plain(schema.Parse(c.Schema), 0)); base != "{}" && base != "None" {
		one = w.use("merged") + "(" + base + ", " + one + ")"
	}
	if !p.Required || p.Wrap != "" {
		list = "(" + list + " or [])"
	}
	return "[" + one + " for item in " + list + "]"
}

func (a *atlas) table(name string) *table {
	for _, t := range a.tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// column returns a column of the writer's table by its exact name.
func (t *table) column(name string) scaler.Column {
	c, _ := t.Column(name)
	return c
}
