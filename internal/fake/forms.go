package fake

import (
	"encoding/json"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// forms are the values that the tools of a world show for a field, by the
// field's name: where one tool says "for example, prod-abcdzk7xy33qa" of a
// product id, all product ids of the world are written so.
type forms struct {
	shown map[string][]any
	left  int // schemas that may still be read
}

// mostForms bounds what is read, and how many values are kept of a field.
const (
	mostForms   = 20000
	formsOfEach = 6
)

func formsOf(s scaler.Schema, tools []scaler.WorldTool) *forms {
	f := &forms{shown: map[string][]any{}, left: mostForms}
	for _, t := range tools {
		table, _ := s.Table(t.Table)
		for _, schema := range []json.RawMessage{t.Parameters, t.Result} {
			if v, err := pyjson.Parse(schema); err == nil {
				f.read(v, nil, table.Entity, 0)
			}
		}
	}
	return f
}

// wide are names that say nothing without what they are the name of.
var wide = flags("id identifier name arn type state status kind key value description label title path url version code number resource ref date time format mode scope source target data result message parent owner")

// formNames are the names under which a field is known: its own where that is
// telling, and with what it belongs to before it.
func formNames(name []string, entity string) []string {
	if len(name) == 0 {
		return nil
	}
	own := words.Split(entity)
	out := []string{}
	if len(own) > 0 && (len(name) < len(own) || name[0] != own[0]) {
		out = append(out, strings.Join(own, " ")+" "+strings.Join(name, " "))
	}
	if len(name) > 1 || !wide[name[0]] {
		out = append(out, strings.Join(name, " "))
	}
	return out
}

func (f *forms) add(name []string, entity string, values []any) {
	for _, n := range formNames(name, entity) {
		for _, v := range values {
			if len(f.shown[n]) < formsOfEach && !contains(f.shown[n], v) {
				f.shown[n] = append(f.shown[n], v)
			}
		}
	}
}

// read gathers what a schema shows of its fields.
func (f *forms) read(schema any, name []string, entity string, depth int) {
	o, ok := schema.(*pyjson.Object)
	if f.left--; !ok || depth > 8 || f.left < 0 {
		return
	}
	for _, word := range []string{"allOf", "anyOf", "oneOf"} {
		for _, part := range list(o, word) {
			f.read(part, name, entity, depth+1)
		}
	}
	if props, ok := object(o, "properties"); ok {
		inside := entity
		if depth > 0 && len(name) > 0 {
			inside = strings.Join(name, " ")
		}
		for k, p := range props.All() {
			f.read(p, words.Split(k), inside, depth+1)
		}
	}
	if items, ok := o.Get("items"); ok {
		one := append([]string{}, name...)
		if n := len(one); n > 0 {
			one[n-1] = words.Singular(one[n-1])
		}
		f.read(items, one, entity, depth+1)
	}
	if typ, _ := text(o, "type"); typ == "string" && len(name) > 0 {
		f.add(name, entity, shownIn(o))
	}
}

// shownIn are the values of a text that its schema lists or shows.
func shownIn(o *pyjson.Object) []any {
	if values := list(o, "enum"); len(values) > 0 {
		return nil // of its own place; another may know others
	}
	var out []any
	example, _ := o.Get("example")
	for _, v := range append(list(o, "examples"), example) {
		if t, ok := v.(string); ok && t != "" && len(t) <= 120 && !madeToCopy(t) {
			out = append(out, t)
		}
	}
	doc, _ := text(o, "description")
	for _, t := range append(Listed(doc), Shown(doc)...) {
		out = append(out, t)
	}
	return out
}

// Teach tells a shape, and those inside it, what the world's tools show for
// fields of their names.
func (in Setting) Teach(s *Shape) {
	in.teach(s, 0)
}

func (in Setting) teach(s *Shape, depth int) {
	if s == nil || in.forms == nil || depth > maxDepth {
		return
	}
	if s.Type == "string" && len(s.Enum) == 0 && len(s.Examples) == 0 && (s.Format == "" || s.Format == "uuid") {
		for _, name := range formNames(s.Words, s.Entity) {
			if shown := in.forms.shown[name]; len(shown) > 0 {
				s.Examples = shown
				s.settle()
				break
			}
		}
	}
	in.teach(s.Items, depth+1)
	for _, f := range s.Fields {
		in.teach(f.Shape, depth+1)
	}
	in.teach(s.Others, depth+1)
}
