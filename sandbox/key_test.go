package sandbox

import (
	"math"
	"strings"
	"testing"
)

// Keys are text, and numbers that JSON Schema takes for integers are keys.
func TestKeyText(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{"A-7", "A-7"}, {int64(-3), "-3"}, {5.0, "5"}, {math.Copysign(0, -1), "0"}, {float64(1 << 60), "1152921504606846976"}, {1e20, "100000000000000000000"},
	} {
		if got, ok := keyText(c.value); !ok || got != c.want {
			t.Errorf("%v is the key %q, want %q", c.value, got, c.want)
		}
	}
	if got, ok := keyText(1e300); !ok || len(got) != 301 || !strings.HasPrefix(got, "1000000000000000") {
		t.Errorf("1e300 is the key %q", got)
	}
	for _, v := range []any{nil, true, 5.5, math.NaN(), math.Inf(1), []any{"a"}} {
		if got, ok := keyText(v); ok {
			t.Errorf("%v is the key %q", v, got)
		}
	}
}
