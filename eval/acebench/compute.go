package acebench

import (
	"math"
	"math/big"

	"github.com/agentscaler/scaler/internal/pylit"
	"github.com/agentscaler/scaler/internal/python"
)

// compute evaluates arithmetic on literals, which the official code gives to
// Python's eval. A name in it is not defined there.
func compute(x *pylit.Binary) (v any, err error) {
	a, err := operand(x.X)
	if err != nil {
		return nil, err
	}
	b, err := operand(x.Y)
	if err != nil {
		return nil, err
	}
	return operate(x.Op, a, b)
}

// operate is a op b of JSON values; whatever else Python can compute with
// (bytes, sets) is no argument of any function here.
func operate(op string, a, b any) (any, error) {
	for _, v := range []any{a, b} {
		switch v.(type) {
		case pylit.Bytes, pylit.Tuple, pylit.Set, *pylit.Dict, complex128:
			return nil, exception("TypeError", "unsupported operand type for %s: '%s'", op, pylit.TypeName(v))
		}
	}
	v, err := python.Try(func() any {
		if bitwise[op] != nil {
			return integers(op, a, b)
		}
		return python.Operate(op, a, b)
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

func operand(x pylit.Expr) (any, error) {
	switch x := x.(type) {
	case *pylit.Binary:
		return compute(x)
	case *pylit.Constant:
		if !x.Ellipsis {
			return x.Value, nil
		}
	case *pylit.Unary:
		v, err := operand(x.X)
		switch {
		case err != nil:
			return nil, err
		case x.Op == "-":
			return negated(v)
		case x.Op == "+":
			return operate("+", int64(0), v)
		}
	case *pylit.ListExpr:
		return reader{bare: asSource}.value(x)
	}
	return nil, exception("NameError", "cannot compute with %s", x.Source())
}

// negated is -v.
func negated(v any) (any, error) {
	switch v := v.(type) {
	case float64:
		return -v, nil
	case complex128:
		return -v, nil
	case bool, int64, *big.Int:
		return operate("-", int64(0), v)
	}
	return nil, exception("TypeError", "bad operand type for unary -: '%s'", pylit.TypeName(v))
}

// bitwise lists the operators that are for whole numbers; "%" takes floats too.
var bitwise = map[string]func(z, x, y *big.Int) *big.Int{
	"&": (*big.Int).And, "|": (*big.Int).Or, "^": (*big.Int).Xor,
	"<<": func(z, x, y *big.Int) *big.Int { return z.Lsh(x, shift(y)) },
	">>": func(z, x, y *big.Int) *big.Int { return z.Rsh(x, shift(y)) },
	"%": func(z, x, y *big.Int) *big.Int {
		if y.Sign() == 0 {
			python.Raise("ZeroDivisionError", "integer modulo by zero")
		}
		if z.Mod(x, y); z.Sign() != 0 && y.Sign() < 0 {
			z.Add(z, y) // the remainder has the divisor's sign
		}
		return z
	},
}

// maxShift bounds a number's size: more is an attack, not an answer.
const maxShift = 1 << 16

func shift(y *big.Int) uint {
	if y.Sign() < 0 || !y.IsInt64() || y.Int64() > maxShift {
		python.Raise("ValueError", "a shift by %v", y)
	}
	return uint(y.Int64())
}

func integers(op string, a, b any) any {
	x, xok := whole(a)
	y, yok := whole(b)
	if xok && yok {
		z := bitwise[op](new(big.Int), x, y)
		if z.IsInt64() {
			return z.Int64()
		}
		return z
	}
	if op != "%" || !isNumber(a) || !isNumber(b) {
		python.Raise("TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", op, pylit.TypeName(a), pylit.TypeName(b))
	}
	f, g := python.Float(a), python.Float(b)
	if g == 0 {
		python.Raise("ZeroDivisionError", "float modulo by zero")
	}
	m := math.Mod(f, g)
	if m != 0 && (m < 0) != (g < 0) {
		m += g
	}
	return m
}

func whole(v any) (*big.Int, bool) {
	switch v := v.(type) {
	case bool:
		return big.NewInt(int64(python.Float(v))), true
	case int64:
		return big.NewInt(v), true
	case *big.Int:
		return v, true
	}
	return nil, false
}

func isNumber(v any) bool {
	_, float := v.(float64)
	_, ok := whole(v)
	return ok || float
}
