package english

import "testing"

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
