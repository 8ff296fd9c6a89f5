package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep a document may nest. Real specifications stay under 100.
const maxDepth = 500

var errDepth = fmt.Errorf("nested deeper than %d levels", maxDepth)

// parseJSON reads JSON as people write it: comments, commas too many or missing, a
// list left open, raw control characters inside strings and half surrogate pairs
// are accepted. With an error it
// returns what stood before it; the objects that were still open are marked cut.
func parseJSON(data string) (any, error) {
	p := &jsonParser{s: data}
	v, err := p.value(0)
	if err == nil {
		p.space()
		if p.i < len(p.s) {
			err = errTrailing
		}
	}
	if err != nil {
		err = fmt.Errorf("line %d: %w", 1+strings.Count(p.s[:min(p.i, len(p.s))], "\n"), err)
	}
	return v, err
}

// parseLines reads one JSON object per line, as function lists often come. Lines
// that hold none are left out, and the error says which was the first.
func parseLines(data string) (objects []any, err error) {
	n := 0
	for line := range strings.Lines(data) {
		n++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		v, lineErr := parseJSON(line)
		if _, ok := v.(*object); ok && lineErr == nil {
			objects = append(objects, v)
		} else if err == nil {
			err = fmt.Errorf("line %d holds no JSON object", n)
		}
	}
	return objects, err
}

var (
	errTrailing  = errors.New("more text after the end of the JSON value")
	errTruncated = errors.New("the text ends inside a JSON value")
)

type jsonParser struct {
	s string
	i int
}

// space skips white space, comments and byte order marks.
func (p *jsonParser) space() {
	for p.i < len(p.s) {
		rest := p.s[p.i:]
		switch {
		case rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\r' || rest[0] == '\t':
			p.i++
		case rest[0] >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(rest)
			if r != '\ufeff' && !unicode.IsSpace(r) {
				return
			}
			p.i += n
		case strings.HasPrefix(rest, "//"):
			p.skipPast(2, "\n")
		case strings.HasPrefix(rest, "/*"):
			p.skipPast(2, "*/")
		default:
			return
		}
	}
}

func (p *jsonParser) skipPast(from int, end string) {
	n := strings.Index(p.s[p.i+from:], end)
	if n < 0 {
		p.i = len(p.s)
		return
	}
	p.i += from + n + len(end)
}

func (p *jsonParser) value(depth int) (any, error) {
	p.space()
	if p.i >= len(p.s) {
		return nil, errTruncated
	}
	switch c := p.s[p.i]; {
	case depth >= maxDepth && (c == '{' || c == '['):
		return nil, errDepth
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.list(depth)
	case c == '"':
		return p.string()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	for word, v := range map[string]any{"true": true, "false": false, "null": nil} {
		if strings.HasPrefix(p.s[p.i:], word) {
			p.i += len(word)
			return v, nil
		}
	}
	return nil, p.unexpected()
}

func (p *jsonParser) unexpected() error {
	if p.i >= len(p.s) {
		return errTruncated
	}
	r, _ := utf8.DecodeRuneInString(p.s[p.i:])
	return fmt.Errorf("unexpected %q", r)
}

func (p *jsonParser) object(depth int) (any, error) {
	o := &object{}
	p.i++
	for {
		if p.end('}') {
			return o, nil
		}
		key, v, err := p.member(depth)
		if key != nil {
			o.set(*key, v)
		}
		if err == nil {
			err = p.comma('}')
		}
		if err != nil {
			o.cut = true
			return o, err
		}
	}
}

// member reads a key and its value. The key is nil where not even that could be read.
func (p *jsonParser) member(depth int) (*string, any, error) {
	if p.i >= len(p.s) || p.s[p.i] != '"' {
		return nil, nil, p.unexpected()
	}
	k, err := p.string()
	if err != nil {
		return nil, nil, err
	}
	key := k.(string)
	p.space()
	if p.i >= len(p.s) || p.s[p.i] != ':' {
		return nil, nil, p.unexpected()
	}
	p.i++
	v, err := p.value(depth + 1)
	return &key, v, err
}

func (p *jsonParser) list(depth int) (any, error) {
	out := []any{}
	p.i++
	for {
		if p.end(']') {
			return out, nil
		}
		v, err := p.value(depth + 1)
		if err == nil || v != nil {
			out = append(out, v)
		}
		if err == nil {
			err = p.comma(']')
		}
		if err != nil {
			return out, err
		}
	}
}

// end says whether the object or list ends here, and steps over its bracket. A list
// without a bracket ends where the object around it does.
func (p *jsonParser) end(bracket byte) bool {
	p.space()
	if bracket == ']' && p.i < len(p.s) && p.s[p.i] == '}' {
		return true
	}
	if p.i < len(p.s) && p.s[p.i] == bracket {
		p.i++
		return true
	}
	return false
}

// comma steps over commas, of which there may be one too many before the bracket,
// or none before the next string.
func (p *jsonParser) comma(bracket byte) error {
	p.space()
	if p.i >= len(p.s) {
		return errTruncated
	}
	switch c := p.s[p.i]; {
	case c == bracket || c == '"' || c == '}' && bracket == ']':
		return nil
	case c != ',':
		return p.unexpected()
	}
	for p.i < len(p.s) && p.s[p.i] == ',' {
		p.i++
		p.space()
	}
	return nil
}

func (p *jsonParser) number() (any, error) {
	start := p.i
	for p.i < len(p.s) && strings.IndexByte("+-.eE0123456789", p.s[p.i]) >= 0 {
		p.i++
	}
	text := p.s[start:p.i]
	if !json.Valid([]byte(text)) {
		p.i = start
		return nil, fmt.Errorf("%q is no number", text)
	}
	return json.Number(text), nil
}

func (p *jsonParser) string() (any, error) {
	rest := p.s[p.i+1:]
	if n := strings.IndexAny(rest, `"\`); n >= 0 && rest[n] == '"' { // no escapes
		p.i += n + 2
		return strings.ToValidUTF8(rest[:n], "\ufffd"), nil
	}
	var b strings.Builder
	for i := p.i + 1; i < len(p.s); {
		switch c := p.s[i]; c {
		case '"':
			p.i = i + 1
			return strings.ToValidUTF8(b.String(), "\ufffd"), nil
		case '\\':
			n := unescape(&b, p.s[i+1:])
			i += 1 + n
		default:
			b.WriteByte(c)
			i++
		}
	}
	p.i = len(p.s)
	return nil, errTruncated
}

// unescape writes the character that the escape after a backslash means and
// returns the length of the escape; an unknown escape means itself.
func unescape(b *strings.Builder, s string) int {
	if s == "" {
		return 0
	}
	if i := strings.IndexByte("bfnrt", s[0]); i >= 0 {
		b.WriteByte("\b\f\n\r\t"[i])
		return 1
	}
	r, ok := hex4(s)
	if !ok {
		b.WriteByte(s[0])
		return 1
	}
	if utf16.IsSurrogate(r) && len(s) > 5 && s[5] == '\\' {
		if low, ok := hex4(s[6:]); ok {
			if full := utf16.DecodeRune(r, low); full != utf8.RuneError {
				b.WriteRune(full)
				return 11
			}
		}
	}
	b.WriteRune(r) // a lone surrogate becomes U+FFFD
	return 5
}

// hex4 reads uXXXX.
func hex4(s string) (rune, bool) {
	if len(s) < 5 || s[0] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range s[1:5] {
		d := strings.IndexRune("0123456789abcdef", c|0x20)
		if d < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	return r, true
}
