package python

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Calculate is str(round(float(eval(expression)), 2)) for an expression of
// digits, "+-*/(). ": the whole of Python's grammar that these characters can
// write, with ** and //.
func Calculate(expression any) string {
	text, ok := expression.(string)
	if !ok {
		Raise("TypeError", "eval() arg 1 must be a string, bytes or code object")
	}
	e := &evaluator{text: strings.TrimLeft(text, " ")}
	e.scan()
	tree := e.parse()
	return pyjson.Repr(pyjson.Round(Float(tree()), 2))
}

// ellipsis is a value that only an expression makes.
type ellipsis struct{}

// A node computes when asked, so that a syntax error anywhere comes first.
type node func() any

type evaluator struct {
	text   string
	tokens []string
	pos    int
	open   bool // some parenthesis is never closed
}

func syntax(text string) { Raise("SyntaxError", "%s (<string>, line 1)", text) }

// scan splits the text into numbers and operators.
func (e *evaluator) scan() {
	depth := 0
	for i := 0; i < len(e.text); {
		rest := e.text[i:]
		n := 1
		switch c := rest[0]; {
		case c == ' ':
			i++
			continue
		case c == '(':
			if depth++; depth > 200 {
				syntax("too many nested parentheses")
			}
		case c == ')':
			if depth--; depth < 0 {
				syntax("unmatched ')'")
			}
		case strings.HasPrefix(rest, "..."):
			n = 3
		case strings.HasPrefix(rest, "**"), strings.HasPrefix(rest, "//"):
			n = 2
		case c >= '0' && c <= '9', c == '.' && len(rest) > 1 && isDigit(rest[1]):
			n = numberLength(rest)
		}
		e.tokens = append(e.tokens, rest[:n])
		i += n
	}
	e.open = depth > 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// numberLength is the length of the literal at the start of text.
func numberLength(text string) int {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	whole := text[:n]
	if n < len(text) && text[n] == '.' {
		n++
		for n < len(text) && isDigit(text[n]) {
			n++
		}
		return n
	}
	if len(whole) > 1 && whole[0] == '0' && strings.Trim(whole, "0") != "" {
		syntax("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
	}
	return n
}

func (e *evaluator) parse() node {
	if len(e.tokens) == 0 {
		Raise("SyntaxError", "invalid syntax (<string>, line 0)")
	}
	n := e.sum()
	if e.pos < len(e.tokens) {
		e.fail()
	}
	return n
}

// fail raises the syntax error of the current token; an open parenthesis is
// blamed only at the end of the text.
func (e *evaluator) fail() {
	if e.open && e.pos >= len(e.tokens) {
		syntax("'(' was never closed")
	}
	syntax("invalid syntax")
}

func (e *evaluator) peek() string {
	if e.pos < len(e.tokens) {
		return e.tokens[e.pos]
	}
	return ""
}

func (e *evaluator) sum() node {
	left := e.product()
	for e.peek() == "+" || e.peek() == "-" {
		left = e.binary(left, e.product)
	}
	return left
}

func (e *evaluator) product() node {
	left := e.unary()
	for e.peek() == "*" || e.peek() == "/" || e.peek() == "//" {
		left = e.binary(left, e.unary)
	}
	return left
}

func (e *evaluator) binary(left node, operand func() node) node {
	op := e.tokens[e.pos]
	e.pos++
	right := operand()
	return func() any {
		a := left()
		return Operate(op, a, right())
	}
}

func (e *evaluator) unary() node {
	op := e.peek()
	if op != "+" && op != "-" {
		return e.power()
	}
	e.pos++
	operand := e.unary()
	return func() any {
		v := operand()
		if c, ok := v.(complex128); ok && op == "-" {
			return -c
		} else if ok {
			return c
		}
		if op == "-" {
			return Neg(v)
		}
		x, ok := number(v)
		if !ok {
			Raise("TypeError", "bad operand type for unary +: '%s'", TypeName(v))
		}
		return x
	}
}

func (e *evaluator) power() node {
	base := e.call()
	if e.peek() != "**" {
		return base
	}
	return e.binary(base, e.unary)
}

// call is an atom and the parentheses after it: nothing here can be called, but
// the argument is computed first, and unpacked where stars say so.
func (e *evaluator) call() node {
	n := e.atom()
	for e.peek() == "(" {
		e.pos++
		var argument node
		stars := ""
		if e.peek() != ")" {
			if token := e.peek(); token == "*" || token == "**" {
				stars = token
				e.pos++
			}
			argument = e.sum()
		}
		e.close()
		callee := n
		n = func() any {
			f := callee()
			if argument != nil {
				unpack(stars, f, argument())
			}
			Raise("TypeError", "'%s' object is not callable", TypeName(f))
			return nil
		}
	}
	return n
}

// unpack raises what f(*v) or f(**v) raises before f is looked at.
func unpack(stars string, f, v any) {
	wanted := map[string]string{"*": "an iterable", "**": "a mapping"}[stars]
	if wanted == "" || stars == "*" && isTuple(v) {
		return
	}
	Raise("TypeError", "%s argument after %s must be %s, not %s", shown(f), stars, wanted, TypeName(v))
}

// shown is str(v) of anything an expression makes.
func shown(v any) string {
	switch v := v.(type) {
	case ellipsis:
		return "Ellipsis"
	case complex128:
		return pyjson.Repr(imag(v)) + "j"
	}
	return Str(v)
}

func (e *evaluator) close() {
	if e.peek() != ")" {
		e.fail()
	}
	e.pos++
}

func (e *evaluator) atom() node {
	token := e.peek()
	if token == "" || token != "(" && token != "..." && !isDigit(token[len(token)-1]) && !isDigit(token[0]) {
		e.fail()
	}
	e.pos++
	switch token {
	case "(":
		if e.peek() == ")" {
			e.pos++
			return func() any { return pyjson.Tuple{} }
		}
		inner := e.sum()
		e.close()
		return inner
	case "...":
		return func() any { return ellipsis{} }
	}
	v := literal(token)
	return func() any { return v }
}

func literal(token string) any {
	if strings.Contains(token, ".") {
		f, _ := strconv.ParseFloat(token, 64) // beyond the range: inf, as in Python
		return f
	}
	if len(token) > 4300 {
		syntax("Exceeds the limit (4300 digits) for integer string conversion")
	}
	i, _ := new(big.Int).SetString(token, 10)
	return shrink(i)
}
