package pyjson

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxDepth is how deep arrays and objects may nest. Deeper text is refused
// before it can exhaust the stack.
const MaxDepth = 512

// maxDigits is Python's own limit for turning text into an int.
const maxDigits = 4300

// Parse reads one JSON value and nothing after it. Of a repeated key the last
// value counts, at the place of the first, as in Python. Invalid UTF-8 and lone
// surrogates become U+FFFD. The error names the byte offset.
func Parse(data []byte) (any, error) { return parse(parser{data: data}) }

// ParseShared is Parse with the texts of the value made as parts of one copy of
// data: quicker, and right where the value is kept as a whole or not for long.
func ParseShared(data []byte) (any, error) {
	return parse(parser{data: data, text: string(data)})
}

func parse(p parser) (any, error) {
	p.stacks = freeStacks.Get().(*stacks)
	v, err := p.document()
	if err == nil && cap(p.fields)+cap(p.items) < 1<<12 { // they are empty, and not huge for good
		freeStacks.Put(p.stacks)
	}
	return v, err
}

func (p *parser) document() (any, error) {
	p.space()
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.pos < len(p.data) {
		return nil, p.fail("unexpected %s after the value", p.here())
	}
	return v, nil
}

// ParseObject is Parse for a value that has to be an object.
func ParseObject(data []byte) (*Object, error) { return asObject(Parse(data)) }

// ParseObjectShared is ParseShared for a value that has to be an object.
func ParseObjectShared(data []byte) (*Object, error) { return asObject(ParseShared(data)) }

func asObject(v any, err error) (*Object, error) {
	if err != nil {
		return nil, err
	}
	o, ok := v.(*Object)
	if !ok {
		return nil, fmt.Errorf("expected a JSON object, got %s", Kind(v))
	}
	return o, nil
}

type parser struct {
	data []byte
	text string // the same, where texts may be parts of it
	pos  int
	*stacks
}

// Stacks hold what was read of the objects and arrays that have not ended,
// innermost last.
type stacks struct {
	fields []field
	items  []any
}

var freeStacks = sync.Pool{New: func() any { return new(stacks) }}

func (p *parser) fail(format string, args ...any) error {
	return fmt.Errorf("json: %s at offset %d", fmt.Sprintf(format, args...), p.pos)
}

// here describes the current byte for an error.
func (p *parser) here() string {
	if p.pos >= len(p.data) {
		return "end of text"
	}
	r, _ := utf8.DecodeRune(p.data[p.pos:])
	return strconv.QuoteRune(r)
}

func (p *parser) space() {
	for p.pos < len(p.data) {
		switch p.data[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

func (p *parser) value(depth int) (any, error) {
	if p.pos >= len(p.data) {
		return nil, p.fail("unexpected end of text")
	}
	switch c := p.data[p.pos]; c {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case '"':
		return p.str()
	case 't':
		return true, p.word("true")
	case 'f':
		return false, p.word("false")
	case 'n':
		return nil, p.word("null")
	default:
		if c == '-' || c >= '0' && c <= '9' {
			return p.number()
		}
		return nil, p.fail("unexpected %s", p.here())
	}
}

func (p *parser) word(w string) error {
	if len(p.data)-p.pos < len(w) || string(p.data[p.pos:p.pos+len(w)]) != w {
		return p.fail("unexpected %s", p.here())
	}
	p.pos += len(w)
	return nil
}

func (p *parser) object(depth int) (any, error) {
	if depth >= MaxDepth {
		return nil, p.fail("nested deeper than %d levels", MaxDepth)
	}
	p.pos++
	p.space()
	if p.next('}') {
		return new(Object), nil
	}
	first := len(p.fields)
	var o *Object // once it is wide
	for {
		p.space()
		if p.pos >= len(p.data) || p.data[p.pos] != '"' {
			return nil, p.fail("expected a key in quotes, got %s", p.here())
		}
		key, err := p.str()
		if err != nil {
			return nil, err
		}
		p.space()
		if !p.next(':') {
			return nil, p.fail("expected ':', got %s", p.here())
		}
		p.space()
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		o = p.set(o, first, key, v)
		p.space()
		if p.next('}') {
			if o == nil {
				o = &Object{fields: cut(&p.fields, first)}
			}
			return o, nil
		}
		if !p.next(',') {
			return nil, p.fail("expected ',' or '}', got %s", p.here())
		}
	}
}

// set gives the innermost object a field. Its fields gather in p.fields, from
// first on, until they are so many that they need an index.
func (p *parser) set(o *Object, first int, key string, v any) *Object {
	if o != nil {
		o.Set(key, v)
		return o
	}
	for i := first; i < len(p.fields); i++ {
		if p.fields[i].key == key {
			p.fields[i].value = v
			return nil
		}
	}
	p.fields = append(p.fields, field{key, v})
	if len(p.fields)-first < wide {
		return nil
	}
	o = &Object{fields: cut(&p.fields, first)}
	o.reindex()
	return o
}

// cut takes what is on the stack from first on.
func cut[T any](stack *[]T, first int) []T {
	taken := slices.Clone((*stack)[first:])
	clear((*stack)[first:])
	*stack = (*stack)[:first]
	return taken
}

func (p *parser) array(depth int) (any, error) {
	if depth >= MaxDepth {
		return nil, p.fail("nested deeper than %d levels", MaxDepth)
	}
	p.pos++
	p.space()
	if p.next(']') {
		return []any{}, nil
	}
	first := len(p.items)
	for {
		p.space()
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		p.items = append(p.items, v)
		p.space()
		if p.next(']') {
			return cut(&p.items, first), nil
		}
		if !p.next(',') {
			return nil, p.fail("expected ',' or ']', got %s", p.here())
		}
	}
}

// next consumes c if it comes now.
func (p *parser) next(c byte) bool {
	if p.pos < len(p.data) && p.data[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

// number reads an int where the text has neither fraction nor exponent, and a
// float otherwise.
func (p *parser) number() (any, error) {
	start := p.pos
	p.next('-')
	switch {
	case p.next('0'):
	case p.digits() > 0:
	default:
		return nil, p.fail("expected a digit, got %s", p.here())
	}
	whole := true
	if p.next('.') {
		whole = false
		if p.digits() == 0 {
			return nil, p.fail("expected a digit, got %s", p.here())
		}
	}
	if p.next('e') || p.next('E') {
		whole = false
		if !p.next('+') {
			p.next('-')
		}
		if p.digits() == 0 {
			return nil, p.fail("expected a digit, got %s", p.here())
		}
	}
	text := p.part(start)
	if whole {
		return p.integer(text)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && math.IsInf(f, 0) {
		return nil, p.fail("number out of range")
	}
	return f, nil
}

func (p *parser) digits() int {
	start := p.pos
	for p.pos < len(p.data) && p.data[p.pos] >= '0' && p.data[p.pos] <= '9' {
		p.pos++
	}
	return p.pos - start
}

func (p *parser) integer(text string) (any, error) {
	i, err := strconv.ParseInt(text, 10, 64)
	if err == nil {
		return i, nil
	}
	if !errors.Is(err, strconv.ErrRange) || len(text) > maxDigits {
		return nil, p.fail("integer of more than %d digits", maxDigits)
	}
	b, _ := new(big.Int).SetString(text, 10)
	return b, nil
}

// str reads a string; the common one without escapes is a single copy.
func (p *parser) str() (string, error) {
	p.pos++
	start := p.pos
	ascii := true
	for ; p.pos < len(p.data); p.pos++ {
		switch c := p.data[p.pos]; {
		case c == '"':
			s := p.part(start)
			p.pos++
			if !ascii && !utf8.ValidString(s) {
				s = string([]rune(s))
			}
			return s, nil
		case c == '\\':
			return p.escaped(start)
		case c < ' ':
			return "", p.fail("control character in a string")
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return "", p.fail("unexpected end of text in a string")
}

// part is the text from start to here.
func (p *parser) part(start int) string {
	if p.text != "" {
		return p.text[start:p.pos]
	}
	return string(p.data[start:p.pos])
}

// escaped reads on from the first backslash of a string that began at start.
func (p *parser) escaped(start int) (string, error) {
	buf := append(make([]byte, 0, p.pos-start+32), p.data[start:p.pos]...)
	for p.pos < len(p.data) {
		c := p.data[p.pos]
		switch {
		case c == '"':
			p.pos++
			if !utf8.Valid(buf) {
				return string([]rune(string(buf))), nil
			}
			return string(buf), nil
		case c == '\\':
			p.pos++
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			buf = utf8.AppendRune(buf, r)
		case c < ' ':
			return "", p.fail("control character in a string")
		default:
			buf = append(buf, c)
			p.pos++
		}
	}
	return "", p.fail("unexpected end of text in a string")
}

var escapes = [256]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape() (rune, error) {
	if p.pos >= len(p.data) {
		return 0, p.fail("unexpected end of text in a string")
	}
	c := p.data[p.pos]
	if r := escapes[c]; r != 0 {
		p.pos++
		return r, nil
	}
	if c != 'u' {
		return 0, p.fail("unknown escape %s", p.here())
	}
	p.pos++
	r, err := p.hex4()
	if err != nil || !utf16.IsSurrogate(r) {
		return r, err
	}
	back := p.pos
	if p.next('\\') && p.next('u') {
		if low, err := p.hex4(); err == nil {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, nil
			}
		}
	}
	p.pos = back
	return utf8.RuneError, nil
}

func (p *parser) hex4() (rune, error) {
	if len(p.data)-p.pos < 4 {
		return 0, p.fail("unexpected end of text in a string")
	}
	var r rune
	for _, c := range p.data[p.pos : p.pos+4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, p.fail("expected four hexadecimal digits")
		}
	}
	p.pos += 4
	return r, nil
}
