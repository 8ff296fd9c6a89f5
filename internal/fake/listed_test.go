package fake

import (
	"strings"
	"testing"
)

// What a description lists are the values there are.
func TestListed(t *testing.T) {
	for doc, want := range map[string]string{
		"The state. Possible values: open, closed or merged.":   "open closed merged",
		"One of `asc`, `desc`":                                  "asc desc",
		"This is always `sql#operation`.":                       "sql#operation",
		"Can be daily, weekly, or monthly":                      "daily weekly monthly",
		"Valid values are HTTP | HTTPS":                         "HTTP HTTPS",
		"One of the people who may approve it, if there is any": "",
		"The favorite color (red/blue/green).":                  "red blue green",
		"The input (and/or its name).":                          "",
		"It can be changed later.":                              "",
	} {
		if got := strings.Join(Listed(doc), " "); got != want {
			t.Errorf("%s: %q, want %q", doc, got, want)
		}
	}
}
