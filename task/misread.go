package task

import (
	"github.com/agentscaler/scaler/internal/pyjson"
)

// misspell gets a key wrong as people do: two digits swapped, or one of them
// another. It is false where that cannot be done without meeting a row.
func (w *walk) misspell(a argument) (any, bool) {
	text := []byte(plain(a.value))
	var digits []int
	for i, c := range text {
		if isDigit(c) {
			digits = append(digits, i)
		}
	}
	if len(digits) < 2 {
		return nil, false
	}
	for range 8 {
		b := append([]byte(nil), text...)
		i := w.rng.IntN(len(digits) - 1)
		x, y := digits[i], digits[i+1]
		if w.rng.IntN(2) == 0 && b[x] != b[y] {
			b[x], b[y] = b[y], b[x]
		} else {
			b[y] = '0' + (b[y]-'0'+1+byte(w.rng.IntN(9)))%10
		}
		if _, taken := w.session.Row(a.row.table, string(b)); taken || b[0] == '0' && text[0] != '0' {
			continue
		}
		return fit(string(b), param{kind: kindOf(a.value)})
	}
	return nil, false
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
