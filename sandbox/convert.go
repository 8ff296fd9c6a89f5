package sandbox

import (
	"fmt"
	"math"
	"math/big"
	"strconv"

	"github.com/agentscaler/scaler/internal/pyjson"
	"go.starlark.net/starlark"
)

// toStarlark makes a fresh, mutable Starlark value that may outlive a call.
func toStarlark(v any) starlark.Value { return (*shelf)(nil).value(v) }

// scalar is a JSON value that is neither a list nor an object.
func scalar(v any) starlark.Value {
	switch v := v.(type) {
	case nil:
		return starlark.None
	case bool:
		return starlark.Bool(v)
	case string:
		return starlark.String(v)
	case int64:
		return starlark.MakeInt64(v)
	case *big.Int:
		return starlark.MakeBigInt(v)
	case float64:
		return starlark.Float(v)
	}
	panic("unreachable: " + pyjson.Kind(v))
}

// A converter makes JSON values of Starlark values. Depth and size are limited:
// a list may contain itself, or a small one may repeat a large one.
type converter struct {
	depth int
	left  int // bytes, about
}

func (c *converter) value(v starlark.Value, depth int) (any, error) {
	if depth > c.depth {
		return nil, &Refusal{Code: Internal, Message: fmt.Sprintf("A value nests deeper than %d levels.", c.depth), Rule: "sandbox.depth"}
	}
	switch v := v.(type) {
	case starlark.NoneType:
		return nil, c.spend(4)
	case starlark.Bool:
		return bool(v), c.spend(5)
	case starlark.String:
		s := whole(string(v))
		return s, c.spend(len(s) + 2)
	case starlark.Int:
		return c.int(v)
	case starlark.Float:
		if f := float64(v); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("%v is not a JSON number", v)
		}
		return float64(v), c.spend(8)
	case *row:
		return c.row(v, depth)
	case *starlark.Dict:
		return c.dict(v, depth)
	case starlark.Sequence:
		return c.list(v, depth)
	}
	return nil, fmt.Errorf("a %s is not a JSON value", v.Type())
}

func (c *converter) spend(n int) error {
	if c.left -= n; c.left < 0 {
		return &Refusal{Code: Internal, Message: "The tool's result is too large.", Rule: "sandbox.output"}
	}
	return nil
}

func (c *converter) int(v starlark.Int) (any, error) {
	if i, ok := v.Int64(); ok {
		return i, c.spend(8)
	}
	b := v.BigInt()
	if b.BitLen() > 14000 {
		return nil, fmt.Errorf("an integer of %d bits is too long", b.BitLen())
	}
	return b, c.spend(b.BitLen() / 3)
}

func (c *converter) list(v starlark.Sequence, depth int) (any, error) {
	list := make([]any, 0, max(v.Len(), 0))
	iter := v.Iterate()
	defer iter.Done()
	var item starlark.Value
	for iter.Next(&item) {
		x, err := c.value(item, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, c.spend(2)
}

func (c *converter) dict(v *starlark.Dict, depth int) (any, error) {
	o := pyjson.NewObject(v.Len())
	for key, item := range v.Entries() {
		k, err := keyOf(key)
		if err != nil {
			return nil, err
		}
		x, err := c.value(item, depth+1)
		if err != nil {
			return nil, err
		}
		if err := c.spend(len(k) + 4); err != nil {
			return nil, err
		}
		o.Set(k, x)
	}
	return o, c.spend(2)
}

// keyOf turns a dict's key into text as json.dumps does.
func keyOf(v starlark.Value) (string, error) {
	switch v := v.(type) {
	case starlark.String:
		return whole(string(v)), nil
	case starlark.Bool:
		return strconv.FormatBool(bool(v)), nil
	case starlark.Int:
		return v.String(), nil
	case starlark.Float:
		return string(pyjson.Marshal(float64(v))), nil
	case starlark.NoneType:
		return "null", nil
	}
	return "", fmt.Errorf("a dict with a %s as key is not a JSON value", v.Type())
}

// keyText is a key column's value as text: strings as they are, integers (also
// 5.0 and 1e300, which JSON Schema takes for such) in decimal.
func keyText(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case int64:
		return strconv.FormatInt(v, 10), true
	case *big.Int:
		return v.String(), true
	case float64:
		if v == math.Trunc(v) && !math.IsInf(v, 0) {
			whole, _ := big.NewFloat(v).Int(nil)
			return whole.String(), true
		}
	}
	return "", false
}

// starlarkKey is keyText for a value of tool code.
func starlarkKey(v starlark.Value) (string, bool) {
	switch v := v.(type) {
	case starlark.String:
		return string(v), true
	case starlark.Int:
		return v.String(), true
	case starlark.Float:
		return keyText(float64(v))
	}
	return "", false
}

// article puts "a" or "an" before a JSON type.
func article(kind string) string {
	switch kind {
	case "null":
		return kind
	case "array", "integer", "object":
		return "an " + kind
	}
	return "a " + kind
}
