package spec

import (
	"net/url"
	"strings"
)

// A standard is what a type's name means in JSON Schema.
type standard struct{ name, format string }

// foreignTypes maps the words that documents use for types. A type that may be
// anything has no name.
var foreignTypes = map[string]standard{
	"str": {"string", ""}, "text": {"string", ""}, "char": {"string", ""}, "file": {"string", "binary"},
	"binary": {"string", "binary"}, "bytes": {"string", "binary"}, "byte": {"string", "byte"},
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
	low := strings.ToLower(strings.TrimSpace(name))
	switch low {
	case "string", "number", "integer", "boolean", "object", "array", "null":
		return standard{name: low}, false
	}
	return foreignTypes[low], false
}

// unescapeToken decodes one token of a JSON pointer inside a URI fragment.
func unescapeToken(token string) string {
	if strings.Contains(token, "%") {
		if plain, err := url.PathUnescape(token); err == nil {
			token = plain
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}
