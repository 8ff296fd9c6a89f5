package graph

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Limits on how far a schema is read. Real results nest without end; what
// feeds a parameter stands near the top.
const (
	maxLeaves = 400
	maxDepth  = 8
)

// A leaf is one value in a schema, by its dotted path; "[]" stands for the
// items of an array.
type leaf struct {
	path     string
	typ      string
	desc     string
	enum     []string
	required bool
}

// A schema is the part of JSON Schema that says where the values are.
type schema struct {
	Type        json.RawMessage            `json:"type"`
	Description string                     `json:"description"`
	Properties  map[string]json.RawMessage `json:"properties"`
	Required    json.RawMessage            `json:"required"`
	Items       json.RawMessage            `json:"items"`
	Values      json.RawMessage            `json:"additionalProperties"`
	Enum        []json.RawMessage          `json:"enum"`
	AllOf       []json.RawMessage          `json:"allOf"`
	AnyOf       []json.RawMessage          `json:"anyOf"`
	OneOf       []json.RawMessage          `json:"oneOf"`
}

// leaves lists the values of a schema, by path. What cannot be read is left out.
func leaves(raw json.RawMessage) []leaf {
	var w walker
	w.walk(raw, "", true, 0)
	slices.SortFunc(w.out, func(a, b leaf) int { return strings.Compare(a.path, b.path) })
	return slices.CompactFunc(w.out, func(a, b leaf) bool { return a.path == b.path })
}

type walker struct{ out []leaf }

func (w *walker) walk(raw json.RawMessage, path string, required bool, depth int) {
	if len(w.out) >= maxLeaves || depth > maxDepth || len(raw) == 0 || raw[0] != '{' {
		return
	}
	var s schema
	if json.Unmarshal(raw, &s) != nil {
		return
	}
	before := len(w.out)
	w.properties(s, path, required, depth)
	if len(s.Items) > 0 {
		w.walk(s.Items, path+"[]", required, depth+1)
	}
	if len(s.Properties) == 0 && len(s.Values) > 0 {
		w.walk(s.Values, join(path, "*"), false, depth+1)
	}
	for _, alternatives := range [][]json.RawMessage{s.AllOf, s.AnyOf, s.OneOf} {
		for _, a := range alternatives {
			if holdsMore(a) {
				w.walk(a, path, required, depth+1)
			}
		}
	}
	if len(w.out) == before && path != "" {
		w.out = append(w.out, leaf{path: path, typ: typeOf(s.Type), desc: s.Description, enum: texts(s.Enum), required: required})
	}
}

// properties walks the properties by name: the order in which a document lists
// them must not matter.
func (w *walker) properties(s schema, path string, required bool, depth int) {
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	var must []string
	_ = json.Unmarshal(s.Required, &must) // a boolean, in old drafts: then nothing is required by list
	for _, name := range names {
		w.walk(s.Properties[name], join(path, name), required && slices.Contains(must, name), depth+1)
	}
}

// holdsMore says whether an alternative has structure of its own; one that
// only narrows the type adds no value.
func holdsMore(raw json.RawMessage) bool {
	return bytes.Contains(raw, []byte(`"properties"`)) || bytes.Contains(raw, []byte(`"items"`)) || bytes.Contains(raw, []byte(`"type"`))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// typeOf reads "string" and ["string", "null"] alike; a type in capitals or of
// another language keeps its family.
func typeOf(raw json.RawMessage) string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return family(one)
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		for _, t := range many {
			if t != "null" {
				return family(t)
			}
		}
	}
	return ""
}

func family(t string) string {
	switch strings.ToLower(t) {
	case "string", "str", "enum":
		return "string"
	case "integer", "int", "long", "number", "float", "double":
		return "number"
	case "boolean", "bool":
		return "boolean"
	case "array", "list", "tuple":
		return "array"
	case "object", "dict", "map", "structure":
		return "object"
	}
	return ""
}

func texts(values []json.RawMessage) []string {
	var out []string
	for _, v := range values {
		var s string
		if json.Unmarshal(v, &s) == nil && s != "" && len(s) <= 40 {
			out = append(out, s)
		}
		if len(out) == 20 {
			break
		}
	}
	return out
}
