package tau2

import "github.com/agentscaler/scaler/internal/pyjson"

var (
	telecomAddress = &model{name: "Address", forbid: true, fields: []modelField{
		need("street", str), need("city", str), need("state", str), need("zip_code", str)}}

	planModel = &model{name: "Plan", forbid: true, fields: []modelField{
		need("plan_id", str), need("name", str), need("data_limit_gb", float), need("price_per_month", float), need("data_refueling_price_per_gb", float)}}

	deviceModel = &model{name: "Device", forbid: true, fields: []modelField{
		need("device_id", str), need("device_type", enum("phone", "router", "tablet", "watch", "other")), need("model", str),
		may("imei", optional(str), nil), need("is_esim_capable", boolean), may("activated", boolean, false),
		may("activation_date", optional(datetime), nil), may("last_esim_transfer_date", optional(datetime), nil)}}

	lineModel = &model{name: "Line", forbid: true, fields: []modelField{
		need("line_id", str), need("phone_number", str),
		may("status", enum("Active", "Suspended", "Pending Activation", "Closed"), "Pending Activation"),
		need("plan_id", str), may("device_id", optional(str), nil), may("data_used_gb", float, 0.0), may("data_refueling_gb", float, 0.0),
		may("roaming_enabled", boolean, false), may("contract_end_date", optional(date), nil), may("last_plan_change_date", optional(date), nil),
		may("last_sim_replacement_date", optional(date), nil), may("suspension_start_date", optional(date), nil)}}

	lineItem = &model{name: "LineItem", forbid: true, fields: []modelField{
		need("description", str), need("amount", float), need("date", date), need("item_type", str)}}

	billModel = &model{name: "Bill", forbid: true, fields: []modelField{
		need("bill_id", str), need("customer_id", str), need("period_start", date), need("period_end", date), need("issue_date", date),
		need("total_due", float), need("due_date", date), may("line_items", listOf(lineItem.check), []any{}),
		may("status", enum("Draft", "Issued", "Awaiting Payment", "Paid", "Overdue", "Disputed"), "Draft")}}

	telecomMethod = &model{name: "PaymentMethod", forbid: true, fields: []modelField{
		need("method_type", enum("Credit Card", "Debit Card", "PayPal")), need("account_number_last_4", str), need("expiration_date", str)}}

	customerModel = &model{name: "Customer", forbid: true, fields: []modelField{
		need("customer_id", str), need("full_name", str), need("date_of_birth", str), need("email", str), need("phone_number", str),
		need("address", telecomAddress.check),
		may("account_status", enum("Active", "Suspended", "Pending Verification", "Closed"), "Pending Verification"),
		may("payment_methods", listOf(telecomMethod.check), []any{}), may("line_ids", listOf(str), []any{}), may("bill_ids", listOf(str), []any{}),
		may("created_at", datetime, "2025-01-01"), may("last_extension_date", optional(date), nil), may("goodwill_credit_used_this_year", float, 0.0)}}

	telecomData = &model{name: "TelecomDB", forbid: true, fields: []modelField{
		may("plans", listOf(planModel.check), []any{}), may("customers", listOf(customerModel.check), []any{}),
		may("lines", listOf(lineModel.check), []any{}), may("bills", listOf(billModel.check), []any{}),
		may("devices", listOf(deviceModel.check), []any{})}}
)

var (
	signal      = enum("none", "poor", "fair", "good", "excellent")
	technology  = enum("none", "2G", "3G", "4G", "5G")
	modes       = []string{"4g_5g_preferred", "4g_only", "3g_only", "2g_only"}
	apnSettings = &model{name: "APNSettings", forbid: true, fields: []modelField{
		may("apn_name", enum("internet", "broken"), "internet"), may("reset_at_reboot", boolean, false), may("mms_apn", optional(str), "mms"),
		may("mmsc_url", optional(str), "http://mms.carrier.com/mms/wapenc"), may("mms_proxy", optional(str), nil), may("mms_port", optional(integer), nil)}}

	vpnDetails = &model{name: "VpnDetails", forbid: true, fields: []modelField{
		may("server_address", optional(str), nil), may("protocol", optional(str), nil),
		may("server_performance", enum("unknown", "poor", "fair", "good", "excellent"), "unknown")}}

	appPermissions = &model{name: "AppPermissions", forbid: true, fields: []modelField{
		may("sms", boolean, false), may("storage", boolean, false), may("phone", boolean, false), may("network", boolean, false)}}

	appStatus = &model{name: "AppStatus", forbid: true, fields: []modelField{
		need("app_name", str), may("permissions", appPermissions.check, appPermissions.make(pyjson.NewObject(0)))}}

	phoneModel = &model{name: "MockPhoneAttributes", forbid: true, fields: []modelField{
		may("sim_card_status", enum("active", "missing", "locked_pin", "locked_puk"), "active"), may("sim_card_missing", boolean, false),
		may("airplane_mode", boolean, false), may("network_signal_strength", signal, "good"), may("network_technology_connected", technology, "5G"),
		may("network_connection_status", enum("connected", "searching", "no_service", "emergency_only"), "connected"),
		may("battery_level", integer, int64(80)), may("data_enabled", boolean, true), may("roaming_enabled", boolean, false),
		may("network_mode_preference", enum(modes...), modes[0]),
		may("active_apn_settings", apnSettings.check, apnSettings.make(pyjson.NewObject(0))),
		may("wifi_enabled", boolean, false), may("wifi_connected", boolean, false), may("wifi_ssid", optional(str), nil),
		may("wifi_signal_strength", signal, "none"), may("wifi_calling_enabled", boolean, false), may("wifi_calling_mms_over_wifi", boolean, false),
		may("data_saver_mode", boolean, false), may("vpn_enabled_setting", boolean, false), may("vpn_connected", boolean, false),
		may("vpn_details", optional(vpnDetails.check), nil),
		may("app_statuses", dictOf(appStatus.check), object(
			"messaging", object("app_name", "messaging", "permissions", object("sms", true, "storage", true, "phone", true, "network", false)),
			"browser", object("app_name", "browser", "permissions", object("sms", false, "storage", true, "phone", false, "network", true))))}}

	paymentRequest = &model{name: "PaymentRequest", forbid: true, fields: []modelField{
		need("bill_id", str), need("amount_due", float), may("paid", boolean, false)}}

	surroundings = &model{name: "UserSurroundings", forbid: true, fields: []modelField{
		may("name", optional(str), nil), may("phone_number", optional(str), nil), may("is_abroad", boolean, false), may("roaming_allowed", boolean, false),
		may("signal_strength", dictOf(signal), object("2G", "poor", "3G", "fair", "4G", "good", "5G", "excellent")),
		may("mobile_data_usage_exceeded", boolean, false), may("line_active", boolean, true), may("payment_request", optional(paymentRequest.check), nil)}}

	telecomUserData = &model{name: "TelecomUserDB", forbid: true, fields: []modelField{
		may("device", phoneModel.check, phoneModel.make(pyjson.NewObject(0))),
		may("surroundings", surroundings.check, surroundings.make(pyjson.NewObject(0)))}}
)
