package fake

import (
	"fmt"
	"math"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// A description says which numbers there are.
func TestSaidNumbers(t *testing.T) {
	for doc, want := range map[string]string{
		"0: female, 1: male":                            "[0 1]",
		"Gender, 0 for female and 1 for male.":          "[0 1]",
		"传0表示女性，传1表示男性。":                                "[0 1]",
		"Must be one of 1, 2, 4":                        "[1 2 4]",
		"The sect: 1 or 2.":                             "[1 2]",
		"How many guests stay.":                         "[]",
		"The time at 23:00-23:59 or later.":             "[]",
		"Width in pixels, 2 is usual.":                  "[]",
		"The size of the sample, 3 or 4 items at least": "[]",
	} {
		if got := fmt.Sprint(SaidNumbers(doc)); got != want {
			t.Errorf("%s: %s, want %s", doc, got, want)
		}
	}
}

// A description says how far a number runs.
func TestSaidRange(t *testing.T) {
	for doc, want := range map[string][2]float64{
		"The ball, between 1 and 69.":                     {1, 69},
		"The review rating on a scale from 1.0 to 5.0.":   {1, 5},
		"How sure the model is (0-1).":                    {0, 1},
		"Rating (1-5 stars).":                             {1, 5},
		"Volume from 0 to 100.":                           {0, 100},
		"A random year between 1900 and 2100.":            {1900, 2100},
		"The days between 2024-01-01 and 2024-02-01.":     {},
		"How many there are, as RFC 3339 has it (2-fold)": {},
	} {
		low, high, ok := SaidRange(doc)
		if ok != (want[1] > 0) || ok && (low != want[0] || high != want[1]) {
			t.Errorf("%s: %v to %v, %v", doc, low, high, ok)
		}
	}
}

// Only what is measured has fractions, and all keep to what is said of them.
func TestNumbersHaveNaturalSizes(t *testing.T) {
	for _, c := range []struct {
		name, doc string
		low, high float64
		whole     bool
	}{
		{"gender", "0: female, 1: male", 0, 1, true}, {"logins", "how often the link was used", 0, 1e4, true}, {"displayOrder", "", 0, 40, true},
		{"year", "A random year between 1900 and 2100.", 1900, 2100, true}, {"rating", "on a scale from 1.0 to 5.0", 1, 5, false},
		{"share", "The percentage of visitors.", 0, 100, false}, {"first_number", "", 1, 60, true}, {"birthYear", "", 1900, 2026, true},
	} {
		for seed := range 30 {
			s := Column(scaler.Column{Name: c.name, Type: "number", Doc: c.doc}, "thing")
			x, ok := pyjson.Number(Value(scaler.Rand(uint64(seed), "said"), now, s))
			if !ok || x < c.low || x > c.high || c.whole && x != math.Trunc(x) {
				t.Errorf("%s: %v", c.name, x)
			}
		}
	}
}
