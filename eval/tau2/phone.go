package tau2

import (
	"fmt"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

// see and press are tools of the user: see reads, press may change the phone.
func see(name string, run func(*phone) any) tool { return phoneTool(name, false, false, run) }

func press(name string, run func(*phone) any) tool { return phoneTool(name, true, false, run) }

// prepare is what sets a task up on the phone.
func prepare(name string, run func(*phone) any) tool { return phoneTool(name, true, true, run) }

func phoneTool(name string, mutates, hidden bool, run func(*phone) any) tool {
	return tool{name: name, side: User, mutates: mutates, hidden: hidden, run: func(e *Env, _ []any) any { return run(e.phone()) }}
}

var phoneTools = []tool{
	see("check_status_bar", func(p *phone) any { return "Status Bar: " + p.bar() }),
	see("check_network_status", checkNetwork),
	see("check_network_mode_preference", func(p *phone) any { return "Network Mode Preference: " + p.text("network_mode_preference") }),
	{name: "set_network_mode_preference", side: User, mutates: true, required: []string{"mode"}, run: setMode},
	see("run_speed_test", speedTest),
	press("toggle_airplane_mode", func(p *phone) any { p.flipAirplane(); return p.now("Airplane Mode", "airplane_mode") }),
	see("check_sim_status", checkSIM),
	press("reseat_sim_card", func(p *phone) any {
		p.set("sim_card_missing", false)
		p.search()
		return p.after("SIM card re-seated successfully.")
	}),
	press("toggle_data", func(p *phone) any { p.flip("data_enabled"); p.search(); return p.now("Mobile Data", "data_enabled") }),
	press("toggle_roaming", func(p *phone) any {
		p.flip("roaming_enabled")
		p.search()
		return p.now("Data Roaming", "roaming_enabled")
	}),
	see("check_data_restriction_status", func(p *phone) any {
		if p.on("data_saver_mode") {
			return "Data Saver mode is ON (limits data usage)."
		}
		return "Data Saver mode is OFF."
	}),
	press("toggle_data_saver_mode", func(p *phone) any {
		p.flip("data_saver_mode")
		return p.now("Data Saver Mode", "data_saver_mode")
	}),
	see("check_apn_settings", checkAPN),
	{name: "set_apn_settings", side: User, mutates: true, required: []string{"apn_settings"}, run: setAPN},
	press("reset_apn_settings", func(p *phone) any {
		p.apn("reset_at_reboot")
		set(p.get("active_apn_settings"), "reset_at_reboot", true)
		p.search()
		return p.after("APN settings will reset at reboot.")
	}),
	see("check_wifi_status", checkWiFi),
	press("toggle_wifi", toggleWiFi),
	see("check_wifi_calling_status", func(p *phone) any {
		return "Wi-Fi Calling is currently turned " + p.onOff("wifi_calling_enabled") + "."
	}),
	press("toggle_wifi_calling", func(p *phone) any {
		p.flip("wifi_calling_enabled")
		return p.now("Wi-Fi Calling", "wifi_calling_enabled")
	}),
	see("check_vpn_status", checkVPN),
	press("connect_vpn", func(p *phone) any {
		if !p.connectVPN() {
			return "VPN already connected."
		}
		return p.after("VPN connected successfully.")
	}),
	press("disconnect_vpn", func(p *phone) any {
		if !p.disconnectVPN() {
			return p.after("No active VPN connection to disconnect.")
		}
		return p.after("VPN disconnected successfully.")
	}),
	see("check_installed_apps", func(p *phone) any {
		return "The following apps are installed on the phone: " + strings.Join(p.get("app_statuses").(*pyjson.Object).Keys(), ", ")
	}),
	{name: "check_app_status", side: User, required: []string{"app_name"}, run: checkApp},
	{name: "check_app_permissions", side: User, required: []string{"app_name"}, run: checkPermissions},
	{name: "grant_app_permission", side: User, mutates: true, required: []string{"app_name", "permission"}, run: grant},
	see("can_send_mms", func(p *phone) any {
		if p.canSendMMS() {
			return "Your messaging app can send MMS messages."
		}
		return "Your messaging app cannot send MMS messages."
	}),
	press("reboot_device", reboot),
	see("check_payment_request", func(p *phone) any {
		request := get(p.around, "payment_request")
		if request == nil {
			return "No payment request has been made."
		}
		return fmt.Sprintf("You have a payment request for bill %s of %s USD.", get(request, "bill_id"), python.Str(get(request, "amount_due")))
	}),
	press("make_payment", func(p *phone) any {
		request := get(p.around, "payment_request")
		if request == nil {
			return "You do not have a payment request."
		}
		set(request, "paid", true)
		return fmt.Sprintf("Payment of %s USD has been made for bill %s.", python.Str(get(request, "amount_due")), get(request, "bill_id"))
	}),

	hiddenTool(User, "set_user_info", func(e *Env, a []any) any {
		set(e.phone().around, "name", a[0])
		set(e.phone().around, "phone_number", a[1])
		return nil
	}, "name", "phone_number"),
	hiddenTool(User, "set_user_location", func(e *Env, a []any) any { set(e.phone().around, "is_abroad", a[0]); return nil }, "abroad"),
	prepare("turn_airplane_mode_on", func(p *phone) any { p.turn("airplane_mode", true, p.flipAirplane); return "Airplane Mode is now ON." }),
	prepare("turn_airplane_mode_off", func(p *phone) any { p.turn("airplane_mode", false, p.flipAirplane); return "Airplane Mode is now OFF." }),
	prepare("unseat_sim_card", func(p *phone) any {
		p.set("sim_card_missing", true)
		p.search()
		return "SIM card un-seated successfully."
	}),
	hiddenTool(User, "lock_sim_card", lockSIM, "mode"),
	prepare("turn_data_on", func(p *phone) any { p.set("data_enabled", true); return "Data connection restored." }),
	prepare("turn_data_off", func(p *phone) any {
		p.turn("data_enabled", false, func() { p.flip("data_enabled"); p.search() })
		return "Data connection broken."
	}),
	prepare("turn_roaming_on", func(p *phone) any { p.turnRoaming(true); return "Data Roaming is now ON." }),
	prepare("turn_roaming_off", func(p *phone) any { p.turnRoaming(false); return "Data Roaming is now OFF." }),
	prepare("turn_data_saver_mode_on", func(p *phone) any { p.set("data_saver_mode", true); return "Data Saver Mode is now ON." }),
	prepare("turn_data_saver_mode_off", func(p *phone) any { p.set("data_saver_mode", false); return "Data Saver Mode is now OFF." }),
	prepare("break_apn_settings", func(p *phone) any {
		set(p.get("active_apn_settings"), "apn_name", "broken")
		p.search()
		return "APN settings broken. Please call reset_apn_settings() to fix."
	}),
	prepare("break_apn_mms_setting", func(p *phone) any {
		set(p.get("active_apn_settings"), "mmsc_url", nil)
		return "APN MMS setting broken. Please call reset_apn_settings() to fix."
	}),
	{name: "set_wifi_calling", side: User, hidden: true, required: []string{"enabled"},
		optional: []python.Default{{Name: "mms_over_wifi"}}, run: setWiFiCalling},
	prepare("break_vpn", func(p *phone) any {
		p.connectVPN()
		set(p.get("vpn_details"), "server_performance", "poor")
		return "VPN connection broken."
	}),
	hiddenTool(User, "remove_app_permission", removePermission, "app_name", "permission"),
	prepare("simulate_network_search", func(p *phone) any { p.search(); return nil }),

	assertion("assert_airplane_mode_status", func(p *phone) any { return p.get("airplane_mode") }),
	assertion("assert_service_status", func(p *phone) any { return p.get("network_connection_status") }),
	assertion("assert_mobile_data_status", func(p *phone) any { return p.dataWorks() }),
	assertion("assert_mobile_roaming_status", func(p *phone) any { return p.get("roaming_enabled") }),
	assertion("assert_mobile_data_saver_mode_status", func(p *phone) any { return p.get("data_saver_mode") }),
	{name: "assert_internet_speed", side: User, hidden: true, required: []string{"expected_speed"},
		optional: []python.Default{{Name: "expected_desc"}}, run: assertSpeed},
	hiddenTool(User, "assert_internet_not_excellent", func(e *Env, _ []any) any {
		_, description := e.phone().speed()
		return description != "Excellent"
	}),
	assertion("assert_can_send_mms", func(p *phone) any { return p.canSendMMS() }),
	assertion("assert_mobile_data_usage_exceeded", func(p *phone) any { return get(p.around, "mobile_data_usage_exceeded") }),
}

// assertion compares something of the phone with what is expected.
func assertion(name string, of func(*phone) any) tool {
	return hiddenTool(User, name, func(e *Env, a []any) any { return python.Equal(of(e.phone()), a[0]) }, "expected_status")
}

// A phone is the user's data: the device, and what is around it.
type phone struct {
	device, around *pyjson.Object
	process        *Process
}

func (e *Env) phone() *phone {
	return &phone{get(e.user, "device").(*pyjson.Object), get(e.user, "surroundings").(*pyjson.Object), e.process}
}

func (p *phone) get(field string) any    { return get(p.device, field) }
func (p *phone) set(field string, v any) { p.device.Set(field, v) }
func (p *phone) on(field string) bool    { return python.Bool(p.get(field)) }
func (p *phone) flip(field string)       { p.set(field, !p.on(field)) }

// text is the value of an enumeration. Anything else that was put there has
// none.
func (p *phone) text(field string) string {
	v := p.get(field)
	s, ok := v.(string)
	if !ok {
		python.NoAttribute(v, "value")
	}
	return s
}

func (p *phone) onOff(field string) string {
	if p.on(field) {
		return "ON"
	}
	return "OFF"
}

func (p *phone) yesNo(field string) string {
	if p.on(field) {
		return "Yes"
	}
	return "No"
}

// after is what a tool says, and the status bar after it.
func (p *phone) after(update string) string { return update + "\nStatus Bar: " + p.bar() }

// now says that something is on or off now.
func (p *phone) now(what, field string) string {
	return p.after(what + " is now " + p.onOff(field) + ".")
}

// turn presses a switch once, and again where that was the wrong way.
func (p *phone) turn(field string, on bool, press func()) {
	press()
	if p.on(field) != on {
		press()
	}
}

func (p *phone) turnRoaming(on bool) {
	p.turn("roaming_enabled", on, func() { p.flip("roaming_enabled"); p.search() })
}

func (p *phone) flipAirplane() {
	wasOn := p.on("airplane_mode")
	p.set("airplane_mode", !wasOn)
	if wasOn {
		p.set("network_connection_status", "searching")
	}
	if !wasOn || p.on("wifi_enabled") {
		p.dropWiFi()
	}
	if !wasOn {
		p.disconnectVPN()
	}
	p.search()
}

func (p *phone) dropWiFi() {
	p.set("wifi_connected", false)
	p.set("wifi_ssid", nil)
	p.set("wifi_signal_strength", "none")
}

func (p *phone) connectVPN() bool {
	if p.on("vpn_connected") {
		return false
	}
	p.set("vpn_connected", true)
	p.set("vpn_details", p.process.vpn)
	return true
}

func (p *phone) disconnectVPN() bool {
	if !p.on("vpn_connected") {
		return false
	}
	p.set("vpn_connected", false)
	p.set("vpn_details", nil)
	return true
}

func (p *phone) sim() string {
	if p.on("sim_card_missing") {
		return "missing"
	}
	return p.get("sim_card_status").(string)
}

// search finds the network that the phone connects to.
func (p *phone) search() {
	signals := get(p.around, "signal_strength").(*pyjson.Object)
	strength := func(technology string) any {
		if v, ok := signals.Get(technology); ok {
			return v
		}
		return "none"
	}
	technology := "4G"
	switch p.get("network_mode_preference") {
	case "4g_5g_preferred":
		if strength("5G") != "none" {
			technology = "5G"
		}
	case "3g_only":
		technology = "3G"
	case "2g_only":
		technology = "2G"
	}
	p.connect("connected", technology, strength(technology))
	if p.sim() != "active" || p.on("airplane_mode") {
		p.connect("no_service", "none", "none")
	}
	if p.apn("apn_name") == "broken" || !python.Bool(get(p.around, "line_active")) {
		p.connect("no_service", "none", "none")
	}
}

// apn is a field of the access point's settings, which a call may have replaced
// by anything.
func (p *phone) apn(field string) any {
	settings, ok := p.get("active_apn_settings").(*pyjson.Object)
	if !ok {
		python.NoAttribute(p.get("active_apn_settings"), field)
	}
	return get(settings, field)
}

func (p *phone) connect(status, technology string, strength any) {
	p.set("network_connection_status", status)
	p.set("network_technology_connected", technology)
	p.set("network_signal_strength", strength)
}

func (p *phone) dataWorks() bool {
	abroad := python.Bool(get(p.around, "is_abroad")) && (!p.on("roaming_enabled") || !python.Bool(get(p.around, "roaming_allowed")))
	return !p.on("airplane_mode") && p.get("network_signal_strength") != "none" && p.get("network_connection_status") != "no_service" &&
		!abroad && p.on("data_enabled") && !python.Bool(get(p.around, "mobile_data_usage_exceeded"))
}

func (p *phone) canSendMMS() bool {
	if !p.dataWorks() || p.get("network_technology_connected") == "2G" || p.on("wifi_calling_enabled") && p.on("wifi_calling_mms_over_wifi") ||
		p.apn("mmsc_url") == nil {
		return false
	}
	app := p.app("messaging")
	return app != nil && python.Bool(get(app, "permissions", "storage")) && python.Bool(get(app, "permissions", "sms"))
}

// app returns an installed app, or nil.
func (p *phone) app(name any) *pyjson.Object {
	python.Hash(name)
	if key, ok := name.(string); ok {
		app, _ := p.get("app_statuses").(*pyjson.Object).Get(key)
		o, _ := app.(*pyjson.Object)
		return o
	}
	return nil
}
