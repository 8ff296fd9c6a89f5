package seed

import (
	"encoding/json"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// What an object in a row is called after the key of a table is the key of a row:
// the row's own, or that of the row that it refers to.
func TestObjectsNameRows(t *testing.T) {
	text := func(name, ref string) scaler.Column { return scaler.Column{Name: name, Type: "string", Ref: ref} }
	s := scaler.Schema{Tables: []scaler.Table{
		{Name: "potters", Entity: "potter", Key: "id", Size: 7, Columns: []scaler.Column{text("id", ""), text("name", "")}},
		{Name: "kilns", Entity: "kiln", Key: "kiln_id", Size: 9, Columns: []scaler.Column{text("kiln_id", ""), text("potter_id", "potters"),
			{Name: "shelves", Type: "array", Schema: json.RawMessage(`{"type": "object", "required": ["kiln_id", "potter_id", "level"],
				"properties": {"kiln_id": {"type": "string"}, "potter_id": {"type": "string"}, "level": {"type": "integer"}}}`)}}},
	}}
	shelves := 0
	for _, r := range Fill(5, clock, Style{}, s) {
		var kiln struct {
			Potter  string                                `json:"potter_id"`
			Shelves []struct{ Kiln_id, Potter_id string } `json:"shelves"`
		}
		if err := json.Unmarshal(r.Value, &kiln); err != nil {
			t.Fatal(err)
		}
		for _, shelf := range kiln.Shelves {
			shelves++
			if shelf.Kiln_id != r.Key || shelf.Potter_id == "" {
				t.Errorf("a shelf of kiln %s is of %q, and of potter %q", r.Key, shelf.Kiln_id, shelf.Potter_id)
			}
		}
	}
	if shelves == 0 {
		t.Error("no kiln has a shelf")
	}
}
