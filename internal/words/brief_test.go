package words

import "testing"

func TestBrief(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"short", "short"},
		{"two\n  lines", "two lines"},
		{"ten chars.", "ten chars."},
		{"eleven char", "eleven ch…"},
		{"été été été", "été été é…"},
	} {
		if got := Brief(c.text, 10); got != c.want {
			t.Errorf("Brief(%q, 10) = %q, want %q", c.text, got, c.want)
		}
	}
}
