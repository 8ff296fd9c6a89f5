package fake

import (
	"math/big"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

func object(o *pyjson.Object, key string) (*pyjson.Object, bool) {
	v, _ := o.Get(key)
	in, ok := v.(*pyjson.Object)
	return in, ok
}

func list(o *pyjson.Object, key string) []any {
	v, _ := o.Get(key)
	in, _ := v.([]any)
	return in
}

func text(o *pyjson.Object, key string) (string, bool) {
	v, _ := o.Get(key)
	s, ok := v.(string)
	return s, ok
}

func number(o *pyjson.Object, key string) *float64 {
	v, _ := o.Get(key)
	if x, ok := pyjson.Number(v); ok {
		return &x
	}
	return nil
}

// kindOf returns the JSON Schema type of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case int64, *big.Int:
		return "integer"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

// pointer splits a JSON pointer without its leading "#/" into steps.
func pointer(s string) []string {
	steps := strings.Split(s, "/")
	for i, step := range steps {
		steps[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
	}
	return steps
}
