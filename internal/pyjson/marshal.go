package pyjson

import (
	"bytes"
	"fmt"
	"math/big"
	"strconv"
	"sync"
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
func Marshal(v any) []byte { return python.marshal(v) }

// Append appends what Marshal returns to dst.
func Append(dst []byte, v any) []byte { return python.append(dst, v) }

// MarshalASCII returns the text of json.dumps(v).
func MarshalASCII(v any) []byte { return ascii.marshal(v) }

// Text is Marshal as a string.
func Text(v any) (text string) {
	python.scratch(v, func(b []byte) { text = string(b) })
	return text
}

// TextASCII is MarshalASCII as a string.
func TextASCII(v any) (text string) {
	ascii.scratch(v, func(b []byte) { text = string(b) })
	return text
}

// MarshalSorted returns the text of json.dumps(v, sort_keys=True).
func MarshalSorted(v any) []byte { return official.marshal(v) }

// Canonical returns the shortest text: keys sorted by code point, no spaces,
// only what has to be escaped escaped.
func Canonical(v any) []byte { return canonical.marshal(v) }

func (s *style) marshal(v any) (text []byte) {
	s.scratch(v, func(b []byte) { text = bytes.Clone(b) })
	return text
}

// scratch writes v into a buffer that has grown before, and lends it to use.
func (s *style) scratch(v any, use func([]byte)) {
	b := scratches.Get().(*[]byte)
	*b = s.append((*b)[:0], v)
	use(*b)
	if cap(*b) < 1<<20 { // one huge text does not stay for good
		scratches.Put(b)
	}
}

var scratches = sync.Pool{New: func() any { return new([]byte) }}

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
	start := len(b)
	write := func(key string, v any) bool {
		if len(b) > start {
			b = append(b, s.comma...)
		}
		b = s.appendString(b, key)
		b = append(b, s.colon...)
		b = s.append(b, v)
		return true
	}
	if s.sorted {
		o.Sorted(write)
	} else {
		for i := range o.fields {
			write(o.fields[i].key, o.fields[i].value)
		}
	}
	return append(b, '}')
}

const hexDigits = "0123456789abcdef"

// plain are the bytes that stand for themselves, in ASCII and in UTF-8 text.
var plain = [2][256]bool{plainBytes(0x7f), plainBytes(0x100)}

func plainBytes(end int) (table [256]bool) {
	for c := range table {
		table[c] = c >= ' ' && c != '"' && c != '\\' && c < end
	}
	return table
}

func (s *style) appendString(b []byte, text string) []byte {
	table := &plain[1]
	if s.ascii {
		table = &plain[0]
	}
	b = append(b, '"')
	start := 0
	for i := 0; i < len(text); {
		if table[text[i]] {
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
