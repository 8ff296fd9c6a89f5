package sandbox

import (
	"math"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// conform turns 5.0 into 5 where the schema says integer, in place: JSON Schema
// takes it for one, tool code would not.
func conform(schema *pyjson.Object, v any) any {
	if schema == nil {
		return v
	}
	switch v := v.(type) {
	case float64:
		if t, _ := schema.Get("type"); t == "integer" && v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v)
		}
	case []any:
		items := subschema(schema, "items")
		for i := range v {
			v[i] = conform(items, v[i])
		}
	case *pyjson.Object:
		properties := subschema(schema, "properties")
		if properties == nil {
			break
		}
		for i := range v.Len() {
			name, item := v.At(i)
			v.Set(name, conform(subschema(properties, name), item))
		}
	}
	return v
}

func subschema(schema *pyjson.Object, name string) *pyjson.Object {
	v, _ := schema.Get(name)
	o, _ := v.(*pyjson.Object)
	return o
}
