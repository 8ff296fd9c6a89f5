package serve

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// about says in the document what no specification says.
const about = "Send `" + sessionHeader + ": NAME` for a state of your own. `GET " + Prefix + "` tells how to reset it and see what changed."

// openapi describes the twin as an OpenAPI 3.1 document: what the world kept of
// the specification, with the results and refusals that the twin really gives.
func (t *twin) openapi() *pyjson.Object {
	paths := &pyjson.Object{}
	for _, o := range t.order {
		path, method := o.Path, strings.ToLower(o.Method)
		if !o.onHTTP() {
			path, method = Prefix+"/tools/"+o.Name, "post"
		}
		item := field(paths, path)
		item.Set(method, t.described(o))
		paths.Set(path, item)
	}
	return object("openapi", "3.1.0",
		"info", object("title", t.Name, "version", scaler.Version, "summary", "A twin of the API, with made-up data.", "description", t.Summary+"\n\n"+about+"\n\n"+t.Policy),
		"servers", []any{object("url", cmp.Or(t.at, "/"))},
		"paths", paths,
		"components", object("schemas", object("Refusal", refusalSchema())))
}

// described is one operation of the document.
func (t *twin) described(o *operation) *pyjson.Object {
	out := object("operationId", o.Name, "description", o.Description)
	if o.onHTTP() {
		required := requiredOf(o)
		var params []any
		for _, p := range o.params {
			if p.in != "body" && p.in != property && p.span == "" {
				params = append(params, object("name", p.wire, "in", p.in, "required", required[p.name], "schema", p.schema))
			}
		}
		for _, name := range o.idle() {
			params = append(params, object("name", name, "in", "path", "required", true, "schema", object("type", "string")))
		}
		if len(params) > 0 {
			out.Set("parameters", params)
		}
		if body := bodySchema(o, required); body != nil {
			whole, isWhole := o.whole()
			out.Set("requestBody", object("required", !isWhole || required[whole.name], "content", object("application/json", object("schema", body))))
		}
	} else {
		out.Set("requestBody", object("content", object("application/json", object("schema", parsed(o.Parameters)))))
	}
	out.Set("responses", t.responses(o))
	return out
}

// bodySchema is the schema of the request's body, or nil where it has none.
func bodySchema(o *operation, required map[string]bool) *pyjson.Object {
	if p, ok := o.whole(); ok {
		return p.schema
	}
	if !o.takesBody() {
		return nil
	}
	properties, must := &pyjson.Object{}, []any(nil)
	for _, p := range o.params {
		if p.in != property {
			continue
		}
		properties.Set(p.wire, p.schema)
		if required[p.name] {
			must = append(must, p.wire)
		}
	}
	schema := object("type", "object", "properties", properties)
	if must != nil {
		schema.Set("required", must)
	}
	return schema
}

func (t *twin) responses(o *operation) *pyjson.Object {
	success := object("description", "It worked.")
	if len(o.Result) > 0 && !empty(o.status()) {
		success.Set("content", object("application/json", object("schema", parsed(o.Result))))
	}
	out := object(strconv.Itoa(o.status()), success)
	refused := func(says string) *pyjson.Object {
		return object("description", says, "content", object("application/json", object("schema", object("$ref", "#/components/schemas/Refusal"))))
	}
	for _, status := range o.Statuses[min(1, len(o.Statuses)):] {
		out.Set(strconv.Itoa(status), refused(http.StatusText(status)))
	}
	out.Set("default", refused("The tool refused."))
	return out
}

// refusalSchema is the shape of every refusal.
func refusalSchema() *pyjson.Object {
	text := object("type", "string")
	return object("type", "object", "required", []any{"error"}, "properties", object(
		"error", object("type", "object", "required", []any{"code", "message"}, "properties", object("code", text, "message", text))))
}

func requiredOf(o *operation) map[string]bool {
	list, _ := parsed(o.Parameters).Get("required")
	names, _ := list.([]any)
	out := map[string]bool{}
	for _, n := range names {
		if name, ok := n.(string); ok {
			out[name] = true
		}
	}
	for _, p := range o.params {
		if p.in == "path" {
			out[p.name] = true
		}
	}
	return out
}

// parsed is a schema as a value; it was parsed before, so it does parse.
func parsed(schema []byte) *pyjson.Object {
	o, err := pyjson.ParseObject(orEmpty(schema))
	if err != nil {
		return &pyjson.Object{}
	}
	return o
}

// object makes a JSON object of names and values.
func object(pairs ...any) *pyjson.Object {
	o := pyjson.NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}
