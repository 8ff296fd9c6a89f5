package spec

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// isToolBench says whether a document is one listing of RapidAPI as ToolBench
// keeps it (toolenv/tools/CATEGORY/TOOL.json, 2023).
func isToolBench(root any) bool {
	o, _ := root.(*object)
	list := o.list("api_list")
	return list != nil && (o.has("tool_name") || o.has("tool_description") || o.has("host"))
}

// readToolBench reads the endpoints of one listing as one service.
func readToolBench(d *Document) []Service {
	root := d.Root.(*object)
	name := cmp.Or(root.string("title"), root.string("tool_name"), root.string("name"))
	s := Service{Name: serviceSlug(name, root.string("host"), d.Place.File), Host: root.string("host")}
	l := listing{api{place: d.Place, service: s.Name, find: within(root)}}
	for i, v := range root.list("api_list") {
		at := pointer("/api_list", strconv.Itoa(i))
		e, ok := v.(*object)
		switch {
		case !ok:
			s.Items = append(s.Items, l.reject("", "not-a-tool", "the entry is not an object", at))
		case e.cut:
			s.Items = append(s.Items, l.reject(e.string("name"), "broken", "the document breaks off inside this tool", at))
		default:
			s.Items = append(s.Items, l.endpoint(e, at))
		}
	}
	return []Service{s}
}

// A listing is a ToolBench document being read.
type listing struct{ api }

// endpoint reads one endpoint as a tool.
func (l *listing) endpoint(e *object, at string) Item {
	name := cmp.Or(e.string("name"), e.string("api_name"))
	method := cmp.Or(strings.ToUpper(e.string("method")), "GET")
	path := endpointPath(e.string("url"))
	if name == "" && path == "/" {
		return l.reject("", "no-name", "", at)
	}
	if len(path) > maxPath {
		return l.reject(cutText(name, 100), "unreadable-path", "", at)
	}
	t := &scaler.Tool{
		Method:      method,
		Path:        path,
		Title:       plainText(name, 200),
		Name:        endpointName(name, method, path, l.service),
		Description: plainText(cmp.Or(e.string("description"), e.string("api_description")), toolText),
		In:          map[string]string{},
		Origin:      l.place,
	}
	t.Origin.Pointer = at
	f := &form{tool: t, properties: &object{}}
	l.inputs(f, e)
	l.undeclared(f)
	if len(t.In) == 0 {
		t.In = nil
	}
	t.Parameters = encode(f.schema())
	l.output(t, e)
	t.Effect, t.EffectWhy = evidence{
		method: method, path: path, name: name, description: t.Description, params: f.names(),
	}.decide()
	return Item{Tool: t}
}

// endpointPath returns the path of an address. What stands behind a question mark
// is made of parameters that are declared as well.
func endpointPath(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		_, address, _ = strings.Cut(rest, "/")
	}
	address, _, _ = strings.Cut(address, "?")
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	return "/" + strings.TrimLeft(strings.TrimSpace(address), "/")
}

// endpointName makes a callable name of a title such as "/v1/search (beta)". Where
// nothing of the title can be used, the path names the endpoint.
func endpointName(title, method, path, service string) string {
	if name := strings.Trim(words.Ident(title, nameLength), "_-"); strings.ContainsFunc(name, isLetter) {
		return name
	}
	return operationName("", strings.ToLower(method), path, service)
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// inputs reads the two lists of parameters. Nothing says where they go but the
// path and the sample code. What the listing calls a default is what its test form
// was filled with: an example.
func (l *listing) inputs(f *form, e *object) {
	where := "query"
	if code := e.string("code"); strings.Contains(code, "payload = ") && !strings.Contains(code, "querystring = ") {
		where = "body"
	}
	inPath := braced(f.tool.Path)
	for _, key := range []string{"required_parameters", "optional_parameters"} {
		for _, v := range e.list(key)[:min(len(e.list(key)), maxParameters)] {
			p, ok := v.(*object)
			name := strings.TrimSpace(p.string("name"))
			if !ok || name == "" || f.properties.has(name) {
				continue
			}
			schema := &object{}
			for k, v := range p.all() {
				if k != "default" {
					schema.set(k, v)
				}
			}
			schema.set("name", name)
			schema.set("required", key == "required_parameters")
			if v := p.get("default"); v != nil && v != "" {
				schema.set("example", v)
			}
			switch {
			case slices.Contains(inPath, name):
				l.parameter(f, schema, "path")
			case p.string("type") == "CREDENTIALS" || strings.Contains(name, "-") && isHidden(name, "header", ""):
				f.hide(name)
			default:
				l.parameter(f, schema, where)
			}
		}
	}
}

// output takes the result from the schema where there is one, or else from what
// the endpoint once answered.
func (l *listing) output(t *scaler.Tool, e *object) {
	t.ResultFrom = scaler.NoOrigin
	if schema := e.first("schema", "template_response"); schema != nil {
		o, _ := unquoted(schema).(*object)
		switch {
		case o.len() == 0:
		case isSchema(o) && saysSchema(o):
			if shaped := shape(within(o), o, response); says(shaped) {
				t.Result, t.ResultFrom = encode(shaped), scaler.Declared
			}
		default:
			setExampleResult(t, o)
		}
	}
	for _, key := range []string{"body", "test_endpoint"} {
		if answer := unquoted(e.get(key)); t.Result == nil && isAnswer(answer) {
			addExample(t, "", answer)
			setExampleResult(t, answer)
		}
	}
}

func setExampleResult(t *scaler.Tool, v any) {
	t.Result, t.ResultFrom = encode(schemaOf(trim(v))), scaler.FromExample
}

// saysSchema tells a schema from an answer that happens to look like one.
func saysSchema(o *object) bool {
	_, standard := standardType(o.string("type"))
	return standard || o.has("properties") || o.has("items") || o.has("$ref") || o.has("oneOf") || o.has("anyOf") || o.has("allOf")
}

// isAnswer says whether a recorded answer shows what the endpoint returns: not
// the sample of the form, and not only a complaint.
func isAnswer(v any) bool {
	switch v := v.(type) {
	case []any:
		return len(v) > 0
	case *object:
		if v.string("key1") == "value" {
			return false
		}
		for _, key := range v.keys {
			if !complaint[strings.ToLower(key)] {
				return true
			}
		}
	}
	return false
}

// complaint holds the keys of which an error message is made.
var complaint = wordSet(`message messages error errors info detail details status code statuscode success ok msg timestamp path`)
