package tau2

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/python"
)

var signalIcons = map[any]string{"none": "📵 No Signal", "poor": "📶¹ Poor", "fair": "📶² Fair", "good": "📶³ Good", "excellent": "📶⁴ Excellent"}

// bar is the phone's status bar.
func (p *phone) bar() string {
	var icons []string
	if p.on("airplane_mode") {
		icons = append(icons, "✈️ Airplane Mode")
	} else {
		icons = append(icons, signalIcons[p.get("network_signal_strength")])
		connected := p.get("network_technology_connected") != "none"
		if connected {
			icons = append(icons, p.text("network_technology_connected"))
		}
		switch {
		case !connected || !p.on("data_enabled"):
			icons = append(icons, "📵 Data Disabled")
		case p.on("data_saver_mode"):
			icons = append(icons, "📱 Data Enabled", "🔽 Data Saver")
		default:
			icons = append(icons, "📱 Data Enabled")
		}
	}
	if p.on("wifi_enabled") && p.on("wifi_connected") {
		if p.on("wifi_ssid") {
			icons = append(icons, "📡 Connected to "+python.Str(p.get("wifi_ssid")))
		} else {
			icons = append(icons, "📡 Enabled")
		}
	}
	if p.on("vpn_connected") {
		icons = append(icons, "🔒 VPN Connected")
	}
	icons = append(icons, "🔋 "+python.Str(p.get("battery_level"))+"%")
	return strings.Join(icons, " | ")
}

func checkNetwork(p *phone) any {
	lines := []string{
		"Airplane Mode: " + p.onOff("airplane_mode"),
		"SIM Card Status: " + p.sim(),
		"Cellular Connection: " + p.text("network_connection_status"),
		"Cellular Signal: " + p.text("network_signal_strength"),
		"Cellular Network Type: " + p.text("network_technology_connected"),
		"Mobile Data Enabled: " + p.yesNo("data_enabled"),
		"Data Roaming Enabled: " + p.yesNo("roaming_enabled"),
		"Wi-Fi Radio: " + p.onOff("wifi_enabled"),
		"Wi-Fi Connected: " + p.yesNo("wifi_connected"),
	}
	if p.on("wifi_connected") {
		lines = append(lines, "Connected Wi-Fi Network: "+python.Str(p.get("wifi_ssid")))
	}
	return strings.Join(lines, "\n")
}

// setMode takes anything that is not a string as it is, and stores it: the
// original checks strings only.
func setMode(e *Env, a []any) any {
	p, mode := e.phone(), a[0]
	text, isText := mode.(string)
	valid := !isText || slices.Contains(modes, text)
	if valid {
		p.set("network_mode_preference", mode)
		p.search()
	}
	if !valid || mode == nil {
		return p.after(fmt.Sprintf("Failed to set network mode: '%s' is not a valid option. Please use one of: %s", python.Str(mode), strings.Join(modes, ", ")))
	}
	return p.after("Preferred Network Mode set to: " + p.text("network_mode_preference"))
}

var (
	speeds        = map[any][2]float64{"2G": {0.1, 0.4}, "3G": {1, 5}, "4G": {10, 100}, "5G": {50, 500}}
	signalFactors = map[any]float64{"poor": 0.2, "fair": 0.5, "good": 0.8, "excellent": 1}
	advice        = map[string]string{
		"Very Poor": "Connection is very slow. Basic web browsing might be difficult.",
		"Poor":      "Connection is slow. Web browsing may be sluggish, streaming difficult.",
		"Fair":      "Connection is okay for web browsing and some standard definition streaming.",
		"Good":      "Connection is good for most activities, including HD streaming.",
		"Excellent": "Connection is very fast.",
	}
)

// speed is the speed of mobile data in Mbps; below zero where there is none.
func (p *phone) speed() (float64, string) {
	if !p.dataWorks() {
		return -1, "No Connection"
	}
	factor := 1.0
	if details := p.get("vpn_details"); p.on("vpn_connected") && details != nil && get(details, "server_performance") == "poor" {
		factor = 0.1
	}
	if p.on("data_saver_mode") {
		factor *= 0.2
	}
	span := speeds[p.get("network_technology_connected")]
	speed := float64(float64((span[0]+span[1])/2*signalFactors[p.get("network_signal_strength")]) * factor)
	speed = pyjson.Round(speed, 2)
	switch {
	case speed < 1:
		return speed, "Very Poor"
	case speed < 5:
		return speed, "Poor"
	case speed < 25:
		return speed, "Fair"
	case speed < 100:
		return speed, "Good"
	}
	return speed, "Excellent"
}

func speedTest(p *phone) any {
	speed, description := p.speed()
	if speed < 0 {
		return "Speed test failed: " + description + "."
	}
	return fmt.Sprintf("Speed Test Result: %.2f Mbps (%s). %s", speed, description, advice[description])
}

func assertSpeed(e *Env, a []any) any {
	speed, description := e.phone().speed()
	if python.Less(max(speed, 0), a[0], ">=") {
		return false
	}
	return a[1] == nil || strings.ToLower(description) == python.Lower(a[1])
}

func checkSIM(p *phone) any {
	switch p.sim() {
	case "active":
		return "Your SIM card is active and working."
	case "missing":
		return "No SIM card detected in the phone."
	case "locked_pin":
		return "The SIM card is locked with a PIN code."
	}
	return "The SIM card is locked with a PUK code."
}

func lockSIM(e *Env, a []any) any {
	p := e.phone()
	if a[0] == "pin" || a[0] == "puk" {
		p.set("sim_card_status", "locked_"+a[0].(string))
	}
	p.search()
	return "SIM card locked successfully in " + python.Str(a[0]) + " mode."
}

func checkAPN(p *phone) any {
	if _, ok := p.get("active_apn_settings").(*pyjson.Object); !ok {
		python.NoAttribute(p.get("active_apn_settings"), "model_copy")
	}
	url := p.apn("mmsc_url")
	if !python.Bool(url) {
		url = "Not Set"
	}
	return fmt.Sprintf("Current APN Name: %s\nMMSC URL (for picture messages): %s\n(These are technical settings, usually best left unchanged.)",
		p.apn("apn_name"), url)
}

func setAPN(e *Env, a []any) any {
	p := e.phone()
	given, ok := a[0].(*pyjson.Object)
	if !ok {
		// The original stores it before it asks for the name.
		p.set("active_apn_settings", a[0])
		python.NoAttribute(a[0], "apn_name")
	}
	apn := apnSettings.make(given)
	p.set("active_apn_settings", apn)
	p.search()
	return p.after("APN settings set to: " + get(apn, "apn_name").(string))
}

func checkWiFi(p *phone) any {
	switch {
	case !p.on("wifi_enabled"):
		return "Wi-Fi is turned OFF."
	case p.on("wifi_connected"):
		return fmt.Sprintf("Wi-Fi is ON and connected to '%s'. Signal strength: %s.", python.Str(p.get("wifi_ssid")), p.text("wifi_signal_strength"))
	}
	return "Wi-Fi is ON but not connected to any network."
}

func toggleWiFi(p *phone) any {
	if p.on("airplane_mode") {
		return p.after("Cannot change Wi-Fi settings while Airplane Mode is ON.")
	}
	p.flip("wifi_enabled")
	if !p.on("wifi_enabled") {
		p.dropWiFi()
	}
	return p.now("Wi-Fi", "wifi_enabled")
}

func setWiFiCalling(e *Env, a []any) any {
	p, enabled, mms := e.phone(), a[0], a[1]
	if !python.Equal(p.get("wifi_calling_enabled"), enabled) {
		p.flip("wifi_calling_enabled")
	}
	if mms != nil {
		p.set("wifi_calling_mms_over_wifi", mms)
	}
	return nil
}

// checkVPN shows the details as Python prints the dict, with its enumeration.
func checkVPN(p *phone) any {
	details := p.get("vpn_details")
	switch {
	case p.on("vpn_connected") && details != nil:
		performance := get(details, "server_performance").(string)
		return fmt.Sprintf("VPN is ON and connected. Details: {'server_address': %s, 'protocol': %s, 'server_performance': <PerformanceLevel.%s: '%s'>}",
			pyjson.Repr(get(details, "server_address")), pyjson.Repr(get(details, "protocol")), strings.ToUpper(performance), performance)
	case p.on("vpn_connected"):
		return "VPN is ON and connected (no specific details available)."
	case p.on("vpn_enabled_setting"):
		return "VPN is turned ON in settings, but currently not connected."
	}
	return "VPN is turned OFF."
}

// allowed lists the permissions that an app has.
func allowed(app *pyjson.Object) []string {
	var names []string
	for name, granted := range get(app, "permissions").(*pyjson.Object).All() {
		if python.Bool(granted) {
			names = append(names, name)
		}
	}
	return names
}

func checkApp(e *Env, a []any) any {
	app := e.phone().app(a[0])
	if app == nil {
		return "App '" + python.Str(a[0]) + "' not found on this phone."
	}
	lines := []string{"Status for App: " + python.Str(a[0])}
	names := allowed(app)
	if len(names) == 0 {
		lines = append(lines, " - Permissions: None granted.")
	} else {
		lines = append(lines, " - Permissions Granted:")
		for _, name := range names {
			lines = append(lines, "   - "+name)
		}
	}
	return strings.Join(lines, "\n")
}

func checkPermissions(e *Env, a []any) any {
	app := e.phone().app(a[0])
	if app == nil {
		return "App '" + python.Str(a[0]) + "' not found on this phone."
	}
	if names := allowed(app); len(names) > 0 {
		return "App '" + python.Str(a[0]) + "' has permission for: " + strings.Join(names, ", ") + "."
	}
	return "App '" + python.Str(a[0]) + "' currently has no permissions granted."
}

func grant(e *Env, a []any) any {
	p := e.phone()
	app := p.app(a[0])
	permission := python.Lower(a[1])
	if app == nil {
		return p.after("Error. App '" + python.Str(a[0]) + "' not found. Cannot grant permission.")
	}
	permissions := get(app, "permissions").(*pyjson.Object)
	if _, known := permissions.Get(permission); !known {
		var names []any
		for name := range permissions.All() {
			names = append(names, name)
		}
		return p.after(fmt.Sprintf("Error. Permission '%s' not tracked for app '%s', available permissions: %s", permission, python.Str(a[0]), pyjson.Repr(names)))
	}
	permissions.Set(permission, true)
	return p.after(fmt.Sprintf("Success. Permission '%s' granted to app '%s'.", permission, python.Str(a[0])))
}

func removePermission(e *Env, a []any) any {
	app := e.phone().app(a[0])
	permission := python.Lower(a[1])
	if app != nil {
		if permissions := get(app, "permissions").(*pyjson.Object); python.In(permission, permissions) {
			permissions.Set(permission, false)
		}
	}
	return nil
}

func reboot(p *phone) any {
	var lines []string
	if python.Bool(p.apn("reset_at_reboot")) {
		lines = append(lines, "Resetting APN settings...")
		p.set("active_apn_settings", apnSettings.make(pyjson.NewObject(0)))
	}
	lines = append(lines, "Restarting network services...")
	p.search()
	return p.after(strings.Join(lines, "\n"))
}
