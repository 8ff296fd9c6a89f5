package world

import (
	"encoding/json"
	"testing"

	"github.com/agentscaler/scaler/seed"
	"github.com/rogpeppe/go-internal/txtar"
)

// Rows that are told apart by a key lie in few places, so that a list by place
// finds several.
func TestRowsShareSurroundings(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/build/gateways.txtar")
	if err != nil {
		t.Fatal(err)
	}
	seen, rows := map[string]int{}, 0
	for _, r := range build(t, "gateways", toolsOf(t, ar)).Rows {
		var row struct {
			Subscription string `json:"subscriptionId"`
		}
		if err := json.Unmarshal(r.Value, &row); err != nil {
			t.Fatal(err)
		}
		if r.Table == "gateways" {
			seen[row.Subscription]++
			rows++
		}
	}
	if len(seen) > seed.Scopes || rows < 2*seed.Scopes {
		t.Errorf("%d rows in %v", rows, seen)
	}
}
