package author

import (
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// However much is wrong with an answer, what goes back can be read.
func TestObjectionsAreBounded(t *testing.T) {
	for n, want := range map[int]string{3: "- x", mostTold: "- x", mostTold + 2: "- and 2 more findings like these"} {
		var said talk
		said.object(strings.Fields(strings.Repeat("x ", n)))
		lines := strings.Split(said[0].Content, "\n")
		if got := lines[len(lines)-2]; got != want || len(lines) > mostTold+3 {
			t.Errorf("%d findings end in %q, in %d lines", n, got, len(lines))
		}
	}
}

// A table is not shown without its key.
func TestGoneOfSparesKeys(t *testing.T) {
	s := scaler.Schema{Tables: []scaler.Table{{Name: "cups", Key: "id"}}}
	if got := goneOf([]string{"cups.id", "cups.size", "cups"}, scaler.Schema{}, s); len(got) != 2 || got["cups.id"] {
		t.Errorf("gone are %v", got)
	}
}
