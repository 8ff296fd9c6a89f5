package pyjson

import "math/big"

// Bare is text as it is, and any other value as JSON.
func Bare(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return Text(v)
}

// Items are the items of a list; a single value is its only item, and null has
// none.
func Items(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// Number returns the value of a number of whatever kind.
func Number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case *big.Int:
		x, _ := new(big.Float).SetInt(v).Float64()
		return x, true
	}
	return 0, false
}
