package spec

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
)

// result reads what an operation answers when it succeeds: the schema, declared
// or made from an example, the examples and the links.
func (a *api) result(t *scaler.Tool, op *object) {
	t.ResultFrom = scaler.NoOrigin
	code, resp := a.success(op.object("responses"))
	t.Statuses = statuses(op.object("responses"), code)
	if resp == nil {
		return
	}
	a.collectLinks(t, resp.object("links"))
	schema, example := resp.get("schema"), swaggerExample(resp.object("examples"))
	if media := resultMedia(resp.object("content")); media != nil {
		schema, example = media.get("schema"), mediaExample(media, a)
	}
	if o, _ := a.follow(schema); example == nil && o != nil {
		example = o.first("example", "x-example")
	}
	example = unquoted(example)
	if example != nil {
		addExample(t, "", example)
	}
	shaped := shape(a.find, schema, response)
	switch {
	case says(shaped):
		t.Result, t.ResultFrom = encode(shaped), scaler.Declared
	case example != nil:
		t.Result, t.ResultFrom = encode(schemaOf(trim(example))), scaler.FromExample
	case schema != nil:
		t.Result, t.ResultFrom = encode(shaped), scaler.Declared
	}
}

// says reports whether a schema tells more than that something, or some object, comes.
func says(schema *object) bool {
	for key := range schema.all() {
		switch key {
		case "type", "title", "description", "x-ref", "x-type", "examples":
		default:
			return true
		}
	}
	t := schema.string("type")
	return t != "" && t != "object"
}

// success returns the first response of an operation that means it worked, and
// its code.
func (a *api) success(responses *object) (string, *object) {
	for _, code := range []string{"200", "201", "202", "203", "2XX", "2xx", "206", "207", "204"} {
		if resp, _ := a.follow(responses.get(code)); resp != nil {
			return code, resp
		}
	}
	for code, v := range responses.all() {
		if strings.HasPrefix(code, "2") {
			resp, _ := a.follow(v)
			return code, resp
		}
	}
	if responses.len() == 1 {
		resp, _ := a.follow(responses.get("default"))
		return "", resp
	}
	return "", nil
}

// statuses returns the codes that are declared as numbers, in order: that of the
// success, 200 where it has none, and then those of failures.
func statuses(responses *object, success string) []int {
	var failures []int
	for code := range responses.all() {
		if n, err := strconv.Atoi(code); err == nil && n >= 400 && n < 600 {
			failures = append(failures, n)
		}
	}
	slices.Sort(failures)
	first, err := strconv.Atoi(success)
	if err != nil || first < 200 || first > 299 {
		first = http.StatusOK
	}
	if first == http.StatusOK && len(failures) == 0 {
		return nil
	}
	return append([]int{first}, failures...)
}

// resultMedia chooses among the media types of a response: JSON, then the first.
func resultMedia(content *object) *object {
	var first *object
	for name, v := range content.all() {
		media, ok := v.(*object)
		if !ok {
			continue
		}
		if isJSON(name) {
			return media
		}
		if first == nil {
			first = media
		}
	}
	return first
}

// mediaExample returns the example of an OpenAPI 3 media type.
func mediaExample(media *object, a *api) any {
	if v := media.get("example"); v != nil {
		return v
	}
	for _, v := range media.object("examples").all() {
		if example, _ := a.follow(v); example != nil && example.get("value") != nil {
			return example.get("value")
		}
	}
	return nil
}

// swaggerExample returns the example of a Swagger 2 response, by media type.
func swaggerExample(examples *object) any {
	for name, v := range examples.all() {
		if isJSON(name) {
			return v
		}
	}
	return nil
}

// unquoted parses an example that is JSON inside a string.
func unquoted(v any) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return v
	}
	if parsed, err := parseJSON(text); err == nil {
		return parsed
	}
	return v
}

// parameterExamples keeps the examples of a parameter. A default is none.
func (a *api) parameterExamples(t *scaler.Tool, name string, p *object) {
	if v := p.first("example", "x-example"); v != nil {
		addExample(t, name, v)
		return
	}
	n := 0
	for _, v := range p.object("examples").all() {
		if example, _ := a.follow(v); example != nil && example.get("value") != nil && n < exampleItems {
			addExample(t, name, example.get("value"))
			n++
		}
	}
}

// toolExamples is how many bytes of examples one tool may carry.
const toolExamples = 24 << 10

func addExample(t *scaler.Tool, param string, v any) {
	text := encodeBounded(v)
	size := len(text)
	for _, e := range t.Examples {
		size += len(e.Value)
	}
	if size <= toolExamples {
		t.Examples = append(t.Examples, scaler.Example{Param: param, Value: text})
	}
}

// schemaOf describes an example as a schema.
func schemaOf(v any) *object {
	switch v := v.(type) {
	case bool:
		return obj("type", "boolean")
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return obj("type", "number")
		}
		return obj("type", "integer")
	case string:
		return obj("type", "string")
	case []any:
		if len(v) == 0 {
			return obj("type", "array")
		}
		return obj("type", "array", "items", schemaOf(v[0]))
	case *object:
		props := &object{}
		for k, e := range v.all() {
			props.set(k, schemaOf(e))
		}
		return obj("type", "object", "properties", props)
	}
	return &object{}
}
