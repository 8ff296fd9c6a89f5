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

// A Helper is a function that tools share.
type Helper struct{ Name, Code string }

// Helpers are those that there are, in the order in which they are printed.
var Helpers = readHelpers(helperText)

func readHelpers(text string) []Helper {
	var out []Helper
	for _, code := range strings.Split("\n\n"+text, "\n\ndef ")[1:] {
		name, _, _ := strings.Cut(code, "(")
		out = append(out, Helper{name, "def " + strings.TrimRight(code, "\n") + "\n"})
	}
	return out
}

// use marks a helper as used, and those that it calls, and returns its name.
func (c *coder) use(name string) string {
	if c.helpers[name] {
		return name
	}
	c.helpers[name] = true
	if i := slices.IndexFunc(Helpers, func(h Helper) bool { return h.Name == name }); i >= 0 {
		for _, other := range Helpers {
			if other.Name != name && strings.Contains(Helpers[i].Code, " "+other.Name+"(") {
				c.use(other.Name)
			}
		}
	}
	return name
}
