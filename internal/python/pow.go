package python

import (
	"math"
	"math/big"
	"math/cmplx"
)

func powFloats(x, y float64) any {
	if x == 0 && y < 0 {
		Raise("ZeroDivisionError", "0.0 cannot be raised to a negative power")
	}
	if x < 0 && y != math.Floor(y) && !math.IsInf(x, 0) {
		return cmplx.Pow(complex(x, 0), complex(y, 0))
	}
	v := pow(x, y)
	if math.IsInf(v, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		Raise("OverflowError", "(34, 'Numerical result out of range')")
	}
	return v
}

// precision in bits of a power before it is rounded to a float's 53.
const precision = 256

// pow is x**y rounded correctly, as the C library that Python calls does it but
// for rare last digits: math.Pow errs in one result of five.
func pow(x, y float64) float64 {
	rough := math.Pow(x, y)
	if rough == 0 || math.IsInf(rough, 0) || math.IsNaN(rough) || math.IsInf(y, 0) || math.Abs(y) < 1e-20 {
		return rough
	}
	whole, rest := math.Modf(math.Abs(y))
	if whole > 1<<53 {
		return rough
	}
	base := new(big.Float).SetPrec(precision).SetFloat64(math.Abs(x))
	power := wholePower(base, uint64(whole))
	power.Mul(power, dyadicPower(base, rest))
	if y < 0 {
		power.Quo(new(big.Float).SetPrec(precision).SetInt64(1), power)
	}
	v, _ := power.Float64()
	return math.Copysign(v, rough)
}

// wholePower squares once for each bit of n.
func wholePower(base *big.Float, n uint64) *big.Float {
	power := new(big.Float).SetPrec(precision).SetInt64(1)
	square := new(big.Float).Set(base)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			power.Mul(power, square)
		}
		square.Mul(square, square)
	}
	return power
}

// dyadicPower takes a square root for each bit of a fraction: every float below
// one ends after some of them.
func dyadicPower(base *big.Float, fraction float64) *big.Float {
	power := new(big.Float).SetPrec(precision).SetInt64(1)
	root := new(big.Float).Set(base)
	for bits := 0; fraction > 0 && bits < precision/2; bits++ {
		root.Sqrt(root)
		if fraction *= 2; fraction >= 1 {
			power.Mul(power, root)
			fraction--
		}
	}
	return power
}
