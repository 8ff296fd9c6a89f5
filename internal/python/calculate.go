package python

import (
	"math"
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

// Values that only an expression makes.
type (
	tuple         struct{}
	ellipsis      struct{}
	complexNumber struct{}
)

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
		if _, ok := v.(complexNumber); ok {
			return v
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
// the arguments are computed first.
func (e *evaluator) call() node {
	n := e.atom()
	for e.peek() == "(" {
		e.pos++
		var argument node
		if e.peek() != ")" {
			if e.peek() == "*" || e.peek() == "**" {
				e.pos++
			}
			argument = e.sum()
		}
		e.close()
		callee := n
		n = func() any {
			f := callee()
			if argument != nil {
				argument()
			}
			Raise("TypeError", "'%s' object is not callable", TypeName(f))
			return nil
		}
	}
	return n
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
			return func() any { return tuple{} }
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

// Operate is a op b for the operators + - * / // and **.
func Operate(op string, a, b any) any {
	if _, ok := a.(complexNumber); ok {
		return operateComplex(op, a, b)
	}
	if _, ok := b.(complexNumber); ok {
		return operateComplex(op, a, b)
	}
	if v, ok := operateTuple(op, a, b); ok {
		return v
	}
	switch op {
	case "+":
		return Add(a, b, op)
	case "-":
		return Sub(a, b, op)
	case "*":
		return Mul(a, b, op)
	}
	x, y, ok := numbers(a, b)
	if !ok {
		if op == "**" {
			op = "** or pow()"
		}
		unsupported(op, a, b)
	}
	if f, ok := x.(float64); ok {
		return operateFloats(op, f, y.(float64))
	}
	return operateInts(op, toBig(x), toBig(y))
}

// operateTuple knows the two operators that the empty tuple has.
func operateTuple(op string, a, b any) (any, bool) {
	_, x := a.(tuple)
	_, y := b.(tuple)
	_, i := b.(int64)
	_, j := a.(int64)
	return tuple{}, op == "+" && x && y || op == "*" && (x && i || y && j)
}

// operateComplex: whatever comes of a complex number is one, and float() of it
// fails.
func operateComplex(op string, a, b any) any {
	if op == "//" {
		unsupported(op, a, b)
	}
	for _, v := range []any{a, b} {
		if _, ok := v.(complexNumber); !ok {
			if _, ok := number(v); !ok {
				unsupported(op, a, b)
			}
		}
	}
	if _, ok := b.(complexNumber); !ok && op == "/" && Float(b) == 0 {
		Raise("ZeroDivisionError", "complex division by zero")
	}
	return complexNumber{}
}

func operateFloats(op string, x, y float64) any {
	switch op {
	case "/":
		if y == 0 {
			Raise("ZeroDivisionError", "float division by zero")
		}
		return x / y
	case "//":
		if y == 0 {
			Raise("ZeroDivisionError", "float floor division by zero")
		}
		return floorDivide(x, y)
	}
	return powFloats(x, y)
}

// floorDivide is CPython's float_divmod.
func floorDivide(x, y float64) float64 {
	mod := math.Mod(x, y)
	div := (x - mod) / y
	if mod != 0 && (y < 0) != (mod < 0) {
		div--
	}
	if div == 0 {
		return math.Copysign(0, x/y)
	}
	floor := math.Floor(div)
	if div-floor > 0.5 {
		floor++
	}
	return floor
}

func powFloats(x, y float64) any {
	if x == 0 && y < 0 {
		Raise("ZeroDivisionError", "0.0 cannot be raised to a negative power")
	}
	if x < 0 && y != math.Floor(y) && !math.IsInf(x, 0) {
		return complexNumber{}
	}
	v := math.Pow(x, y)
	if math.IsInf(v, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		Raise("OverflowError", "(34, 'Numerical result out of range')")
	}
	return v
}

func operateInts(op string, x, y *big.Int) any {
	if op == "**" {
		return powInts(x, y)
	}
	if y.Sign() == 0 {
		if op == "//" {
			Raise("ZeroDivisionError", "integer division or modulo by zero")
		}
		Raise("ZeroDivisionError", "division by zero")
	}
	if op == "//" {
		q, r := new(big.Int).QuoRem(x, y, new(big.Int))
		if r.Sign() != 0 && r.Sign() != y.Sign() {
			q.Sub(q, big.NewInt(1))
		}
		return shrink(q)
	}
	f, _ := new(big.Rat).SetFrac(x, y).Float64()
	if math.IsInf(f, 0) {
		Raise("OverflowError", "integer division result too large for a float")
	}
	return f
}

// widest is how many bits a power may have. Python would compute for hours.
const widest = 1 << 22

func powInts(x, y *big.Int) any {
	if y.Sign() < 0 {
		return powFloats(Float(x), Float(y))
	}
	if x.BitLen() > 1 && (!y.IsInt64() || y.Int64() > widest/int64(x.BitLen())) {
		Raise("OverflowError", "int too large to convert to float")
	}
	return shrink(new(big.Int).Exp(x, y, nil))
}
