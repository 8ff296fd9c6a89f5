package world

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// A service names what it makes: the arn and the number of a new row are like
// those on record, and no other row's.
func TestServicesNameWhatTheyMake(t *testing.T) {
	row := `{"type":"object","required":["boxId","boxArn","ownerId"],"properties":{"boxId":{"type":"string"},"boxArn":{"type":"string"},"ownerId":{"type":"string"},"title":{"type":"string"}}}`
	w := build(t, "boxes", []scaler.Tool{
		{ID: "a/create_box", Name: "create_box", Service: "a", Effect: scaler.Write, ResultFrom: scaler.Declared,
			Parameters: json.RawMessage(`{"type":"object","properties":{"title":{"type":"string"}},"required":["title"]}`), Result: json.RawMessage(row)},
		{ID: "a/list_boxes", Name: "list_boxes", Service: "a", Effect: scaler.Read, ResultFrom: scaler.Declared,
			Parameters: json.RawMessage(`{"type":"object","properties":{}}`), Result: json.RawMessage(`{"type":"object","properties":{"boxes":{"type":"array","items":` + row + `}}}`)},
	})
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer env.Close()
	session, err := env.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for range 3 {
		made := session.Call(t.Context(), "create_box", []byte(`{"title": "Tea"}`))
		var box struct{ BoxID, BoxArn, OwnerID string }
		if err := json.Unmarshal([]byte(made.Text), &box); err != nil {
			t.Fatalf("%s: %v", made.Text, err)
		}
		if !strings.HasPrefix(box.BoxArn, "arn:") || box.OwnerID == "" || seen[box.BoxID] || seen[box.BoxArn] {
			t.Errorf("made %s, which is empty or like an earlier one", made.Text)
		}
		seen[box.BoxID], seen[box.BoxArn] = true, true
	}
}
