package english

import (
	"strings"
	"testing"
)

func TestTurns(t *testing.T) {
	item, loan := []string{"available", "on_loan", "in_repair"}, []string{"active", "returned", "available"}
	for text, want := range map[string]string{
		"The item must be available; lending it sets its status to on_loan.": "on_loan",
		"The item's status becomes on_loan.":                                 "on_loan",
		"Returns a loan. The item becomes available again.":                  "available",
		"Marks the item as in repair.":                                       "in_repair",
		"Cancels the loan and makes its item available.":                     "available",
		"Cancelling moves the item back to available.":                       "available",
		"The item is automatically set to on loan.":                          "on_loan",
		"The item must be available.":                                        "",
		"If the item becomes available, the member is told.":                 "",
		"Only an item that is available can be lent.":                        "",
		"Sets its status to available.":                                      "", // of the loan
		"Once the fine is zero the item becomes available.":                  "",
		"Lend an item marked available.":                                     "",
		"Lists items by status: available, on_loan.":                         "",
		"The shelf becomes available again.":                                 "",
		"Get the item's state. Possible values are available and on_loan.":   "",
		"Lend an item that is available to a member.":                        "",
	} {
		if got := Turns(text, "item", item, loan); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestQualified(t *testing.T) {
	states := []string{"open", "in_progress", "completed"}
	for text, want := range map[string]string{
		"Records a payment for a completed work order.": "completed",
		"Add a note to an in progress work order.":      "in_progress",
		"Records a payment for a work order.":           "",
		"Creates an open work order.":                   "",
		"Pays for a completed order of work.":           "",
	} {
		if got := qualified(text, "work_order", states); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestOrderBy(t *testing.T) {
	for text, want := range map[string]string{
		"Returns customers ordered by last name.":            "last name up",
		"Lists work orders, most recent drop-off first.":     "drop off down",
		"Sorted by price descending":                         "price descending down",
		"Lists work orders.":                                 "",
		"The first page of the most recent orders is shown.": "",
	} {
		by, down, ok := OrderBy(text)
		got := ""
		if ok {
			got = strings.Join(by, " ") + map[bool]string{true: " down", false: " up"}[down]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCleared(t *testing.T) {
	for text, want := range map[string]string{
		"Once the balance is zero the order becomes paid.":      "paid",
		"When it is fully paid, its status is set to paid.":     "paid",
		"The order becomes paid.":                               "",
		"Pays an order in full. The receipt becomes available.": "",
	} {
		if got := Cleared(text, []string{"open", "paid"}); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
