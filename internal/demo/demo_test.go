package demo

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

// The demo promises at least a dozen services with 250 tools or more, and
// every form that the importers read.
func TestEnoughServicesAndTools(t *testing.T) {
	forms := map[string]int{}
	services, tools := 0, 0
	each(t, func(name string, data []byte) {
		services++
		form, n := count(name, data)
		if n < 14 || n > 26 {
			t.Errorf("%s has %d tools", name, n)
		}
		forms[form]++
		tools += n
	})
	if services < 14 || tools < 260 {
		t.Errorf("%d services with %d tools", services, tools)
	}
	for _, form := range []string{"openapi", "swagger", "mcp", "functions"} {
		if forms[form] < 2 {
			t.Errorf("only %d services in the form %s", forms[form], form)
		}
	}
	t.Logf("%d services, %d tools, %v", services, tools, forms)
}

// A reference that points nowhere would cost the services half their tools.
func TestReferencesResolve(t *testing.T) {
	refs := regexp.MustCompile(`\$ref["']?:\s*["']#/([^"']+)["']`)
	keys := regexp.MustCompile(`(?m)^\s+"?(\w+)"?:`)
	each(t, func(name string, data []byte) {
		defined := map[string]bool{}
		for _, m := range keys.FindAllSubmatch(data, -1) {
			defined[string(m[1])] = true
		}
		for _, m := range refs.FindAllSubmatch(data, -1) {
			if !defined[path.Base(string(m[1]))] {
				t.Errorf("%s: no definition of %s", name, m[1])
			}
		}
	})
}

func each(t *testing.T, visit func(name string, data []byte)) {
	t.Helper()
	names, err := fs.Glob(FS(), "*")
	if err != nil || len(names) == 0 {
		t.Fatalf("no specifications: %v", err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		visit(name, data)
	}
}

// count tells a specification's form by its first bytes and counts its tools
// by the one key that each of them has.
func count(name string, data []byte) (form string, tools int) {
	text := string(data)
	switch {
	case strings.HasSuffix(name, ".yaml"):
		return "openapi", strings.Count(text, "operationId: ")
	case strings.HasPrefix(text, "{\n  \"swagger\""):
		return "swagger", strings.Count(text, `"operationId": `)
	case strings.HasPrefix(text, "["):
		var list []json.RawMessage
		if json.Unmarshal(data, &list) != nil {
			return "broken", 0
		}
		return "functions", len(list)
	default:
		return "mcp", strings.Count(text, `"inputSchema": `)
	}
}
