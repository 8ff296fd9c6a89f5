package world

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// A nursery writes bills: lines come to amounts, amounts to a total, payments bring down
// what is owed, and with nothing owed the bill is paid.
func TestBillsAddUp(t *testing.T) {
	tools := toolsIn(t, "nursery.json")
	built := build(t, "nursery", tools)
	if len(built.Dropped) > 0 {
		t.Fatalf("left out: %v", built.Dropped)
	}
	for _, r := range built.Rows {
		if row, _ := pyjson.ParseObject(r.Value); r.Table == "bills" {
			sum := 0.0
			for _, line := range value(row, "lines").([]any) {
				amount := amountIn(t, line, "amount")
				if math.Abs(amount-amountIn(t, line, "quantity")*amountIn(t, line, "unit_price")) > 0.01 {
					t.Errorf("a line of %s: %s", r.Key, pyjson.Marshal(line))
				}
				sum += amount
			}
			owed, paid := amountIn(t, row, "balance_due"), value(row, "status") == "paid"
			if math.Abs(sum-amountIn(t, row, "total")) > 0.01 || sum > 0 && paid != (owed == 0) {
				t.Errorf("a bill: %s", r.Value)
			}
		}
	}

	w, err := sandbox.Open(built, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	call := func(tool, args string) (any, string) {
		t.Helper()
		r := s.Call(t.Context(), tool, []byte(args))
		if r.Refused != nil {
			return nil, r.Refused.Code
		}
		return parseAny([]byte(r.Text)), ""
	}
	bill, _ := call("createBill", `{"lines": [{"plant": "Box", "quantity": 3, "unit_price": 12.5}, {"plant": "Yew", "quantity": 1, "unit_price": 2.5}]}`)
	id := `{"bill_id": "` + value(bill, "bill_id").(string) + `"`
	bill, _ = call("addLine", id+`, "plant": "Fern", "quantity": 2, "unit_price": 5}`)
	if amountIn(t, bill, "total") != 50 || amountIn(t, bill, "balance_due") != 50 {
		t.Errorf("the bill comes to %s", pyjson.Marshal(bill))
	}
	if _, code := call("createPayment", id+`, "amount": 20}`); code != "invalid_state" {
		t.Errorf("an open bill is paid: %q", code)
	}
	call("sendBill", id+`}`)
	if _, code := call("addLine", id+`, "plant": "Fern", "quantity": 2, "unit_price": 5}`); code != "invalid_state" {
		t.Errorf("a line is added to a bill that was sent: %q", code)
	}
	if _, code := call("createPayment", id+`, "amount": 51}`); code != "limit_exceeded" {
		t.Errorf("more is paid than is owed: %q", code)
	}
	call("createPayment", id+`, "amount": 20}`)
	if bill, _ = call("getBill", id+`}`); value(bill, "status") != "sent" || amountIn(t, bill, "balance_due") != 30 {
		t.Errorf("half paid the bill is %s", pyjson.Marshal(bill))
	}
	call("createPayment", id+`, "amount": 30}`)
	if bill, _ = call("getBill", id+`}`); value(bill, "status") != "paid" || amountIn(t, bill, "balance_due") != 0 {
		t.Errorf("with nothing owed the bill is %s", pyjson.Marshal(bill))
	}

	list, _ := call("listBills", `{}`)
	var totals []float64
	for _, b := range list.([]any) {
		totals = append(totals, -amountIn(t, b, "total"))
	}
	if !slices.IsSorted(totals) {
		t.Errorf("bills in the order of %v", totals)
	}
	if !strings.Contains(built.Policy, "The amount must not exceed the balance due of the bill.") {
		t.Error("the handbook does not say what a payment may come to")
	}
}

func amountIn(t *testing.T, o any, name string) float64 {
	t.Helper()
	x, ok := pyjson.Number(value(o, name))
	if !ok {
		t.Fatalf("no number %s in %s", name, pyjson.Marshal(o))
	}
	return x
}
