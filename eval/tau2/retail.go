package tau2

import (
	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

var (
	itemParams    = []string{"order_id", "item_ids", "new_item_ids", "payment_method_id"}
	addressParams = []string{"address1", "address2", "city", "state", "country", "zip"}
)

// read and write are tools of the agent.
func read(name string, run func(*Env, []any) any, params ...string) tool {
	return tool{name: name, side: Assistant, required: params, run: run}
}

func write(name string, run func(*Env, []any) any, params ...string) tool {
	return tool{name: name, side: Assistant, mutates: true, required: params, run: run}
}

var retailTools = []tool{
	read("calculate", calculate, "expression"),
	write("cancel_pending_order", cancelPendingOrder, "order_id", "reason"),
	write("exchange_delivered_order_items", exchangeItems, itemParams...),
	read("find_user_id_by_name_zip", findUserByName, "first_name", "last_name", "zip"),
	read("find_user_id_by_email", findUserByEmail, "email"),
	read("get_order_details", func(e *Env, a []any) any { return getOrder(e, a[0]) }, "order_id"),
	read("get_product_details", func(e *Env, a []any) any { return getProduct(e, a[0]) }, "product_id"),
	read("get_item_details", getItem, "item_id"),
	read("get_user_details", func(e *Env, a []any) any { return getUser(e, a[0]) }, "user_id"),
	read("list_all_product_types", listProductTypes),
	write("modify_pending_order_address", modifyOrderAddress, append([]string{"order_id"}, addressParams...)...),
	write("modify_pending_order_items", modifyItems, itemParams...),
	write("modify_pending_order_payment", modifyPayment, "order_id", "payment_method_id"),
	write("modify_user_address", modifyUserAddress, append([]string{"user_id"}, addressParams...)...),
	write("return_delivered_order_items", returnItems, "order_id", "item_ids", "payment_method_id"),
	read("transfer_to_human_agents", transfer, "summary"),
}

func getOrder(e *Env, id any) *pyjson.Object   { return fetch(e, "orders", id, "Order not found") }
func getUser(e *Env, id any) *pyjson.Object    { return fetch(e, "users", id, "User not found") }
func getProduct(e *Env, id any) *pyjson.Object { return fetch(e, "products", id, "Product not found") }

func variantsOf(product *pyjson.Object) []string {
	return get(product, "variants").(*pyjson.Object).Keys()
}

func getItem(e *Env, a []any) any {
	python.Hash(a[0])
	id, _ := a[0].(string) // no variant has anything else for a key
	for _, product := range e.By(byVariant, id) {
		return python.Index(get(product, "variants"), id)
	}
	refuse("Item not found")
	return nil
}

func getVariant(e *Env, product, id any) any {
	variants := get(getProduct(e, product), "variants")
	if !python.In(id, variants) {
		refuse("Variant not found")
	}
	return python.Index(variants, id)
}

// getMethod returns a payment method of an order's user.
func getMethod(e *Env, order *pyjson.Object, id any) any {
	methods := get(getUser(e, get(order, "user_id")), "payment_methods")
	if !python.In(id, methods) {
		refuse("Payment method not found")
	}
	return python.Index(methods, id)
}

func isGiftCard(method any) bool { return get(method, "source") == "gift_card" }

// short says whether a method is a gift card with less than the amount.
func short(method, amount any) bool {
	return isGiftCard(method) && python.Less(get(method, "balance"), amount, "<")
}

// move adds an amount to the balance of a gift card, or takes it away.
func move(e *Env, order *pyjson.Object, method any, amount any, with func(a, b any, op string) any) {
	user := e.Edit("users", get(order, "user_id").(string))
	card := get(user, "payment_methods", method.(string))
	set(card, "balance", python.Round(with(get(card, "balance"), amount, ""), 2))
}

func newPayment(kind string, amount, method any) any {
	return orderPayment.make(object("transaction_type", kind, "amount", amount, "payment_method_id", method))
}

func cancelPendingOrder(e *Env, a []any) any {
	id, reason := a[0], a[1]
	order := getOrder(e, id)
	if get(order, "status") != "pending" {
		refuse("Non-pending order cannot be cancelled")
	}
	python.Hash(reason)
	if reason != "no longer needed" && reason != "ordered by mistake" {
		refuse("Invalid reason")
	}
	var refunds []any
	for _, p := range get(order, "payment_history").([]any) {
		method, amount := get(p, "payment_method_id"), get(p, "amount")
		refunds = append(refunds, newPayment("refund", amount, method))
		if isGiftCard(getMethod(e, order, method)) {
			move(e, order, method, amount, python.Add)
		}
	}
	order = e.Edit("orders", id.(string))
	order.Set("status", "cancelled")
	order.Set("cancel_reason", reason)
	extend(order, "payment_history", refunds...)
	return order
}

// missingItem returns the first id that a call names more often than the order
// has it.
func missingItem(order *pyjson.Object, ids any) (any, bool) {
	var have []any
	for _, it := range get(order, "items").([]any) {
		have = append(have, get(it, "item_id"))
	}
	for _, id := range python.Iter(ids) {
		if python.Count(ids, id) > python.Count(have, id) {
			return id, true
		}
	}
	return nil, false
}

func itemOf(order *pyjson.Object, id any) any {
	for _, it := range get(order, "items").([]any) {
		if python.Equal(get(it, "item_id"), id) {
			return it
		}
	}
	refuse("Item %s not found", python.Str(id))
	return nil
}

// priceDifference adds up what a change of items costs; last is the variant that
// it looked at last.
func priceDifference(e *Env, order *pyjson.Object, ids, newIDs any, mayRepeat bool) (diff, last any) {
	diff = int64(0)
	fresh := python.Iter(newIDs)
	for i, id := range python.Iter(ids) {
		if !mayRepeat && python.Equal(id, fresh[i]) {
			refuse("The new item id should be different from the old item id")
		}
		it := itemOf(order, id)
		last = getVariant(e, get(it, "product_id"), fresh[i])
		if !python.Bool(get(last, "available")) {
			refuse("New item %s not found or available", python.Str(fresh[i]))
		}
		diff = python.Add(diff, python.Sub(get(last, "price"), get(it, "price"), "-"), "+=")
	}
	return diff, last
}

func exchangeItems(e *Env, a []any) any {
	id, ids, newIDs, method := a[0], a[1], a[2], a[3]
	order := getOrder(e, id)
	if get(order, "status") != "delivered" {
		refuse("Non-delivered order cannot be exchanged")
	}
	if missing, ok := missingItem(order, ids); ok {
		refuse("Number of %s not found.", python.Str(missing))
	}
	if python.Len(ids) != python.Len(newIDs) {
		refuse("The number of items to be exchanged should match.")
	}
	diff, _ := priceDifference(e, order, ids, newIDs, true)
	diff = python.Round(diff, 2)
	if short(getMethod(e, order, method), diff) {
		refuse("Insufficient gift card balance to pay for the price difference")
	}
	order = e.Edit("orders", id.(string))
	order.Set("status", "exchange requested")
	order.Set("exchange_items", python.Sorted(ids))
	order.Set("exchange_new_items", python.Sorted(newIDs))
	order.Set("exchange_payment_method_id", method)
	order.Set("exchange_price_difference", diff)
	return order
}

// Indexes of what tools look rows up by.
var (
	byEmail     = &rows.Index{Table: "users", Keys: lowerOf("email")}
	byFirstName = &rows.Index{Table: "users", Keys: lowerOf("name", "first_name")}
	byVariant   = &rows.Index{Table: "products", Keys: variantsOf}
)

// lowerOf is a field in lower case, to look rows up by.
func lowerOf(path ...string) func(*pyjson.Object) []string {
	return func(row *pyjson.Object) []string { return []string{python.Lower(get(row, path...))} }
}

func findUserByName(e *Env, a []any) any {
	first, last, zip := a[0], a[1], a[2]
	for id, user := range e.By(byFirstName, python.Lower(first)) {
		if python.EqualLower(get(user, "name", "last_name"), last) &&
			python.Equal(get(user, "address", "zip"), zip) {
			return id
		}
	}
	refuse("User not found")
	return nil
}

func findUserByEmail(e *Env, a []any) any {
	for id := range e.By(byEmail, python.Lower(a[0])) {
		return id
	}
	refuse("User not found")
	return nil
}

// listProductTypes lists products, which no call changes.
func listProductTypes(e *Env, _ []any) any { return e.Once("product types", productTypes) }

func productTypes(s *rows.State) any {
	types := pyjson.NewObject(64)
	for _, product := range s.All("products") {
		types.Set(get(product, "name").(string), get(product, "product_id"))
	}
	return string(pyjson.MarshalSorted(types))
}

func newAddress(a []any) any {
	o := pyjson.NewObject(len(addressParams))
	for i, name := range addressParams {
		o.Set(name, a[i])
	}
	return addressModel.make(o)
}

// changeable is an order that is pending, also with modified items.
func changeable(e *Env, id any) *pyjson.Object {
	order := getOrder(e, id)
	if !python.In("pending", get(order, "status")) {
		refuse("Non-pending order cannot be modified")
	}
	return order
}

func modifyOrderAddress(e *Env, a []any) any {
	changeable(e, a[0])
	address := newAddress(a[1:])
	order := e.Edit("orders", a[0].(string))
	order.Set("address", address)
	return order
}

func modifyUserAddress(e *Env, a []any) any {
	getUser(e, a[0])
	address := newAddress(a[1:])
	user := e.Edit("users", a[0].(string))
	user.Set("address", address)
	return user
}

// modifyItems gives every item the price and options of the last new one, as the
// original does (its issues 317 and 318).
func modifyItems(e *Env, a []any) any {
	id, ids, newIDs, method := a[0], a[1], a[2], a[3]
	order := getOrder(e, id)
	if get(order, "status") != "pending" {
		refuse("Non-pending order cannot be modified")
	}
	if missing, ok := missingItem(order, ids); ok {
		refuse("%s not found", python.Str(missing))
	}
	if python.Len(ids) != python.Len(newIDs) {
		refuse("The number of items to be exchanged should match")
	}
	diff, last := priceDifference(e, order, ids, newIDs, false)
	paid := getMethod(e, order, method)
	if short(paid, diff) {
		refuse("Insufficient gift card balance to pay for the new item")
	}
	kind := "refund"
	if python.Less(int64(0), diff, ">") {
		kind = "payment"
	}
	order = e.Edit("orders", id.(string))
	extend(order, "payment_history", newPayment(kind, python.Abs(diff), method))
	if isGiftCard(paid) {
		move(e, order, method, diff, python.Sub)
	}
	fresh := python.Iter(newIDs)
	for i, old := range python.Iter(ids) {
		it := itemOf(order, old)
		set(it, "item_id", fresh[i])
		set(it, "price", get(last, "price"))
		set(it, "options", get(last, "options"))
	}
	order.Set("status", "pending (item modified)")
	return order
}

func modifyPayment(e *Env, a []any) any {
	id, method := a[0], a[1]
	order := changeable(e, id)
	paid := getMethod(e, order, method)
	history := get(order, "payment_history").([]any)
	if len(history) != 1 || get(history[0], "transaction_type") != "payment" {
		refuse("There should be exactly one payment for a pending order")
	}
	old, amount := get(history[0], "payment_method_id"), get(history[0], "amount")
	if old == method {
		refuse("The new payment method should be different from the current one")
	}
	if short(paid, amount) {
		refuse("Insufficient gift card balance to pay for the order")
	}
	order = e.Edit("orders", id.(string))
	extend(order, "payment_history", newPayment("payment", amount, method), newPayment("refund", amount, old))
	if isGiftCard(paid) {
		move(e, order, method, amount, python.Sub)
	}
	if isGiftCard(getMethod(e, order, old)) {
		move(e, order, old, amount, python.Add)
	}
	return order
}

func returnItems(e *Env, a []any) any {
	id, ids, method := a[0], a[1], a[2]
	order := getOrder(e, id)
	if get(order, "status") != "delivered" {
		refuse("Non-delivered order cannot be returned")
	}
	paid := getMethod(e, order, method)
	history := get(order, "payment_history")
	if !isGiftCard(paid) && method != get(python.Index(history, int64(0)), "payment_method_id") {
		refuse("Payment method should be the original payment method")
	}
	if _, missing := missingItem(order, ids); missing {
		refuse("Some item not found")
	}
	order = e.Edit("orders", id.(string))
	order.Set("status", "return requested")
	order.Set("return_items", python.Sorted(ids))
	order.Set("return_payment_method_id", method)
	return order
}
