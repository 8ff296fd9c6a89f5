package english

import (
	"slices"
	"testing"
)

// A text gives what a tool is about the state it has to be in.
func TestObject(t *testing.T) {
	if got := Object("Update an existing running club.", "running_club", []string{"running", "closed"}); got != nil {
		t.Errorf("a club is %q by its name", got)
	}
	states := []string{"OPEN", "IN_PROGRESS", "COMPLETED", "on_hold"}
	for text, want := range map[string][]string{
		"Cancels an open work order. Its parts go back into stock.":    {"OPEN"},
		"Marks a work order that is in progress as completed.":         {"IN_PROGRESS"},
		"This operation lists all open or on-hold garage work orders.": {"OPEN", "on_hold"},
		"Lists orders. Returns completed orders only.":                 {"COMPLETED"},
		"Reopen a completed order by its number.":                      {"COMPLETED"},
		"Confirms an order in an OPEN state with its parts.":           {"OPEN"},
		"Puts an order in progress.":                                   nil,
		"Completes an order.":                                          nil,
		"Open the order in progress.":                                  nil,
		"Closes an open bill of an order.":                             nil,
		"Sends a message when an open order is late.":                  nil,
		"Get an order that was placed on hold.":                        nil,
	} {
		if got := Object(text, "work_order", states); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
