package planner

import (
	"context"
	"encoding/json"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
)

// Real APIs name tools and parameters with nothing that is a noun; the planner
// still says something.
func TestNamesWithoutNouns(t *testing.T) {
	for _, name := range []string{"get", "_", "list_", "get__id", "do"} {
		for _, param := range []string{"id", "$", "_", "ids[]", "key"} {
			schema, err := json.Marshal(map[string]any{
				"type": "object", "required": []string{param}, "properties": map[string]any{param: map[string]any{"type": "string"}},
			})
			if err != nil {
				t.Fatal(err)
			}
			_, err = New(1).Chat(context.Background(), llm.Request{
				Messages: []scaler.Message{{Role: "system", Content: "You help."}, {Role: "user", Content: "Hi! Please get 17 for me, the id of the thing is 42."}},
				Tools:    []llm.Tool{{Name: name, Description: "", Parameters: schema}, {Name: name + "2", Parameters: schema}},
			})
			if err != nil {
				t.Errorf("tool %q with parameter %q: %v", name, param, err)
			}
		}
	}
}
