package checkout

import (
	"sort"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// title is str.title() of a name with blanks for underscores.
func title(name string) string {
	b := []byte(strings.ReplaceAll(name, "_", " "))
	inside := false
	for i, c := range b {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if letter && !inside {
			b[i] = c &^ 0x20
		} else if letter {
			b[i] = c | 0x20
		}
		inside = letter
	}
	return string(b)
}

// sorted puts keys in order as pydantic does: everywhere but among properties
// and inside defaults.
func sorted(v any, key string) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = sorted(x, key)
		}
		return out
	case *pyjson.Object:
		keys := v.Keys()
		if key != "properties" && key != "default" {
			sort.Strings(keys)
		}
		out := pyjson.NewObject(len(keys))
		for _, k := range keys {
			x, _ := v.Get(k)
			out.Set(k, sorted(x, k))
		}
		return out
	}
	return v
}
