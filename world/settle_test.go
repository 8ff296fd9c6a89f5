package world

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
)

// A tool whose name names no thing has no table: it is an event or a
// computation, beside tools that do name one and alone.
func TestNamelessTools(t *testing.T) {
	object := json.RawMessage(`{"type":"object","properties":{"id":{"type":"string"},"note":{"type":"string"}},"required":["id"]}`)
	none := json.RawMessage(`{"type":"object","properties":{}}`)
	var tools []scaler.Tool
	for _, name := range []string{"get", "list", "update", "delete", "search", "debug", "_", "??", "取", "get_note"} {
		for _, effect := range []scaler.Effect{scaler.Read, scaler.Write} {
			for way, parameters := range map[string]json.RawMessage{"by_id": object, "bare": none} {
				tools = append(tools, scaler.Tool{ID: scaler.ToolID(name + "/" + string(effect) + "/" + way), Name: name, Title: name,
					Service: "a", Effect: effect, Parameters: parameters})
			}
		}
	}
	for _, method := range []string{"GET", "PUT", "POST", "DELETE"} {
		for _, path := range []string{"/", "/{id}", "/{place}/{id}"} {
			tools = append(tools, scaler.Tool{ID: scaler.ToolID(method + path), Name: strings.ToLower(method), Service: "a", Method: method, Path: path,
				Parameters: object, In: map[string]string{"id": "path"}})
		}
	}
	for _, tool := range build(t, "nameless", tools).Tools {
		tableless := tool.Kind == scaler.Event || tool.Kind == scaler.Compute
		if tool.Tier == "" || tableless == (tool.Table != "") {
			t.Errorf("%s is %s of table %q, tier %q", tool.Name, tool.Kind, tool.Table, tool.Tier)
		}
	}
}
