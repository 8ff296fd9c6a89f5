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

// helpers are the functions tools share, in the order they are printed.
var helpers = []struct{ name, code string }{
	{"need", `def need(table, noun, key, rule = None):
    """The row of that key; refuses where there is none."""
    row = table.get(key)
    if row == None:
        refuse("not_found", "There is no %s %s." % (noun, key), rule = rule)
    return row
`},
	{"numbered", `def numbered(table, noun, text, rule = None):
    """The row whose number the text spells; refuses where there is none."""
    row = table.get(int(text)) if text.isdigit() else None
    if row == None:
        refuse("not_found", "There is no %s %s." % (noun, text), rule = rule)
    return row
`},
	{"first", `def first(table, noun):
    """The first row; refuses where there is none."""
    for row in table.query(limit = 1):
        return row
    return refuse("not_found", "There is no %s." % noun)
`},
	{"within", `def within(number, least):
    """The number as one that rows are counted by: no list is longer than a million."""
    return int(min(max(number, least), 1000000))
`},
	{"beside", `def beside(table, column, own):
    """What the service itself calls a new row: as it calls those on record, with an end of its own."""
    for row in table.query(limit = 1):
        text = str(row[column])
        return text[:text.rfind("/") + 1] + own
    return own
`},
	{"matching", `def matching(rows, text, columns):
    """The rows in which one of the columns contains the text, whatever its case."""
    if not text:
        return rows
    text = str(text).lower()
    return [row for row in rows if any([text in str(row.get(c) or "").lower() for c in columns])]
`},
	{"alike", `def alike(rows, column, text):
    """The rows whose column is the text, whatever its case."""
    return [row for row in rows if str(row[column] or "").lower() == text.lower()]
`},
	{"likely", `def likely(table, asked):
    """What stands for a question that nothing on record answers: rows that answer another one, chosen by what is asked."""
    rows, number = table.query(), 7
    for char in str([str(value).lower() for value in asked.values()]).elems():
        number = (31 * number + ord(char)) % 1000003
    if not rows:
        return []
    one = rows[number % len(rows)]
    like = [row for row in rows if all([row[column] == one[column] for column in asked])]
    given = {column: value for column, value in asked.items() if value != None}
    return [merged(row, given) for row in like]
`},
	{"unkeyed", `def unkeyed(row, key):
    """The row without its key."""
    return {column: value for column, value in row.items() if column != key}
`},
	{"sorting", `def sorting(text, columns):
    """The column and direction that a sort argument such as "-price" or "price:desc" names."""
    text = str(text or "")
    descending = text.startswith("-") or text.lower().endswith("desc")
    for column in columns:
        if column in text:
            return column, descending
    return None, descending
`},
	{"separate", `def separate(text):
    """The values of a comma-separated list; None stays None."""
    return None if text == None else [part.strip() for part in text.split(",")]
`},
	{"number", `def number(text):
    """The integer that the text spells; None where it spells none."""
    if text == None or type(text) == "int":
        return text
    return int(text) if text.isdigit() else None
`},
	{"spelled", `def spelled(value):
    """The value as text; None stays None."""
    return None if value == None else str(value)
`},
	{"chosen", `def chosen(lines, field, noun, keys, rule = None):
    """The lines with these keys, one for each; refuses a key that no line is left for."""
    left, found = list(lines), []
    for key in keys:
        at = [i for i, line in enumerate(left) if line[field] == key]
        if not at:
            refuse("not_found", "There is no %s %s among the %ss." % (noun, key, noun), rule = rule)
        found.append(left.pop(at[0]))
    return found
`},
	{"sum", `def sum(numbers):
    """The numbers added up."""
    total = 0
    for number in numbers:
        total += number
    return total
`},
	{"renewed", renewedCode},
	{"calculated", calculator},
	{"usual", `def usual(table, column):
    """What the rows on record have there: the same account keeps them in the same place."""
    for row in table.query(limit = 1):
        return row[column]
    return None
`},
	{"readdressed", `def readdressed(table, column, of, own, other):
    """The address of a new row as those on record, naming its own where they name theirs."""
    for row in table.query(limit = 1):
        text, theirs = str(row[column]), str(row[of])
        if text.endswith(theirs):
            return text[:-len(theirs)] + str(own)
        if "/" + theirs + "/" in text:
            return text.replace("/" + theirs + "/", "/" + str(own) + "/")
    return other
`},
	{"told", `def told(answer, optional):
    """The answer without what is optional and not there."""
    return {name: answer[name] for name in answer if answer[name] != None or name not in optional}
`},
	{"like", `def like(table, column, key):
    """A value for a new row in the style of the first row's, told apart by the key."""
    own = str(key).split("/")[-1].split("_")[-1]
    for row in table.query(limit = 1):
        old = row[column] or ""
        if len(old) == 36 and old.count("-") == 4:
            return uuid(column, key)
        for mark in ["/", ":", "_", "-"]:
            if mark in old:
                return old.rpartition(mark)[0] + mark + own
    return own
`},
	{"without", `def without(value, names):
    """The object without what is kept elsewhere; None stays None."""
    return None if value == None else {name: value[name] for name in value if name not in names}
`},
	{"renamed", `def renamed(source, names):
    """What is given, under the names that an entry has for it."""
    return {names[name]: source[name] for name in names if (source or {}).get(name) != None}
`},
	{"same", `def same(entry, asked, keys):
    """Whether the entry is the one asked for: by the first of the keys that is given, else by all that is given."""
    for key in keys:
        if asked.get(key) != None:
            return entry.get(key) == asked[key]
    return bool(asked) and all([entry.get(name) == asked[name] for name in asked])
`},
	{"masked", `def masked(mask, field):
    """Whether a mask such as "displayName,labels.team" lets the field be changed; no mask lets all be."""
    names = [part.strip().split(".")[0].replace("_", "").lower() for part in (mask or "*").split(",")]
    return "*" in names or field.replace("_", "").lower() in names
`},
	{"merged", `def merged(old, new):
    """The old object with the fields of the new over it."""
    both = {}
    for source in [old or {}, new or {}]:
        for name in source:
            both[name] = source[name]
    return both
`},
}

// use marks a helper as used and returns its name.
func (c *coder) use(name string) string {
	c.helpers[name] = true
	return name
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
