package spec

import "cmp"

// isFunctions says whether a document is a list of functions as chat APIs take
// them: {"type": "function", "function": {...}}, or the inner object alone, in a
// bare list or under "tools" or "functions".
func isFunctions(root any) bool {
	if o, ok := root.(*object); ok && isFunction(o) {
		return true
	}
	return anyTool(functionLists(root), isFunction)
}

func isFunction(t *object) bool {
	if inner := t.object("function"); inner != nil {
		return inner.has("name")
	}
	if t.string("type") == "function" {
		return t.has("name")
	}
	return (t.has("name") || t.has("slug")) && (t.has("parameters") || t.has("input_parameters") || t.has("input_schema"))
}

func functionLists(root any) []toolList {
	if o, ok := root.(*object); ok && isFunction(o) {
		return []toolList{{"", []any{o}}}
	}
	return toolLists(root, "tools", "functions")
}

// readFunctions reads the functions of one file as one service.
func readFunctions(d *Document) []Service {
	return readCalls(d, functionLists(d.Root), functionCall)
}

func functionCall(t *object) call {
	if inner := t.object("function"); inner != nil {
		t = inner
	}
	c := call{
		name:        cmp.Or(t.string("slug"), t.string("name")),
		description: t.string("description"),
		parameters:  t.first("parameters", "input_parameters", "input_schema"),
		result:      t.first("response", "returns", "output_parameters", "output_schema"),
	}
	if t.has("slug") {
		c.title = t.string("name")
	}
	return c
}
