package world

import (
	"encoding/json"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// What two results say of one column holds together: a list shows less of an
// owner than a look-up, and allows what the look-up does not.
func TestNarrow(t *testing.T) {
	c := scaler.Column{Name: "owner", Type: "object", Nullable: true,
		Schema: json.RawMessage(`{"type": "object", "properties": {"id": {"type": "integer"}, "plan": {"enum": ["free", "team", "pro"]}, "keys": {"type": "array"}, "site": {"type": ["string", "null"]}}, "required": ["id"]}`)}
	narrow(&c, scaler.Column{Name: "owner", Type: "object",
		Schema: json.RawMessage(`{"type": "object", "properties": {"login": {"type": "string"}, "plan": {"enum": ["pro", "free"]}, "keys": {"type": "array", "items": {"type": "object"}}, "site": {"type": "string"}}, "required": ["login"]}`)})
	want := `{"type": "object", "properties": {"id": {"type": "integer"}, "plan": {"enum": ["free", "pro"], "type": "string"}, "keys": {"type": "array", "items": {"type": "object"}}, "site": {"type": "string"}, "login": {"type": "string"}}, "required": ["id", "login"]}`
	if got := string(pyjson.Marshal(parseAny(c.Schema))); got != want || c.Nullable {
		t.Errorf("nullable %v\n%s\nwant\n%s", c.Nullable, got, want)
	}
}
