package author

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

func rowsOf(texts ...string) []json.RawMessage {
	var out []json.RawMessage
	for _, text := range texts {
		out = append(out, json.RawMessage(text))
	}
	return out
}

// A given row that refers to a drawn one has to find it: else every write of the
// world would break the contract.
func TestLaidFindsLooseReferences(t *testing.T) {
	w := built(t, ticketDesk(t))
	given := map[string][]json.RawMessage{"tickets": rowsOf(`{"ticket_id": "T-1", "agent_id": "A-99"}`)}
	if _, found := laid(w.Rows, w.Schema, w.Schema, given); len(found) != 1 || !strings.Contains(found[0], "its agent_id A-99 names no row of agents; give the rows of agents too") {
		t.Errorf("found %q", found)
	}
	for _, r := range w.Rows {
		if r.Table == "agents" {
			given["tickets"] = rowsOf(fmt.Sprintf(`{"ticket_id": "T-1", "agent_id": %q}`, r.Key))
		}
	}
	if _, found := laid(w.Rows, w.Schema, w.Schema, given); len(found) > 0 {
		t.Errorf("found %q", found)
	}
}

// Rows beyond those that are taken are found, and not what refers to them.
func TestLaidFindsTooManyRows(t *testing.T) {
	w := built(t, ticketDesk(t))
	given := map[string][]json.RawMessage{"tickets": rowsOf(`{"ticket_id": "T-1", "agent_id": "A-200"}`)}
	for i := range mostSeed + 1 {
		given["agents"] = append(given["agents"], rowsOf(fmt.Sprintf(`{"agent_id": "A-%d"}`, i))...)
	}
	if _, found := laid(w.Rows, w.Schema, w.Schema, given); len(found) != 1 || found[0] != "agents has 201 rows; at most 200 are taken" {
		t.Errorf("found %q", found)
	}
}

// Drawn rows whose key is a reference keep keys of their own.
func TestLaidKeepsKeysApart(t *testing.T) {
	s := scaler.Schema{Tables: []scaler.Table{
		{Name: "users", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "string"}}},
		{Name: "profiles", Key: "user", Columns: []scaler.Column{{Name: "user", Type: "string", Ref: "users"}}},
	}}
	var drawn []scaler.Row
	for _, id := range []string{"1", "2", "3"} {
		drawn = append(drawn, scaler.Row{Table: "users", Key: id, Value: json.RawMessage(`{"id": "` + id + `"}`)},
			scaler.Row{Table: "profiles", Key: id, Value: json.RawMessage(`{"user": "` + id + `"}`)})
	}
	rows, found := laid(drawn, s, s, map[string][]json.RawMessage{"users": rowsOf(`{"id": "A"}`, `{"id": "B"}`)})
	if len(found) > 0 || len(rows) != 4 || rows[2].Key != "A" || rows[3].Key != "B" {
		t.Errorf("%s %q", rows, found)
	}
}

// What a given row leaves out is nothing where the model says that there may be
// nothing, and what was drawn where built-in code counts on a value.
func TestLaidLeavesEmptyWhatMayBe(t *testing.T) {
	table := func(mayBeEmpty bool) scaler.Schema {
		return scaler.Schema{Tables: []scaler.Table{{Name: "kites", Key: "id", Columns: []scaler.Column{
			{Name: "id", Type: "string"}, {Name: "tail", Type: "string", Nullable: mayBeEmpty}, {Name: "color", Type: "string"},
		}}}}
	}
	drawn := []scaler.Row{{Table: "kites", Key: "1", Value: json.RawMessage(`{"id": "1", "tail": "long", "color": "red"}`)}}
	given := map[string][]json.RawMessage{"kites": rowsOf(`{"id": "K"}`)}
	for mayBeEmpty, want := range map[bool]string{true: `{"id": "K", "tail": null, "color": "red"}`, false: `{"id": "K", "tail": "long", "color": "red"}`} {
		rows, found := laid(drawn, table(false), table(mayBeEmpty), given)
		if len(found) > 0 || len(rows) != 1 || string(rows[0].Value) != want {
			t.Errorf("nullable %t: %s %q", mayBeEmpty, rows[0].Value, found)
		}
	}
}
