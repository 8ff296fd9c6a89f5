package world

import (
	"testing"

	"github.com/agentscaler/scaler"
)

// A word that tells which rows are meant is no collection of its own.
func TestQualified(t *testing.T) {
	for _, c := range []struct {
		tool scaler.Tool
		noun string
	}{
		{scaler.Tool{Name: "listPublicKites", Method: "GET", Path: "/kites/public", Effect: scaler.Read}, "kite"},
		{scaler.Tool{Name: "list_starred_kites", Effect: scaler.Read}, "kite"},
		{scaler.Tool{Name: "getPublic", Method: "GET", Path: "/kites/{kite_id}/public", Effect: scaler.Read}, "public"},
		{scaler.Tool{Name: "list_public_transport", Effect: scaler.Read}, "public_transport"},
		{scaler.Tool{Name: "list_kites_by_recent_wind", Effect: scaler.Read}, "kite"},
	} {
		o := newOp(c.tool, 0, false)
		o.classify()
		if o.noun != c.noun {
			t.Errorf("%s %s is about %q, want %q", c.tool.Name, c.tool.Path, o.noun, c.noun)
		}
	}
}
