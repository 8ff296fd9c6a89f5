package contract

import (
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
)

// Every rule of the library is enforced, and no more than that; where the code
// forgets one, or enforces it too widely, the rule is found out.
func TestRulesAndCodeAgree(t *testing.T) {
	for _, r := range check(t, worldtest.Library()).Rules {
		if r.Result != Pass {
			t.Errorf("%s: %s", r.ID, r.Result)
		}
	}
	for _, c := range []struct{ rule, old, new, want string }{
		{"borrow_book.fines", `member["fines"] > 0`, `False`, "accepts the call although fines is"},
		{"borrow_book.stock", `book["copies"]["available"] < 1`, `False`, "accepts the call although copies is -1"},
		{"borrow_book.stock", `book["copies"]["available"] < 1`, `book["copies"]["available"] == -1 or book["copies"]["available"] > 1000`, "it refuses although copies is 1000000000"},
		{"renew_loan.limit", `loan["renewals"] >= MAX_RENEWALS`, `False`, "accepts the call although renewals is"},
		{"renew_loan.status", `loan["status"] != "open"`, `loan["status"] == "lost"`, "accepts the call although status of the loan is returned"},
		{"renew_loan.status", `rule = "renew_loan.status"`, `rule = "renew_loan.state"`, "exempt: other refusals come first: invalid_state"},
	} {
		w := worldtest.Library()
		w.Code = strings.Replace(w.Code, c.old, c.new, 1)
		for _, r := range check(t, w).Rules {
			if wrong := r.ID == c.rule; wrong != (r.Result != Pass) || wrong && !strings.Contains(r.Result, c.want) {
				t.Errorf("without %s, %s: %s", c.old, r.ID, r.Result)
			}
		}
	}
}

// A rule of a kind that cannot be broken on purpose, or of a tool that is not
// there, is said to be untried.
func TestRulesThatCannotBeTried(t *testing.T) {
	w := worldtest.Library()
	w.Rules = []scaler.Rule{{ID: "a", Tool: "renew_loan", Kind: "weather"}, {ID: "b", Tool: "fly", Kind: "state"}}
	for _, r := range check(t, w).Rules {
		if !strings.HasPrefix(r.Result, Exempt) {
			t.Errorf("%s: %s", r.ID, r.Result)
		}
	}
}

// A rule that asks for a row is tried with ids of the form that the parameter wants,
// whatever the first row of the table is called.
func TestRulesAreTriedInTheParametersForm(t *testing.T) {
	w := worldtest.Library()
	for i, tool := range w.Tools {
		if tool.Name == "renew_loan" {
			w.Tools[i].Parameters = []byte(strings.Replace(string(tool.Parameters), `"type": "string"`, `"type": "string", "pattern": "^L-[0-9]+$"`, 1))
		}
	}
	for i, r := range w.Rows {
		if r.Key == "L-0001" {
			w.Rows[i].Key, w.Rows[i].Value = "OLD", []byte(strings.Replace(string(r.Value), "L-0001", "OLD", 1))
		}
	}
	w.Rules = []scaler.Rule{{ID: "renew_loan.loan", Tool: "renew_loan", Kind: "exists", Table: "loans", Column: "id", Text: "The loan must be one of ours."}}
	w.Code = strings.Replace(w.Code, `refuse("not_found", "There is no loan %s." % loan_id)`, `refuse("not_found", "There is no loan %s." % loan_id, rule = "renew_loan.loan")`, 1)
	for _, r := range check(t, w).Rules {
		if r.Result != Pass {
			t.Errorf("%s: %s", r.ID, r.Result)
		}
	}
}
