package task

import (
	"math/rand/v2"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// misspell gets a number or an address wrong as people do: two digits or letters
// swapped, or one digit another.
func misspell(rng *rand.Rand, text string) (string, bool) {
	b := []byte(text)
	local := len(b)
	if i := strings.IndexByte(text, '@'); i > 0 {
		local = i
	}
	var places []int
	for i, c := range b[:local] {
		if isDigit(c) || local < len(b) && isAlnum(c) {
			places = append(places, i)
		}
	}
	if len(places) < 2 || strings.Contains(text, " ") {
		return "", false
	}
	i := rng.IntN(len(places) - 1)
	x, y := places[i], places[i+1]
	switch {
	case b[x] != b[y] && (x > 0 || b[y] != '0'):
		b[x], b[y] = b[y], b[x]
	case isDigit(b[y]):
		b[y] = '0' + (b[y]-'0'+1+byte(rng.IntN(9)))%10
	default:
		return "", false
	}
	return string(b), true
}

func kindOf(v any) string {
	if _, ok := v.(int64); ok {
		return "integer"
	}
	return "string"
}

// with is the draft with another value for one leaf.
func (d draft) with(leaf int, v any) draft {
	out := d
	out.args = pyjson.Clone(d.args).(*pyjson.Object)
	out.leaves = append([]argument(nil), d.leaves...)
	if wrong := (row{d.leaves[leaf].row.table, plain(v)}); out.target == d.leaves[leaf].row {
		out.target = wrong
	}
	out.leaves[leaf].value, out.leaves[leaf].row = v, row{}
	put(out.args, out.leaves[leaf].path, v)
	return out
}
