package pyjson

import (
	"math"
	"math/big"
	"strconv"
)

// appendFloat appends Python's repr of f: the shortest digits that read back
// as f, always with ".0" or an exponent.
func appendFloat(b []byte, f float64, nan, inf string) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, nan...)
	case math.IsInf(f, 1):
		return append(b, inf...)
	case math.IsInf(f, -1):
		return append(append(b, '-'), inf...)
	}
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		return strconv.AppendFloat(b, f, 'e', -1, 64)
	}
	if f == math.Trunc(f) {
		return append(strconv.AppendFloat(b, f, 'f', -1, 64), ".0"...)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

// Round is Python's round(x, n): the exact binary value of x to n decimals,
// ties to even.
func Round(x float64, n int) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) || x == 0 || n > 323 {
		return x
	}
	if n >= 0 {
		f, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', n, 64), 64)
		if err != nil {
			return x
		}
		return f
	}
	if n < -309 {
		return math.Copysign(0, x)
	}
	f, _ := new(big.Float).SetInt(roundTo(exact(x), -n)).Float64()
	return math.Copysign(f, x)
}

func exact(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }

// roundTo rounds r to a multiple of 10**digits, ties to even.
func roundTo(r *big.Rat, digits int) *big.Int {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	den := new(big.Int).Mul(r.Denom(), ten)
	q, rest := new(big.Int).QuoRem(new(big.Int).Abs(r.Num()), den, new(big.Int))
	twice := rest.Lsh(rest, 1)
	if c := twice.Cmp(den); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	q.Mul(q, ten)
	if r.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

// RoundBig is Python's round of an int to a power of ten: n is negative.
func RoundBig(i *big.Int, n int) *big.Int {
	if -n > len(i.String())+1 {
		return new(big.Int)
	}
	return roundTo(new(big.Rat).SetInt(i), -n)
}
