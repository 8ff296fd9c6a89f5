package contract

import (
	"fmt"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// A read whose parameters nobody bound is asked about what the call was about.
func TestUnboundReadsAreAimed(t *testing.T) {
	text := []byte(`{"type": "object", "properties": {"author": {"type": "string"}, "text": {"type": "string"}}, "required": ["author", "text"]}`)
	of := []byte(`{"type": "object", "properties": {"author": {"type": "string"}}, "required": ["author"]}`)
	w := &scaler.World{ID: "notes", Name: "notes", Now: "2026-03-02T09:00:00Z",
		Schema: scaler.Schema{Tables: []scaler.Table{{Name: "notes", Entity: "note", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "string"}, {Name: "by", Type: "string"}, {Name: "text", Type: "string"}}}}},
		Tools: []scaler.WorldTool{
			{Name: "add_note", Parameters: text, Effect: scaler.Write, Kind: scaler.Create, Table: "notes", Writes: []string{"notes"}, Tier: scaler.TierStateful},
			{Name: "notes_of", Parameters: of, Effect: scaler.Read, Kind: scaler.List, Table: "notes", Tier: scaler.TierStateful},
		},
		Code: `def add_note(db, args):
    return db.notes.insert({"id": db.notes.next_id(), "by": args["author"], "text": args["text"]})


def notes_of(db, args):
    return {"notes": db.notes.query(where = [("by", "==", args["author"])])}
`}
	for i := range 60 {
		w.Rows = append(w.Rows, scaler.Row{Table: "notes", Key: fmt.Sprintf("n-%d", i), Value: fmt.Appendf(nil, `{"id": "n-%d", "by": "person %d", "text": "Note %d."}`, i, i, i)})
	}
	for _, tool := range check(t, w).Tools {
		if got := tool.Results["observable"]; tool.Name == "add_note" && got != Pass {
			t.Error(got)
		}
	}
}
