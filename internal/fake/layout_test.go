package fake

import "testing"

func TestSaidLayout(t *testing.T) {
	for doc, want := range map[string]string{
		"The time of the alarm, in HH:MM:SS format.":   "15:04:05",
		"When it rings ('YYYY-MM-DD HH:MM:SS')":        "2006-01-02 15:04:05",
		"Date of issue (DD/MM/YYYY)":                   "02/01/2006",
		"The month, YYYY-MM":                           "2006-01",
		"The length of the track, MM:SS":               "",
		"Rings at the hour that was set, MM or later.": "",
	} {
		if got := saidLayout(doc); got != want {
			t.Errorf("saidLayout(%q) = %q, want %q", doc, got, want)
		}
	}
}

// The letters of a form are no value of the field.
func TestShownLeavesFormsOut(t *testing.T) {
	if got := Shown("The time to wake at, e.g. 'HH:MM:SS' or '07:30:00'"); len(got) != 1 || got[0] != "07:30:00" {
		t.Errorf("shown %q", got)
	}
}
