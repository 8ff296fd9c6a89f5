package spec

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentscaler/scaler"
)

// A form is the one flat list of parameters that an agent is offered: what an
// operation takes in its path, query, headers and body.
type form struct {
	tool       *scaler.Tool
	properties *object
	required   []string
	unresolved []any // references to parameters that could not be followed
}

// names returns what the operation takes, offered or not.
func (f *form) names() []string {
	return append(f.properties.keys[:len(f.properties.keys):len(f.properties.keys)], f.tool.Hidden...)
}

// add offers a parameter, or sets it aside. A second one of the same name in
// another place gets the place as a suffix.
func (f *form) add(name, where string, schema *object, required bool) {
	if f.properties.has(name) {
		name += "_" + where
	}
	f.properties.set(name, schema)
	if where != "body" {
		f.tool.In[name] = where
	}
	if required {
		f.required = append(f.required, name)
	}
}

func (f *form) hide(name string) {
	if !slices.Contains(f.tool.Hidden, name) {
		f.tool.Hidden = append(f.tool.Hidden, name)
	}
}

// schema returns the form as one JSON Schema.
func (f *form) schema() *object {
	out := obj("type", "object", "properties", f.properties)
	setRequired(out, f.required)
	if len(f.unresolved) > 0 {
		out.set("x-unresolved", f.unresolved)
	}
	return out
}

// parameters reads everything an operation takes into t.
func (a *api) parameters(t *scaler.Tool, item, op *object) *form {
	f := &form{tool: t, properties: &object{}}
	t.In = map[string]string{}
	var body *object
	for _, p := range a.declared(f, item.list("parameters"), op.list("parameters")) {
		if where := p.string("in"); where == "body" {
			body = p
		} else {
			a.parameter(f, p, where)
		}
	}
	a.undeclared(f)
	if body != nil {
		a.body(f, body, body.get("schema"))
	} else if rb, _ := a.follow(op.get("requestBody")); rb != nil {
		a.requestBody(f, rb)
	} else if rb, ok := op.get("requestBody").(*object); ok {
		f.unresolved = append(f.unresolved, rb.string("$ref"))
	}
	if len(t.In) == 0 {
		t.In = nil
	}
	t.Parameters = encode(f.schema())
	return f
}

// maxParameters is how many parameters of one operation are read.
const maxParameters = 1000

// declared merges the parameters of a path with those of its operation, which
// replace them by name and place, and follows references.
func (a *api) declared(f *form, lists ...[]any) []*object {
	var out []*object
	for _, list := range lists {
		for _, v := range list {
			p, _ := a.follow(v)
			if p == nil || p.string("name") == "" && p.string("in") != "body" {
				if o, ok := v.(*object); ok && o.has("$ref") {
					f.unresolved = append(f.unresolved, o.string("$ref"))
				}
				continue
			}
			if len(out) == maxParameters {
				return out
			}
			same := func(q *object) bool { return q.string("name") == p.string("name") && q.string("in") == p.string("in") }
			if i := slices.IndexFunc(out, same); i >= 0 {
				out[i] = p
			} else {
				out = append(out, p)
			}
		}
	}
	return out
}

// parameter adds one parameter that is not the body.
func (a *api) parameter(f *form, p *object, where string) {
	name := p.string("name")
	if where == "formData" {
		where = "body"
	}
	text := plainText(p.string("description"), nestedText)
	if a.secrets[name] || isHidden(name, where, text) || isContinuation(name, where == "path" || p.bool("required")) {
		f.hide(name)
		return
	}
	schema := shape(a.find, parameterSchema(p), request)
	if text != "" {
		schema.set("description", text)
	}
	f.add(name, where, schema, where == "path" || p.bool("required"))
	a.parameterExamples(f.tool, name, p)
	dynamicLinks(f.tool, name, p)
}

// parameterSchema returns the schema of a parameter: Swagger 2 writes its
// keywords on the parameter itself, OpenAPI 3 under schema or content.
func parameterSchema(p *object) any {
	if schema, ok := p.get("schema").(*object); ok {
		return schema
	}
	for _, media := range p.object("content").all() {
		if m, ok := media.(*object); ok {
			return m.get("schema")
		}
	}
	out := &object{}
	for k, v := range p.all() {
		if k != "required" && k != "description" && k != "example" && k != "x-example" {
			out.set(k, v)
		}
	}
	return out
}

var brace = regexp.MustCompile(`\{[+]?([^{}/?*]+)[?*]?\}`)

// braced returns the names in braces of a path.
func braced(path string) []string {
	var names []string
	for _, m := range brace.FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	return names
}

// undeclared adds the variables of the path that nobody declared.
func (a *api) undeclared(f *form) {
	for _, name := range braced(f.tool.Path) {
		if !f.properties.has(name) && !slices.Contains(f.tool.Hidden, name) {
			f.add(name, "path", obj("type", "string"), true)
		}
	}
}

// requestBody reads the body of an OpenAPI 3 operation.
func (a *api) requestBody(f *form, rb *object) {
	media := bodyMedia(rb.object("content"))
	if media == nil {
		return
	}
	a.body(f, rb, media.get("schema"))
	if v := mediaExample(media, a); v != nil {
		addExample(f.tool, "body", v)
	}
}

// bodyMedia chooses among the media types of a body: JSON, then forms, then the first.
func bodyMedia(content *object) *object {
	var first *object
	best := -1
	for name, v := range content.all() {
		media, ok := v.(*object)
		if !ok {
			continue
		}
		rank := 0
		switch {
		case isJSON(name):
			rank = 2
		case strings.Contains(name, "form"):
			rank = 1
		}
		if rank > best {
			first, best = media, rank
		}
	}
	return first
}

func isJSON(mediaType string) bool {
	low := strings.ToLower(mediaType)
	return strings.Contains(low, "json") || strings.HasPrefix(low, "*/*")
}

// body adds what a request body holds: its properties beside the other
// parameters, or the whole under the name body where it has none, is a choice, or
// has one that another parameter is called.
func (a *api) body(f *form, declaration *object, schema any) {
	shaped := shape(a.find, schema, request)
	if declaration.has("x-ms-dynamic-schema") && shaped.len() == 0 {
		shaped.set("type", "object")
	}
	props := shaped.object("properties")
	if props.len() == 0 || shaped.has("oneOf") || shaped.has("anyOf") || collides(f, props) {
		wholeBody(f, declaration, shaped)
		return
	}
	required := requiredNames(shaped)
	raw := a.propertiesOf(schema)
	for key, v := range props.all() {
		p := v.(*object)
		if a.secrets[key] || isHidden(key, "body", p.string("description")) || isContinuation(key, slices.Contains(required, key)) {
			f.hide(key)
			continue
		}
		f.add(key, "body", p, slices.Contains(required, key))
		dynamicLinks(f.tool, key, raw.object(key))
	}
	if v := exampleOf(declaration); v != nil {
		addExample(f.tool, "body", v)
	}
}

func (a *api) propertiesOf(schema any) *object {
	o, _ := a.follow(schema)
	return o.object("properties")
}

func collides(f *form, props *object) bool {
	for _, key := range props.keys {
		if f.properties.has(key) {
			return true
		}
	}
	return false
}

// wholeBody offers the body as one parameter, In says so.
func wholeBody(f *form, declaration, shaped *object) {
	if shaped.len() == 0 && declaration.len() == 0 {
		return
	}
	if text := plainText(declaration.string("description"), nestedText); text != "" && !shaped.has("description") {
		shaped.set("description", text)
	}
	name := "body"
	if f.properties.has(name) {
		name = "request_body"
	}
	f.add(name, "body", shaped, declaration.bool("required"))
	f.tool.In[name] = "body"
}
