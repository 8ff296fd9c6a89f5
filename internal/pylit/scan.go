package pylit

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrIndent is the error of a text that begins with blanks: to Python that is
// an IndentationError, which is a SyntaxError of its own class.
var ErrIndent = errors.New("unexpected indent")

// A SyntaxError says what Python would not read, and where (a byte offset).
type SyntaxError struct {
	Offset int
	Reason string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("offset %d: %s", e.Offset, e.Reason) }

type kind uint8

const (
	end kind = iota
	newline
	name
	word // a keyword
	literal
	format // a string that holds expressions
	op
)

type token struct {
	kind       kind
	text       string
	value      any
	start, end int
}

var keywords = words("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield")

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// operators, longest first.
var operators = []string{
	"**=", "//=", ">>=", "<<=", "...", "!=", "->", ":=", "**", "//", "<<", ">>", "<=", ">=", "==", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
	"+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=",
}

const maxBrackets = 200 // as CPython's

type scanner struct {
	src   string
	pos   int
	open  []byte // brackets not closed yet
	fresh bool   // at the start of a logical line
}

func (s *scanner) fail(at int, format string, args ...any) error {
	return &SyntaxError{at, fmt.Sprintf(format, args...)}
}

// tokens reads one logical line, or more where newlines end them.
func tokens(src string) ([]token, error) {
	if i := strings.IndexByte(src, 0); i >= 0 {
		return nil, &SyntaxError{i, "source code string cannot contain null bytes"}
	}
	s := &scanner{src: src, fresh: true}
	list := make([]token, 0, len(src)/4+2)
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		list = append(list, t)
		if t.kind == end {
			if len(s.open) > 0 {
				return nil, s.fail(len(src), "%q was never closed", s.open[len(s.open)-1])
			}
			return list, nil
		}
	}
}

// blank skips what separates tokens and reports whether it met a newline that
// ends a line.
func (s *scanner) blank() (ended bool, err error) {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == ' ' || c == '\t' || c == '\f':
			if s.fresh && len(s.open) == 0 && c != '\f' && !s.emptyLine() {
				return false, ErrIndent
			}
			s.pos++
		case c == '#':
			if i := strings.IndexByte(s.src[s.pos:], '\n'); i >= 0 {
				s.pos += i
			} else {
				s.pos = len(s.src)
			}
		case c == '\\':
			rest := strings.TrimPrefix(s.src[s.pos+1:], "\r")
			if !strings.HasPrefix(rest, "\n") || len(rest) == 1 {
				return false, s.fail(s.pos, "unexpected character after line continuation character")
			}
			s.pos = len(s.src) - len(rest) + 1
		case c == '\n' || c == '\r':
			s.pos++
			if len(s.open) == 0 && !s.fresh {
				s.fresh = true
				return true, nil
			}
		default:
			return false, nil
		}
	}
	return false, nil
}

// emptyLine reports whether nothing but blanks and a comment is left of the line.
func (s *scanner) emptyLine() bool {
	line, _, _ := strings.Cut(s.src[s.pos:], "\n")
	line = strings.TrimLeft(line, " \t\f\r")
	return line == "" || line[0] == '#'
}

func (s *scanner) next() (token, error) {
	ended, err := s.blank()
	if err != nil {
		return token{}, err
	}
	if ended {
		return token{kind: newline, start: s.pos, end: s.pos}, nil
	}
	s.fresh = false
	if s.pos >= len(s.src) {
		return token{kind: end, start: s.pos, end: s.pos}, nil
	}
	start := s.pos
	c := s.src[s.pos]
	switch {
	case isDigit(c) || c == '.' && s.pos+1 < len(s.src) && isDigit(s.src[s.pos+1]):
		v, err := s.number()
		return token{kind: literal, value: v, text: s.src[start:s.pos], start: start, end: s.pos}, err
	case c == '"' || c == '\'':
		return s.text(start, "")
	case identStart(s.rune()):
		return s.word(start)
	}
	return s.operator(start)
}

func (s *scanner) rune() rune {
	r, _ := utf8.DecodeRuneInString(s.src[s.pos:])
	return r
}

func identStart(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)
}

func identPart(r rune) bool {
	return identStart(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Pc, r)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// word reads a name, a keyword, or a string with a prefix.
func (s *scanner) word(start int) (token, error) {
	for s.pos < len(s.src) && identPart(s.rune()) {
		s.pos += utf8.RuneLen(s.rune())
	}
	text := s.src[start:s.pos]
	if s.pos < len(s.src) && (s.src[s.pos] == '"' || s.src[s.pos] == '\'') {
		if prefix := strings.ToLower(text); prefixes[prefix] {
			return s.text(start, prefix)
		}
	}
	t := token{kind: name, text: text, start: start, end: s.pos}
	if keywords[text] {
		t.kind = word
	}
	return t, nil
}

var prefixes = words("r u b f br rb fr rf")

func (s *scanner) operator(start int) (token, error) {
	for _, o := range operators {
		if !strings.HasPrefix(s.src[s.pos:], o) {
			continue
		}
		s.pos += len(o)
		if err := s.bracket(o[0], start); len(o) == 1 && err != nil {
			return token{}, err
		}
		return token{kind: op, text: o, start: start, end: s.pos}, nil
	}
	return token{}, s.fail(start, "invalid character %q", s.rune())
}

var closing = map[byte]byte{')': '(', ']': '[', '}': '{'}

// bracket keeps the open brackets: a newline within them ends nothing.
func (s *scanner) bracket(c byte, at int) error {
	switch c {
	case '(', '[', '{':
		if s.open = append(s.open, c); len(s.open) > maxBrackets {
			return s.fail(at, "too many nested parentheses")
		}
	case ')', ']', '}':
		if len(s.open) == 0 || s.open[len(s.open)-1] != closing[c] {
			return s.fail(at, "unmatched %q", c)
		}
		s.open = s.open[:len(s.open)-1]
	}
	return nil
}

// number reads an integer, a float or an imaginary number.
func (s *scanner) number() (any, error) {
	start := s.pos
	if s.src[s.pos] == '0' && s.pos+1 < len(s.src) {
		if base, ok := bases[s.src[s.pos+1]|0x20]; ok {
			return s.based(base)
		}
	}
	whole, ok := s.digits()
	float := false
	if s.at('.') {
		float = true
		s.pos++
		if s.pos < len(s.src) && isDigit(s.src[s.pos]) {
			_, more := s.digits()
			ok = ok && more
		}
	}
	if s.exponent() {
		float = true
	}
	text := strings.ReplaceAll(s.src[start:s.pos], "_", "")
	if !ok {
		return nil, s.fail(start, "invalid decimal literal")
	}
	if s.at('j') || s.at('J') {
		s.pos++
		f, err := parseFloat(text)
		return complex(0, f), s.ends(start, err)
	}
	if float {
		f, err := parseFloat(text)
		return f, s.ends(start, err)
	}
	if whole > 1 && text[0] == '0' && strings.Trim(text, "0") != "" {
		return nil, s.fail(start, "leading zeros in decimal integer literals are not permitted")
	}
	return integer(text, 10), s.ends(start, nil)
}

func parseFloat(text string) (float64, error) {
	f, err := strconv.ParseFloat(text, 64)
	if errors.Is(err, strconv.ErrRange) {
		err = nil // an infinity, or zero
	}
	return f, err
}

var bases = map[byte]int{'x': 16, 'o': 8, 'b': 2}

func (s *scanner) based(base int) (any, error) {
	start := s.pos
	s.pos += 2
	for s.pos < len(s.src) && (s.src[s.pos] == '_' || identPart(rune(s.src[s.pos])) && s.src[s.pos] < utf8.RuneSelf) {
		s.pos++
	}
	text := s.src[start+2 : s.pos]
	bad := strings.HasSuffix(text, "_") || strings.Contains(text, "__")
	i, ok := new(big.Int).SetString(strings.ReplaceAll(text, "_", ""), base)
	if bad || !ok {
		return nil, s.fail(start, "invalid number")
	}
	return integer(i.String(), 10), nil
}

func integer(text string, base int) any {
	if i, err := strconv.ParseInt(text, base, 64); err == nil {
		return i
	}
	i, _ := new(big.Int).SetString(text, base)
	return i
}

// digits skips digits with single underscores between them.
func (s *scanner) digits() (n int, ok bool) {
	ok = true
	for s.pos < len(s.src) && (isDigit(s.src[s.pos]) || s.src[s.pos] == '_') {
		if s.src[s.pos] == '_' {
			ok = ok && s.pos+1 < len(s.src) && isDigit(s.src[s.pos+1]) && isDigit(s.src[s.pos-1])
		} else {
			n++
		}
		s.pos++
	}
	return n, ok
}

func (s *scanner) exponent() bool {
	if !s.at('e') && !s.at('E') {
		return false
	}
	i := s.pos + 1
	if i < len(s.src) && (s.src[i] == '+' || s.src[i] == '-') {
		i++
	}
	if i >= len(s.src) || !isDigit(s.src[i]) {
		return false
	}
	s.pos = i
	_, ok := s.digits()
	return ok
}

func (s *scanner) at(c byte) bool { return s.pos < len(s.src) && s.src[s.pos] == c }

// ends refuses a number that a name follows directly.
func (s *scanner) ends(start int, err error) error {
	if err != nil {
		return s.fail(start, "invalid number")
	}
	if s.pos >= len(s.src) || !identStart(s.rune()) {
		return nil
	}
	for _, w := range []string{"and", "else", "for", "if", "in", "is", "not", "or"} {
		if strings.HasPrefix(s.src[s.pos:], w) {
			return nil
		}
	}
	return s.fail(start, "invalid decimal literal")
}
