package fake

import (
	"slices"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// statistics are names of what is said of a set of numbers, from the least up.
var statistics = [][]string{{"minimum", "min", "Minimum", "Min"}, {"average", "avg", "mean", "Average", "Mean"}, {"maximum", "max", "Maximum", "Max"}}

// orderStatistics makes the least no more than the average, and that no more
// than the most.
func orderStatistics(o *pyjson.Object) {
	var keys []string
	var values []float64
	for _, names := range statistics {
		for _, name := range names {
			if v, ok := o.Get(name); ok {
				if x, ok := pyjson.Number(v); ok {
					keys, values = append(keys, name), append(values, x)
				}
				break
			}
		}
	}
	slices.Sort(values)
	for i, key := range keys {
		if v, _ := o.Get(key); v != any(values[i]) {
			if _, whole := v.(int64); whole {
				o.Set(key, int64(values[i]))
			} else {
				o.Set(key, values[i])
			}
		}
	}
}
