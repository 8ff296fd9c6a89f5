package pyjson

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A style is one way of writing JSON.
type style struct {
	comma, colon string
	sorted       bool
	ascii        bool
}

var (
	python    = style{comma: ", ", colon: ": "}
	ascii     = style{comma: ", ", colon: ": ", ascii: true}
	official  = style{comma: ", ", colon: ": ", ascii: true, sorted: true}
	canonical = style{comma: ",", colon: ":", sorted: true}
)

// Marshal returns the text of json.dumps(v, ensure_ascii=False).
func Marshal(v any) []byte { return python.append(nil, v) }

// Append appends what Marshal returns to dst.
func Append(dst []byte, v any) []byte { return python.append(dst, v) }

// MarshalASCII returns the text of json.dumps(v).
func MarshalASCII(v any) []byte { return ascii.append(nil, v) }

// MarshalSorted returns the text of json.dumps(v, sort_keys=True).
func MarshalSorted(v any) []byte { return official.append(nil, v) }

// Canonical returns the shortest text: keys sorted by code point, no spaces,
// only what has to be escaped escaped.
func Canonical(v any) []byte { return canonical.append(nil, v) }

func (s *style) append(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case string:
		return s.appendString(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case float64:
		return appendFloat(b, v, "NaN", "Infinity")
	case *big.Int:
		return v.Append(b, 10)
	case []any:
		return s.appendList(b, v)
	case Tuple:
		return s.appendList(b, v)
	case *Object:
		return s.appendObject(b, v)
	}
	panic(fmt.Sprintf("unreachable: %T is not a JSON value", v))
}

func (s *style) appendList(b []byte, list []any) []byte {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, s.comma...)
		}
		b = s.append(b, v)
	}
	return append(b, ']')
}

func (s *style) appendObject(b []byte, o *Object) []byte {
	b = append(b, '{')
	for i, f := range s.order(o) {
		if i > 0 {
			b = append(b, s.comma...)
		}
		b = s.appendString(b, f.key)
		b = append(b, s.colon...)
		b = s.append(b, f.value)
	}
	return append(b, '}')
}

func (s *style) order(o *Object) []field {
	if !s.sorted {
		return o.fields
	}
	return o.sorted()
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

const hexDigits = "0123456789abcdef"

func (s *style) appendString(b []byte, text string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf && (c != 0x7f || !s.ascii) {
			i++
			continue
		}
		if c >= utf8.RuneSelf && !s.ascii {
			i++
			continue
		}
		b = append(b, text[start:i]...)
		r, n := utf8.DecodeRuneInString(text[i:])
		b = appendEscape(b, r)
		i += n
		start = i
	}
	b = append(b, text[start:]...)
	return append(b, '"')
}

func appendEscape(b []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(b, '\\', byte(r))
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	if r >= 0x10000 {
		high, low := utf16.EncodeRune(r)
		return appendHex4(appendHex4(b, high), low)
	}
	return appendHex4(b, r)
}

func appendHex4(b []byte, r rune) []byte {
	return append(b, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}
