package python

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agentscaler/scaler/internal/pyjson"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// Equal is a == b: 1, 1.0 and True are equal.
func Equal(a, b any) bool {
	if x, ok := number(a); ok {
		y, ok := number(b)
		return ok && compareNumbers(x, y) == 0
	}
	switch x := a.(type) {
	case nil:
		return b == nil
	case string:
		y, ok := b.(string)
		return ok && x == y
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, Equal)
	case pyjson.Tuple:
		y, ok := b.(pyjson.Tuple)
		return ok && slices.EqualFunc(x, y, Equal)
	case *pyjson.Object:
		y, ok := b.(*pyjson.Object)
		return ok && equalDicts(x, y)
	}
	return false
}

func equalDicts(x, y *pyjson.Object) bool {
	if x.Len() != y.Len() {
		return false
	}
	for key, v := range x.All() {
		w, ok := y.Get(key)
		if !ok || !Equal(v, w) {
			return false
		}
	}
	return true
}

// compareNumbers compares values, not their nearest floats: 2**53 + 1 is not
// 2.0**53. What cannot be compared is neither equal nor less.
func compareNumbers(x, y any) int {
	if i, ok := x.(int64); ok {
		if j, ok := y.(int64); ok {
			return cmp.Compare(i, j)
		}
	}
	f, xf := x.(float64)
	g, yf := y.(float64)
	switch {
	case xf && f != f, yf && g != g:
		return 1
	case xf && yf:
		return cmp.Compare(f, g)
	case xf:
		return -compareFloat(toBig(y), f)
	case yf:
		return compareFloat(toBig(x), g)
	}
	return toBig(x).Cmp(toBig(y))
}

func compareFloat(i *big.Int, f float64) int {
	if i.BitLen() <= 53 {
		return cmp.Compare(Float(i), f)
	}
	return new(big.Float).SetInt(i).Cmp(big.NewFloat(f))
}

// Less says whether a sorts before b; op is the operator of the source, one of
// < <= > >=, as an error names it. For <= and > callers pass the operands in the
// order that makes the question "less".
func Less(a, b any, op string) bool {
	if x, ok := number(a); ok {
		if y, ok := number(b); ok {
			return compareNumbers(x, y) < 0
		}
	}
	switch x := a.(type) {
	case string:
		if y, ok := b.(string); ok {
			return x < y
		}
	case []any:
		if y, ok := b.([]any); ok {
			return lessLists(x, y, op)
		}
	}
	if op == ">" || op == "<=" {
		a, b = b, a
	}
	Raise("TypeError", "'%s' not supported between instances of '%s' and '%s'", op, TypeName(a), TypeName(b))
	return false
}

func lessLists(x, y []any, op string) bool {
	for i := range min(len(x), len(y)) {
		if !Equal(x[i], y[i]) {
			return Less(x[i], y[i], op)
		}
	}
	return len(x) < len(y)
}

// Sorted is sorted(v). It compares in CPython's order, so that a list of mixed
// types fails with the same text.
func Sorted(v any) []any {
	list := append([]any{}, Iter(v)...)
	if len(list) < 2 {
		return list
	}
	less := func(a, b any) bool { return Less(a, b, "<") }
	run := 2
	if down := less(list[1], list[0]); down {
		for run < len(list) && less(list[run], list[run-1]) {
			run++
		}
		for i, j := 0, run-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
	} else {
		for run < len(list) && !less(list[run], list[run-1]) {
			run++
		}
	}
	for i := run; i < len(list); i++ {
		pivot, low, high := list[i], 0, i
		for low < high {
			mid := (low + high) / 2
			if less(pivot, list[mid]) {
				high = mid
			} else {
				low = mid + 1
			}
		}
		copy(list[low+1:i+1], list[low:i])
		list[low] = pivot
	}
	return list
}

// Iter is the items that "for x in v" sees.
func Iter(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case pyjson.Tuple:
		return v
	case string:
		list := make([]any, 0, len(v))
		for _, r := range v {
			list = append(list, string(r))
		}
		return list
	case *pyjson.Object:
		list := make([]any, 0, v.Len())
		for key := range v.All() {
			list = append(list, key)
		}
		return list
	}
	Raise("TypeError", "'%s' object is not iterable", TypeName(v))
	return nil
}

// Len is len(v).
func Len(v any) int64 {
	switch v := v.(type) {
	case []any:
		return int64(len(v))
	case pyjson.Tuple:
		return int64(len(v))
	case string:
		return int64(len([]rune(v)))
	case *pyjson.Object:
		return int64(v.Len())
	}
	Raise("TypeError", "object of type '%s' has no len()", TypeName(v))
	return 0
}

// hash raises where a value cannot be a key.
func hash(v any) {
	switch v := v.(type) {
	case []any, *pyjson.Object:
		Raise("TypeError", "unhashable type: '%s'", TypeName(v))
	case pyjson.Tuple:
		for _, item := range v {
			hash(item)
		}
	}
}

// Hash is hash(v): it raises for lists and dicts.
func Hash(v any) { hash(v) }

// In is x in container.
func In(x, container any) bool {
	switch c := container.(type) {
	case *pyjson.Object:
		hash(x)
		key, ok := x.(string)
		if !ok {
			return false
		}
		_, found := c.Get(key)
		return found
	case []any:
		return slices.ContainsFunc(c, func(item any) bool { return Equal(item, x) })
	case pyjson.Tuple:
		return In(x, []any(c))
	case string:
		part, ok := x.(string)
		if !ok {
			Raise("TypeError", "'in <string>' requires string as left operand, not %s", TypeName(x))
		}
		return strings.Contains(c, part)
	}
	Raise("TypeError", "argument of type '%s' is not iterable", TypeName(container))
	return false
}

// Index is container[key].
func Index(container, key any) any {
	switch c := container.(type) {
	case *pyjson.Object:
		hash(key)
		if name, ok := key.(string); ok {
			if v, ok := c.Get(name); ok {
				return v
			}
		}
		Raise("KeyError", "%s", pyjson.Repr(key))
	case []any:
		return c[position(key, len(c), "list")]
	case pyjson.Tuple:
		return c[position(key, len(c), "tuple")]
	case string:
		runes := []rune(c)
		return string(runes[position(key, len(runes), "string")])
	}
	Raise("TypeError", "'%s' object is not subscriptable", TypeName(container))
	return nil
}

func position(key any, size int, what string) int {
	x, ok := number(key)
	if _, f := x.(float64); !ok || f {
		if what != "string" {
			Raise("TypeError", "%s indices must be integers or slices, not %s", what, TypeName(key))
		}
		Raise("TypeError", "string indices must be integers, not '%s'", TypeName(key))
	}
	i, fits := x.(int64)
	if fits && i < 0 {
		i += int64(size)
	}
	if !fits || i < 0 || i >= int64(size) {
		if _, isBig := x.(*big.Int); isBig {
			Raise("IndexError", "cannot fit 'int' into an index-sized integer")
		}
		Raise("IndexError", "%s index out of range", what)
	}
	return int(i)
}

// SetItem is container[key] = v for a key that is a string.
func SetItem(container any, key string, v any) {
	o, ok := container.(*pyjson.Object)
	if !ok {
		Raise("TypeError", "'%s' object does not support item assignment", TypeName(container))
	}
	o.Set(key, v)
}

// NoAttribute raises what v.name raises where v has no such attribute.
func NoAttribute(v any, name string) {
	Raise("AttributeError", "'%s' object has no attribute '%s'", TypeName(v), name)
}

// Lower is v.lower().
func Lower(v any) string {
	s, ok := v.(string)
	if !ok {
		NoAttribute(v, "lower")
	}
	return lower(s)
}

// lower is str.lower, which differs from Unicode's simple mapping in İ and in a
// sigma that ends a word.
func lower(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return cases.Lower(language.Und).String(s)
}

// EqualLower is a.lower() == b.lower().
func EqualLower(a, b any) bool {
	x, ok := a.(string)
	y, ok2 := b.(string)
	if !ok || !ok2 {
		return Lower(a) == Lower(b)
	}
	if isASCII(x) && isASCII(y) {
		return len(x) == len(y) && strings.EqualFold(x, y)
	}
	return lower(x) == lower(y)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Count is v.count(x).
func Count(v, x any) int {
	switch v := v.(type) {
	case []any:
		n := 0
		for _, item := range v {
			if Equal(item, x) {
				n++
			}
		}
		return n
	case string:
		part, ok := x.(string)
		if !ok {
			Raise("TypeError", "must be str, not %s", TypeName(x))
		}
		return strings.Count(v, part)
	}
	NoAttribute(v, "count")
	return 0
}

// Head is list[:limit].
func Head(list []any, limit any) []any {
	if limit == nil {
		return list
	}
	x, ok := number(limit)
	if _, f := x.(float64); !ok || f {
		Raise("TypeError", "slice indices must be integers or None or have an __index__ method")
	}
	n := int64(len(list))
	i, fits := x.(int64)
	switch {
	case !fits && x.(*big.Int).Sign() > 0, fits && i > n:
		return list
	case !fits || i <= -n:
		return list[:0]
	case i < 0:
		return list[:n+i]
	}
	return list[:i]
}
