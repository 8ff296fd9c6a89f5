package task

import (
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A node is one scalar inside a JSON value, and where it stands.
type node struct {
	path  string // "orders[2].id"; empty for a scalar that is the whole value
	value any
}

// nodes returns the scalars of v in order.
func nodes(v any) []node { return appendNodes(nil, "", v) }

func appendNodes(out []node, path string, v any) []node {
	switch v := v.(type) {
	case *pyjson.Object:
		for name, sub := range v.All() {
			out = appendNodes(out, below(path, name), sub)
		}
		return out
	case []any:
		for i, sub := range v {
			out = appendNodes(out, path+"["+strconv.Itoa(i)+"]", sub)
		}
		return out
	}
	return append(out, node{path, v})
}

func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// within says whether path is at or below prefix.
func within(path, prefix string) bool {
	if prefix == "" || path == prefix {
		return true
	}
	return strings.HasPrefix(path, prefix) && (path[len(prefix)] == '.' || path[len(prefix)] == '[')
}

// plain is the text by which two scalars are compared: a key is the same key as
// an integer and as a string, and 5 is 5.0.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		if v == float64(int64(v)) {
			return strconv.FormatInt(int64(v), 10)
		}
	case bool:
		return strconv.FormatBool(v)
	case nil:
		return "null"
	}
	return pyjson.Repr(v)
}

func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// at returns the value at a dotted path.
func at(o *pyjson.Object, path string) (any, bool) {
	name, rest, more := strings.Cut(path, ".")
	v, ok := o.Get(name)
	if !more || !ok {
		return v, ok
	}
	inner, ok := v.(*pyjson.Object)
	if !ok {
		return nil, false
	}
	return at(inner, rest)
}

// place puts a value at a dotted path, making the objects on the way; "[]" makes
// a list of one.
func place(o *pyjson.Object, path string, v any) {
	name, rest, more := strings.Cut(path, ".")
	list := strings.HasSuffix(name, "[]")
	name = strings.TrimSuffix(name, "[]")
	if !more {
		if list {
			v = []any{v}
		}
		o.Set(name, v)
		return
	}
	old, _ := o.Get(name)
	if items, ok := old.([]any); ok && len(items) > 0 {
		old = items[0]
	}
	inner, ok := old.(*pyjson.Object)
	if !ok {
		inner = pyjson.NewObject(2)
		if list {
			o.Set(name, []any{inner})
		} else {
			o.Set(name, inner)
		}
	}
	place(inner, rest, v)
}

// fit turns a value into the type that a parameter takes; false where that
// cannot be done or the parameter's choices do not have it.
func fit(v any, p param) (any, bool) {
	switch p.kind {
	case "string":
		if _, ok := v.(string); !ok {
			if !scalar(v) {
				return nil, false
			}
			v = plain(v)
		}
	case "integer":
		if s, ok := v.(string); ok {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return nil, false
			}
			v = n
		}
	case "array":
		if _, ok := v.([]any); !ok {
			v = []any{v}
		}
	}
	if len(p.enum) == 0 {
		return v, true
	}
	for _, e := range p.enum {
		if plain(e) == plain(v) {
			return e, true
		}
	}
	return nil, false
}

// put replaces the scalar at a path that nodes gave.
func put(v any, path string, value any) {
	name, rest := path, ""
	if i := strings.IndexAny(path, ".["); i >= 0 {
		name, rest = path[:i], path[i:]
	}
	o := v.(*pyjson.Object)
	if rest == "" {
		o.Set(name, value)
		return
	}
	inner, _ := o.Get(name)
	for strings.HasPrefix(rest, "[") {
		end := strings.IndexByte(rest, ']')
		i, _ := strconv.Atoi(rest[1:end])
		list := inner.([]any)
		if rest = rest[end+1:]; rest == "" {
			list[i] = value
			return
		}
		inner = list[i]
	}
	put(inner, strings.TrimPrefix(rest, "."), value)
}
