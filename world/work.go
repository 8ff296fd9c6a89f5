package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// Services that take their time answer a change with the work it makes: an
// operation, with a name and a state of its own and the row that it is about.
// Here the work is done when the call returns.

// isOperation says whether an object tells of work, as the operations of
// google.longrunning do: it is no row of what is worked on.
func isOperation(s schema.View) bool {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { _, ok := s.Prop(name); return !ok })
	}
	return has("done", "error", "metadata") || has("operationType", "status") || lastWord(snake(s.Text("title"))) == "operation" && len(s.Props()) > 2
}

// workOf finds the operation in the result of a tool about something else, at a
// property or in a list at one.
func workOf(s schema.View, noun string) (work schema.View, at string, ok bool) {
	if lastWord(noun) == "operation" {
		return schema.View{}, "", false
	}
	if isOperation(s) {
		return s, "", true
	}
	for _, p := range s.Props() {
		in := p.Schema
		if in.Type() == "array" {
			in = in.Items()
		}
		if n := words.Singular(snake(p.Name)); n == "operation" && isOperation(in) {
			return in, p.Name, true
		}
	}
	return schema.View{}, "", false
}

// answerWork writes the operation that a change of the row in variable v made.
func (w *writer) answerWork(v string) string {
	s, at, _ := workOf(w.o.shape.top, w.o.noun)
	one := w.work(s, v)
	if at == "" {
		return one
	}
	if p, _ := w.o.shape.top.Prop(at); p.Schema.Type() == "array" {
		one = "[" + one + "]"
	}
	return braces([]string{quote(at) + ": " + one})
}

// work writes an operation about a row; v is empty where it is about none.
func (w *writer) work(s schema.View, v string) string {
	var parts []string
	for _, p := range s.Props() {
		if text := w.workField(p, v); text != "" {
			parts = append(parts, quote(p.Name)+": "+text)
		} else if p.Required {
			parts = append(parts, quote(p.Name)+": "+literal(plain(p.Schema, 0)))
		}
	}
	return braces(parts)
}

// ended are the words for work that is done, the likeliest first.
var ended = []string{"succeeded", "success", "successful", "completed", "complete", "done", "finished"}

func (w *writer) workField(p schema.Prop, v string) string {
	n, typ := snake(p.Name), p.Schema.Type()
	switch {
	case troubles[n] || n == "warnings":
		return ""
	case typ == "boolean" && (n == "done" || n == "is_terminal"):
		return "True"
	case typ == "integer" && (n == "progress" || n == "percent_complete"):
		return "100"
	case typ == "string" && len(p.Schema.List("enum")) > 0:
		return w.workChoice(n, p.Schema)
	case typ == "string" && (p.Schema.Text("format") == "date-time" || strings.HasSuffix(p.Schema.Text("format"), "-datetime") || strings.HasSuffix(n, "_time") || strings.HasSuffix(n, "_at")):
		return "now()"
	case n == "metadata" && typ == "object" && len(p.Schema.Props()) == 0 && v != "":
		return fmt.Sprintf(`{"createTime": now(), "endTime": now(), "target": %s, "verb": %s}`, w.keyText(v), quote(w.o.verb))
	case n == "response" && typ == "object" && v != "" && w.o.kind != scaler.Delete:
		return w.shownRow(v)
	case typ == "string" && v != "":
		return w.workText(n, p.Schema, v)
	case typ == "string" && n == "name":
		return `"operation-" + entry["id"]` // of what is only logged
	case typ == "string" && n == "id":
		return `entry["id"]`
	}
	return ""
}

// workChoice writes a choice of an operation: how it ended, what it is about,
// what it does.
func (w *writer) workChoice(n string, s schema.View) string {
	said := chosen(s)
	find := func(want string) string {
		at := slices.IndexFunc(said, func(have string) bool {
			return strings.ReplaceAll(snake(have), "_", "") == strings.ReplaceAll(want, "_", "")
		})
		if at < 0 {
			return ""
		}
		return quote(said[at])
	}
	switch lastWord(n) {
	case "status", "state":
		for _, want := range ended {
			if text := find(want); text != "" {
				return text
			}
		}
	case "type", "kind":
		for _, want := range []string{snake(w.o.tool.Name), strings.Join(w.o.words, "_"), w.o.verb, w.o.noun, lastWord(w.o.noun)} {
			if text := find(want); text != "" {
				return text
			}
		}
	}
	return ""
}

// chosen returns the texts of an enum.
func chosen(s schema.View) []string {
	var out []string
	for _, v := range s.List("enum") {
		if text, ok := v.(string); ok {
			out = append(out, text)
		}
	}
	return out
}

// workText writes a text of an operation: its own name, or the name of the row.
func (w *writer) workText(n string, s schema.View, v string) string {
	key := w.keyText(v)
	of := func(c *scaler.Column) string {
		if c == nil || c.Type != "string" || s.Text("pattern") != schema.Parse(c.Schema).Text("pattern") || s.Text("pattern") != "" && w.t.asks(c.Name) {
			return "" // what callers give need not be as the operation spells it
		}
		return v + "[" + quote(c.Name) + "]"
	}
	own := "uuid(" + quote(w.o.name) + ", " + key + ")"
	switch n {
	case "name":
		if len(w.t.naming.forms) > 0 {
			return `"/".join(` + key + `.split("/")[:-2]) + "/operations/operation-" + ` + own + `[:13]`
		}
		return `"operation-" + ` + own + `[:13]`
	case "id", "operation_id":
		return own
	case "status", "state":
		return quote("DONE")
	case "resource_name", "target_id", "resource_id", "target":
		if c := w.t.find("name"); c != nil && n == "resource_name" {
			return of(c)
		}
		return of(w.t.find(w.t.Key))
	case "operation_type":
		return quote(w.o.verb)
	}
	if homes[n] {
		return of(w.t.find(n))
	}
	return ""
}

// shownRow writes the row as the tools that look it up show it.
func (w *writer) shownRow(v string) string {
	for _, o := range w.t.ops {
		if describes(o.kind) && o.shape.hasRows() {
			return w.project(o.shape.row, v)
		}
	}
	return v
}
