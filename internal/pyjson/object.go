// Package pyjson is ordered JSON with Python's text: what json.loads reads,
// what json.dumps, repr and round write, to the last byte.
//
// A value is an any that holds nil, bool, int64, *big.Int (only beyond int64),
// float64, string, []any or *Object. The number 1 is an int and 1.0 a float,
// and they stay different.
package pyjson

import (
	"iter"
	"slices"
	"strings"
	"sync/atomic"
)

// An Object is a JSON object that keeps the order in which its keys came. Its
// zero value is empty and ready to use. Reading is safe for many goroutines as
// long as none writes.
type Object struct {
	fields []field
	index  map[string]int // built only for wide objects; nil otherwise
	lent   atomic.Bool    // a copy has the same index: it is replaced, not changed
}

type field struct {
	key   string
	value any
}

// wide is the width from which a map beats a scan over the keys.
const wide = 16

// NewObject returns an empty object with room for n keys.
func NewObject(n int) *Object { return &Object{fields: make([]field, 0, n)} }

// Of returns an object of keys and values by turns.
func Of(pairs ...any) *Object {
	o := NewObject(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

// Len returns the number of keys.
func (o *Object) Len() int { return len(o.fields) }

// Get returns the value of a key, and whether the key is there.
func (o *Object) Get(key string) (any, bool) {
	if i := o.find(key); i >= 0 {
		return o.fields[i].value, true
	}
	return nil, false
}

// Set gives key a value. A new key comes last; a known one keeps its place.
func (o *Object) Set(key string, value any) {
	if i := o.find(key); i >= 0 {
		o.fields[i].value = value
		return
	}
	o.fields = append(o.fields, field{key, value})
	switch n := len(o.fields); {
	case o.index != nil && !o.lent.Load():
		o.index[key] = n - 1
	case n >= wide:
		o.reindex()
	}
}

// Delete removes a key and says whether it was there.
func (o *Object) Delete(key string) bool {
	i := o.find(key)
	if i < 0 {
		return false
	}
	o.fields = append(o.fields[:i], o.fields[i+1:]...)
	o.index = nil
	if len(o.fields) >= wide {
		o.reindex()
	}
	return true
}

// At returns the i-th key and its value.
func (o *Object) At(i int) (string, any) { return o.fields[i].key, o.fields[i].value }

// Keys returns the keys in order.
func (o *Object) Keys() []string {
	keys := make([]string, len(o.fields))
	for i, f := range o.fields {
		keys[i] = f.key
	}
	return keys
}

// All yields keys and values in order.
func (o *Object) All() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, f := range o.fields {
			if !yield(f.key, f.value) {
				return
			}
		}
	}
}

// Sorted yields keys and values by key.
func (o *Object) Sorted(yield func(string, any) bool) {
	var room [narrow]uint8
	if len(o.fields) > len(room) {
		for _, f := range o.sorted() {
			if !yield(f.key, f.value) {
				return
			}
		}
		return
	}
	for _, i := range insertSorted(room[:0], o.fields) {
		if f := &o.fields[i]; !yield(f.key, f.value) {
			return
		}
	}
}

// narrow is the width up to which fields are sorted on the stack.
const narrow = 32

// insertSorted appends the places of fields to none, by key.
func insertSorted(none []uint8, fields []field) []uint8 {
	sorted := none
	for n := range fields {
		i := len(sorted)
		sorted = append(sorted, uint8(n))
		for ; i > 0 && fields[sorted[i-1]].key > fields[n].key; i-- {
			sorted[i] = sorted[i-1]
		}
		sorted[i] = uint8(n)
	}
	return sorted
}

// sorted returns the fields by key; byte order of UTF-8 is code point order.
func (o *Object) sorted() []field {
	byKey := func(a, b field) int { return strings.Compare(a.key, b.key) }
	if slices.IsSortedFunc(o.fields, byKey) {
		return o.fields
	}
	fields := slices.Clone(o.fields)
	slices.SortFunc(fields, byKey)
	return fields
}

// MarshalJSON implements json.Marshaler, for an Object among other Go values.
func (o *Object) MarshalJSON() ([]byte, error) { return MarshalASCII(o), nil }

// Clone returns a deep copy.
func (o *Object) Clone() *Object {
	c := o.Shallow()
	for i, f := range c.fields {
		c.fields[i].value = Clone(f.value)
	}
	return c
}

// Path follows keys through objects; nil where it ends early.
func Path(v any, keys ...string) any {
	for _, key := range keys {
		o, ok := v.(*Object)
		if !ok {
			return nil
		}
		v, _ = o.Get(key)
	}
	return v
}

// Shallow returns a copy that shares the values.
func (o *Object) Shallow() *Object {
	c := &Object{fields: append(make([]field, 0, len(o.fields)+1), o.fields...), index: o.index}
	if o.index != nil {
		c.lent.Store(true)
		if !o.lent.Load() {
			o.lent.Store(true)
		}
	}
	return c
}

// A Tuple is a Python tuple where a program made one: JSON has none and writes it
// as an array.
type Tuple []any

// Clone returns a deep copy of any value.
func Clone(v any) any {
	switch v := v.(type) {
	case *Object:
		return v.Clone()
	case []any:
		return cloneList(v)
	case Tuple:
		return Tuple(cloneList(v))
	}
	return v
}

func cloneList(list []any) []any {
	c := make([]any, len(list))
	for i, item := range list {
		c[i] = Clone(item)
	}
	return c
}

func (o *Object) find(key string) int {
	if o.index != nil {
		if i, ok := o.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range o.fields {
		if o.fields[i].key == key {
			return i
		}
	}
	return -1
}

func (o *Object) reindex() {
	o.lent.Store(false)
	o.index = make(map[string]int, len(o.fields)+1)
	for i, f := range o.fields {
		o.index[f.key] = i
	}
}
