package prompt

import (
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

func TestAgentIsToldTheTimeAndThePolicy(t *testing.T) {
	got := Agent(&scaler.World{Name: "library desk", Now: "2026-03-05T09:00:00Z", Policy: "Only overdue loans are fined.\n"})
	for _, want := range []string{"service agent of library desk", "Thursday, 2026-03-05 09:00 UTC", "# Policy\nOnly overdue loans are fined."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing from:\n%s", want, got)
		}
	}
	if strings.Contains(Agent(&scaler.World{Name: "x"}), "# Policy") {
		t.Error("a world without policy has a heading for one")
	}
}
