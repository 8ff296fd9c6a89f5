package acebench

import (
	"math"
	"math/big"
	"strings"

	"github.com/agentscaler/scaler/internal/pylit"
)

// compute evaluates arithmetic on literals, which the official code gives to
// Python's eval.
func compute(x *pylit.Binary) (any, error) {
	a, err := operand(x.X)
	if err != nil {
		return nil, err
	}
	b, err := operand(x.Y)
	if err != nil {
		return nil, err
	}
	return arithmetic(x.Op, a, b, false)
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
			return arithmetic("-", int64(0), v, true)
		case x.Op == "+":
			return arithmetic("+", int64(0), v, true)
		}
	case *pylit.ListExpr, *pylit.TupleExpr, *pylit.DictExpr:
		return reader{bare: asSource}.value(x)
	}
	return nil, exception("NameError", "cannot compute with %s", x.Source())
}

const maxBits = 1 << 16 // of an integer: more is an attack, not an answer

// arithmetic is Python's a op b. A sign alone is 0 op b, and for it a float
// keeps its sign at zero.
func arithmetic(op string, a, b any, sign bool) (any, error) {
	if s, ok := joined(op, a, b); ok {
		return s, nil
	}
	x, xok := integer(a)
	y, yok := integer(b)
	if xok && yok && op != "/" {
		return integers(op, x, y)
	}
	f, fok := float(a)
	g, gok := float(b)
	if !fok || !gok {
		return nil, exception("TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", op, pylit.TypeName(a), pylit.TypeName(b))
	}
	if sign && op == "-" {
		return -g, nil
	}
	return floats(op, f, g)
}

// joined adds strings and lists.
func joined(op string, a, b any) (any, bool) {
	switch x := a.(type) {
	case string:
		if y, ok := b.(string); ok && op == "+" {
			return x + y, true
		}
		if n, ok := b.(int64); ok && op == "*" && n*int64(len(x)) < maxBits {
			return strings.Repeat(x, int(max(n, 0))), true
		}
	case []any:
		if y, ok := b.([]any); ok && op == "+" {
			return append(append([]any{}, x...), y...), true
		}
	}
	return nil, false
}

func integer(v any) (*big.Int, bool) {
	switch v := v.(type) {
	case bool:
		if v {
			return big.NewInt(1), true
		}
		return new(big.Int), true
	case int64:
		return big.NewInt(v), true
	case *big.Int:
		return v, true
	}
	return nil, false
}

func float(v any) (float64, bool) {
	if f, ok := v.(float64); ok {
		return f, true
	}
	i, ok := integer(v)
	if !ok {
		return 0, false
	}
	f, _ := new(big.Float).SetInt(i).Float64()
	return f, true
}

var errZero = exception("ZeroDivisionError", "division by zero")

func integers(op string, x, y *big.Int) (any, error) {
	z := new(big.Int)
	switch op {
	case "+":
		z.Add(x, y)
	case "-":
		z.Sub(x, y)
	case "*":
		z.Mul(x, y)
	case "//", "%":
		if y.Sign() == 0 {
			return nil, errZero
		}
		// Python rounds towards minus infinity, and so has the remainder the divisor's sign.
		m := new(big.Int)
		z.DivMod(x, y, m)
		if m.Sign() != 0 && y.Sign() < 0 {
			z.Sub(z, big.NewInt(1))
			m.Add(m, y)
		}
		if op == "%" {
			z = m
		}
	case "**":
		if y.Sign() < 0 {
			f, _ := float(small(x))
			g, _ := float(small(y))
			return floats(op, f, g)
		}
		if !y.IsInt64() || x.BitLen() > 1 && y.Int64()*int64(x.BitLen()) > maxBits {
			return nil, exception("OverflowError", "too large")
		}
		z.Exp(x, y, nil)
	case "<<", ">>":
		if y.Sign() < 0 || !y.IsInt64() || y.Int64() > maxBits {
			return nil, exception("ValueError", "negative shift count")
		}
		if op == "<<" {
			z.Lsh(x, uint(y.Int64()))
		} else {
			z.Rsh(x, uint(y.Int64()))
		}
	case "&":
		z.And(x, y)
	case "|":
		z.Or(x, y)
	case "^":
		z.Xor(x, y)
	default:
		return nil, exception("TypeError", "unsupported operator %s", op)
	}
	return small(z), nil
}

// small is an integer in the form that values have it in.
func small(z *big.Int) any {
	if z.IsInt64() {
		return z.Int64()
	}
	return z
}

func floats(op string, f, g float64) (any, error) {
	switch op {
	case "+":
		return f + g, nil
	case "-":
		return f - g, nil
	case "*":
		return f * g, nil
	case "**":
		z := math.Pow(f, g)
		if math.IsInf(z, 0) || math.IsNaN(z) {
			return nil, exception("OverflowError", "numerical result out of range")
		}
		return z, nil
	case "/", "//", "%":
		if g == 0 {
			return nil, errZero
		}
	}
	switch op {
	case "/":
		return f / g, nil
	case "//", "%":
		m := math.Mod(f, g)
		if m != 0 && (m < 0) != (g < 0) {
			m += g
		}
		if op == "%" {
			return m, nil
		}
		return math.Round((f - m) / g), nil
	}
	return nil, exception("TypeError", "unsupported operator %s", op)
}
