package world

import (
	"context"
	"fmt"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/rogpeppe/go-internal/txtar"
)

// A garden shows its beds, its signposts and its keeper. Each is held once,
// whichever tool changes or shows it.
func TestHeldOnce(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/build/gardens.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w, err := sandbox.Open(build(t, "gardens", toolsOf(t, ar)), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	call := func(tool, args string) any {
		t.Helper()
		r := s.Call(context.Background(), tool, []byte(args))
		if r.Refused != nil || r.Err != nil {
			t.Fatalf("%s %s: %v %v", tool, args, r.Refused, r.Err)
		}
		return parseAny([]byte(r.Text))
	}
	for _, g := range value(call("listGardens", `{}`), "gardens").([]any) {
		id := value(g, "id").(string)
		if own, listed := text(value(g, "beds")), text(value(call("listBeds", `{"garden_id": "`+id+`"}`), "beds")); own != listed {
			t.Errorf("garden %s shows the beds %s, and they are listed as %s", id, own, listed)
		}
		if own, keeper := value(g, "keeper"), value(g, "keeper", "id").(string); text(own) != text(call("getKeeper", `{"keeper_id": "`+keeper+`"}`)) {
			t.Errorf("garden %s shows a keeper %s that is shown otherwise", id, text(own))
		}
	}

	id := value(call("listGardens", `{}`), "gardens", 0, "id").(string)
	shown := func(list string) []any { return value(call("getGarden", `{"garden_id": "`+id+`"}`), list).([]any) }
	beds, posts := len(shown("beds")), len(shown("signposts"))
	bed := value(call("addBed", `{"garden_id": "`+id+`", "soil": "sand", "area": 7}`), "id")
	if now := shown("beds"); len(now) != beds+1 || value(now[beds], "id") != bed {
		t.Errorf("the new bed %v is not shown with its garden: %s", bed, text(now))
	}
	post := value(call("addSignpost", `{"garden_id": "`+id+`", "text": "To the pond", "side": "south"}`), "id")
	named := fmt.Sprintf(`{"garden_id": %q, "signpost_id": %q`, id, post)
	call("changeSignpost", named+`, "text": "To the roses"}`)
	if now := shown("signposts"); len(now) != posts+1 || value(now[posts], "text") != "To the roses" || value(now[posts], "side") != "south" {
		t.Errorf("the signpost %v is not shown as it was changed: %s", post, text(now))
	}
	call("removeSignpost", named+`}`)
	call("deleteBed", fmt.Sprintf(`{"garden_id": %q, "bed_id": %q}`, id, bed))
	if len(shown("beds")) != beds || len(shown("signposts")) != posts {
		t.Error("what was taken away is still shown")
	}
}

func text(v any) string { return string(pyjson.Marshal(v)) }

// A change finds its row where look-ups find it, and does not move it there.
func TestChangesKeepThePlace(t *testing.T) {
	tool := func(name string, effect scaler.Effect, args, required string) scaler.Tool {
		return scaler.Tool{ID: scaler.ToolID("m/" + name), Name: name, Service: "m", Effect: effect,
			Parameters: []byte(`{"type": "object", "properties": {` + args + `}, "required": [` + required + `]}`)}
	}
	place, named := `"room_id": {"type": "string"}, "shelf_id": {"type": "string"}`, `"room_id", "shelf_id"`
	dr := infer(scaler.Domain{ID: "museum"}, []scaler.Tool{
		tool("list_rooms", scaler.Read, "", ""), tool("get_room", scaler.Read, `"room_id": {"type": "string"}`, `"room_id"`),
		tool("get_shelf", scaler.Read, place, named), tool("update_shelf", scaler.Write, place+`, "label": {"type": "string"}`, named),
	})
	for _, o := range dr.ops {
		for _, b := range o.binds {
			if o.name == "update_shelf" && b.Param == "room_id" && b.Role != roleFilter {
				t.Errorf("the room of a shelf that is changed is %s of %s.%s", b.Role, b.Table, b.Column)
			}
		}
	}
}
