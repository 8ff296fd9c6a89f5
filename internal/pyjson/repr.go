package pyjson

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

// Repr returns Python's repr of the value.
func Repr(v any) string { return string(appendRepr(nil, v)) }

// Str returns Python's str of the value: the text itself of a string, and
// repr of anything else.
func Str(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return Repr(v)
}

func appendRepr(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "None"...)
	case bool:
		if v {
			return append(b, "True"...)
		}
		return append(b, "False"...)
	case string:
		return appendReprString(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case float64:
		return appendFloat(b, v, "nan", "inf")
	case *big.Int:
		return v.Append(b, 10)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendRepr(b, item)
		}
		return append(b, ']')
	case Tuple:
		return appendTuple(b, len(v), func(b []byte, i int) []byte { return appendRepr(b, v[i]) })
	case *Object:
		b = append(b, '{')
		for i, f := range v.fields {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(appendReprString(b, f.key), ": "...)
			b = appendRepr(b, f.value)
		}
		return append(b, '}')
	}
	panic(fmt.Sprintf("unreachable: %T is not a JSON value", v))
}

// appendReprString quotes as Python does: single quotes, unless the text has
// some and no double ones.
func appendReprString(b []byte, s string) []byte {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	b = append(b, quote)
	for _, r := range s {
		switch {
		case r == rune(quote) || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ' || r == 0x7f:
			b = fmt.Appendf(b, `\x%02x`, r)
		case r < 0x7f || printable(r):
			b = append(b, string(r)...)
		case r <= 0xff:
			b = fmt.Appendf(b, `\x%02x`, r)
		case r <= 0xffff:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = fmt.Appendf(b, `\U%08x`, r)
		}
	}
	return append(b, quote)
}

// printable is str.isprintable: every space but U+0020 and every control,
// format, surrogate, private or unassigned character is not.
func printable(r rune) bool {
	return unicode.IsPrint(r)
}

// Hashable returns str(to_hashable(v)) of tau-bench: objects and arrays become
// nested tuples, objects in sorted order.
func Hashable(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return string(appendHashable(nil, v))
}

func appendHashable(b []byte, v any) []byte {
	switch v := v.(type) {
	case []any:
		return appendTuple(b, len(v), func(b []byte, i int) []byte { return appendHashable(b, v[i]) })
	case *Object:
		fields := v.sorted()
		return appendTuple(b, len(fields), func(b []byte, i int) []byte {
			b = append(appendReprString(append(b, '('), fields[i].key), ", "...)
			return append(appendHashable(b, fields[i].value), ')')
		})
	}
	return appendRepr(b, v)
}

// appendTuple writes n items as Python writes a tuple; one item keeps a comma.
func appendTuple(b []byte, n int, item func(b []byte, i int) []byte) []byte {
	b = append(b, '(')
	for i := range n {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = item(b, i)
	}
	if n == 1 {
		b = append(b, ',')
	}
	return append(b, ')')
}

// Sum returns the SHA-256 of the text in lower-case hexadecimal digits, as the
// benchmarks write their hashes.
func Sum[T string | []byte](text T) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Kind names the JSON type of a value: null, boolean, integer, number, string,
// array or object.
func Kind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case int64, int, *big.Int:
		return "integer"
	case float64:
		return "number"
	case string:
		return "string"
	case []any, Tuple:
		return "array"
	case *Object:
		return "object"
	}
	panic(fmt.Sprintf("unreachable: %T is not a JSON value", v))
}
