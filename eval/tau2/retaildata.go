package tau2

var (
	addressModel = &model{name: "UserAddress", fields: []modelField{
		need("address1", str), need("address2", str), need("city", str), need("country", str), need("state", str), need("zip", str)}}

	orderPayment = &model{name: "OrderPayment", fields: []modelField{
		need("transaction_type", literal("payment", "refund")), need("amount", float), need("payment_method_id", str)}}

	orderStatus = literal("processed", "pending", "pending (item modified)", "delivered", "cancelled", "exchange requested", "return requested")

	variantModel = &model{name: "Variant", fields: []modelField{
		need("item_id", str), need("options", dictOf(str)), need("available", boolean), need("price", float)}}

	productModel = &model{name: "Product", fields: []modelField{
		need("name", str), need("product_id", str), need("variants", dictOf(variantModel.check))}}

	nameModel = &model{name: "UserName", fields: []modelField{need("first_name", str), need("last_name", str)}}

	retailMethod = oneOf("source", map[string]*model{
		"credit_card": {name: "CreditCard", fields: []modelField{need("source", str), need("id", str), need("brand", str), need("last_four", str)}},
		"paypal":      {name: "Paypal", fields: []modelField{need("source", str), need("id", str)}},
		"gift_card":   {name: "GiftCard", fields: []modelField{need("source", str), need("id", str), need("balance", float)}}})

	retailUser = &model{name: "User", fields: []modelField{
		need("user_id", str), need("name", nameModel.check), need("address", addressModel.check), need("email", str),
		need("payment_methods", dictOf(retailMethod)), need("orders", listOf(str))}}

	fulfillment = &model{name: "OrderFullfilment", fields: []modelField{need("tracking_id", listOf(str)), need("item_ids", listOf(str))}}

	orderItem = &model{name: "OrderItem", fields: []modelField{
		need("name", str), need("product_id", str), need("item_id", str), need("price", float), need("options", dictOf(str))}}

	orderModel = &model{name: "Order", fields: []modelField{
		need("order_id", str), need("user_id", str), need("address", addressModel.check), need("items", listOf(orderItem.check)),
		need("status", orderStatus), need("fulfillments", listOf(fulfillment.check)), need("payment_history", listOf(orderPayment.check)),
		may("cancel_reason", optional(literal("no longer needed", "ordered by mistake")), nil),
		may("exchange_items", optional(listOf(str)), nil), may("exchange_new_items", optional(listOf(str)), nil),
		may("exchange_payment_method_id", optional(str), nil), may("exchange_price_difference", optional(float), nil),
		may("return_items", optional(listOf(str)), nil), may("return_payment_method_id", optional(str), nil)}}

	retailData = &model{name: "RetailDB", forbid: true, fields: []modelField{
		need("products", dictOf(productModel.check)), need("users", dictOf(retailUser.check)), need("orders", dictOf(orderModel.check))}}
)
