package seed

import (
	"encoding/json"
	"testing"

	"github.com/agentscaler/scaler"
)

// What only a move fills is empty where the row was never moved.
func TestFilledByMoves(t *testing.T) {
	toys := scaler.Table{Name: "toys", Entity: "toy", Key: "id", Size: 40, Status: &scaler.Status{Column: "status", Initial: "available", Moves: []scaler.Move{
		{Tool: "lend_toy", From: []string{"available"}, To: "lent"}, {Tool: "lose_toy", From: []string{"lent"}, To: "lost"}, {Tool: "return_toy", From: []string{"lent"}, To: "available"}}},
		Columns: []scaler.Column{{Name: "id", Type: "string"}, {Name: "member", Type: "string", Semantic: "person.name", Nullable: true}, {Name: "note", Type: "string", Nullable: true}, {Name: "status", Type: "string"}}}
	set := func(column string) []scaler.Bind {
		return []scaler.Bind{{Param: column, Role: "set", Table: "toys", Column: column}}
	}
	rows := Fill(1, "2026-03-02T09:00:00Z", Style{}, scaler.Schema{Tables: []scaler.Table{toys}},
		scaler.WorldTool{Name: "lend_toy", Binds: set("member")}, scaler.WorldTool{Name: "return_toy"}, scaler.WorldTool{Name: "lose_toy", Binds: set("note")}, scaler.WorldTool{Name: "add_toy", Binds: set("note")})
	members := map[string]int{}
	for _, r := range rows {
		var toy struct {
			Member *string
			Status string
		}
		if err := json.Unmarshal(r.Value, &toy); err != nil {
			t.Fatal(err)
		}
		if toy.Member != nil {
			members[toy.Status]++
		}
	}
	if members["available"] > 0 || members["lent"] == 0 || members["lost"] == 0 {
		t.Errorf("toys with a member by status: %v", members)
	}
}
