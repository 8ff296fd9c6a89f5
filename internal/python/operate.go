package python

import (
	"math"
	"math/big"
	"math/cmplx"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// Operate is a op b for the operators + - * / // and **.
func Operate(op string, a, b any) any {
	if isTuple(a) || isTuple(b) {
		return operateTuple(op, a, b)
	}
	if isComplex(a) || isComplex(b) {
		return operateComplex(op, a, b)
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
		unsupported(named(op), a, b)
	}
	if f, ok := x.(float64); ok {
		return operateFloats(op, f, y.(float64))
	}
	return operateInts(op, toBig(x), toBig(y))
}

// named is how an error names an operator.
func named(op string) string {
	if op == "**" {
		return "** or pow()"
	}
	return op
}

func isTuple(v any) bool   { _, ok := v.(pyjson.Tuple); return ok }
func isComplex(v any) bool { _, ok := v.(complex128); return ok }

// operateTuple knows the two operators that a tuple has, for the only one that an
// expression can write: the empty one.
func operateTuple(op string, a, b any) any {
	switch {
	case op == "+" && isTuple(a):
		if !isTuple(b) {
			Raise("TypeError", `can only concatenate tuple (not "%s") to tuple`, TypeName(b))
		}
	case op == "*":
		times := a
		if isTuple(a) {
			times = b
		}
		switch times.(type) {
		case int64:
		case *big.Int:
			Raise("OverflowError", "cannot fit 'int' into an index-sized integer")
		default:
			Raise("TypeError", "can't multiply sequence by non-int of type '%s'", TypeName(times))
		}
	default:
		unsupported(named(op), a, b)
	}
	return pyjson.Tuple{}
}

// operateComplex follows what a power of a negative number makes: float() of it
// fails in the end, unless something here fails before.
func operateComplex(op string, a, b any) any {
	x, ok := toComplex(a)
	y, ok2 := toComplex(b)
	if !ok || !ok2 || op == "//" {
		unsupported(named(op), a, b)
	}
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "/":
		if y == 0 {
			Raise("ZeroDivisionError", "complex division by zero")
		}
		return x / y
	}
	if x == 0 && (imag(y) != 0 || real(y) < 0) {
		Raise("ZeroDivisionError", "0.0 to a negative or complex power")
	}
	v := cmplx.Pow(x, y)
	if cmplx.IsInf(v) {
		Raise("OverflowError", "complex exponentiation")
	}
	return v
}

func toComplex(v any) (complex128, bool) {
	if c, ok := v.(complex128); ok {
		return c, true
	}
	if _, ok := number(v); !ok {
		return 0, false
	}
	return complex(Float(v), 0), true
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
	if x.Sign() == 0 && y.Sign() < 0 {
		return math.Copysign(0, -1)
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
