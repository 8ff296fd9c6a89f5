package graph

import (
	"encoding/json"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// A list of reminders has their ids, whether or not the schema says what a
// reminder holds.
func TestRowsWithoutFieldsHaveKeys(t *testing.T) {
	tools := []scaler.Tool{
		{ID: "list", Name: "GetReminders", Effect: scaler.Read,
			Result: json.RawMessage(`{"type":"object","properties":{"reminders":{"type":"array"}}}`), ResultFrom: scaler.Declared},
		{ID: "done", Name: "CompleteReminder", Effect: scaler.Write,
			Parameters: json.RawMessage(`{"type":"object","properties":{"reminder_id":{"type":"string"}},"required":["reminder_id"]}`)},
	}
	g, _, err := Builder{}.Build(t.Context(), tools)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range g.Deps {
		if d.From == "list" && d.To == "done" && d.Param == "reminder_id" && d.Field == "reminders[].reminder_id" {
			return
		}
	}
	t.Errorf("dependencies %+v, want the list's ids", g.Deps)
}
