package english

import (
	"slices"
	"testing"
)

// A text says which state a tool sets, in the service's own spelling.
func TestTarget(t *testing.T) {
	states := []string{"OPEN", "ON_HOLD", "CLOSED"}
	for text, want := range map[string]string{
		"Sets the order's status to on hold.":         "ON_HOLD",
		"The status will be changed to 'CLOSED'.":     "CLOSED",
		"Closes a ticket.":                            "",
		"Changes the status. It is open to everyone.": "",
	} {
		if got := Target(text, states); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := Target("Sets the status to paid.", nil); got != "paid" {
		t.Errorf("without states: %q", got)
	}
}

// A text says from which states of a thing a tool may run, or from which not;
// what it says of another thing does not count.
func TestAllows(t *testing.T) {
	states := []string{"held", "confirmed", "cancelled"}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Only held or confirmed reservations can be moved.", []string{"held", "confirmed"}},
		{"A cancelled reservation cannot be changed.", []string{"held", "confirmed"}},
		{"The reservation must be confirmed.", []string{"confirmed"}},
		{"You can move the reservation only if it's in a HELD state.", []string{"held"}},
		{"Reservations can only be moved in confirmed or held state.", []string{"confirmed", "held"}},
		{"Moves a confirmed reservation. A held reservation cannot be moved.", []string{"confirmed"}},
		{"This is only possible if the reservation has not yet been confirmed.", []string{"held", "cancelled"}},
		{"Moves a reservation for a held seat.", nil},
		{"Only confirmed guests can be moved.", nil},
		{"Moves a reservation.", nil},
	} {
		got, said := Allows(c.text, "reservation", states)
		if !slices.Equal(got, c.want) || said != (c.want != nil) {
			t.Errorf("%s: %q, %t", c.text, got, said)
		}
	}
}

// What a verb does to a thing is found among the states of the service, however
// it spells them.
func TestMatchState(t *testing.T) {
	for _, c := range []struct{ verb, want string }{{"cancel", "Canceled"}, {"activate", "ENABLED"}, {"complete", "Done"}, {"ship", ""}} {
		if got := MatchState(Participles[c.verb], []string{"ENABLED", "Canceled", "Done"}); got != c.want {
			t.Errorf("%s: %q, want %q", c.verb, got, c.want)
		}
	}
}

func TestParticiple(t *testing.T) {
	for verb, want := range map[string]string{"cancel": "cancelled", "send": "sent", "copy": "copied", "checkout": "checked out", "move": "moved", "pin": "pinned"} {
		if got := Participle(verb); got != want {
			t.Errorf("%s: %s, want %s", verb, got, want)
		}
	}
}
