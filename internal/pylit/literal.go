package pylit

import (
	"fmt"
	"math/big"
)

// Literal evaluates what Python's ast.literal_eval does: constants, signs before
// numbers, and lists, tuples and dicts of literals.
func Literal(x Expr) (any, error) {
	switch x := x.(type) {
	case *Constant:
		if !x.Ellipsis {
			return x.Value, nil
		}
	case *Unary:
		if v, err := Literal(x.X); err == nil {
			if n, ok := signed(x.Op, v); ok {
				return n, nil
			}
		}
	case *ListExpr:
		return literals(x.Items)
	case *TupleExpr:
		items, err := literals(x.Items)
		return Tuple(items), err
	case *DictExpr:
		return literalDict(x)
	}
	return nil, fmt.Errorf("no literal: %s", x.Source())
}

func literals(items []Expr) ([]any, error) {
	out := make([]any, len(items))
	for i, item := range items {
		var err error
		if out[i], err = Literal(item); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func literalDict(x *DictExpr) (*Dict, error) {
	d := &Dict{}
	for i, k := range x.Keys {
		if k == nil {
			return nil, fmt.Errorf("no literal: **%s", x.Values[i].Source())
		}
		key, err := Literal(k)
		if err != nil {
			return nil, err
		}
		v, err := Literal(x.Values[i])
		if err != nil {
			return nil, err
		}
		d.Set(key, v)
	}
	return d, nil
}

func signed(sign string, v any) (any, bool) {
	switch n := v.(type) {
	case int64:
		if sign == "-" {
			return -n, true
		}
		return n, sign == "+"
	case *big.Int:
		if sign == "-" {
			return new(big.Int).Neg(n), true
		}
		return n, sign == "+"
	case float64:
		if sign == "-" {
			return -n, true
		}
		return n, sign == "+"
	}
	return nil, false
}
