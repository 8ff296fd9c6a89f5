package sandbox

import (
	"cmp"
	"math/big"
	"strings"
	"unicode/utf8"
)

// operators by their names in tool code.
var operators = map[string]func(have, want any) bool{
	"==":       same,
	"!=":       func(have, want any) bool { return !same(have, want) },
	"<":        func(have, want any) bool { c, ok := compare(have, want); return ok && c < 0 },
	"<=":       func(have, want any) bool { c, ok := compare(have, want); return ok && c <= 0 },
	">":        func(have, want any) bool { c, ok := compare(have, want); return ok && c > 0 },
	">=":       func(have, want any) bool { c, ok := compare(have, want); return ok && c >= 0 },
	"contains": contains,
	"in":       isIn,
}

// contains looks for text inside text, whatever the case, or for an item of a list.
func contains(have, want any) bool {
	w, isText := want.(string)
	switch have := have.(type) {
	case string:
		return isText && containsFold(have, w)
	case []any:
		for _, item := range have {
			if same(item, want) {
				return true
			}
			if text, ok := item.(string); ok && isText && strings.EqualFold(text, w) {
				return true
			}
		}
	}
	return false
}

// containsFold is strings.Contains whatever the case, without a copy where w is
// plain ASCII.
func containsFold(s, w string) bool {
	if w == "" {
		return true
	}
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return strings.Contains(strings.ToLower(s), strings.ToLower(w))
		}
	}
	first := w[0] | 0x20
	for i := 0; i+len(w) <= len(s); i++ {
		if s[i]|0x20 == first && strings.EqualFold(s[i:i+len(w)], w) {
			return true
		}
	}
	return false
}

// isIn says whether a value, or some item of a list, is one of the wanted.
func isIn(have, want any) bool {
	list, ok := want.([]any)
	if !ok {
		return same(have, want)
	}
	items, ok := have.([]any)
	if !ok {
		items = []any{have}
	}
	for _, item := range items {
		for _, w := range list {
			if same(item, w) {
				return true
			}
		}
	}
	return false
}

// compare orders two numbers or two strings; other pairs have no order.
func compare(a, b any) (int, bool) {
	if x, ok := a.(string); ok {
		y, ok := b.(string)
		return strings.Compare(x, y), ok
	}
	if x, ok := a.(int64); ok {
		if y, ok := b.(int64); ok {
			return cmp.Compare(x, y), true
		}
	}
	if x, ok := a.(float64); ok {
		if y, ok := b.(float64); ok {
			return cmp.Compare(x, y), true
		}
	}
	x, okX := number(a)
	y, okY := number(b)
	if !okX || !okY {
		return 0, false
	}
	return x.Cmp(y), true
}

func number(v any) (*big.Float, bool) {
	switch v := v.(type) {
	case int64:
		return new(big.Float).SetInt64(v), true
	case float64:
		return big.NewFloat(v), true
	case *big.Int:
		return new(big.Float).SetInt(v), true
	}
	return nil, false
}
