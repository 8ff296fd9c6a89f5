package spec

import "testing"

// A class with a backslash too many is a class; a backslash that is meant stays.
func TestPatternsEscapedTwice(t *testing.T) {
	for pattern, want := range map[string]string{
		`^properties/\\d+$`: `^properties/\d+$`,
		`^[\\w]+$`:          `^[\w]+$`,
		`^properties/\d+$`:  `^properties/\d+$`,
		`^DOMAIN\\dev$`:     `^DOMAIN\\dev$`,
	} {
		if got := escapedTwice.ReplaceAllString(pattern, `\$1$2`); got != want {
			t.Errorf("%s is read as %s, want %s", pattern, got, want)
		}
	}
}
