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

// What is deleted at the path of an action is undone.
func TestDeletedAction(t *testing.T) {
	for method, want := range map[string]string{"PUT": "star", "DELETE": "unstar"} {
		o := newOp(scaler.Tool{Name: "kites" + method, Method: method, Path: "/kites/{kite_id}/star", Effect: scaler.Write,
			Parameters: []byte(`{"type": "object", "required": ["kite_id"], "properties": {"kite_id": {"type": "string"}}}`), In: map[string]string{"kite_id": "path"}}, 0, false)
		o.classify()
		if o.verb != want || o.kind != scaler.Transition {
			t.Errorf("%s is a %s that does %q", method, o.kind, o.verb)
		}
	}
}
