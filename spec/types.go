package spec

import (
	"slices"
	"strings"
)

// A standard is what a type's name means in JSON Schema.
type standard struct{ name, format string }

// foreignTypes maps the words that documents use for types. A type that may be
// anything has no name.
var foreignTypes = map[string]standard{
	"str": {"string", ""}, "text": {"string", ""}, "char": {"string", ""}, "file": {"string", "binary"},
	"binary": {"string", "binary"}, "blob": {"string", "byte"}, "bytes": {"string", "binary"}, "byte": {"string", "byte"},
	"date": {"string", "date"}, "datetime": {"string", "date-time"}, "date-time": {"string", "date-time"},
	"timestamp": {"string", "date-time"}, "datepicker": {"string", "date"}, "time": {"string", "time"},
	"uuid": {"string", "uuid"}, "guid": {"string", "uuid"}, "url": {"string", "uri"}, "uri": {"string", "uri"},
	"email": {"string", "email"}, "password": {"string", "password"}, "enum": {"string", ""},
	"select": {"string", ""}, "credentials": {"string", ""}, "geopoint": {"string", ""}, "regex": {"string", ""},
	"int": {"integer", ""}, "int32": {"integer", ""}, "int64": {"integer", ""}, "long": {"integer", ""},
	"short": {"integer", ""}, "bigint": {"integer", ""},
	"float": {"number", ""}, "double": {"number", ""}, "decimal": {"number", ""}, "real": {"number", ""},
	"bool": {"boolean", ""},
	"list": {"array", ""}, "tuple": {"array", ""}, "set": {"array", ""}, "arraylist": {"array", ""},
	"dict": {"object", ""}, "map": {"object", ""}, "hashmap": {"object", ""}, "hash": {"object", ""},
	"json": {"object", ""}, "dictionary": {"object", ""}, "struct": {"object", ""}, "schema": {"object", ""},
	"none": {"null", ""}, "nil": {"null", ""},
	"any": {}, "mixed": {}, "unknown": {}, "": {},
}

// standardType returns what a type's name means and whether it is a name of JSON
// Schema as it stands. An unknown word may mean anything.
func standardType(name string) (standard, bool) {
	switch name {
	case "string", "number", "integer", "boolean", "object", "array", "null":
		return standard{name: name}, true
	}
	low, _, _ := strings.Cut(strings.ToLower(name), "(") // DATE (YYYY-MM-DD)
	low = strings.TrimSpace(low)
	switch low {
	case "string", "number", "integer", "boolean", "object", "array", "null":
		return standard{name: low}, false
	}
	return foreignTypes[low], false
}

// types reads the type keyword: a name, a list of names, or a foreign word, which
// is kept as x-type. Without one it is guessed from the other keywords.
func (s *shaper) types(in, out *object) (types []string, nullable bool) {
	nullable = in.bool("nullable") || in.bool("x-nullable")
	var foreign []string
	for _, name := range typeNames(in.get("type")) {
		t, ok := standardType(name)
		switch {
		case t.name == "null":
			nullable = true
			continue
		case t.name != "" && !slices.Contains(types, t.name):
			types = append(types, t.name)
		}
		if !ok {
			foreign = append(foreign, name)
		}
		if t.format != "" && !in.has("format") {
			out.set("format", t.format)
		}
	}
	if len(foreign) > 0 {
		out.set("x-type", strings.Join(foreign, ","))
	}
	if len(types) == 0 && len(foreign) == 0 {
		types = guessType(in)
	}
	return types, nullable
}

func typeNames(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{cutText(v, 40)}
	case []any:
		var names []string
		for _, e := range v[:min(len(v), 16)] {
			names = append(names, cutText(scalarText(e), 40))
		}
		return names
	}
	return nil
}

func guessType(in *object) []string {
	switch {
	case in.object("properties").len() > 0 || in.has("additionalProperties"):
		return []string{"object"}
	case in.has("items"):
		return []string{"array"}
	case in.has("minLength") || in.has("maxLength") || in.has("pattern"):
		return []string{"string"}
	}
	if values := in.list("enum"); len(values) > 0 {
		for _, v := range values {
			if _, ok := v.(string); !ok {
				return nil
			}
		}
		return []string{"string"}
	}
	return nil
}

func setType(out *object, types []string, nullable bool) {
	if nullable && len(types) > 0 {
		types = append(types, "null")
		if values := out.list("enum"); len(values) > 0 && !slices.Contains(values, any(nil)) {
			out.set("enum", append(values, nil))
		}
	}
	switch len(types) {
	case 0:
	case 1:
		out.set("type", types[0])
		toFront(out)
	default:
		list := make([]any, len(types))
		for i, t := range types {
			list[i] = t
		}
		out.set("type", list)
		toFront(out)
	}
}

// toFront moves the last key to the front: type is what a reader looks for first.
func toFront(o *object) {
	n := len(o.keys) - 1
	key, value := o.keys[n], o.values[n]
	o.keys = slices.Insert(o.keys[:n], 0, key)
	o.values = slices.Insert(o.values[:n], 0, value)
	if o.index != nil {
		o.reindex()
	}
}
