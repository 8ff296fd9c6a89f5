// Package python is how Python's operators behave on JSON values: what they
// return, and with which exception and text they fail. Tool code of published
// Python benchmarks, moved to Go on top of it, answers bad arguments as the
// original does (CPython 3.13).
//
// Values are those of pyjson. A failing operator raises: it panics with an
// *Error, and Try, at the boundary of one tool call, returns it as a value.
package python

import (
	"fmt"
	"math/big"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// An Error is a Python exception: its class and str() of it.
type Error struct{ Class, Text string }

// Error implements error.
func (e *Error) Error() string { return e.Class + ": " + e.Text }

// Raise raises an exception; only Try catches it.
func Raise(class, format string, args ...any) {
	panic(&Error{class, fmt.Sprintf(format, args...)})
}

// Try runs f and returns what it returned or raised.
func Try(f func() any) (v any, err *Error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			v, err = nil, e
		}
	}()
	return f(), nil
}

// TypeName is type(v).__name__.
func TypeName(v any) string {
	switch v.(type) {
	case nil:
		return "NoneType"
	case bool:
		return "bool"
	case int64, *big.Int:
		return "int"
	case float64:
		return "float"
	case string:
		return "str"
	case []any:
		return "list"
	case *pyjson.Object:
		return "dict"
	case pyjson.Tuple:
		return "tuple"
	case ellipsis:
		return "ellipsis"
	case complex128:
		return "complex"
	}
	panic(fmt.Sprintf("unreachable: %T is not a Python value", v))
}

// Str is str(v), and what an f-string shows.
func Str(v any) string { return pyjson.Str(v) }

// Bool is bool(v).
func Bool(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case int64:
		return v != 0
	case *big.Int:
		return v.Sign() != 0
	case float64:
		return v != 0
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case pyjson.Tuple:
		return len(v) > 0
	case *pyjson.Object:
		return v.Len() > 0
	}
	return true
}
