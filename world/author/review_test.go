package author

import (
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// The rules of a tool whose name has dots are held against its code too.
func TestRulesOfDottedNames(t *testing.T) {
	desk := ticketDesk(t)
	for i := range desk {
		if desk[i].Name == "close_ticket" {
			desk[i].Name = "ticket.close"
		}
	}
	dotted := func(code string) string {
		return strings.NewReplacer("def close_ticket", "def ticket_close", "close_ticket.", "ticket.close.").Replace(answerOf(t, closing(code)))
	}
	p := &pen{lines: map[string][]string{"close_ticket": {
		dotted(strings.ReplaceAll(goodClosing, `if ticket["status"] not in ["pending", "assigned"]:`, `if ticket["status"] == "lost":`)), dotted(goodClosing)}}}
	w, _ := write(t, p, desk)
	if told := p.asked(t, "close_ticket", 1); !strings.Contains(told, "rule ticket.close.status: ") {
		t.Errorf("it was told\n%s", told)
	}
	if tool, _ := w.Tool("ticket.close"); tool.By != "quill" {
		t.Error("the better answer was not taken")
	}
}

// A rule is that of the tool whose name it begins with, the longest of them.
func TestRulesIn(t *testing.T) {
	check := scaler.Check{Tools: []scaler.ToolCheck{{Name: "users"}, {Name: "users.list"}, {Name: "user"}},
		Rules: []scaler.RuleCheck{{ID: "users.exists"}, {ID: "users.list.limit"}}}
	for name, want := range map[string]string{"users": "users.exists", "users.list": "users.list.limit", "user": ""} {
		var got []string
		for _, r := range rulesIn(check, name) {
			got = append(got, r.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s has the rules %q", name, got)
		}
	}
}
