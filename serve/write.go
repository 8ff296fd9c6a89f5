package serve

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A Request is a call as HTTP carries it.
type Request struct {
	Method string
	Path   string // escaped, with the query
	Header map[string]string
	Body   []byte // JSON; nil where there is none
}

// request writes arguments as a request from which they are read again.
func (o *operation) request(arguments *pyjson.Object) Request {
	r := Request{Method: o.Method, Header: map[string]string{}}
	values := map[string]string{}
	query := url.Values{}
	for name, all := range o.query {
		query[name] = all
	}
	var body any
	for _, p := range o.params {
		v, ok := arguments.Get(p.name)
		if !ok {
			continue
		}
		switch p.in {
		case "path":
			if p.span != "" {
				spelt(p.span, spelled(v), values)
			} else {
				values[p.wire] = spelled(v)
			}
		case "header":
			r.Header[p.wire] = spelled(v)
		case "query":
			spread(query, p.wire, v)
		case "body":
			body = v
		case property:
			o, _ := body.(*pyjson.Object)
			if o == nil {
				o = &pyjson.Object{}
				body = o
			}
			o.Set(p.wire, v)
		}
	}
	r.Path = fill(o.Path, values)
	if len(query) > 0 {
		r.Path += "?" + query.Encode()
	}
	if body != nil {
		r.Body = pyjson.Marshal(body)
	}
	return r
}

// fill puts values into a path template. A variable that the tool has no
// parameter for is a version or a credential: anything will do.
func fill(path string, values map[string]string) string {
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	return variable.ReplaceAllStringFunc(path, func(m string) string {
		name := variable.FindStringSubmatch(m)[1]
		if v, ok := values[name]; ok {
			return url.PathEscape(v)
		}
		return url.PathEscape(name)
	})
}

// spelled is a value as text: of a list, with commas between.
func spelled(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, spelled(item))
		}
		return strings.Join(parts, ",")
	}
	return string(pyjson.Marshal(v))
}

// spread adds a value to a query: lists item by item, objects name by name.
func spread(query url.Values, name string, v any) {
	switch v := v.(type) {
	case *pyjson.Object:
		if v.Len() == 0 {
			query.Add(name, "{}")
		}
		for key, item := range v.All() {
			if key == "" || strings.ContainsAny(key, "[]") {
				query.Set(name, string(pyjson.Marshal(v)))
				return
			}
			spread(query, name+"["+key+"]", item)
		}
	case []any:
		if !simple(v) {
			query.Add(name, string(pyjson.Marshal(v)))
			return
		}
		for _, item := range v {
			query.Add(name, spelled(item))
		}
	default:
		query.Add(name, spelled(v))
	}
}

// simple says whether a list can be written value by value.
func simple(list []any) bool {
	for _, item := range list {
		switch item := item.(type) {
		case *pyjson.Object, []any, nil:
			return false
		case string:
			if len(list) == 1 && (strings.Contains(item, ",") || item == "" || json.Valid([]byte(item))) {
				return false
			}
		}
	}
	return len(list) > 0
}

// Curl is the request as a command line.
func (r Request) curl(base string) string {
	parts := []string{"curl", "-s"}
	if r.Method != "GET" {
		parts = append(parts, "-X", r.Method)
	}
	for _, name := range sorted(r.Header) {
		parts = append(parts, "-H", quoted(name+": "+r.Header[name]))
	}
	if r.Body != nil {
		parts = append(parts, "-H", quoted("Content-Type: application/json"), "-d", quoted(string(r.Body)))
	}
	return strings.Join(append(parts, quoted(base+r.Path)), " ")
}

// quoted is a word as a shell reads it.
func quoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
