package world

import (
	"testing"

	"github.com/agentscaler/scaler"
)

// A verb at the end of a path is done to the row before it; the same word in
// front of a noun only names the noun.
func TestVerbsThatAreNouns(t *testing.T) {
	for _, c := range []struct{ path, action, noun string }{
		{"/leave-requests", "", "leave_request"},
		{"/join-requests", "", "join_request"},
		{"/teams/{team_id}/leave", "leave", "team"},
		{"/clubs/{club_id}/join", "join", "club"},
	} {
		o := &op{tool: scaler.Tool{Method: "POST", Path: c.path, Effect: scaler.Write}}
		o.readPath(c.path)
		o.trailingVerb()
		if noun := o.path[len(o.path)-1].noun; o.action != c.action || noun != c.noun {
			t.Errorf("%s: %q is done to a %s, want %q to a %s", c.path, o.action, noun, c.action, c.noun)
		}
	}
}
