package sandbox

import "strings"

// Function returns the name of a tool's function in tools.star: the tool's
// name with "-" as "_", and an underscore where that would not be a name.
func Function(tool string) string {
	name := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, tool)
	switch {
	case name == "" || name[0] >= '0' && name[0] <= '9':
		return "_" + name
	case reserved[name]:
		return name + "_"
	}
	return name
}

// reserved are the words that Starlark keeps, for use or for Python's sake, and
// the built-ins that a tool's function must not hide.
var reserved = words(`and as assert async await break class continue def del elif else except finally for from
	global if import in is lambda load nonlocal not or pass raise return try while with yield
	None True False
	refuse now today add_days uuid random round pick range math json
	abs any all bool bytes chr dict dir enumerate fail float getattr hasattr hash int len list max min
	ord print repr reversed set sorted str tuple type zip`)

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}
