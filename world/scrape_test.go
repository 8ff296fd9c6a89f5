package world

import (
	"encoding/json"
	"testing"

	"github.com/agentscaler/scaler"
)

func TestUnscraped(t *testing.T) {
	others := map[string]bool{"get_shelf_list": true}
	for _, c := range []struct{ about, params, want string }{
		{"Delete a shelf", `{"type":"object","properties":{"Delete":{"type":"string"},"a":{"type":"string"},"shelf":{"type":"string"},"shelf_id":{"type":"string"}},"required":["Delete","a","shelf_id"]}`,
			`{"type": "object", "properties": {"shelf_id": {"type": "string"}}, "required": ["shelf_id"]}`},
		{"Lists shelves", `{"type":"object","properties":{"get_shelf_list":{"type":"string"}}}`, `{"type": "object", "properties": {}}`},
		{"List new shelf labels", `{"type":"object","properties":{"new":{"type":"string"},"shelf":{"type":"string"},"labels":{"type":"string"}}}`, `{"type": "object", "properties": {}}`},
		{"Finds the mail of a user", `{"type":"object","properties":{"mail":{"type":"string"},"user":{"type":"string"}}}`, ""},
		{"Moves a shelf in a room", `{"type":"object","properties":{"shelf":{"type":"string"},"room":{"type":"string"}}}`, ""},
	} {
		want := c.want
		if want == "" {
			want = c.params
		}
		got := unscraped(scaler.Tool{Description: c.about, Parameters: json.RawMessage(c.params)}, others)
		if string(got.Parameters) != want {
			t.Errorf("%s: %s, want %s", c.about, got.Parameters, want)
		}
	}
}
