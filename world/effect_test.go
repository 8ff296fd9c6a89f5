package world

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// An abbey keeps scrolls, and feasts of chores. What its tools do is done to those,
// and no answer speaks of a log.
func TestEffects(t *testing.T) {
	tools := toolsIn(t, "deeds.json")
	w, err := sandbox.Open(build(t, "abbey", tools), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	call := func(tool, args string) (text string, refused bool) {
		t.Helper()
		r := s.Call(context.Background(), tool, []byte(args))
		if r.Err != nil {
			t.Fatalf("%s %s: %v", tool, args, r.Err)
		}
		return r.Text, r.Refused != nil
	}

	call("write_scroll", `{"path": "/loft/psalm", "verse": "old"}`)
	call("write_scroll", `{"path": "/loft/psalm", "verse": "new"}`)
	call("move_scroll", `{"source": "/loft/psalm", "destination": "/cellar/psalm"}`)
	if text, _ := call("read_scroll", `{"path": "/cellar/psalm"}`); !strings.Contains(text, `"new"`) {
		t.Errorf("the scroll reads %s where it was moved", text)
	}
	if text, refused := call("read_scroll", `{"path": "/loft/psalm"}`); !refused {
		t.Errorf("where the scroll was written first and twice, there still is %s", text)
	}

	made, _ := call("create_feast", `{"season": "Lent", "chores": [{"title": "Ring the bell"}]}`)
	chore := value(parseAny([]byte(made)), "chores").([]any)[0].(string)
	if text, _ := call("open_chore_details", `{"choreId": "`+chore+`"}`); !strings.Contains(text, "Ring the bell") {
		t.Errorf("the chore of the new feast is %s", text)
	}
	call("mark_chore_done", `{"choreId": "`+chore+`"}`)
	if text, _ := call("open_chore_details", `{"choreId": "`+chore+`"}`); !strings.Contains(text, `"completed"`) {
		t.Errorf("the chore that is done is %s", text)
	}

	if text, _ := call("create_blessing", `{"words": "Peace"}`); !strings.Contains(text, `"Peace"`) || strings.Contains(text, "act_") {
		t.Errorf("a blessing that no tool shows is answered with %s", text)
	}
}

// Paths say whose rows are meant, and what is detached from something stays.
func TestWhosePaths(t *testing.T) {
	get := func(id, path string, names ...string) scaler.Tool {
		in, props := map[string]string{}, []string{}
		for _, n := range names {
			in[n], props = "path", append(props, `"`+n+`": {"type": "string"}`)
		}
		return scaler.Tool{ID: scaler.ToolID(id), Name: id, Service: "harbour", Method: "GET", Path: path, Effect: scaler.Read, In: in,
			Parameters: json.RawMessage(`{"type": "object", "properties": {` + strings.Join(props, ", ") + `}, "required": ["` + strings.Join(names, `", "`) + `"]}`)}
	}
	boat := get("get_boat", "/boats/{boat_id}", "boat_id")
	pier := get("get_pier", "/piers/{pier_id}", "pier_id")
	boats := get("get_pier_boats", "/boats/{pier_id}", "pier_id")
	detach := get("detach_boat", "/piers/{pier_id}/boats/{boat_id}", "pier_id", "boat_id")
	detach.Method, detach.Effect = "DELETE", scaler.Write
	w := build(t, "harbour", []scaler.Tool{boat, pier, boats, detach})
	kinds := map[string]scaler.Kind{"get_boat": scaler.Get, "get_pier": scaler.Get, "get_pier_boats": scaler.List, "detach_boat": scaler.Update}
	for name, want := range kinds {
		if tool, _ := w.Tool(name); tool.Kind != want {
			t.Errorf("%s is %s, want %s: %v", name, tool.Kind, want, tool.Evidence)
		}
	}
}
