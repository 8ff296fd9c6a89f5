package seed

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
)

// An id that is a path is the path of the row itself: in its subscription and
// group, under its parent, with its name, and of the type that the path tells.
func TestIDsArePaths(t *testing.T) {
	text := func(name string) scaler.Column { return scaler.Column{Name: name, Type: "string"} }
	s := scaler.Schema{Tables: []scaler.Table{
		{Name: "gardens", Entity: "garden", Key: "name", Columns: []scaler.Column{text("name"), text("id"), text("type"), text("subscriptionId"), text("resourceGroupName"), text("location")}},
		{Name: "beds", Entity: "bed", Key: "name", Columns: []scaler.Column{text("name"), text("id"), text("type"), text("subscriptionId"), text("resourceGroupName"), {Name: "garden_id", Type: "string", Ref: "gardens"}}},
	}}
	const home = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Orchard.Growing/gardens/{gardenName}"
	tools := []scaler.WorldTool{
		{Tool: "a", Table: "gardens", Path: home},
		{Tool: "b", Table: "beds", Path: home + "/beds/{bedName}", Binds: []scaler.Bind{{Param: "gardenName", Role: "ref", Table: "gardens", Column: "name"}}},
	}
	subscriptions := map[string]bool{}
	for _, r := range Fill(3, clock, Style{}, s, tools...) {
		var row map[string]string
		if err := json.Unmarshal(r.Value, &row); err != nil {
			t.Fatal(err)
		}
		subscriptions[row["subscriptionId"]] = true
		want := "/subscriptions/" + row["subscriptionId"] + "/resourceGroups/" + row["resourceGroupName"] + "/providers/" + "Orchard.Growing/gardens/"
		if r.Table == "beds" {
			want += row["garden_id"] + "/beds/"
		}
		if row["id"] != want+row["name"] || strings.Contains(row["id"], " ") {
			t.Fatalf("%s: %s, want %s", r.Table, row["id"], want+row["name"])
		}
		if want := map[string]string{"gardens": "Orchard.Growing/gardens", "beds": "Orchard.Growing/gardens/beds"}[r.Table]; row["type"] != want {
			t.Fatalf("type %s, want %s", row["type"], want)
		}
	}
	if len(subscriptions) != 1 {
		t.Errorf("%d subscriptions", len(subscriptions))
	}
}

// What names the same thing says the same, within a row and across tables.
func TestNamesAgree(t *testing.T) {
	text := func(name string) scaler.Column { return scaler.Column{Name: name, Type: "string"} }
	s := scaler.Schema{Tables: []scaler.Table{
		{Name: "links", Entity: "link", Key: "id", Columns: []scaler.Column{text("id"), text("linkId"), text("domainId"), text("domainIdentifier"), text("linkArn"), text("linkName")}},
		{Name: "syncs", Entity: "sync", Key: "id", Columns: []scaler.Column{text("id"), {Name: "link_id", Type: "string", Ref: "links"}, text("linkArn"), text("linkName"), text("server")}},
	}}
	links := map[string]map[string]string{}
	for _, r := range Fill(4, clock, Style{}, s) {
		var row map[string]string
		if err := json.Unmarshal(r.Value, &row); err != nil {
			t.Fatal(err)
		}
		switch r.Table {
		case "links":
			links[row["id"]] = row
			if row["linkId"] != row["id"] || row["domainId"] != row["domainIdentifier"] {
				t.Fatal(row)
			}
		case "syncs":
			if to := links[row["link_id"]]; row["linkArn"] != to["linkArn"] || row["linkName"] != to["linkName"] {
				t.Fatalf("%v names %v", row, to)
			}
		}
	}
}
