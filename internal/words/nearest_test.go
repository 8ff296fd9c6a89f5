package words

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"name", "type", "columns", "nullable", "ref", "moves", "getMember", "listMembers"}
	for wrong, want := range map[string]string{
		"colums":      "columns",
		"nulable":     "nullable",
		"rfe":         "ref",
		"mvoes":       "moves",
		"GETMEMBER":   "getMember",
		"LISTMEMBERS": "listMembers",
		"getmembers":  "getMember listMembers",
		"xy":          "",
		"colour":      "",
	} {
		if got := strings.Join(Nearest(wrong, names, 2), " "); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", wrong, got, want)
		}
	}
}
