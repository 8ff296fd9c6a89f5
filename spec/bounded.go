package spec

import (
	"encoding/json"
	"unicode/utf8"
)

// Limits of an example: enough to show what a value looks like. A document may
// share one value a million times, so nothing of it is written out unbounded.
const (
	exampleNodes = 300
	exampleDepth = 8
	exampleItems = 3
	exampleText  = 300
)

// A trimmer copies a value within the limits of an example.
type trimmer struct{ nodes int }

// trim returns v with long lists, long texts and deep parts cut.
func trim(v any) any {
	t := trimmer{nodes: exampleNodes}
	return t.value(v, 0)
}

// encodeBounded writes v as JSON within the limits of an example.
func encodeBounded(v any) json.RawMessage { return encode(trim(v)) }

func (t *trimmer) value(v any, depth int) any {
	t.nodes--
	switch v := v.(type) {
	case string:
		v = cutText(v, exampleText)
		t.nodes -= len(v) / 32 // long texts use up the budget too
		return v
	case []any:
		out := []any{}
		for _, e := range v[:min(len(v), exampleItems)] {
			if t.nodes <= 0 || depth >= exampleDepth {
				break
			}
			out = append(out, t.value(e, depth+1))
		}
		return out
	case *object:
		out := &object{}
		for k, e := range v.all() {
			if t.nodes <= 0 || depth >= exampleDepth {
				break
			}
			out.set(cutText(k, exampleText), t.value(e, depth+1))
		}
		return out
	}
	return v
}

// cutText returns at most n bytes of s, whole characters only.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
