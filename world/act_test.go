package world

import (
	"context"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// A request that only says what is to become of a row changes it: the key that a
// vault shows is another after it was rotated, a depot that was closed is closed.
func TestRequestsWithoutAnythingToStore(t *testing.T) {
	row := `{"type": "object", "properties": {"depot": {"type": "string"}, "accessKey": {"type": "string", "minLength": 20}, "state": {"type": "string", "enum": ["open", "closed"]}}, "required": ["depot", "accessKey", "state"]}`
	named := `{"type": "object", "properties": {"depot": {"type": "string"}}, "required": ["depot"]}`
	tool := func(id, method, path, result string, effect scaler.Effect) scaler.Tool {
		return scaler.Tool{ID: scaler.ToolID(id), Name: id, Service: "depots", Description: "About a depot.", Effect: effect, Method: method, Path: path,
			In: map[string]string{"depot": "path"}, Parameters: []byte(named), Result: []byte(result)}
	}
	w := build(t, "depots", []scaler.Tool{
		tool("get_depot", "GET", "/depots/{depot}", row, scaler.Read),
		tool("rotate_access_key", "POST", "/depots/{depot}/rotateAccessKey", row, scaler.Write),
		tool("close_depot", "PUT", "/depots/{depot}/closing", row, scaler.Write),
	})
	for _, x := range w.Tools {
		if x.Tier != scaler.TierStateful {
			t.Errorf("%s is of tier %s: %v", x.Name, x.Tier, x.Evidence)
		}
	}
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer env.Close()
	s, err := env.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range w.Rows {
		args := []byte(`{"depot": "` + r.Key + `"}`)
		before := s.Call(context.Background(), "get_depot", args).Text
		s.Call(context.Background(), "rotate_access_key", args)
		if after := s.Call(context.Background(), "get_depot", args).Text; after == before {
			t.Errorf("the key of %s is still %s", r.Key, after)
		}
		s.Call(context.Background(), "close_depot", args)
		if after := s.Call(context.Background(), "get_depot", args).Text; !strings.Contains(after, `"closed"`) {
			t.Errorf("closed, and yet %s", after)
		}
	}
}
