package world

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/seed"
)

// logTable is where unbound writes are kept.
func logTable() *table {
	return &table{event: true, Table: scaler.Table{Name: seed.Log, Entity: "activity", Key: "id", Size: 3, Columns: []scaler.Column{
		{Name: "id", Type: "string", Semantic: "id", Unique: true},
		{Name: "action", Type: "string", Semantic: "slug"},
		{Name: "details", Type: "object", Nullable: true},
		{Name: "created_at", Type: "string", Format: "date-time", Semantic: "date.created"},
	}}}
}

// event writes a tool whose effect lies outside the tables: it is logged and
// acknowledged.
func (w *writer) event() {
	w.writes(seed.Log)
	for _, b := range w.o.binds {
		if b.Role == roleRef {
			w.checkRef(b)
		}
	}
	answer, keep := w.receipt(), ""
	if strings.Contains(answer, "entry[") {
		keep = "entry = "
	}
	w.line(1, "%sdb.%s.insert({", keep, seed.Log)
	w.line(2, `"id": db.%s.next_id(),`, seed.Log)
	w.line(2, `"action": %s,`, quote(w.o.name))
	w.line(2, `"details": args,`)
	w.line(2, `"created_at": now(),`)
	w.line(1, "})")
	w.line(1, "return %s", answer)
}

// success is the answer to what was done, where nothing is known of the answer.
const success = `{"success": True}`

// receipt is the answer to an effect that the log keeps. Of the log itself it
// says nothing.
func (w *writer) receipt() string {
	sh := w.o.shape
	switch {
	case w.o.silent:
		return "{}"
	case sh.loose():
		return success
	case sh.mode == work:
		return w.answerWork("")
	}
	if b, t := w.answering(); t != nil {
		w.t = t
		return w.answerRow(fmt.Sprintf("db.%s.get(%s)", t.Name, w.value(b.p, t.column(t.Key))))
	}
	if sh.text {
		return w.wrapped(sh.top, sh.at, sh.written(success), "", nil)
	}
	return w.standIn(sh.top, w.freshID, 0)
}

// freshID is the id, under that name, of what has been done and no table keeps:
// the number of its entry in the log, as rows of its kind are called.
func (w *writer) freshID(name string) string {
	of := lastWord(cmp.Or(idStem(name), w.o.noun, "item"))
	return quote(of[:min(len(of), 3)]+"_") + ` + entry["id"].split("_")[-1]`
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
// under their own names, an id, the least the schema accepts.
func (w *writer) standIn(s schema.View, id func(name string) string, depth int) string {
	if !s.IsObject() || depth > 3 {
		return literal(plain(s, 0))
	}
	var parts []string
	for _, p := range s.Props() {
		n, typ := snake(p.Name), p.Schema.Type()
		switch {
		case (n == "id" || strings.HasSuffix(n, "_id")) && typ == "string" && takesAny(p.Schema) && !w.o.takes(n):
			parts = append(parts, quote(p.Name)+": "+id(p.Name))
		case p.Schema.IsObject() && p.Required:
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
func takesAny(s schema.View) bool {
	low := s.Number("minLength")
	return s.Text("pattern") == "" && s.Text("format") == "" && len(s.List("enum")) == 0 && (low == nil || *low <= 8)
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
	return plainText(schema.Of(o))
}
