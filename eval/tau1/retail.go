package tau1

import (
	"sort"

	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

var (
	itemParams    = []string{"order_id", "item_ids", "new_item_ids", "payment_method_id"}
	addressParams = []string{"address1", "address2", "city", "state", "country", "zip"}
)

var retailTools = []tool{
	{"calculate", "Calculate", []string{"expression"}, calculate},
	{"cancel_pending_order", "CancelPendingOrder", []string{"order_id", "reason"}, cancelPendingOrder},
	{"exchange_delivered_order_items", "ExchangeDeliveredOrderItems", itemParams, exchangeItems},
	{"find_user_id_by_email", "FindUserIdByEmail", []string{"email"}, findUserByEmail},
	{"find_user_id_by_name_zip", "FindUserIdByNameZip", []string{"first_name", "last_name", "zip"}, findUserByName},
	{"get_order_details", "GetOrderDetails", []string{"order_id"}, getter("orders", "Error: order not found")},
	{"get_product_details", "GetProductDetails", []string{"product_id"}, getter("products", "Error: product not found")},
	{"get_user_details", "GetUserDetails", []string{"user_id"}, getter("users", "Error: user not found")},
	{"list_all_product_types", "ListAllProductTypes", nil, listProductTypes},
	{"modify_pending_order_address", "ModifyPendingOrderAddress", append([]string{"order_id"}, addressParams...), modifyOrderAddress},
	{"modify_pending_order_items", "ModifyPendingOrderItems", itemParams, modifyItems},
	{"modify_pending_order_payment", "ModifyPendingOrderPayment", []string{"order_id", "payment_method_id"}, modifyPayment},
	{"modify_user_address", "ModifyUserAddress", append([]string{"user_id"}, addressParams...), modifyUserAddress},
	{"return_delivered_order_items", "ReturnDeliveredOrderItems", []string{"order_id", "item_ids", "payment_method_id"}, returnItems},
	{"think", "Think", []string{"thought"}, think},
	{terminal, "TransferToHumanAgents", []string{"summary"}, transfer},
}

// orderIn returns an order that has the status, or the error to answer.
func orderIn(s *rows.State, id any, status, wrong string) (*pyjson.Object, any) {
	order, ok := find(s, "orders", id)
	if !ok {
		return nil, "Error: order not found"
	}
	if get(order, "status") != status {
		return nil, wrong
	}
	return order, nil
}

// methodsOf returns the payment methods of an order's user.
func methodsOf(s *rows.State, order *pyjson.Object) any {
	user, _ := s.Row("users", get(order, "user_id").(string))
	return get(user, "payment_methods")
}

// charge takes an amount from the balance of a gift card.
func charge(s *rows.State, order *pyjson.Object, method string, amount any) {
	user := s.Edit("users", get(order, "user_id").(string))
	card := get(user, "payment_methods", method).(*pyjson.Object)
	card.Set("balance", python.Round(python.Sub(get(card, "balance"), amount, "-="), 2))
}

// refund adds an amount to the balance of a gift card.
func refund(s *rows.State, order *pyjson.Object, method string, amount any) {
	user := s.Edit("users", get(order, "user_id").(string))
	card := get(user, "payment_methods", method).(*pyjson.Object)
	card.Set("balance", python.Round(python.Add(get(card, "balance"), amount, "+="), 2))
}

func payment(kind string, amount, method any) any {
	return object("transaction_type", kind, "amount", amount, "payment_method_id", method)
}

func cancelPendingOrder(s *rows.State, a []any) any {
	id, reason := a[0], a[1]
	order, wrong := orderIn(s, id, "pending", "Error: non-pending order cannot be cancelled")
	if wrong != nil {
		return wrong
	}
	if reason != "no longer needed" && reason != "ordered by mistake" {
		return "Error: invalid reason"
	}
	var refunds []any
	for _, p := range get(order, "payment_history").([]any) {
		method, amount := get(p, "payment_method_id").(string), get(p, "amount")
		refunds = append(refunds, payment("refund", amount, method))
		if python.In("gift_card", method) {
			python.Index(methodsOf(s, order), method)
			refund(s, order, method, amount)
		}
	}
	order = s.Edit("orders", id.(string))
	order.Set("status", "cancelled")
	order.Set("cancel_reason", reason)
	extend(order, "payment_history", refunds...)
	return dumps(s, order)
}

// itemIDs are the ids of an order's items.
func itemIDs(order *pyjson.Object) []any {
	var ids []any
	for _, item := range get(order, "items").([]any) {
		ids = append(ids, get(item, "item_id"))
	}
	return ids
}

// missingItem returns the first id that a call names more often than the order
// has it.
func missingItem(order *pyjson.Object, ids any) (any, bool) {
	have := itemIDs(order)
	for _, id := range python.Iter(ids) {
		if python.Count(ids, id) > python.Count(have, id) {
			return id, true
		}
	}
	return nil, false
}

// item returns the first item of an order with the id, as a list index does.
func item(order *pyjson.Object, id any) *pyjson.Object {
	for _, it := range get(order, "items").([]any) {
		if python.Equal(get(it, "item_id"), id) {
			return it.(*pyjson.Object)
		}
	}
	python.Raise("IndexError", "list index out of range")
	return nil
}

func variants(s *rows.State, it *pyjson.Object) any {
	product, _ := s.Row("products", get(it, "product_id").(string))
	return get(product, "variants")
}

// priceDifference checks old items against new ones and adds up what the change
// costs; it returns the error to answer where something is wrong.
func priceDifference(s *rows.State, order *pyjson.Object, ids, newIDs any) (diff, wrong any) {
	if id, missing := missingItem(order, ids); missing {
		return nil, "Error: " + python.Str(id) + " not found"
	}
	if python.Len(ids) != python.Len(newIDs) {
		return nil, "Error: the number of items to be exchanged should match"
	}
	diff = int64(0)
	fresh := python.Iter(newIDs)
	for i, id := range python.Iter(ids) {
		it := item(order, id)
		all := variants(s, it)
		if !python.In(fresh[i], all) || !python.Bool(get(python.Index(all, fresh[i]), "available")) {
			return nil, "Error: new item " + python.Str(fresh[i]) + " not found or available"
		}
		price := get(python.Index(all, fresh[i]), "price")
		diff = python.Add(diff, python.Sub(price, get(it, "price"), "-"), "+=")
	}
	return diff, nil
}

// short says whether a payment method is a gift card with less than the amount.
func short(method, amount any) bool {
	return get(method, "source") == "gift_card" && python.Less(get(method, "balance"), amount, "<")
}

func exchangeItems(s *rows.State, a []any) any {
	id, ids, newIDs, method := a[0], a[1], a[2], a[3]
	order, wrong := orderIn(s, id, "delivered", "Error: non-delivered order cannot be exchanged")
	if wrong != nil {
		return wrong
	}
	diff, wrong := priceDifference(s, order, ids, newIDs)
	if wrong != nil {
		return wrong
	}
	diff = python.Round(diff, 2)
	methods := methodsOf(s, order)
	if !python.In(method, methods) {
		return "Error: payment method not found"
	}
	if short(python.Index(methods, method), diff) {
		return "Error: insufficient gift card balance to pay for the price difference"
	}
	order = s.Edit("orders", id.(string))
	order.Set("status", "exchange requested")
	order.Set("exchange_items", python.Sorted(ids))
	order.Set("exchange_new_items", python.Sorted(newIDs))
	order.Set("exchange_payment_method_id", method)
	order.Set("exchange_price_difference", diff)
	return dumps(s, order)
}

// Indexes of what tools look rows up by.
var (
	byEmail     = &rows.Index{Table: "users", Keys: lowerOf("email")}
	byFirstName = &rows.Index{Table: "users", Keys: lowerOf("name", "first_name")}
)

// lowerOf is a field in lower case, to look rows up by.
func lowerOf(path ...string) func(*pyjson.Object) []string {
	return func(row *pyjson.Object) []string { return []string{python.Lower(get(row, path...))} }
}

func findUserByEmail(s *rows.State, a []any) any {
	for id := range s.By(byEmail, python.Lower(a[0])) {
		return id
	}
	return "Error: user not found"
}

func findUserByName(s *rows.State, a []any) any {
	first, last, zip := a[0], a[1], a[2]
	for id, user := range s.By(byFirstName, python.Lower(first)) {
		if python.EqualLower(get(user, "name", "last_name"), last) &&
			python.Equal(get(user, "address", "zip"), zip) {
			return id
		}
	}
	return "Error: user not found"
}

// listProductTypes lists products, which no call changes.
func listProductTypes(s *rows.State, _ []any) any { return s.Once("product types", productTypes) }

func productTypes(s *rows.State) any {
	types := pyjson.NewObject(64)
	for _, product := range s.All("products") {
		types.Set(get(product, "name").(string), get(product, "product_id"))
	}
	names := types.Keys()
	sort.Strings(names)
	sorted := pyjson.NewObject(len(names))
	for _, name := range names {
		sorted.Set(name, get(types, name))
	}
	return dumps(s, sorted)
}

func address(a []any) any {
	o := pyjson.NewObject(len(addressParams))
	for i, name := range addressParams {
		o.Set(name, a[i])
	}
	return o
}

func modifyOrderAddress(s *rows.State, a []any) any {
	if _, wrong := orderIn(s, a[0], "pending", "Error: non-pending order cannot be modified"); wrong != nil {
		return wrong
	}
	order := s.Edit("orders", a[0].(string))
	order.Set("address", address(a[1:]))
	return dumps(s, order)
}

func modifyUserAddress(s *rows.State, a []any) any {
	if _, ok := find(s, "users", a[0]); !ok {
		return "Error: user not found"
	}
	user := s.Edit("users", a[0].(string))
	user.Set("address", address(a[1:]))
	return dumps(s, user)
}

func modifyItems(s *rows.State, a []any) any {
	id, ids, newIDs, method := a[0], a[1], a[2], a[3]
	order, wrong := orderIn(s, id, "pending", "Error: non-pending order cannot be modified")
	if wrong != nil {
		return wrong
	}
	diff, wrong := priceDifference(s, order, ids, newIDs)
	if wrong != nil {
		return wrong
	}
	methods := methodsOf(s, order)
	if !python.In(method, methods) {
		return "Error: payment method not found"
	}
	if short(python.Index(methods, method), diff) {
		return "Error: insufficient gift card balance to pay for the new item"
	}
	kind := "refund"
	if python.Less(int64(0), diff, ">") {
		kind = "payment"
	}
	gift := get(python.Index(methods, method), "source") == "gift_card"
	order = s.Edit("orders", id.(string))
	extend(order, "payment_history", payment(kind, python.Abs(diff), method))
	if gift {
		charge(s, order, method.(string), diff)
	}
	fresh := python.Iter(newIDs)
	for i, old := range python.Iter(ids) {
		it := item(order, old)
		it.Set("item_id", fresh[i])
		variant := python.Index(variants(s, it), fresh[i])
		it.Set("price", get(variant, "price"))
		it.Set("options", get(variant, "options"))
	}
	order.Set("status", "pending (item modified)")
	return dumps(s, order)
}

func modifyPayment(s *rows.State, a []any) any {
	id, method := a[0], a[1]
	order, wrong := orderIn(s, id, "pending", "Error: non-pending order cannot be modified")
	if wrong != nil {
		return wrong
	}
	methods := methodsOf(s, order)
	if !python.In(method, methods) {
		return "Error: payment method not found"
	}
	history := get(order, "payment_history").([]any)
	if len(history) > 1 || get(python.Index(history, int64(0)), "transaction_type") != "payment" {
		return "Error: there should be exactly one payment for a pending order"
	}
	old, amount := get(history[0], "payment_method_id"), get(history[0], "amount")
	if old == method {
		return "Error: the new payment method should be different from the current one"
	}
	if short(python.Index(methods, method), amount) {
		return "Error: insufficient gift card balance to pay for the order"
	}
	order = s.Edit("orders", id.(string))
	extend(order, "payment_history", payment("payment", amount, method), payment("refund", amount, old))
	if get(python.Index(methods, method), "source") == "gift_card" {
		charge(s, order, method.(string), amount)
	}
	if python.In("gift_card", old) {
		python.Index(methods, old)
		refund(s, order, old.(string), amount)
	}
	return dumps(s, order)
}

func returnItems(s *rows.State, a []any) any {
	id, ids, method := a[0], a[1], a[2]
	order, wrong := orderIn(s, id, "delivered", "Error: non-delivered order cannot be returned")
	if wrong != nil {
		return wrong
	}
	if !python.In(method, methodsOf(s, order)) {
		return "Error: payment method not found"
	}
	history := get(order, "payment_history").([]any)
	if !python.In("gift_card", method) && method != get(python.Index(history, int64(0)), "payment_method_id") {
		return "Error: payment method should be either the original payment method or a gift card"
	}
	if _, missing := missingItem(order, ids); missing {
		return "Error: some item not found"
	}
	order = s.Edit("orders", id.(string))
	order.Set("status", "return requested")
	order.Set("return_items", python.Sorted(ids))
	order.Set("return_payment_method_id", method)
	return dumps(s, order)
}
