package spec

import (
	"cmp"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// isDiscovery says whether a document is a Google API Discovery document, version 1.
func isDiscovery(root any) bool {
	o, _ := root.(*object)
	return o.string("kind") == "discovery#restDescription" || o.has("discoveryVersion") && o.object("resources") != nil
}

// readDiscovery reads one service from a Discovery document: methods, nested in
// resources to any depth.
func readDiscovery(d *Document) []Service {
	root := d.Root.(*object)
	a := &api{place: d.Place, find: schemasByName(root)}
	host := obj("servers", []any{obj("url", cmp.Or(root.string("rootUrl"), root.string("baseUrl")))}).host()
	s := Service{
		Name:    serviceSlug(cmp.Or(root.string("name"), root.string("title")), host, d.Place.File),
		Version: root.string("version"),
		Host:    host,
	}
	a.service = s.Name
	s.Items = a.resource(root, "", nil, 0)
	return []Service{s}
}

// schemasByName resolves references that are the bare name of a schema.
func schemasByName(root *object) resolver {
	schemas := root.object("schemas")
	return func(ref string) (any, bool) {
		name := strings.TrimPrefix(ref, "#/schemas/")
		return schemas.get(name), schemas.has(name)
	}
}

// resource reads the methods of a resource and of those inside it.
func (a *api) resource(r *object, at string, path []string, depth int) []Item {
	var items []Item
	for name, v := range r.object("methods").all() {
		items = append(items, a.method(name, pointer(at, "methods", name), path, v))
	}
	if depth == maxDepth {
		return items
	}
	for name, v := range r.object("resources").all() {
		if inner, ok := v.(*object); ok {
			items = append(items, a.resource(inner, pointer(at, "resources", name), append(path, name), depth+1)...)
		}
	}
	return items
}

// method reads one method as a tool. It is named by its place among the
// resources: files.permissions.create.
func (a *api) method(name, at string, resources []string, v any) Item {
	m, ok := v.(*object)
	title := strings.Join(append(resources[:len(resources):len(resources)], name), ".")
	switch {
	case !ok:
		return a.reject(title, "unreadable-operation", "not an object", at)
	case m.cut:
		return a.reject(title, "broken", "the document breaks off inside this operation", at)
	}
	t := &scaler.Tool{
		Method:      strings.ToUpper(cmp.Or(m.string("httpMethod"), "GET")),
		Path:        "/" + strings.TrimPrefix(cmp.Or(m.string("flatPath"), m.string("path")), "/"),
		Title:       cmp.Or(m.string("id"), title),
		Name:        words.Ident(title, nameLength),
		Description: plainText(m.string("description"), toolText),
		Deprecated:  m.bool("deprecated"),
		Origin:      a.place,
	}
	t.Origin.Pointer = at
	if len(t.Name) < len(title) { // too long: the end says what it does
		t.Name = words.Ident(strings.Join(append(lastTwo(resources), name), "."), nameLength)
	}
	f := &form{tool: t, properties: &object{}}
	t.In = map[string]string{}
	for key, p := range m.object("parameters").all() {
		if p, ok := p.(*object); ok {
			a.parameter(f, discoveryParameter(key, p), cmp.Or(p.string("location"), "query"))
		}
	}
	if !m.has("flatPath") || m.string("flatPath") == m.string("path") {
		a.undeclared(f) // {+name} stands for many segments, which flatPath spells out
	}
	if body := m.object("request"); body != nil && !a.empty(body) {
		a.body(f, &object{}, body)
	}
	t.Parameters = encode(f.schema())
	a.discoveryResult(t, m)
	e := evidence{method: t.Method, path: t.Path, name: title, description: t.Description, params: f.names()}
	// A subscription to changes may be made with it too, so a verb that writes counts more.
	if t.Method == "POST" && readonlyScope(m.list("scopes")) && e.vote().score > -margin {
		e.hint, e.hintName = scaler.Read, scopeHint
	}
	t.Effect, t.EffectWhy = e.decide()
	return Item{Tool: t}
}

func lastTwo(list []string) []string {
	list = list[max(0, len(list)-2):]
	return list[:len(list):len(list)]
}

// discoveryParameter writes a parameter as Swagger 2 does.
func discoveryParameter(name string, p *object) *object {
	out := obj("name", name)
	if p.bool("repeated") {
		out.set("type", "array")
		items := &object{}
		for k, v := range p.all() {
			switch k {
			case "type", "format", "enum", "pattern":
				items.set(k, v)
			case "repeated":
			default:
				out.set(k, v)
			}
		}
		out.set("items", items)
		return out
	}
	for k, v := range p.all() {
		out.set(k, v)
	}
	return out
}

func (a *api) discoveryResult(t *scaler.Tool, m *object) {
	t.ResultFrom = scaler.NoOrigin
	schema := m.object("response")
	if schema == nil {
		return
	}
	if shaped := shape(a.find, schema, response); says(shaped) {
		t.Result, t.ResultFrom = encode(shaped), scaler.Declared
	}
}

// scopeHint names the evidence of a scope; words had a part in it.
const scopeHint = "readonly scope"

// readonlyScope says whether a token that may only read is enough.
func readonlyScope(scopes []any) bool {
	for _, v := range scopes {
		if s := scalarText(v); strings.HasSuffix(s, ".readonly") || strings.HasSuffix(s, ".read-only") {
			return true
		}
	}
	return false
}

// empty says whether a schema has nothing in it, as of a request that only its
// address makes.
func (a *api) empty(schema *object) bool {
	o, _ := a.follow(schema)
	return o.object("properties").len() == 0 && !o.has("additionalProperties") && !o.has("items")
}
