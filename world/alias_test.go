package world

import (
	"slices"
	"testing"

	"github.com/agentscaler/scaler"
)

// What nouns may be short for, and what they are not.
func TestShorterNouns(t *testing.T) {
	for noun, want := range map[string][]string{
		"kiln_info":     {"kiln"},
		"kilninfo":      {"kiln"},
		"kiln_details":  {"kiln"},
		"single_kiln":   {"kiln"},
		"my_kiln_list":  {"kiln_list", "my_kiln"},
		"kiln_repo":     {"kiln_repository"},
		"kiln_status":   nil,
		"kiln":          nil,
		"information":   nil,
		"kiln_policies": nil,
	} {
		if got := shorter(noun); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", noun, got, want)
		}
	}
}

// Tools about kilns, the kiln info and a single kiln share a table.
func TestOneThingOneTable(t *testing.T) {
	tool := func(name, args string) scaler.Tool {
		return scaler.Tool{ID: scaler.ToolID("k/" + name), Name: name, Service: "k", Effect: scaler.Read, Parameters: []byte(`{"type": "object", "properties": {` + args + `}}`)}
	}
	text := `"kiln_id": {"type": "string"}`
	for _, c := range []struct {
		tools  []scaler.Tool
		tables int
	}{
		{[]scaler.Tool{tool("list_kilns", ""), tool("get_kiln_info", text), tool("get_single_kiln", text)}, 1},
		{[]scaler.Tool{tool("list_glazes", ""), tool("get_glaze_data", `"glaze_id": {"type": "string"}`)}, 1},
		{[]scaler.Tool{tool("list_kilns", ""), tool("get_kiln", text), tool("list_glazes", "")}, 2},
	} {
		dr := infer(scaler.Domain{ID: "kilns"}, c.tools)
		if len(dr.atlas.tables) != c.tables {
			t.Errorf("%s: %d tables, want %d", c.tools[1].Name, len(dr.atlas.tables), c.tables)
		}
	}
}
