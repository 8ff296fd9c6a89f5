package world

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// log is the table of effects that leave the tables: messages sent, jobs run.
const log = "activity_log"

// logTable is where unbound writes are kept.
func logTable() *table {
	return &table{event: true, Table: scaler.Table{Name: log, Entity: "activity", Key: "id", Size: 3, Columns: []scaler.Column{
		{Name: "id", Type: "string", Semantic: "id", Unique: true},
		{Name: "action", Type: "string", Semantic: "slug"},
		{Name: "details", Type: "object", Nullable: true},
		{Name: "created_at", Type: "string", Format: "date-time", Semantic: "date.created"},
	}}}
}

// event writes a tool whose effect lies outside the tables: it is logged and
// acknowledged.
func (w *writer) event() {
	w.writes(log)
	for _, b := range w.o.binds {
		if b.Role == roleRef {
			w.checkRef(b)
		}
	}
	w.line(1, "entry = db.%s.insert({", log)
	w.line(2, `"id": db.%s.next_id(),`, log)
	w.line(2, `"action": %s,`, quote(w.o.name))
	w.line(2, `"details": args,`)
	w.line(2, `"created_at": now(),`)
	w.line(1, "})")
	if w.o.shape.loose() {
		w.line(1, `return {"status": "accepted", "id": entry["id"], "created_at": entry["created_at"]}`)
		return
	}
	if b, t := w.answering(); t != nil {
		w.t = t
		w.line(1, "return %s", w.answerRow(fmt.Sprintf("db.%s.get(%s)", t.Name, w.value(b.p, t.column(t.Key)))))
		return
	}
	w.line(1, "return %s", w.standIn(w.o.shape.top, `entry["id"]`, 0))
}

// answering returns the argument that names the row the declared result shows,
// if one does.
func (w *writer) answering() (bind, *table) {
	for _, b := range w.o.binds {
		t := w.a.table(b.Table)
		if b.Role == roleRef && t != nil && b.Column == t.Key && b.p.Required && w.o.shape.mode == single && t.likeRow(w.o.shape.row) {
			return b, t
		}
	}
	return bind{}, nil
}

// standIn writes a value of a declared result that no table holds: arguments
// under their own names, the entry's id, the least the schema accepts.
func (w *writer) standIn(s view, id string, depth int) string {
	if !s.isObject() || depth > 3 {
		if s.typ() == "string" && takesAny(s) && depth > 0 {
			return id
		}
		return literal(plain(s, 0))
	}
	var parts []string
	for _, p := range s.props() {
		n, typ := snake(p.Name), p.Schema.typ()
		switch {
		case (n == "id" || strings.HasSuffix(n, "_id")) && typ == "string" && id != "" && takesAny(p.Schema):
			parts = append(parts, quote(p.Name)+": "+id)
		case p.Schema.isObject() && p.Required:
			parts = append(parts, quote(p.Name)+": "+w.standIn(p.Schema, id, depth+1))
		default:
			if text, ok := w.meta(p, "", nil); ok {
				parts = append(parts, quote(p.Name)+": "+text)
			}
		}
	}
	return braces(parts)
}

// takesAny says whether a text of our own making is one of the schema's.
func takesAny(s view) bool {
	low := s.number("minLength")
	return s.text("pattern") == "" && s.text("format") == "" && len(s.list("enum")) == 0 && (low == nil || *low <= 8)
}

// A formula computes a result from numbers or texts: {0}, {1} are the
// arguments in their order.
type formula struct {
	types []string // the arguments' types, "number" for either kind of number
	code  string
}

// formulas are the computations this builder really does, by verb or last word
// of the name.
var formulas = map[string]formula{
	"add":        {[]string{"number", "number"}, "{0} + {1}"},
	"subtract":   {[]string{"number", "number"}, "{0} - {1}"},
	"multiply":   {[]string{"number", "number"}, "{0} * {1}"},
	"power":      {[]string{"number", "number"}, "math.pow({0}, {1})"},
	"modulo":     {[]string{"number", "number"}, "{0} % {1} if {1} != 0 else refuse(\"invalid_arguments\", \"Division by zero.\")"},
	"divide":     {[]string{"number", "number"}, "{0} / {1} if {1} != 0 else refuse(\"invalid_arguments\", \"Division by zero.\")"},
	"percentage": {[]string{"number", "number"}, "round({0} * {1} / 100.0, 4)"},
	"sqrt":       {[]string{"number"}, "math.sqrt({0}) if {0} >= 0 else refuse(\"invalid_arguments\", \"The number is negative.\")"},
	"square":     {[]string{"number"}, "{0} * {0}"},
	"round":      {[]string{"number", "integer"}, "round({0}, {1})"},
	"floor":      {[]string{"number"}, "math.floor({0})"},
	"ceil":       {[]string{"number"}, "math.ceil({0})"},
	"ceiling":    {[]string{"number"}, "math.ceil({0})"},
	"sum":        {[]string{"array"}, "sum({0})"},
	"mean":       {[]string{"array"}, "round(sum({0}) / float(max(len({0}), 1)), 6)"},
	"average":    {[]string{"array"}, "round(sum({0}) / float(max(len({0}), 1)), 6)"},
	"median":     {[]string{"array"}, "sorted({0})[len({0}) // 2] if {0} else None"},
	"max":        {[]string{"array"}, "max({0}) if {0} else None"},
	"min":        {[]string{"array"}, "min({0}) if {0} else None"},
	"uppercase":  {[]string{"string"}, "{0}.upper()"},
	"lowercase":  {[]string{"string"}, "{0}.lower()"},
	"length":     {[]string{"string"}, "len({0})"},
	"bmi":        {[]string{"number", "number"}, "round({0} / ({1} * {1}), 2) if {1} != 0 else refuse(\"invalid_arguments\", \"The height is zero.\")"},
	"fahrenheit": {[]string{"number"}, "round({0} * 9.0 / 5.0 + 32.0, 2)"},
	"celsius":    {[]string{"number"}, "round(({0} - 32.0) * 5.0 / 9.0, 2)"},
}

// compute writes a pure computation where one is known, else a value that
// depends on every argument and on nothing else.
func (w *writer) compute() {
	if f, ok := w.o.formula(); ok && (w.o.shape.loose() || w.o.shape.top.typ() == "number") {
		code := f.code
		for i, p := range w.o.params[:len(f.types)] {
			code = strings.ReplaceAll(code, fmt.Sprintf("{%d}", i), w.arg(p))
		}
		for _, h := range helpers {
			if strings.Contains(f.code, h.name+"(") {
				w.use(h.name)
			}
		}
		if w.o.shape.loose() {
			w.line(1, `return {"result": %s}`, code)
		} else {
			w.line(1, "return %s", code)
		}
		return
	}
	var names []string
	for _, p := range w.o.params {
		names = append(names, "json.encode("+w.arg(p)+")")
	}
	if len(names) == 0 {
		names = []string{quote(w.o.name)}
	}
	w.line(1, "value = random(10000, %s)", strings.Join(append([]string{quote(w.o.name)}, names...), ", "))
	w.line(1, "return %s", w.computed(w.o.shape.top))
}

// formula returns the computation that the words of the name ask for, if the
// arguments are of its types.
func (o *op) formula() (formula, bool) {
	if o.muses() && o.params[0].Required {
		return formula{[]string{"string"}, "{0}"}, true
	}
	if o.calculates() {
		return formula{[]string{"string"}, "calculated({0})"}, true
	}
	for i := len(o.words) - 1; i >= 0; i-- {
		f, ok := formulas[o.words[i]]
		if !ok || len(o.params) != len(f.types) {
			continue
		}
		fits := true
		for j, p := range o.params {
			t := p.Schema.typ()
			if t == "array" && p.Schema.items().typ() != "number" && p.Schema.items().typ() != "integer" {
				t = "list"
			}
			fits = fits && p.Required && (t == f.types[j] || t == "integer" && f.types[j] == "number")
		}
		if fits {
			return f, true
		}
	}
	return formula{}, false
}

// computed writes a stand-in for a computation nobody knows: stable, and
// different for other arguments.
func (w *writer) computed(s view) string {
	switch s.typ() {
	case "":
		return `{"result": value / 100.0}`
	case "integer":
		return "value"
	case "number":
		return "value / 100.0"
	case "string":
		if len(s.list("enum")) == 0 && s.text("format") == "" {
			return `"result %d" % value`
		}
	case "boolean":
		return "value % 2 == 0"
	case "object":
		return w.computedObject(s)
	}
	return literal(plain(s, 0))
}

func (w *writer) computedObject(s view) string {
	var parts []string
	for _, p := range s.props() {
		if metaNames[snake(p.Name)] || p.Schema.typ() == "array" || p.Schema.typ() == "object" {
			if text, ok := w.meta(p, "", nil); ok {
				parts = append(parts, quote(p.Name)+": "+text)
			}
			continue
		}
		parts = append(parts, quote(p.Name)+": "+w.computed(p.Schema))
	}
	return braces(parts)
}

func parseAny(raw []byte) any {
	v, err := pyjson.Parse(raw)
	if err != nil {
		return nil
	}
	return v
}

func formatDefault(format string) any {
	o := pyjson.NewObject(2)
	o.Set("type", "string")
	o.Set("format", format)
	return plainText(viewOf(o))
}
