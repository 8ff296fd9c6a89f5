package pylit

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// text reads a string whose quotes stand at the scanner's place.
func (s *scanner) text(start int, prefix string) (token, error) {
	quote := s.src[s.pos : s.pos+1]
	if strings.HasPrefix(s.src[s.pos:], strings.Repeat(quote, 3)) {
		quote = s.src[s.pos : s.pos+3]
	}
	s.pos += len(quote)
	from := s.pos
	for {
		if s.pos >= len(s.src) || len(quote) == 1 && s.src[s.pos] == '\n' {
			return token{}, s.fail(start, "unterminated string literal")
		}
		if strings.HasPrefix(s.src[s.pos:], quote) {
			break
		}
		if s.src[s.pos] == '\\' {
			s.pos++
		}
		s.pos++
	}
	body := s.src[from:s.pos]
	s.pos += len(quote)
	t := token{kind: literal, text: s.src[start:s.pos], start: start, end: s.pos}
	if strings.Contains(prefix, "f") {
		t.kind = format
		return t, nil
	}
	var err error
	t.value, err = s.decode(strings.ReplaceAll(body, "\r\n", "\n"), prefix, start)
	return t, err
}

// decode replaces the escapes of a string's body.
func (s *scanner) decode(body, prefix string, at int) (any, error) {
	binary := strings.Contains(prefix, "b")
	if binary {
		for i := range len(body) {
			if body[i] >= utf8.RuneSelf {
				return nil, s.fail(at, "bytes can only contain ASCII literal characters")
			}
		}
	}
	if !strings.Contains(prefix, "r") && strings.Contains(body, `\`) {
		var ok bool
		if body, ok = unescape(body, binary); !ok {
			return nil, s.fail(at, "a bad escape in a string")
		}
	}
	if binary {
		return Bytes(body), nil
	}
	return body, nil
}

var simple = map[byte]string{
	'\n': "", '\\': `\`, '\'': "'", '"': `"`, 'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v",
}

// unescape follows Python: an escape that means nothing stays as it is.
func unescape(body string, binary bool) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			b.WriteByte(body[i])
			continue
		}
		i++
		c := body[i]
		if text, ok := simple[c]; ok {
			b.WriteString(text)
			continue
		}
		size := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		switch {
		case '0' <= c && c <= '7':
			n := 1
			for n < 3 && i+n < len(body) && '0' <= body[i+n] && body[i+n] <= '7' {
				n++
			}
			code, _ := strconv.ParseUint(body[i:i+n], 8, 32)
			put(&b, code, binary)
			i += n - 1
		case size > 0 && (c == 'x' || !binary):
			if i+size >= len(body) {
				return "", false
			}
			code, err := strconv.ParseUint(body[i+1:i+1+size], 16, 32)
			if err != nil || code > utf8.MaxRune {
				return "", false
			}
			put(&b, code, binary)
			i += size
		case c == 'N' && !binary:
			return "", false // a character by its name: nobody writes it
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String(), true
}

func put(b *strings.Builder, code uint64, binary bool) {
	if binary {
		b.WriteByte(byte(code))
		return
	}
	b.WriteRune(rune(code))
}
