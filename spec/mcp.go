package spec

import (
	"cmp"

	"github.com/agentscaler/scaler"
)

// isMCP says whether a document is the result of MCP's tools/list: plain, as a
// bare list of tools, or in its JSON-RPC envelope.
func isMCP(root any) bool {
	lists := toolLists(root, "tools")
	if o, ok := root.(*object); ok && (o.has("jsonrpc") || o.has("serverInfo")) && lists != nil {
		return true
	}
	return anyTool(lists, func(t *object) bool {
		return t.has("name") && (t.has("inputSchema") || t.has("annotations") || t.has("outputSchema"))
	})
}

// readMCP reads one server's tools (MCP revision 2025-06-18).
func readMCP(d *Document) []Service {
	return readCalls(d, toolLists(d.Root, "tools"), mcpCall)
}

func mcpCall(t *object) call {
	notes := t.object("annotations")
	c := call{
		name:        t.string("name"),
		title:       cmp.Or(t.string("title"), notes.string("title")),
		description: t.string("description"),
		parameters:  t.first("inputSchema", "input_schema", "parameters"),
		result:      t.get("outputSchema"),
	}
	// readOnlyHint and destructiveHint are false by default: only what is said counts.
	switch {
	case notes.bool("readOnlyHint"):
		c.hint, c.hintName = scaler.Read, "readOnlyHint"
	case notes.bool("destructiveHint"):
		c.hint, c.hintName = scaler.Write, "destructiveHint"
	}
	return c
}
