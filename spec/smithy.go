package spec

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// isSmithy says whether a document is the JSON AST of a Smithy model, 1.0 or 2.0.
func isSmithy(root any) bool {
	o, _ := root.(*object)
	return o.has("smithy") && o.object("shapes") != nil
}

// A smithy is the model being read.
type smithy struct {
	api
	shapes *object
	schema map[string]any // schemas made of shapes so far
}

// readSmithy reads the operations of a model as one service.
func readSmithy(d *Document) []Service {
	m := &smithy{api: api{place: d.Place}, shapes: d.Root.(*object).object("shapes"), schema: map[string]any{}}
	m.find = m.schemaOf
	s := m.serviceShape(d.Place.File)
	m.service = s.Name
	byID := map[string]*scaler.Tool{}
	for id, v := range m.shapes.all() {
		shape, ok := v.(*object)
		if !ok || shape.string("type") != "operation" {
			continue
		}
		item := m.operation(id, shape)
		byID[id] = item.Tool
		s.Items = append(s.Items, item)
	}
	m.resourceLinks(byID)
	return []Service{s}
}

// serviceShape names the service by its first service shape.
func (m *smithy) serviceShape(file string) Service {
	for id, v := range m.shapes.all() {
		if o, ok := v.(*object); ok && o.string("type") == "service" {
			about := trait(o, "aws.api#service")
			name := cmp.Or(about.string("sdkId"), scalarText(o.object("traits").get("smithy.api#title")), shapeName(id))
			host := ""
			if end := about.string("endpointPrefix"); end != "" {
				host = strings.ToLower(end) + ".amazonaws.com"
			}
			return Service{Name: serviceSlug(name, "", file), Version: o.string("version"), Host: host}
		}
	}
	return Service{Name: serviceSlug("", "", file)}
}

// trait returns a trait with members.
func trait(o *object, name string) *object { return o.object("traits").object(name) }

func hasTrait(o *object, name string) bool { return o.object("traits").has(name) }

func documentation(o *object) string {
	return o.object("traits").string("smithy.api#documentation")
}

// shapeName drops the namespace and member of a shape ID: Pet of com.example#Pet.
func shapeName(id string) string { return refName(id) }

// operation reads one operation as a tool. Not half of them are bound to HTTP.
func (m *smithy) operation(id string, op *object) Item {
	at := pointer("/shapes", id)
	if op.cut {
		return m.reject(shapeName(id), "broken", "the document breaks off inside this operation", at)
	}
	t := &scaler.Tool{
		Name:        words.Ident(words.Snake(shapeName(id)), nameLength),
		Title:       shapeName(id),
		Description: plainText(documentation(op), toolText),
		Deprecated:  hasTrait(op, "smithy.api#deprecated"),
		Tags:        tagNames(op.object("traits").list("smithy.api#tags")),
		ResultFrom:  scaler.NoOrigin,
		Origin:      m.place,
	}
	t.Origin.Pointer = at
	if http := trait(op, "smithy.api#http"); http != nil {
		path, _, _ := strings.Cut(http.string("uri"), "?")
		t.Method, t.Path = strings.ToUpper(http.string("method")), strings.ReplaceAll(path, "+}", "}") // {key+} spans segments
		t.In = map[string]string{}
	}
	f := m.input(t, op)
	m.output(t, op)
	for _, v := range op.object("traits").list("smithy.api#examples") {
		if example, ok := v.(*object); ok {
			addExampleOf(t, "body", example.get("input"))
			addExampleOf(t, "", example.get("output"))
		}
	}
	e := evidence{method: t.Method, path: t.Path, name: t.Name, description: t.Description, params: f.names()}
	if hasTrait(op, "smithy.api#readonly") {
		e.hint, e.hintName = scaler.Read, "trait readonly"
	}
	t.Effect, t.EffectWhy = e.decide()
	return Item{Tool: t}
}

func addExampleOf(t *scaler.Tool, param string, v any) {
	if o, ok := v.(*object); ok && o.len() > 0 {
		addExample(t, param, v)
	}
}

// target returns the ID and shape that an operation's input or output, or a member, is of.
func (m *smithy) target(o *object, key string) (string, *object) {
	id := o.object(key).string("target")
	return id, m.shapes.object(id)
}

// input reads the members of the input as parameters.
func (m *smithy) input(t *scaler.Tool, op *object) *form {
	f := &form{tool: t, properties: &object{}}
	id, in := m.target(op, "input")
	if in == nil && id != "" && !strings.HasPrefix(id, "smithy.api#") {
		f.unresolved = append(f.unresolved, id)
	}
	pages := trait(op, "smithy.api#paginated")
	for name, v := range in.object("members").all() {
		member, ok := v.(*object)
		if !ok {
			continue
		}
		traits := member.object("traits")
		where := "body"
		switch {
		case t.Method == "":
		case traits.has("smithy.api#httpLabel"):
			where = "path"
		case traits.has("smithy.api#httpQuery") || traits.has("smithy.api#httpQueryParams"):
			where = "query"
		case traits.has("smithy.api#httpHeader") || traits.has("smithy.api#httpPrefixHeaders"):
			where = "header"
		}
		required := traits.has("smithy.api#required") || where == "path"
		aside := traits.has("smithy.api#idempotencyToken") || name == pages.string("inputToken")
		if aside && where != "path" || isHidden(name, where, documentation(member)) || isContinuation(name, required) {
			f.hide(name)
			continue
		}
		p := shape(m.find, m.member(member), request)
		if t.Method != "" && traits.has("smithy.api#httpPayload") {
			f.add(name, "payload", p, required)
			t.In[name] = "body"
			continue
		}
		f.add(name, where, p, required)
	}
	m.undeclared(f)
	if len(t.In) == 0 {
		t.In = nil
	}
	t.Parameters = encode(f.schema())
	return f
}

// output takes the result from the output structure, or from the one member of it
// that is the whole payload.
func (m *smithy) output(t *scaler.Tool, op *object) {
	id, out := m.target(op, "output")
	members := out.object("members")
	if members.len() == 0 {
		return
	}
	schema := any(obj("$ref", id))
	for _, v := range members.all() {
		if member, ok := v.(*object); ok && hasTrait(member, "smithy.api#httpPayload") {
			schema = m.member(member)
		}
	}
	t.Result, t.ResultFrom = encode(shape(m.find, schema, response)), scaler.Declared
}

// member returns the schema of a member: that of its target, with what the member adds.
func (m *smithy) member(member *object) *object {
	out := obj("$ref", member.string("target"))
	if text := documentation(member); text != "" {
		out.set("description", text)
	}
	if v := member.object("traits").get("smithy.api#default"); v != nil {
		out.set("default", v)
	}
	return out
}

// schemaOf returns the schema of a shape, whose members refer to other shapes.
func (m *smithy) schemaOf(id string) (any, bool) {
	if v, ok := m.schema[id]; ok {
		return v, true
	}
	shape := m.shapes.object(id)
	if shape == nil {
		name, ok := strings.CutPrefix(id, "smithy.api#")
		return obj("type", preludeTypes[strings.TrimPrefix(name, "Primitive")]), ok
	}
	v := m.shapeSchema(shape)
	if text := documentation(shape); text != "" {
		v.set("description", text)
	}
	m.schema[id] = v
	return v, true
}

// preludeTypes are the types that every model may use, in the words of foreignTypes.
var preludeTypes = map[string]string{
	"String": "string", "Blob": "blob", "Boolean": "boolean", "Timestamp": "timestamp", "Document": "any",
	"Byte": "integer", "Short": "integer", "Integer": "integer", "Long": "long", "BigInteger": "integer",
	"Float": "float", "Double": "double", "BigDecimal": "decimal", "Unit": "object",
}

// simpleTypes are the kinds of simple shapes that have another name in foreignTypes.
var simpleTypes = map[string]string{
	"byte": "integer", "short": "integer", "bigInteger": "integer", "bigDecimal": "decimal", "document": "any",
}

// shapeSchema writes a shape in JSON Schema. A union is an object with exactly one member.
func (m *smithy) shapeSchema(shape *object) *object {
	out := &object{}
	switch kind := shape.string("type"); kind {
	case "structure", "union":
		props, required := &object{}, []any{}
		for name, v := range shape.object("members").all() {
			if member, ok := v.(*object); ok {
				props.set(name, m.member(member))
				if hasTrait(member, "smithy.api#required") {
					required = append(required, name)
				}
			}
		}
		out = obj("type", "object", "properties", props, "required", required)
		if kind == "union" {
			out.set("minProperties", json.Number("1"))
			out.set("maxProperties", json.Number("1"))
		}
	case "list", "set":
		out = obj("type", "array")
		if member := shape.object("member"); member != nil {
			out.set("items", m.member(member))
		}
		out.set("uniqueItems", kind == "set" || hasTrait(shape, "smithy.api#uniqueItems"))
	case "map":
		out = obj("type", "object")
		if value := shape.object("value"); value != nil {
			out.set("additionalProperties", m.member(value))
		}
	case "enum", "intEnum":
		out = obj("type", map[string]string{"enum": "string", "intEnum": "integer"}[kind], "enum", enumValues(shape))
	default:
		out = obj("type", cmp.Or(simpleTypes[kind], kind))
		if list := shape.object("traits").list("smithy.api#enum"); list != nil { // Smithy 1
			out.set("enum", enumTrait(list))
		}
	}
	constrain(shape, out)
	return out
}

func enumValues(shape *object) []any {
	var values []any
	for name, v := range shape.object("members").all() {
		member, _ := v.(*object)
		value := member.object("traits").get("smithy.api#enumValue")
		if value == nil {
			value = name
		}
		values = append(values, value)
	}
	return values
}

func enumTrait(list []any) []any {
	var values []any
	for _, v := range list {
		if o, ok := v.(*object); ok && o.has("value") {
			values = append(values, o.get("value"))
		}
	}
	return values
}

// constrain copies the traits that bound a shape.
func constrain(shape, out *object) {
	length, bounds := trait(shape, "smithy.api#length"), trait(shape, "smithy.api#range")
	for _, b := range []struct {
		from *object
		key  string
		to   []string
	}{{length, "min", []string{"minLength", "minItems", "minProperties"}}, {length, "max", []string{"maxLength", "maxItems", "maxProperties"}},
		{bounds, "min", []string{"minimum"}}, {bounds, "max", []string{"maximum"}}} {
		if v := b.from.get(b.key); v != nil {
			for _, key := range b.to {
				out.set(key, v)
			}
		}
	}
	if p := shape.object("traits").string("smithy.api#pattern"); p != "" {
		out.set("pattern", p)
	}
}
