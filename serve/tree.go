package serve

import (
	"math"
	"math/big"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// A tree is what a query or a form says under a name: values, or more names, as
// in a=1, a[b]=1, a[0][b]=1 and a[]=1.
type tree struct {
	values []string
	names  []string // of the branches, in order
	below  map[string]*tree
}

// deepest is how many names a key may have, one inside the other.
const deepest = 16

// name takes a key apart: a[b][] is a, b and the empty name.
func name(key string) []string {
	first, rest, ok := strings.Cut(key, "[")
	if !ok || first == "" || !strings.HasSuffix(rest, "]") {
		return []string{key}
	}
	path := append([]string{first}, strings.Split(strings.TrimSuffix(rest, "]"), "][")...)
	if len(path) > deepest {
		return []string{key}
	}
	return path
}

// put adds a value at a path.
func (t *tree) put(path []string, value string) {
	for _, name := range path {
		to := t.below[name]
		if to == nil {
			if t.below == nil {
				t.below = map[string]*tree{}
			}
			to = &tree{}
			t.below[name] = to
			t.names = append(t.names, name)
		}
		t = to
	}
	t.values = append(t.values, value)
}

// at returns what stands at a path, or nil.
func (t *tree) at(path []string) *tree {
	for _, name := range path {
		if t = t.below[name]; t == nil {
			return nil
		}
	}
	return t
}

// value reads the tree as the schema wants it.
func (t *tree) value(schema *pyjson.Object) any {
	if len(t.below) == 0 {
		return leaf(t.values, schema)
	}
	if items, ok := t.list(); ok && wants(schema, "array") {
		return t.items(items, schema)
	}
	o := pyjson.NewObject(len(t.names))
	properties := properties(schema)
	for _, name := range t.names {
		o.Set(name, t.below[name].value(field(properties, name)))
	}
	return o
}

// list returns the branches where their names are those of a list: numbers, or
// empty.
func (t *tree) list() ([]*tree, bool) {
	var items []*tree
	for _, name := range t.names {
		if strings.Trim(name, "0123456789") != "" {
			return nil, false
		}
		items = append(items, t.below[name])
	}
	return items, true
}

func (t *tree) items(items []*tree, schema *pyjson.Object) any {
	of := field(alternative(schema, "array"), "items")
	list := []any{}
	for _, item := range items {
		if len(item.below) > 0 || len(item.values) < 2 {
			list = append(list, item.value(of))
			continue
		}
		for _, text := range item.values { // a[]=1&a[]=2
			list = append(list, leaf([]string{text}, of))
		}
	}
	return list
}

// leaf reads texts as the schema wants them: as a list where it wants one, and as
// they are where nothing fits, which the tool will say.
func leaf(texts []string, schema *pyjson.Object) any {
	for _, s := range alternatives(schema) {
		for _, kind := range kinds(s) {
			if v, ok := as(kind, texts, s); ok {
				return v
			}
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

// as reads texts as one JSON type.
func as(kind string, texts []string, schema *pyjson.Object) (any, bool) {
	if len(texts) == 0 {
		return nil, false
	}
	text := texts[0]
	switch kind {
	case "array":
		return list(texts, field(schema, "items")), true
	case "object":
		v, err := pyjson.Parse([]byte(text))
		_, ok := v.(*pyjson.Object)
		return v, err == nil && ok
	case "boolean":
		return text == "true", text == "true" || text == "false"
	case "null":
		return nil, text == "null"
	case "integer", "number":
		v, err := pyjson.Parse([]byte(text))
		return v, err == nil && isNumber(v) && allowed(schema, v)
	}
	return text, allowed(schema, text)
}

func isNumber(v any) bool {
	switch v := v.(type) {
	case int64, *big.Int:
		return true
	case float64:
		return !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return false
}

// list reads a list: several values, or one with commas, or JSON.
func list(texts []string, items *pyjson.Object) any {
	if len(texts) == 1 {
		if v, err := pyjson.Parse([]byte(texts[0])); err == nil {
			if l, ok := v.([]any); ok {
				return l
			}
		}
		if texts[0] == "" {
			return []any{}
		}
		texts = strings.Split(texts[0], ",")
	}
	out := make([]any, len(texts))
	for i, text := range texts {
		out[i] = leaf([]string{text}, items)
	}
	return out
}
