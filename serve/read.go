package serve

import (
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// arguments reads a request as the arguments of the operation's tool. What no
// parameter asks for in path, query and headers is left out, as credentials are.
func (m match) arguments(r *http.Request) (*pyjson.Object, *fault) {
	args := pyjson.NewObject(len(m.params))
	query := forest(r.URL.RawQuery)
	body, err := m.body(r)
	if err != nil {
		return nil, err
	}
	for _, p := range m.params {
		if v, ok := m.value(p, r, query, body); ok {
			args.Set(p.name, v)
		}
	}
	if o, ok := body.(*pyjson.Object); ok {
		m.others(o, args)
	}
	return args, nil
}

// value finds one parameter in the request.
func (m match) value(p param, r *http.Request, query *tree, body any) (any, bool) {
	switch p.in {
	case "path":
		if p.span != "" {
			return joined(p.span, m.variable), true
		}
		if slices.Contains(m.names, p.wire) {
			return leaf([]string{m.variable(p.wire)}, p.schema), true
		}
	case "query":
		if at := query.at(name(p.wire)); at != nil {
			return at.value(p.schema), true
		}
	case "header":
		if values := r.Header.Values(p.wire); len(values) > 0 {
			return leaf(values, p.schema), true
		}
	case "body":
		return body, body != nil
	case property:
		switch body := body.(type) {
		case *pyjson.Object:
			return body.Get(p.wire)
		case *tree:
			if at := body.at(name(p.wire)); at != nil {
				return at.value(p.schema), true
			}
		case nil: // some clients put everything into the query
			if at := query.at(name(p.wire)); at != nil {
				return at.value(p.schema), true
			}
		}
	}
	return nil, false
}

// variable returns the value of a variable of the path.
func (m match) variable(name string) string {
	if i := slices.Index(m.names, name); i >= 0 && i < len(m.values) {
		return m.values[i]
	}
	return ""
}

// others adds the properties of a body that the tool does not name: whether they
// are allowed is for its schema to say.
func (m match) others(body, args *pyjson.Object) {
	if _, ok := m.whole(); ok {
		return
	}
	known := map[string]bool{}
	for _, p := range m.params {
		if p.in == property {
			known[p.wire] = true
		}
	}
	for key, v := range body.All() {
		if _, taken := args.Get(key); !known[key] && !taken {
			args.Set(key, v)
		}
	}
}

// body reads what a request carries: JSON, a form as a tree, or text. It is nil
// where there is nothing, or nothing is asked for.
func (m match) body(r *http.Request) (any, *fault) {
	if !m.takesBody() || r.Body == nil {
		return nil, nil
	}
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, unread(err)
	}
	media, more, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	trimmed := strings.TrimSpace(string(text))
	whole, isWhole := m.whole()
	form := media == "application/x-www-form-urlencoded" && !strings.HasPrefix(trimmed, "{") && !strings.HasPrefix(trimmed, "[") // curl -d says form whatever it sends
	switch {
	case trimmed == "" && media != "multipart/form-data":
		return nil, nil
	case form:
		return m.fromForm(forest(string(text)), whole, isWhole), nil
	case media == "multipart/form-data":
		parts, err := fromParts(text, more["boundary"])
		if err != nil {
			return nil, bad("The body is not a multipart form: %v.", err)
		}
		return m.fromForm(parts, whole, isWhole), nil
	case isJSON(media) || strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "["):
		v, err := pyjson.Parse(text)
		if err != nil {
			return nil, bad("The body is not valid JSON: %s.", strings.TrimPrefix(err.Error(), "json: "))
		}
		if _, ok := v.(*pyjson.Object); !ok && !isWhole {
			return nil, bad("The body has to be a JSON object, not %s.", pyjson.Kind(v))
		}
		return v, nil
	case isWhole:
		return leaf([]string{plain(text)}, whole.schema), nil
	}
	return nil, &fault{http.StatusUnsupportedMediaType, "unsupported_media_type", fmt.Sprintf("A body of type %q is not read here; send application/json or a form.", media)}
}

func isJSON(media string) bool {
	return media == "" || media == "*/*" || strings.Contains(media, "json")
}

// fromForm leaves a form as a tree, to be read by the schema of each property, or
// reads it as the one parameter that it is.
func (m match) fromForm(form *tree, whole param, isWhole bool) any {
	if isWhole {
		return form.value(whole.schema)
	}
	return form
}

// fromParts reads a multipart form. A part that is no text is taken as base64.
func fromParts(text []byte, boundary string) (*tree, error) {
	t := &tree{}
	parts := multipart.NewReader(strings.NewReader(string(text)), boundary)
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		t.put(name(part.FormName()), plain(content))
	}
}

func plain(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	return base64.StdEncoding.EncodeToString(text)
}

// forest reads a query or a form as a tree: a[b]=1 is b below a.
func forest(text string) *tree {
	t := &tree{}
	for pair := range strings.SplitSeq(text, "&") {
		key, value, _ := strings.Cut(pair, "=")
		key, err := url.QueryUnescape(key)
		if key == "" || err != nil {
			continue
		}
		if value, err = url.QueryUnescape(value); err == nil {
			t.put(name(key), value)
		}
	}
	return t
}
