package author

import (
	"encoding/json"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// The values of a column that were only inferred give way to the model's, with the
// moves between them and the built-in code that names them.
func TestInferredValuesGiveWay(t *testing.T) {
	design := `{"tables": [{"name": "tickets", "key": "ticket_id", "columns": [{"name": "status", "type": "string", "enum": ["open", "assigned", "solved", 7, null, "open"]}]}],
		"rows": {"tickets": [{"ticket_id": "T-1", "subject": "No steam", "customer_email": "a@x.example", "status": "open"}, {"ticket_id": "T-2", "subject": "A lid", "customer_email": "b@x.example", "status": "solved"}]}}`
	solving := closing(strings.NewReplacer(`["pending", "assigned"]`, `["open", "assigned"]`, `= "closed"`, `= "solved"`).Replace(goodClosing))
	solving.Rules[1].Allowed = []string{"open", "assigned"}
	assigning := manuscript{Code: `def assign_agent(db, args):
    ticket = need(db.tickets, "ticket", args["ticket_id"], rule = "assign_agent.exists")
    ticket["agent_id"] = need(db.agents, "agent", args["agent_id"])["agent_id"]
    ticket["status"] = "assigned"
    return ticket
`, Effect: scaler.Write, Kind: scaler.Transition, Table: "tickets", Writes: []string{"tickets"},
		Binds: []scaler.Bind{{Param: "ticket_id", Role: "key", Table: "tickets", Column: "ticket_id"}, {Param: "agent_id", Role: "set", Table: "tickets", Column: "agent_id"}},
		Rules: []scaler.Rule{{ID: "assign_agent.exists", Kind: "exists", Table: "tickets", Column: "ticket_id", Text: "Only tickets that we know can be assigned."}}}
	p := &pen{lines: map[string][]string{"schema": {design}, "close_ticket": {answerOf(t, solving)}, "assign_agent": {answerOf(t, assigning)}}}
	w, _ := write(t, p, ticketDesk(t))
	if len(p.heard["schema"]) != 1 {
		t.Errorf("it was told\n%s", p.heard["schema"][1])
	}
	tickets, _ := w.Schema.Table("tickets")
	status, _ := tickets.Column("status")
	if got := joined(status.Enum); got != `"open" "assigned" "solved"` || !strings.Contains(rowText(w), `"status": "open"`) {
		t.Errorf("the states are %s", got)
	}
	if tickets.Status.Initial != "open" || len(tickets.Status.Moves) > 0 {
		t.Errorf("moves %+v", tickets.Status)
	}
	if tool, _ := w.Tool("close_ticket"); tool.By != "quill" {
		t.Errorf("close_ticket is by %q", tool.By)
	}
	if _, ok := w.Tool("create_ticket"); ok || strings.Contains(w.Code, `"pending"`) {
		t.Errorf("code stays that names a state which is gone:\n%s", w.Code)
	}
}

// Values that the specification lists stay, and the model is told which.
func TestDeclaredValuesStay(t *testing.T) {
	for name, c := range map[string]struct{ design, want string }{
		"other values": {`{"tables": [{"name": "tickets", "columns": [{"name": "priority", "enum": ["P1", "P2"]}]}]}`,
			`the values of tickets.priority are the specification's and have to stay: "low" "normal" "high"`},
		"a row of another": {`{"tables": [], "rows": {"tickets": [{"ticket_id": "T-1", "priority": "P1"}]}}`,
			`row 1 of tickets: its priority is none of its column's values: "low" "normal" "high"`},
	} {
		p := &pen{lines: map[string][]string{"schema": {c.design, kettles}}}
		w, _ := write(t, p, ticketDesk(t))
		if told := p.asked(t, "schema", 1); !strings.Contains(told, c.want) {
			t.Errorf("%s: it was told\n%s", name, told)
		}
		tickets, _ := w.Schema.Table("tickets")
		if priority, _ := tickets.Column("priority"); joined(priority.Enum) != `"low" "normal" "high"` {
			t.Errorf("%s: the values are %s", name, joined(priority.Enum))
		}
	}
}

// A column's values may stand deep in a specification, under a longer name.
func TestDeclares(t *testing.T) {
	k := &desk{sheets: []*sheet{{tool: scaler.Tool{Result: json.RawMessage(`{"type": "array", "items": {"type": "object", "properties": {"ticket_states": {"type": "array", "items": {"type": "string", "enum": ["on", "off", "odd", null]}}}}}`)}}}}
	for values, want := range map[string]bool{`"on" "off"`: true, `"on" "off" "odd" "on (for good)"`: true, `"on" "broken"`: false, ``: false} {
		c := scaler.Column{Name: "state", Type: "string"}
		for _, v := range strings.SplitAfter(values, `" `) {
			if v != "" {
				c.Enum = append(c.Enum, json.RawMessage(strings.TrimSpace(v)))
			}
		}
		if got := k.declares(c); got != want {
			t.Errorf("%s: %v", values, got)
		}
	}
}

func TestValues(t *testing.T) {
	said := []json.RawMessage{json.RawMessage(`"a"`), json.RawMessage(`null`), json.RawMessage(` "a"`), json.RawMessage(`{"b": 1}`), json.RawMessage(`7`), json.RawMessage(`"` + strings.Repeat("x", 1000) + `"`)}
	if got := joined(values(said, "string")); got != `"a"` {
		t.Errorf("%s", got)
	}
}
