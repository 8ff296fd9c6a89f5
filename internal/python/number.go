package python

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// number returns v as int64, *big.Int or float64; a bool is an int.
func number(v any) (any, bool) {
	switch v := v.(type) {
	case bool:
		if v {
			return int64(1), true
		}
		return int64(0), true
	case int64, *big.Int, float64:
		return v, true
	}
	return nil, false
}

// numbers returns a and b as two ints or two floats.
func numbers(a, b any) (any, any, bool) {
	x, ok := number(a)
	y, ok2 := number(b)
	if !ok || !ok2 {
		return nil, nil, false
	}
	_, xf := x.(float64)
	_, yf := y.(float64)
	if xf != yf {
		return Float(x), Float(y), true
	}
	return x, y, true
}

// Float is float(v) of a number.
func Float(v any) float64 {
	switch v := v.(type) {
	case bool:
		if v {
			return 1
		}
		return 0
	case int64:
		return float64(v)
	case float64:
		return v
	case *big.Int:
		f, _ := new(big.Float).SetInt(v).Float64()
		if math.IsInf(f, 0) {
			Raise("OverflowError", "int too large to convert to float")
		}
		return f
	}
	Raise("TypeError", "float() argument must be a string or a real number, not '%s'", TypeName(v))
	return 0
}

func toBig(v any) *big.Int {
	if i, ok := v.(int64); ok {
		return big.NewInt(i)
	}
	return v.(*big.Int)
}

// shrink returns the int64 where the value fits.
func shrink(v *big.Int) any {
	if v.IsInt64() {
		return v.Int64()
	}
	return v
}

func unsupported(op string, a, b any) {
	Raise("TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", op, TypeName(a), TypeName(b))
}

// Add is a + b; op names the operator in an error: "+" or "+=".
func Add(a, b any, op string) any {
	if x, y, ok := numbers(a, b); ok {
		return addNumbers(x, y)
	}
	switch x := a.(type) {
	case string:
		if y, ok := b.(string); ok {
			return x + y
		}
		Raise("TypeError", `can only concatenate str (not "%s") to str`, TypeName(b))
	case []any:
		if y, ok := b.([]any); ok {
			return append(append([]any{}, x...), y...)
		}
		Raise("TypeError", `can only concatenate list (not "%s") to list`, TypeName(b))
	}
	unsupported(op, a, b)
	return nil
}

func addNumbers(x, y any) any {
	if f, ok := x.(float64); ok {
		return f + y.(float64)
	}
	if i, ok := x.(int64); ok {
		if j, ok := y.(int64); ok {
			if sum := i + j; (sum > i) == (j > 0) {
				return sum
			}
		}
	}
	return shrink(new(big.Int).Add(toBig(x), toBig(y)))
}

// Sub is a - b.
func Sub(a, b any, op string) any {
	x, y, ok := numbers(a, b)
	if !ok {
		unsupported(op, a, b)
	}
	if f, ok := x.(float64); ok {
		return f - y.(float64)
	}
	if i, ok := x.(int64); ok {
		if j, ok := y.(int64); ok {
			if d := i - j; (d < i) == (j > 0) {
				return d
			}
		}
	}
	return shrink(new(big.Int).Sub(toBig(x), toBig(y)))
}

// Mul is a * b, of numbers, and of a sequence and an int.
func Mul(a, b any, op string) any {
	if x, y, ok := numbers(a, b); ok {
		if f, ok := x.(float64); ok {
			return f * y.(float64)
		}
		return shrink(new(big.Int).Mul(toBig(x), toBig(y)))
	}
	for _, p := range [2][2]any{{a, b}, {b, a}} {
		if v, ok := repeat(p[0], p[1]); ok {
			return v
		}
	}
	unsupported(op, a, b)
	return nil
}

// longest is how long a repeated sequence may become.
const longest = 1 << 24

func repeat(v, times any) (any, bool) {
	size := 0
	switch v := v.(type) {
	case string:
		size = len(v)
	case []any:
		size = len(v)
	default:
		return nil, false
	}
	n, ok := number(times)
	if _, f := n.(float64); !ok || f {
		Raise("TypeError", "can't multiply sequence by non-int of type '%s'", TypeName(times))
	}
	if b, big := n.(*big.Int); big && b.Sign() > 0 && size > 0 || !big && n.(int64) > 0 && int64(size) > longest/n.(int64) {
		Raise("MemoryError", "")
	}
	count, _ := n.(int64)
	var text []byte
	list := []any{}
	for range max(count, 0) {
		switch v := v.(type) {
		case string:
			text = append(text, v...)
		case []any:
			list = append(list, v...)
		}
	}
	if _, ok := v.(string); ok {
		return string(text), true
	}
	return list, true
}

// Neg is -v.
func Neg(v any) any {
	x, ok := number(v)
	if !ok {
		Raise("TypeError", "bad operand type for unary -: '%s'", TypeName(v))
	}
	if f, ok := x.(float64); ok {
		return -f
	}
	return shrink(new(big.Int).Neg(toBig(x)))
}

// Abs is abs(v).
func Abs(v any) any {
	x, ok := number(v)
	if !ok {
		Raise("TypeError", "bad operand type for abs(): '%s'", TypeName(v))
	}
	if f, ok := x.(float64); ok {
		return math.Abs(f)
	}
	return shrink(new(big.Int).Abs(toBig(x)))
}

// Round is round(v, n) for n >= 0.
func Round(v any, n int) any {
	x, ok := number(v)
	if !ok {
		Raise("TypeError", "type %s doesn't define __round__ method", TypeName(v))
	}
	if f, ok := x.(float64); ok {
		return pyjson.Round(f, n)
	}
	return x
}

// Sum is sum(list), from left to right from the int 0. Like CPython it keeps a
// compensated total while the items are floats.
func Sum(list []any) any {
	var total any = int64(0)
	for i, v := range list {
		if f, ok := total.(float64); ok {
			return sumFloats(f, list[i:])
		}
		total = Add(total, v, "+")
	}
	return total
}

// sumFloats is CPython's float loop with Neumaier's compensation.
func sumFloats(total float64, list []any) any {
	var lost float64
	for _, v := range list {
		x, ok := number(v)
		if !ok {
			unsupported("+", total, v) // nothing but a number can be added to a float
		}
		f, exact := x.(float64)
		if !exact { // an int is added without compensation
			total += Float(x)
			continue
		}
		t := total + f
		if math.Abs(total) >= math.Abs(f) {
			lost += (total - t) + f
		} else {
			lost += (f - t) + total
		}
		total = t
	}
	if lost != 0 && !math.IsInf(lost, 0) && !math.IsNaN(lost) {
		return total + lost
	}
	return total
}

// Max is max(a, b): the first where they are equal.
func Max(a, b any) any {
	if Less(a, b, ">") {
		return b
	}
	return a
}

// Int is int(text) in base ten: spaces around, a sign and single underscores
// between digits are fine.
func Int(text string) int64 {
	s := strings.TrimSpace(text)
	digits := strings.TrimLeft(s, "+-")
	bad := len(s)-len(digits) > 1 || strings.HasPrefix(digits, "_") || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__")
	i, err := strconv.ParseInt(strings.ReplaceAll(s, "_", ""), 10, 64)
	if bad || err != nil {
		Raise("ValueError", "invalid literal for int() with base 10: %s", pyjson.Repr(text))
	}
	return i
}
