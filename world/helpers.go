package world

import (
	_ "embed"
	"slices"
	"strings"
)

// helperText holds the functions that tools share, in the order in which worlds
// print those that they use. To add one, write it there; a writer that calls it
// says so with use.
//
//go:embed helpers.star
var helperText string

// A helper is a function that tools share.
type helper struct{ name, code string }

var helpers = readHelpers(helperText)

func readHelpers(text string) []helper {
	var out []helper
	for _, code := range strings.Split("\n\n"+text, "\n\ndef ")[1:] {
		name, _, _ := strings.Cut(code, "(")
		out = append(out, helper{name, "def " + strings.TrimRight(code, "\n") + "\n"})
	}
	return out
}

// use marks a helper as used, and those that it calls, and returns its name.
func (c *coder) use(name string) string {
	if c.helpers[name] {
		return name
	}
	c.helpers[name] = true
	if i := slices.IndexFunc(helpers, func(h helper) bool { return h.name == name }); i >= 0 {
		for _, other := range helpers {
			if other.name != name && strings.Contains(helpers[i].code, " "+other.name+"(") {
				c.use(other.name)
			}
		}
	}
	return name
}
