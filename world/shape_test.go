package world

import (
	"testing"

	"github.com/agentscaler/scaler/internal/schema"
)

// Where rows lie in results as services declare them.
func TestShapes(t *testing.T) {
	for _, c := range []struct {
		name, schema string
		mode         mode
		at           string
	}{
		{"a row", `{"type":"object","properties":{"id":{"type":"string"},"plan":{"type":"string"}}}`, single, ""},
		{"rows in a page", `{"type":"object","properties":{"teams":{"type":"array","items":{"type":"object"}},"total":{"type":"integer"}}}`, many, "teams"},
		{"rows named as a list", `{"type":"object","properties":{"HomeTeamList":{"type":"array","items":{"type":"object"}},"Marker":{"type":"string"}}}`, many, "HomeTeamList"},
		{"an envelope around anything", `{"type":"object","properties":{"data":{"type":"object"},"error":{"type":["string","null"]},"successful":{"type":"boolean"}}}`, free, "data"},
		{"work that goes on", `{"type":"object","properties":{"name":{"type":"string"},"done":{"type":"boolean"},"error":{"type":"object"},"metadata":{"type":"object"},"response":{"type":"object"}}}`, work, ""},
	} {
		sh := shapeOf(schema.Parse([]byte(c.schema)), "team")
		at := ""
		if len(sh.at) > 0 {
			at = sh.at[0]
		}
		if sh.mode != c.mode || at != c.at {
			t.Errorf("%s: mode %d at %q, want %d at %q", c.name, sh.mode, at, c.mode, c.at)
		}
	}
}
