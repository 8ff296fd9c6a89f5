package seed

import (
	"strconv"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// distinct are meanings of which two rows should not share a value; the others
// only have to where the column says so.
var distinct = words.Set("email username sku slug iban isbn")

func (r *row) hasToDiffer(col int, soft bool) bool {
	c, s := r.t.Columns[col], r.t.shapes[col]
	if c.Ref != "" || c.Name == r.t.Key || s.Type == "boolean" || len(s.Enum) > 0 {
		return c.Unique && c.Ref == "" && c.Name != r.t.Key && len(s.Enum) == 0
	}
	if len(r.t.copies[col]) > 0 {
		return c.Unique
	}
	if c.Unique || distinct[s.Semantic] && len(s.Examples) == 0 {
		return true
	}
	last := len(s.Words) - 1
	return soft && last >= 0 && (s.Words[last] == "name" || s.Words[last] == "title") && s.Type == "string"
}

func (r *row) clashes(taken map[string]bool, soft bool) bool {
	for col, v := range r.values {
		if v != nil && r.hasToDiffer(col, soft) && taken[r.t.Columns[col].Name+"\x00"+pyjson.Bare(v)] {
			return true
		}
	}
	return false
}

// separate makes values unique that drawing again did not, and remembers them.
func (r *row) separate(taken map[string]bool) {
	for col, v := range r.values {
		if v == nil || !r.hasToDiffer(col, true) {
			continue
		}
		name, s := r.t.Columns[col].Name+"\x00", r.t.shapes[col]
		for n := 2; taken[name+pyjson.Bare(r.values[col])] && r.hasToDiffer(col, false) && n < 400; n++ {
			other := numbered(v, n)
			if !s.Allows(other) {
				other = r.maker.Value(s)
			}
			r.values[col] = other
		}
		taken[name+pyjson.Bare(r.values[col])] = true
	}
}

// numbered changes a value so that it carries a number: mia@... is mia2@...
func numbered(v any, n int) any {
	switch v := v.(type) {
	case int64:
		return v + int64(n)
	case float64:
		return v + float64(n)
	case string:
		suffix := strconv.Itoa(n)
		if at := strings.IndexByte(v, '@'); at > 0 {
			return v[:at] + suffix + v[at:]
		}
		if strings.Contains(v, " ") {
			return v + " " + suffix
		}
		return v + suffix
	}
	return v
}
