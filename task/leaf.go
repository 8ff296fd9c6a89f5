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
