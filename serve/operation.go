package serve

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// An operation is a tool with what HTTP needs to know of it.
type operation struct {
	scaler.WorldTool
	segments []string   // of its path
	names    []string   // of the variables in its path
	query    url.Values // that its path demands
	params   []param
	shadowed bool // another tool has its method and path

	structured bool // MCP clients get its results as structured content too
}

// A param is one parameter of a tool, and where a request carries it.
type param struct {
	name   string // as the tool calls it
	wire   string // as the request does
	in     string // path, query, header, property (of the body), body (the whole)
	span   string // of a path parameter that stands for several segments: these
	schema *pyjson.Object
}

// In of a param that is a property of the body.
const property = "property"

func newOperation(t scaler.WorldTool) (*operation, error) {
	o := &operation{WorldTool: t}
	o.Method = strings.ToUpper(o.Method)
	o.segments, o.names, o.query = template(t.Path)
	schema, err := pyjson.ParseObject(orEmpty(t.Parameters))
	if err != nil {
		return nil, err
	}
	o.structured = structured(parsed(t.Result), len(t.Result))
	properties := field(schema, "properties")
	for _, name := range properties.Keys() {
		p := param{name: name, in: o.placeOf(name), schema: field(properties, name)}
		p.wire = wire(name, p.in, properties)
		o.params = append(o.params, p)
	}
	o.findSpans()
	return o, nil
}

// onHTTP says whether the tool has a path of its own.
func (o *operation) onHTTP() bool { return o.Method != "" && o.Path != "" && !o.shadowed }

// placeOf returns where a parameter travels. One that no specification places is a
// property of the body, or a part of the query where there is no body.
func (o *operation) placeOf(name string) string {
	if in := o.In[name]; in != "" {
		return in
	}
	if slices.Contains(o.names, name) {
		return "path"
	}
	if o.bodiless() {
		return "query"
	}
	return property
}

func (o *operation) bodiless() bool {
	return o.Method == http.MethodGet || o.Method == http.MethodHead || o.Method == http.MethodDelete
}

// wire undoes what kept two parameters of one name apart: id_path beside id.
func wire(name, in string, all *pyjson.Object) string {
	place := in
	if in == property {
		place = "body"
	}
	if base, ok := strings.CutSuffix(name, "_"+place); ok {
		if _, twin := all.Get(base); twin {
			return base
		}
	}
	return name
}

// idle returns the variables of the path that no parameter fills.
func (o *operation) idle() []string {
	var names []string
	for _, name := range o.names {
		if !slices.ContainsFunc(o.params, func(p param) bool { return p.in == "path" && p.wire == name }) {
			names = append(names, name)
		}
	}
	return names
}

// whole returns the parameter that is the whole body, if there is one.
func (o *operation) whole() (param, bool) {
	for _, p := range o.params {
		if p.in == "body" {
			return p, true
		}
	}
	return param{}, false
}

// takesBody says whether a request for it may have a body.
func (o *operation) takesBody() bool {
	return slices.ContainsFunc(o.params, func(p param) bool { return p.in == "body" || p.in == property })
}

// status is the HTTP status of a success.
func (o *operation) status() int {
	if len(o.Statuses) > 0 {
		return o.Statuses[0]
	}
	return http.StatusOK
}

func orEmpty(schema []byte) []byte {
	if len(schema) == 0 {
		return []byte("{}")
	}
	return schema
}

// field returns an object inside an object; it is empty where there is none.
func field(o *pyjson.Object, name string) *pyjson.Object {
	if o != nil {
		v, _ := o.Get(name)
		if inner, ok := v.(*pyjson.Object); ok {
			return inner
		}
	}
	return &pyjson.Object{}
}
