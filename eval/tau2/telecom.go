package tau2

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// hiddenTool is a function of a side that no model sees.
func hiddenTool(side, name string, run func(*Env, []any) any, params ...string) tool {
	return tool{name: name, side: side, hidden: true, required: params, run: run}
}

var telecomTools = append([]tool{
	read("get_customer_by_phone", func(e *Env, a []any) any { return e.customerByPhone(a[0]) }, "phone_number"),
	read("get_customer_by_id", func(e *Env, a []any) any { return e.customer(a[0]) }, "customer_id"),
	read("get_customer_by_name", customersByName, "full_name", "dob"),
	read("get_details_by_id", details, "id"),
	write("suspend_line", suspendLine, "customer_id", "line_id", "reason"),
	write("resume_line", resumeLine, "customer_id", "line_id"),
	{name: "get_bills_for_customer", side: Assistant, required: []string{"customer_id"},
		optional: []python.Default{{Name: "limit", Value: int64(12)}}, run: bills},
	write("send_payment_request", sendPaymentRequest, "customer_id", "bill_id"),
	read("get_data_usage", dataUsage, "customer_id", "line_id"),
	write("enable_roaming", enableRoaming, "customer_id", "line_id"),
	write("disable_roaming", disableRoaming, "customer_id", "line_id"),
	read("transfer_to_human_agents", transfer, "summary"),
	write("refuel_data", refuelData, "customer_id", "line_id", "gb_amount"),
	hiddenTool(Assistant, "set_data_usage", setDataUsage, "customer_id", "line_id", "data_used_gb"),
	hiddenTool(Assistant, "suspend_line_for_overdue_bill", suspendForBill, "customer_id", "line_id", "new_bill_id", "contract_ended"),
	hiddenTool(Assistant, "assert_data_refueling_amount", assertRefueling, "customer_id", "line_id", "expected_amount"),
	hiddenTool(Assistant, "assert_line_status", assertLineStatus, "customer_id", "line_id", "expected_status"),
	hiddenTool(Assistant, "assert_overdue_bill_exists", assertOverdueBill, "customer_id", "overdue_bill_id"),
	hiddenTool(Assistant, "assert_no_overdue_bill", assertNoOverdueBill, "overdue_bill_id"),
}, phoneTools...)

// The clock of the domain, and the dates that its tools compute from it.
const (
	today     = "2025-02-25"
	cycleEnd  = "2025-02-28"
	nextStart = "2025-03-01"
	nextEnd   = "2025-03-31"
	nextDue   = "2025-03-15"
	lastStart = "2025-01-01"
	lastEnd   = "2025-01-31"
	lastDue   = "2025-01-15"
)

// lookup returns the first row of a table whose field has the value, or nil.
func (e *Env) lookup(table, field string, value any) *pyjson.Object {
	for _, row := range e.All(table) {
		if python.Equal(get(row, field), value) {
			return row
		}
	}
	return nil
}

// own returns a row to write: rows are shared until then.
func (e *Env) own(table string, row *pyjson.Object) *pyjson.Object {
	for key, r := range e.All(table) {
		if r == row {
			return e.Edit(table, key)
		}
	}
	panic("unreachable: the row is in no table")
}

// byID is lookup where the row has to be there.
func (e *Env) byID(table, field, what string, id any) *pyjson.Object {
	row := e.lookup(table, field, id)
	if row == nil {
		refuse("%s with ID %s not found", what, python.Str(id))
	}
	return row
}

func (e *Env) customer(id any) *pyjson.Object {
	return e.byID("customers", "customer_id", "Customer", id)
}
func (e *Env) line(id any) *pyjson.Object { return e.byID("lines", "line_id", "Line", id) }
func (e *Env) plan(id any) *pyjson.Object { return e.byID("plans", "plan_id", "Plan", id) }
func (e *Env) bill(id any) *pyjson.Object { return e.byID("bills", "bill_id", "Bill", id) }

func (e *Env) lineByPhone(number any) *pyjson.Object {
	line := e.lookup("lines", "phone_number", number)
	if line == nil {
		refuse("Line with phone number %s not found", python.Str(number))
	}
	return line
}

func (e *Env) customerByPhone(number any) *pyjson.Object {
	for _, c := range e.All("customers") {
		if python.Equal(get(c, "phone_number"), number) {
			return c
		}
		for _, id := range get(c, "line_ids").([]any) {
			if python.Equal(get(e.line(id), "phone_number"), number) {
				return c
			}
		}
	}
	refuse("Customer with phone number %s not found", python.Str(number))
	return nil
}

// target is a line that a customer owns.
func (e *Env) target(customer, line any) *pyjson.Object {
	if !python.In(line, get(e.customer(customer), "line_ids")) {
		refuse("Line %s not found for customer %s", python.Str(line), python.Str(customer))
	}
	return e.line(line)
}

// billsOf are a customer's bills that have the status, all where it is empty.
func (e *Env) billsOf(customer *pyjson.Object, status string) []any {
	found := []any{}
	for _, id := range get(customer, "bill_ids").([]any) {
		if bill := e.bill(id); status == "" || get(bill, "status") == status {
			found = append(found, bill)
		}
	}
	return found
}

func customersByName(e *Env, a []any) any {
	found := []any{}
	for _, c := range e.All("customers") {
		if python.EqualLower(get(c, "full_name"), a[0]) && python.Equal(get(c, "date_of_birth"), a[1]) {
			found = append(found, c)
		}
	}
	return found
}

func details(e *Env, a []any) any {
	id, ok := a[0].(string)
	if !ok {
		python.NoAttribute(a[0], "startswith")
	}
	switch {
	case strings.HasPrefix(id, "L"):
		return e.line(id)
	case strings.HasPrefix(id, "D"):
		return e.byID("devices", "device_id", "Device", id)
	case strings.HasPrefix(id, "B"):
		return e.bill(id)
	case strings.HasPrefix(id, "C"):
		return e.customer(id)
	case strings.HasPrefix(id, "P"):
		return e.plan(id)
	}
	refuse("Unknown ID format or type: %s", id)
	return nil
}

func suspendLine(e *Env, a []any) any {
	line := e.target(a[0], a[1])
	if get(line, "status") != "Active" {
		refuse("Line must be active to suspend")
	}
	line = e.own("lines", line)
	line.Set("status", "Suspended")
	line.Set("suspension_start_date", today)
	return object("message", "Line suspended successfully. $5/month holding fee will apply.", "line", line)
}

func resumeLine(e *Env, a []any) any {
	line := e.target(a[0], a[1])
	if status := get(line, "status"); status != "Suspended" && status != "Pending Activation" {
		refuse("Line must be suspended to resume")
	}
	line = e.own("lines", line)
	line.Set("status", "Active")
	line.Set("suspension_start_date", nil)
	return object("message", "Line resumed successfully", "line", line)
}

func bills(e *Env, a []any) any {
	list := e.billsOf(e.customer(a[0]), "")
	sort.SliceStable(list, func(i, j int) bool {
		return get(list[i], "issue_date").(string) > get(list[j], "issue_date").(string)
	})
	return python.Head(list, a[1])
}

func sendPaymentRequest(e *Env, a []any) any {
	customer := e.customer(a[0])
	if len(e.billsOf(customer, "Awaiting Payment")) > 0 {
		refuse("A bill is already awaiting payment for this customer")
	}
	if !python.In(a[1], get(customer, "bill_ids")) {
		refuse("Bill %s not found for customer %s", python.Str(a[1]), python.Str(a[0]))
	}
	bill := e.bill(a[1])
	e.own("bills", bill).Set("status", "Awaiting Payment")
	return "Payment request sent to the customer for bill " + get(bill, "bill_id").(string)
}

// dataUsage shows numbers as strings, as to_json_str makes them of a dict.
func dataUsage(e *Env, a []any) any {
	line := e.target(a[0], a[1])
	plan := e.plan(get(line, "plan_id"))
	return object("line_id", a[1], "data_used_gb", python.Str(get(line, "data_used_gb")), "data_limit_gb", python.Str(get(plan, "data_limit_gb")),
		"data_refueling_gb", python.Str(get(line, "data_refueling_gb")), "cycle_end_date", cycleEnd)
}

func enableRoaming(e *Env, a []any) any {
	line := e.target(a[0], a[1])
	if python.Bool(get(line, "roaming_enabled")) {
		return "Roaming was already enabled"
	}
	e.own("lines", line).Set("roaming_enabled", true)
	return "Roaming enabled successfully"
}

func disableRoaming(e *Env, a []any) any {
	line := e.target(a[0], a[1])
	if !python.Bool(get(line, "roaming_enabled")) {
		return "Roaming was already disabled"
	}
	e.own("lines", line).Set("roaming_enabled", false)
	return "Roaming disabled successfully"
}

func refuelData(e *Env, a []any) any {
	line, amount := e.target(a[0], a[1]), a[2]
	if !python.Less(int64(0), amount, "<=") {
		refuse("Refuel amount must be positive")
	}
	plan := e.plan(get(line, "plan_id"))
	rate := get(plan, "data_refueling_price_per_gb")
	charge := python.Mul(amount, rate, "*")
	line = e.own("lines", line)
	line.Set("data_refueling_gb", python.Add(get(line, "data_refueling_gb"), amount, "+="))
	e.charge(a[0], charge, "Data refueling: "+python.Str(amount)+" GB at $"+python.Str(rate)+"/GB")
	message := fmt.Sprintf("Successfully added %s GB of data for line %s for $%.2f", python.Str(amount), python.Str(a[1]), python.Float(charge))
	return object("message", message, "new_data_refueling_gb", python.Str(get(line, "data_refueling_gb")), "charge", python.Str(charge))
}

// charge puts an amount on the customer's draft bill, and makes one where there
// is none. The original numbers it with a random UUID; we count.
func (e *Env) charge(customerID, amount any, description string) {
	customer := e.customer(customerID)
	var draft *pyjson.Object
	if drafts := e.billsOf(customer, "Draft"); len(drafts) > 0 {
		draft = e.own("bills", drafts[0].(*pyjson.Object))
	} else {
		e.drafts++
		draft = newBill(fmt.Sprintf("B%08d", e.drafts), customerID, nextStart, nextEnd, nextDue, "Draft")
		e.addBill(customer, draft)
	}
	kind := "Charge"
	if python.Less(amount, int64(0), "<") {
		kind = "Credit"
	}
	extend(draft, "line_items", newItem(description, amount, kind))
	draft.Set("total_due", python.Add(get(draft, "total_due"), amount, "+="))
}

func newBill(id, customer any, start, end, due, status string) *pyjson.Object {
	return billModel.make(object("bill_id", id, "customer_id", customer, "period_start", start, "period_end", end,
		"issue_date", start, "total_due", int64(0), "due_date", due, "status", status))
}

func newItem(description string, amount any, kind string) any {
	return lineItem.make(object("description", description, "amount", amount, "date", today, "item_type", kind))
}

func (e *Env) addBill(customer, bill *pyjson.Object) {
	e.Append("bills", bill)
	extend(e.own("customers", customer), "bill_ids", get(bill, "bill_id"))
}

func setDataUsage(e *Env, a []any) any {
	e.own("lines", e.target(a[0], a[1])).Set("data_used_gb", a[2])
	return fmt.Sprintf("Data usage set to %s GB for line %s", python.Str(a[2]), python.Str(a[1]))
}

func suspendForBill(e *Env, a []any) any {
	customerID, lineID, billID, ended := a[0], a[1], a[2], a[3]
	line := e.line(lineID)
	if get(line, "status") != "Active" {
		refuse("Line must be active to suspend for unpaid bill")
	}
	amount := get(e.plan(get(line, "plan_id")), "price_per_month")
	if !python.Less(int64(0), amount, "<=") {
		refuse("Amount must be positive for overdue bill")
	}
	customer := e.customer(customerID)
	if len(e.billsOf(customer, "Overdue")) > 0 {
		refuse("Customer already has an overdue bill")
	}
	bill := newBill(billID, customerID, lastStart, lastEnd, lastDue, "Overdue")
	extend(bill, "line_items", newItem("Charge for line "+get(line, "line_id").(string), amount, "Charge"))
	bill.Set("total_due", python.Add(get(bill, "total_due"), amount, "+="))
	e.addBill(customer, bill)
	line = e.own("lines", line)
	line.Set("status", "Suspended")
	line.Set("suspension_start_date", today)
	if python.Bool(ended) {
		line.Set("contract_end_date", lastEnd)
	}
	return fmt.Sprintf("Line %s suspended for unpaid bill %s. Contract ended: %s", python.Str(lineID), python.Str(billID), python.Str(ended))
}

func assertRefueling(e *Env, a []any) any {
	have := get(e.target(a[0], a[1]), "data_refueling_gb")
	return math.Abs(python.Float(python.Sub(have, a[2], "-"))) < 1e-6
}

func assertLineStatus(e *Env, a []any) any {
	return python.Equal(get(e.target(a[0], a[1]), "status"), a[2])
}

func assertOverdueBill(e *Env, a []any) any {
	if !python.In(a[1], get(e.customer(a[0]), "bill_ids")) {
		refuse("Overdue bill %s not found", python.Str(a[1]))
	}
	if get(e.bill(a[1]), "status") != "Overdue" {
		refuse("Overdue bill %s is not overdue", python.Str(a[1]))
	}
	return true
}

func assertNoOverdueBill(e *Env, a []any) any {
	bill := e.lookup("bills", "bill_id", a[0])
	return bill == nil || get(bill, "status") == "Paid"
}

// syncTelecom carries the state of the line to the phone, and payments and
// requests for them between the two sides.
func (e *Env) syncTelecom() {
	around := get(e.user, "surroundings").(*pyjson.Object)
	number := get(around, "phone_number")
	if number == nil {
		return
	}
	line := e.lineByPhone(number)
	around.Set("line_active", get(line, "status") == "Active")
	around.Set("roaming_allowed", python.Bool(get(line, "roaming_enabled")))
	plan := e.plan(get(line, "plan_id"))
	allowed := python.Add(get(plan, "data_limit_gb"), get(line, "data_refueling_gb"), "+")
	around.Set("mobile_data_usage_exceeded", !python.Less(get(line, "data_used_gb"), allowed, ">="))
	if request := get(around, "payment_request"); request != nil && python.Bool(get(request, "paid")) {
		e.own("bills", e.bill(get(request, "bill_id"))).Set("status", "Paid")
		around.Set("payment_request", nil)
	}
	if get(around, "payment_request") != nil {
		return
	}
	if waiting := e.billsOf(e.customerByPhone(number), "Awaiting Payment"); len(waiting) > 0 {
		around.Set("payment_request", paymentRequest.make(object(
			"bill_id", get(waiting[0], "bill_id"), "amount_due", get(waiting[0], "total_due"))))
	}
}
