package spec

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"strings"
)

// A value of a document is nil, a bool, a json.Number with the digits as
// written, a string, a []any or an *object. YAML and JSON give the same values,
// so that everything after the parser sees one kind of document. Values are
// never changed once parsed: aliases and references share them.
//
// internal/pyjson is no substitute: its numbers are Python's, so 1.0 and 1e2 lose
// their spelling, and its objects cannot say that a document broke off inside them.

// An object keeps its keys in the order of the document.
type object struct {
	keys   []string
	values []any          // beside keys
	index  map[string]int // key -> place, kept for objects too large to search
	cut    bool           // the document broke off inside this object
}

// obj returns an object with the given keys and values, in turn.
func obj(pairs ...any) *object {
	o := &object{}
	for i := 0; i < len(pairs); i += 2 {
		o.set(pairs[i].(string), pairs[i+1])
	}
	return o
}

const searched = 8 // keys; looking at so few is faster than a map

func (o *object) find(key string) int {
	if o == nil {
		return -1
	}
	if o.index != nil {
		if i, ok := o.index[key]; ok {
			return i
		}
		return -1
	}
	return slices.Index(o.keys, key)
}

// set adds or replaces a key. The last of two equal keys wins, in the place of the first.
func (o *object) set(key string, v any) {
	if i := o.find(key); i >= 0 {
		o.values[i] = v
		return
	}
	o.keys = append(o.keys, key)
	o.values = append(o.values, v)
	switch {
	case o.index != nil:
		o.index[key] = len(o.keys) - 1
	case len(o.keys) > searched:
		o.reindex()
	}
}

func (o *object) reindex() {
	o.index = make(map[string]int, len(o.keys))
	for i, k := range o.keys {
		o.index[k] = i
	}
}

// all ranges over keys and values in order.
func (o *object) all() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		if o == nil {
			return
		}
		for i, k := range o.keys {
			if !yield(k, o.values[i]) {
				return
			}
		}
	}
}

// The getters below answer for a nil object too, and return the zero value where
// the key is absent or holds another type: a document is never trusted to have
// the shape its format asks for.

func (o *object) len() int {
	if o == nil {
		return 0
	}
	return len(o.keys)
}

func (o *object) has(key string) bool {
	return o.find(key) >= 0
}

func (o *object) get(key string) any {
	if i := o.find(key); i >= 0 {
		return o.values[i]
	}
	return nil
}

func (o *object) object(key string) *object {
	v, _ := o.get(key).(*object)
	return v
}

func (o *object) list(key string) []any {
	v, _ := o.get(key).([]any)
	return v
}

func (o *object) string(key string) string { return scalarText(o.get(key)) }

func (o *object) bool(key string) bool {
	switch v := o.get(key).(type) {
	case bool:
		return v
	case string:
		return strings.EqualFold(v, "true")
	}
	return false
}

// first returns the value of the first of the keys that is there.
func (o *object) first(keys ...string) any {
	for _, k := range keys {
		if o.has(k) {
			return o.get(k)
		}
	}
	return nil
}

// scalarText returns a scalar as text, and "" for anything else.
func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

// encode returns v as JSON text without spaces, keys in order.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	appendValue(&b, v)
	return b.Bytes()
}

func appendValue(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case bool:
		b.WriteString(scalarText(v))
	case json.Number:
		b.WriteString(v.String())
	case string:
		appendString(b, v)
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			appendValue(b, e)
		}
		b.WriteByte(']')
	case *object:
		b.WriteByte('{')
		for i, k := range v.keys {
			if i > 0 {
				b.WriteByte(',')
			}
			appendString(b, k)
			b.WriteByte(':')
			appendValue(b, v.values[i])
		}
		b.WriteByte('}')
	}
}

// appendString writes s as a JSON string; <, > and & stay readable.
func appendString(b *bytes.Buffer, s string) {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("unreachable: a string always encodes")
	}
	b.Truncate(b.Len() - 1) // Encode ends its line
}

// pointer joins a JSON pointer and further reference tokens.
func pointer(base string, tokens ...string) string {
	var b strings.Builder
	b.WriteString(base)
	for _, t := range tokens {
		b.WriteByte('/')
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(t, "~", "~0"), "/", "~1"))
	}
	return b.String()
}
