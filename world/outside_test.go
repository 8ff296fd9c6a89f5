package world

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// What a tool needs besides a database decides whether a world can have it.
func TestOutside(t *testing.T) {
	for _, c := range []struct {
		name, description string
		required          string
		effect            scaler.Effect
		want              string // the clause it is left out under; empty where it stays
	}{
		{"browser_hover", "Hover an element on the page.", "selector", scaler.Write, Outside},
		{"list_pods", "List the pods of a namespace.", "selector", scaler.Read, ""},
		{"execute_command", "Execute a shell command.", "command", scaler.Write, Outside},
		{"run_workflow", "Run a workflow.", "workflow_id", scaler.Write, ""},
		{"query_warehouse", "Execute an SQL query.", "query", scaler.Read, Outside},
		{"search_orders", "Search orders by a query.", "query", scaler.Read, ""},
		{"http_delete", "Make an HTTP DELETE request.", "url", scaler.Write, Outside},
		{"create_webhook", "Creates a webhook that is called on each event.", "url", scaler.Write, ""},
		{"generate_image", "Generate an image using AI.", "prompt", scaler.Write, Outside},
		{"create_invoice", "Create an invoice.", "customer_id", scaler.Write, ""},
		{"sentiment_analysis", "Tells how a text is meant.", "text", scaler.Read, Outside},
		{"add_comment", "Add a comment to an order.", "order_id text", scaler.Write, ""},
		{"send_message", "Send a message.", "to text", scaler.Write, ""},
		{"estimate_tax", "Estimate the tax.", "income", scaler.Read, Unsupported},
	} {
		dr := infer(scaler.Domain{}, []scaler.Tool{wanting(c.name, c.description, c.effect, strings.Fields(c.required)...)})
		got := ""
		if len(dr.dropped) > 0 {
			got = dr.dropped[0].Clause
		}
		if got != c.want {
			t.Errorf("%s: left out for %q, want %q", c.name, got, c.want)
		}
	}
}

// An image that is asked for and looked at later is a row.
func TestJobsAreKept(t *testing.T) {
	dr := infer(scaler.Domain{}, []scaler.Tool{
		wanting("create_image", "Create an image using AI.", scaler.Write, "prompt"),
		wanting("get_image", "Get an image that was made.", scaler.Read, "image_id"),
	})
	if len(dr.dropped) > 0 {
		t.Error(dr.dropped)
	}
}

// wanting is a tool with required texts as arguments.
func wanting(name, description string, effect scaler.Effect, required ...string) scaler.Tool {
	fields := pyjson.NewObject(len(required))
	for _, r := range required {
		fields.Set(r, object("type", "string"))
	}
	list, _ := json.Marshal(required)
	schema := `{"type": "object", "properties": ` + string(pyjson.Marshal(fields)) + `, "required": ` + string(list) + `}`
	return scaler.Tool{ID: scaler.ToolID(name), Name: name, Description: description, Effect: effect, Parameters: json.RawMessage(schema)}
}
