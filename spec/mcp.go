package spec

import (
	"cmp"

	"github.com/agentscaler/scaler"
)

// isMCP says whether a document is the result of MCP's tools/list: plain, as a
// bare list of tools, or in its JSON-RPC envelope; or one of the shapes in which
// registries publish it.
func isMCP(root any) bool {
	if isCrawl(root) || catalogue(root) != nil {
		return true
	}
	lists := toolLists(root, "tools")
	o, isObject := root.(*object)
	if isObject && (o.has("jsonrpc") || o.has("serverInfo")) && lists != nil {
		return true
	}
	registry := isObject && o.has("name") && (o.has("installations") || o.has("repository") || o.has("mcpServers"))
	return anyTool(lists, func(t *object) bool {
		return t.has("name") && (t.has("inputSchema") || t.has("annotations") || t.has("outputSchema") || registry && t.has("description"))
	})
}

// readMCP reads the tools of one server, or of each in a catalogue of servers
// (MCP revision 2025-06-18).
func readMCP(d *Document) []Service {
	if isCrawl(d.Root) {
		return readCrawl(d)
	}
	if lists := catalogue(d.Root); lists != nil {
		return readCalls(d, lists, mcpCall)
	}
	return readCalls(d, toolLists(d.Root, "tools"), mcpCall)
}

func mcpCall(t *object) call {
	notes := t.object("annotations")
	c := call{
		name:        t.string("name"),
		title:       cmp.Or(t.string("title"), notes.string("title")),
		description: t.string("description"),
		parameters:  t.first("inputSchema", "input_schema", "parameters", "arguments"),
		required:    t.list("required"),
		result:      t.first("outputSchema", "output_schema"),
		tags:        tagNames(t.list("tags")),
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
