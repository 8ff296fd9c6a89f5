package spec

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/agentscaler/scaler"
)

// isFunctions says whether a document is a list of functions as chat APIs take
// them: {"type": "function", "function": {...}}, or the inner object alone, in a
// bare list or under "tools" or "functions". A benchmark has lines of questions,
// each with the functions it may call.
func isFunctions(root any) bool {
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
		return []toolList{{items: []any{o}}}
	}
	if lists := questionLists(root); lists != nil {
		return lists
	}
	return toolLists(root, "tools", "functions")
}

// questionLists returns the functions of each question of a benchmark (BFCL, 2024
// and later: {"id": ..., "question": ..., "function": [...]}).
func questionLists(root any) []toolList {
	if o, ok := root.(*object); ok {
		root = []any{o}
	}
	lines, _ := root.([]any)
	var lists []toolList
	for i, v := range lines {
		line, _ := v.(*object)
		at := pointer("", strconv.Itoa(i), "function")
		if list := line.list("function"); list != nil {
			lists = append(lists, toolList{at: at, items: list})
		} else if one := line.object("function"); one != nil && line.has("question") {
			lists = append(lists, toolList{at: at, items: []any{one}})
		}
	}
	return lists
}

// readFunctions reads the functions of one file as one service, or as one for
// each toolkit that the functions name.
func readFunctions(d *Document) []Service {
	services := readCalls(d, functionLists(d.Root), functionCall)
	if questionLists(d.Root) != nil {
		for i := range services {
			services[i].Loose = true
		}
	}
	return services
}

func functionCall(t *object) call {
	if inner := t.object("function"); inner != nil {
		t = inner
	}
	c := call{
		name:        cmp.Or(t.string("slug"), t.string("name")),
		description: t.string("description"),
		parameters:  t.first("parameters", "input_parameters", "input_schema"),
		required:    t.list("required"),
		result:      t.first("response", "returns", "output_parameters", "output_schema"),
	}
	if t.has("slug") {
		c.title = t.string("name")
		c.service = toolkit(t)
	}
	for _, tag := range tagNames(t.list("tags")) {
		if effect, ok := hintTags[tag]; !ok {
			c.tags = append(c.tags, tag)
		} else if effect != "" && c.hint != scaler.Read {
			c.hint, c.hintName = effect, tag
		}
	}
	return c
}

// hintTags are tags that say what a tool does (Composio writes the hints of MCP
// among them), or are notes for a client.
var hintTags = map[string]scaler.Effect{
	"readOnlyHint": scaler.Read, "destructiveHint": scaler.Write, "updateHint": scaler.Write, "createHint": scaler.Write,
	"idempotentHint": "", "openWorldHint": "", "mcpIgnore": "", "important": "",
}

// toolkit returns the product a function of a catalogue belongs to: what the
// entry says, or the first word of a slug such as GITHUB_CREATE_ISSUE.
func toolkit(t *object) string {
	name := cmp.Or(t.object("toolkit").string("slug"), t.string("toolkit"), t.string("app"), t.string("appName"))
	if name != "" {
		return name
	}
	first, _, ok := strings.Cut(t.string("slug"), "_")
	if !ok || strings.ToUpper(first) != first {
		return ""
	}
	return strings.ToLower(first)
}
