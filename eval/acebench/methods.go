package acebench

import (
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// A method is one that an agent can call. The helpers of the Travel class are
// public in the official code, and so an agent can call them too.
type method struct {
	class, name string
	params      []string
	optional    []python.Default
	lang        string // "" is both
	do          func(*Session, []any) any
}

func (m method) bind(arguments *pyjson.Object) []any {
	s := python.Signature{Name: m.class + "." + m.name, Before: []string{"self"}, Required: m.params, Optional: m.optional}
	return s.Bind(arguments)
}

func none(names ...string) []python.Default {
	var out []python.Default
	for _, n := range names {
		out = append(out, python.Default{Name: n})
	}
	return out
}

func params(names ...string) []string { return names }

// methods lists every method of the five classes. To add one, add a row.
var methods = []method{
	{class: "BaseApi", name: "turn_on_wifi", do: turnOnWifi},
	{class: "BaseApi", name: "login_device", do: loginDevice},

	{class: "MessageApi", name: "send_message", params: params("sender_name", "receiver_name", "message"), do: sendMessage},
	{class: "MessageApi", name: "delete_message", params: params("message_id"), do: remover(inbox, deleteNeedsDevice, noMessage, messageGone)},
	{class: "MessageApi", name: "view_messages_between_users", params: params("sender_name", "receiver_name"), do: viewMessages},
	{class: "MessageApi", name: "search_messages", params: params("user_name", "keyword"), do: searchMessages},
	{class: "MessageApi", name: "get_all_message_times_with_ids", do: messageTimes},
	{class: "MessageApi", name: "get_latest_message_id", do: latestMessage},
	{class: "MessageApi", name: "get_earliest_message_id", do: earliestMessage},

	{class: "ReminderApi", name: "view_reminder_by_title", params: params("title"), do: viewReminder},
	{class: "ReminderApi", name: "add_reminder", params: params("title", "description", "time"), do: addReminder},
	{class: "ReminderApi", name: "delete_reminder", params: params("reminder_id"), do: remover(reminders, dropNeedsDevice, noReminder, reminderGone)},
	{class: "ReminderApi", name: "view_all_reminders", do: viewReminders},
	{class: "ReminderApi", name: "mark_as_notified", params: params("reminder_id"), lang: "zh", do: markNotified},
	{class: "ReminderApi", name: "search_reminders", params: params("keyword"), lang: "zh", do: searchReminders},

	{class: "FoodPlatform", name: "login_food_platform", params: params("username", "password"), do: loginFood},
	{class: "FoodPlatform", name: "view_logged_in_users", do: viewLoggedIn},
	{class: "FoodPlatform", name: "check_balance", params: params("user_name"), do: checkBalance},
	{class: "FoodPlatform", name: "add_food_delivery_order", params: params("username", "merchant_name", "items"), do: orderFood},
	{class: "FoodPlatform", name: "get_products", params: params("merchant_name"), do: getProducts},
	{class: "FoodPlatform", name: "view_orders", params: params("user_name"), do: viewOrders},
	{class: "FoodPlatform", name: "search_orders", params: params("keyword"), do: searchOrders},

	{class: "Travel", name: "get_flight_details", optional: none("origin", "destination"), do: flightDetails},
	{class: "Travel", name: "get_user_details", params: params("user_id", "password"), do: userDetails},
	{class: "Travel", name: "get_reservation_details", optional: none("reservation_id", "user_id"), do: reservationDetails},
	{class: "Travel", name: "authenticate_user", params: params("user_id", "password"), do: authenticate},
	{class: "Travel", name: "get_baggage_allowance", params: params("membership_level", "cabin_class"), do: baggageAllowance},
	{class: "Travel", name: "find_transfer_flights", params: params("origin_city", "transfer_city", "destination_city"), do: transferFlights},
	{class: "Travel", name: "calculate_baggage_fee", params: params("membership_level", "cabin_class", "baggage_count"), do: baggageFee},
	{class: "Travel", name: "update_balance", params: params("user", "payment_method", "amount"), do: updateBalance},
	{class: "Travel", name: "reserve_flight", params: params("user_id", "password", "flight_no", "cabin", "payment_method", "baggage_count"), do: reserveFlight},
	{
		class: "Travel", name: "modify_flight", params: params("user_id", "reservation_id"),
		optional: []python.Default{{Name: "new_flight_no"}, {Name: "new_cabin"}, {Name: "add_baggage", Value: int64(0)}, {Name: "new_payment_method"}},
		do:       modifyFlight,
	},
	{class: "Travel", name: "cancel_reservation", params: params("user_id", "reservation_id", "reason"), do: cancelReservation},
	{class: "Travel", name: "process_refund", params: params("user", "amount"), do: processRefund},
	{class: "Travel", name: "calculate_price_difference", params: params("flight", "old_cabin", "new_cabin"), do: priceDifference},
}
