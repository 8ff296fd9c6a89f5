package lex

import (
	"strings"
	"testing"
)

// The forms of one word share a stem; words that only look alike do not.
func TestStem(t *testing.T) {
	for _, forms := range []string{
		"cancel cancelled cancels cancelling cancellation", "order orders ordered", "ship shipped shipping shipment",
		"pay paid payment", "renew renewed renewal", "deliver delivered delivery", "update updated updating", "approve approved approval",
	} {
		list := strings.Fields(forms)
		for _, f := range list[1:] {
			if Stem(f) != Stem(list[0]) {
				t.Errorf("%s has the stem %s, %s has %s", f, Stem(f), list[0], Stem(list[0]))
			}
		}
	}
	for _, pair := range []string{"state statement", "depart department", "member remember", "bill billion"} {
		a, b, _ := strings.Cut(pair, " ")
		if Stem(a) == Stem(b) {
			t.Errorf("%s and %s share the stem %s", a, b, Stem(a))
		}
	}
}

func TestAkin(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		verbs bool // akin as verbs
		same  bool // alike as things
	}{
		{"cancel", "cancellation", true, true},
		{"change", "update", true, false},
		{"number", "id", true, true},
		{"hold", "book", true, false}, // to hold is to book, a hold is no booking
		{"order", "invoice", false, false},
	} {
		a, b := Stem(c.a), Stem(c.b)
		if got := Akin(a, b) >= 0.7; got != c.verbs {
			t.Errorf("%s and %s akin: %v", c.a, c.b, got)
		}
		if got := Alike(a, b) >= 0.7; got != c.same {
			t.Errorf("%s and %s alike: %v", c.a, c.b, got)
		}
	}
}
