package world

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/schema"
	"github.com/agentscaler/scaler/internal/words"
)

// Clouds let one put tags on any resource, whatever it is, by three tools that
// take its name: one puts tags on, one takes them off, one shows them. They are
// about the tags of a resource and know nothing of what it is.

// A labelling is what such a tool does with the tags of a resource.
type labelling struct {
	does     string      // put, take or show
	resource param       // names the resource
	tags     param       // what is put on or taken off
	shown    schema.Prop // of the declared result: the tags
}

// tagged is the column that holds the tags of a resource.
const tagged = "tags"

// readLabels recognises the tools that put tags on resources. They are about
// nothing else that the domain speaks of.
func (dr *draft) readLabels() {
	for _, o := range dr.ops {
		if o.label = o.labels(); o.label != nil {
			o.kind, o.noun, o.path, o.action, o.plural = scaler.Compute, "", nil, "", false
			o.note("its name says that it is about the tags of any resource")
		}
	}
}

// labels returns what the tool does with tags; nil where it is no such tool.
func (o *op) labels() *labelling {
	if !slices.ContainsFunc(o.words, func(w string) bool { return w == "tag" || w == "tags" || w == "untag" }) {
		return nil
	}
	l := &labelling{}
	for _, p := range o.params {
		switch typ := p.Schema.Type(); {
		case p.Required && typ == "string" && p.Wrap == "" && namesResource(p.Name) && l.resource.Name == "":
			l.resource = p
		case p.Required && p.Wrap == "" && ofTags(p.Name) && (isTags(p.Schema) || typ == "array" && p.Schema.Items().Type() == "string"):
			l.tags = p
		}
	}
	for _, p := range o.result.Props() {
		if ofTags(p.Name) && isTags(p.Schema) {
			l.shown = p
		}
	}
	reads, verb := o.tool.Effect == scaler.Read, first(o.words)
	switch {
	case l.resource.Name == "":
	case reads && l.shown.Name != "" && l.tags.Name == "":
		l.does = "show"
		return l
	case !reads && (takingOff[verb] || verb == "untag" || verb == "delete") && l.tags.Name != "":
		l.does = "take"
		return l
	case !reads && isTags(l.tags.Schema):
		l.does = "put"
		return l
	}
	return nil
}

// namesResource says whether an argument names a resource of any kind.
func namesResource(name string) bool {
	switch snake(name) {
	case "arn", "resource", "resource_arn", "resource_id", "resource_name", "resource_identifier":
		return true
	}
	return false
}

func ofTags(name string) bool {
	return slices.ContainsFunc(words.Split(name), func(w string) bool { return words.Singular(w) == "tag" })
}

// isTags says whether values are tags: texts by name, or a list of names with texts.
func isTags(s schema.View) bool {
	key, _ := tagNames(s)
	return key != "" || s.Type() == "object" && len(s.Props()) == 0
}

// tagNames returns what a list of tags calls their names and their texts; empty
// for what is no list of tags.
func tagNames(s schema.View) (key, value string) {
	if s.Type() != "array" {
		return "", ""
	}
	for _, p := range s.Items().Props() {
		switch n := lastWord(snake(p.Name)); {
		case p.Schema.Type() != "string":
		case n == "key" || n == "name":
			key = p.Name
		case n == "value":
			value = p.Name
		}
	}
	if value == "" {
		return "", ""
	}
	return key, value
}

// label makes the table of the tags, and binds the tools to it.
func (dr *draft) label() {
	var t *table
	forms := &asked{}
	for _, o := range dr.ops {
		if o.label == nil {
			continue
		}
		if t == nil {
			entity := "resource"
			if dr.atlas.byName[entity] != nil {
				entity = "tagged_resource"
			}
			t = &table{declared: true, Table: scaler.Table{Name: tableName(entity), Entity: entity, Key: "resource", Columns: []scaler.Column{
				{Name: "resource", Type: "string", Semantic: "id", Unique: true},
				{Name: tagged, Type: "object", Schema: json.RawMessage(`{"type": "object", "additionalProperties": {"type": "string"}}`)},
			}}}
			dr.atlas.tables = append(dr.atlas.tables, t)
			dr.atlas.byName[entity] = t
		}
		forms.add(o.label.resource.Schema)
		if strings.Contains(snake(o.label.resource.Name), "arn") {
			t.Columns[0].Name, t.Key = "arn", "arn"
		}
		t.ops, o.table = append(t.ops, o), t
	}
	if t == nil {
		return
	}
	switch key := &t.Columns[0]; {
	case t.Key != "arn":
		forms.fit(t, key)
	case len(forms.patterns) == 0:
		key.Schema = patternOf("^arn:aws:.+$", 0, 0)
	default:
		key.Schema = anyOf(forms.forms)
	}
	for _, o := range t.ops {
		o.bindLabel(t)
	}
}

// bindLabel says what the arguments of a tool about tags mean.
func (o *op) bindLabel(t *table) {
	o.kind, o.binds = scaler.Update, nil
	if o.label.does == "show" {
		o.kind = scaler.Get
	}
	o.shape = shape{mode: other, top: o.result}
	for _, p := range o.params {
		b := bind{p: p, Bind: scaler.Bind{Param: p.path(), Role: roleInput}}
		switch {
		case p.Name == o.label.resource.Name:
			b.Role, b.Table, b.Column = roleKey, t.Name, t.Key
		case p.Name == o.label.tags.Name && o.label.does == "take":
			b.Role, b.Table, b.Column = roleFilter, t.Name, tagged
		case p.Name == o.label.tags.Name:
			b.Role, b.Table, b.Column = roleSet, t.Name, tagged
		}
		o.binds = append(o.binds, b)
	}
}

// labelling writes such a tool. The resource is one whose tags are on record, or
// a row of another table that has its name.
func (w *writer) labelling() {
	l, name := w.o.label, w.arg(w.o.label.resource)
	if l.does != "show" {
		w.writes(w.t.Name)
	}
	w.findResource(name)
	switch l.does {
	case "put":
		w.line(1, "resource[%s] = %s(resource[%s], %s)", quote(tagged), w.use("merged"), quote(tagged), w.asTags(l.tags))
	case "take":
		w.line(1, "resource[%[1]s] = {name: resource[%[1]s][name] for name in resource[%[1]s] if name not in %[2]s}", quote(tagged), w.tagsTaken(l.tags))
	}
	w.line(1, "return %s", w.showTags())
}

// findResource writes the lines that find the row with the tags. A row of another
// table that has none yet has no tags.
func (w *writer) findResource(name string) {
	rule := ""
	if w.o.label.does != "show" {
		rule = ", rule = " + quote(w.rule(scaler.Rule{Kind: "exists", Table: w.t.Name, Column: w.t.Key, Text: "The resource must be one that we have on record."}, "exists"))
	}
	if rows := w.resources(name); rows != "" {
		w.line(1, "resource = db.%s.get(%s)", w.t.Name, name)
		w.line(1, "if resource == None and (%s):", rows)
		if none := fmt.Sprintf("{%s: %s, %s: {}}", quote(w.t.Key), name, quote(tagged)); w.o.label.does == "show" {
			w.line(2, "resource = %s", none)
		} else {
			w.line(2, "resource = db.%s.insert(%s)", w.t.Name, none)
		}
		w.line(1, "if resource == None:")
		w.line(2, `refuse("not_found", "There is no resource %%s." %% %s%s)`, name, rule)
		return
	}
	w.line(1, "resource = %s(db.%s, \"resource\", %s%s)", w.use("need"), w.t.Name, name, rule)
}

// resources writes the search for a row of another table that has the name.
func (w *writer) resources(name string) string {
	var rows []string
	for _, t := range w.a.tables {
		for _, c := range t.Columns {
			n := snake(c.Name)
			own := n == "arn" || n == "resource_arn" || n == t.Entity+"_arn" || n == lastWord(t.Entity)+"_arn"
			if t != w.t && c.Type == "string" && own {
				rows = append(rows, fmt.Sprintf("db.%s.query(where = [(%s, \"==\", %s)], limit = 1)", t.Name, quote(c.Name), name))
			}
		}
	}
	return strings.Join(rows, " or ")
}

// asTags writes an argument as texts by name.
func (w *writer) asTags(p param) string {
	if key, value := tagNames(p.Schema); key != "" {
		return fmt.Sprintf("{tag[%s]: tag.get(%s) for tag in %s if %s in tag}", quote(key), quote(value), w.arg(p), quote(key))
	}
	return w.arg(p)
}

// tagsTaken writes the names of the tags that are taken off.
func (w *writer) tagsTaken(p param) string {
	if key, _ := tagNames(p.Schema); key != "" {
		return fmt.Sprintf("[tag.get(%s) for tag in %s]", quote(key), w.arg(p))
	}
	return w.arg(p)
}

// showTags writes the declared result, with the tags in its form of them.
func (w *writer) showTags() string {
	if w.o.result.Type() == "" {
		return "resource"
	}
	var parts []string
	for _, p := range w.o.result.Props() {
		text, ok := "", true
		switch key, value := tagNames(p.Schema); {
		case p.Name != w.o.label.shown.Name:
			text, ok = w.meta(p, "", nil)
		case key != "":
			text = fmt.Sprintf("[{%s: name, %s: resource[%s][name]} for name in resource[%s]]", quote(key), quote(value), quote(tagged), quote(tagged))
		default:
			text = "resource[" + quote(tagged) + "]"
		}
		if ok {
			parts = append(parts, quote(p.Name)+": "+text)
		}
	}
	return braces(parts)
}
