// Package pylit reads Python expressions: literals, calls and the rest of the
// expression grammar as far as telling what is Python from what is not. It
// runs nothing. Benchmarks write tasks and answers this way, and models reply
// in it.
//
// A value is nil, bool, int64, *big.Int, float64, complex128, string, Bytes,
// []any (a list), Tuple, Set or *Dict.
package pylit

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

type (
	// Bytes is a value of Python's type bytes.
	Bytes string
	// Tuple is a tuple.
	Tuple []any
	// Set is a set in the order in which it was written.
	Set []any
	// Dict is a dict: pairs in the order in which their keys came first.
	Dict struct{ Keys, Values []any }
)

// Get returns the value of a key; keys are equal as Python has it.
func (d *Dict) Get(key any) (any, bool) {
	for i, k := range d.Keys {
		if Equal(k, key) {
			return d.Values[i], true
		}
	}
	return nil, false
}

// Set gives a key a value; a key that is there keeps its place.
func (d *Dict) Set(key, value any) {
	for i, k := range d.Keys {
		if Equal(k, key) {
			d.Values[i] = value
			return
		}
	}
	d.Keys, d.Values = append(d.Keys, key), append(d.Values, value)
}

// Len is the number of pairs.
func (d *Dict) Len() int { return len(d.Keys) }

// FromJSON turns what pyjson reads into a value.
func FromJSON(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = FromJSON(x)
		}
		return out
	case *pyjson.Object:
		d := &Dict{}
		for key, x := range v.All() {
			d.Keys, d.Values = append(d.Keys, key), append(d.Values, FromJSON(x))
		}
		return d
	}
	return v
}

// ToJSON turns a value into what json.dumps writes: tuples become lists, keys
// become text. It reports false for what JSON cannot say.
func ToJSON(v any) (any, bool) {
	switch v := v.(type) {
	case []any:
		return listJSON(v)
	case Tuple:
		return listJSON(v)
	case *Dict:
		o := pyjson.NewObject(v.Len())
		for i, k := range v.Keys {
			key, ok := keyJSON(k)
			if !ok {
				return nil, false
			}
			x, ok := ToJSON(v.Values[i])
			if !ok {
				return nil, false
			}
			o.Set(key, x)
		}
		return o, true
	case Bytes, Set, complex128:
		return nil, false
	}
	return v, true
}

func listJSON(list []any) (any, bool) {
	out := make([]any, len(list))
	for i, x := range list {
		y, ok := ToJSON(x)
		if !ok {
			return nil, false
		}
		out[i] = y
	}
	return out, true
}

func keyJSON(k any) (string, bool) {
	switch k := k.(type) {
	case string:
		return k, true
	case nil, bool, int64, *big.Int, float64:
		return string(pyjson.Marshal(k)), true
	}
	return "", false
}

// TypeName is the name of the value's Python type.
func TypeName(v any) string {
	switch v.(type) {
	case nil:
		return "NoneType"
	case bool:
		return "bool"
	case int64, *big.Int:
		return "int"
	case float64:
		return "float"
	case complex128:
		return "complex"
	case string:
		return "str"
	case Bytes:
		return "bytes"
	case []any:
		return "list"
	case Tuple:
		return "tuple"
	case Set:
		return "set"
	}
	return "dict"
}

// Equal is Python's ==: 1, 1.0 and True are equal, a list never equals a tuple,
// and the order of a dict does not matter.
func Equal(a, b any) bool {
	if x, ok := number(a); ok {
		y, ok := number(b)
		return ok && sameNumber(x, y)
	}
	switch a := a.(type) {
	case nil:
		return b == nil
	case string, Bytes, complex128:
		return a == b
	case []any:
		b, ok := b.([]any)
		return ok && sameItems(a, b)
	case Tuple:
		b, ok := b.(Tuple)
		return ok && sameItems(a, b)
	case Set:
		b, ok := b.(Set)
		return ok && len(a) == len(b) && within(a, b)
	case *Dict:
		b, ok := b.(*Dict)
		return ok && a.Len() == b.Len() && samePairs(a, b)
	}
	return false
}

func sameItems(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func within(a, b []any) bool {
	for _, x := range a {
		if !Contains(b, x) {
			return false
		}
	}
	return true
}

// Contains reports whether a list holds an equal item.
func Contains(list []any, x any) bool {
	for _, y := range list {
		if Equal(x, y) {
			return true
		}
	}
	return false
}

func samePairs(a, b *Dict) bool {
	for i, k := range a.Keys {
		v, ok := b.Get(k)
		if !ok || !Equal(a.Values[i], v) {
			return false
		}
	}
	return true
}

// number returns what a value counts as: an int64, a *big.Int or a float64.
func number(v any) (any, bool) {
	switch v := v.(type) {
	case bool:
		if v {
			return int64(1), true
		}
		return int64(0), true
	case int64, *big.Int, float64:
		return v, true
	}
	return nil, false
}

func sameNumber(a, b any) bool {
	x, xok := a.(int64)
	y, yok := b.(int64)
	if xok && yok {
		return x == y
	}
	p, q := rational(a), rational(b)
	if p == nil || q == nil {
		f, fok := a.(float64)
		g, gok := b.(float64)
		return fok && gok && f == g
	}
	return p.Cmp(q) == 0
}

// rational is the exact number, or nil for an infinity or a NaN.
func rational(v any) *big.Rat {
	switch v := v.(type) {
	case int64:
		return new(big.Rat).SetInt64(v)
	case *big.Int:
		return new(big.Rat).SetInt(v)
	case float64:
		return new(big.Rat).SetFloat64(v)
	}
	return nil
}

// Repr is Python's repr.
func Repr(v any) string {
	switch v := v.(type) {
	case Bytes:
		return reprBytes(string(v))
	case complex128:
		return reprComplex(v)
	case []any:
		return "[" + reprItems(v) + "]"
	case Tuple:
		if len(v) == 1 {
			return "(" + Repr(v[0]) + ",)"
		}
		return "(" + reprItems(v) + ")"
	case Set:
		if len(v) == 0 {
			return "set()"
		}
		return "{" + reprItems(v) + "}"
	case *Dict:
		parts := make([]string, v.Len())
		for i, k := range v.Keys {
			parts[i] = Repr(k) + ": " + Repr(v.Values[i])
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return pyjson.Repr(v)
}

// Str is Python's str: the text of a string, and repr of anything else.
func Str(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return Repr(v)
}

func reprItems(list []any) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = Repr(x)
	}
	return strings.Join(parts, ", ")
}

func reprBytes(s string) string {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	b := []byte{'b', quote}
	for i := range len(s) {
		switch c := s[i]; {
		case c == quote || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < ' ' || c >= 0x7f:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, quote))
}

// reprComplex writes a complex number; only its imaginary part can be written
// as a literal, so that is all there is.
func reprComplex(c complex128) string {
	im := imag(c)
	if im == math.Trunc(im) && math.Abs(im) < 1e16 {
		return strconv.FormatFloat(im, 'f', -1, 64) + "j"
	}
	return pyjson.Repr(im) + "j"
}
