package world

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// The arn of what a row lies in ends in the id that the row has for it.
func TestAddressesNameWhatTheyAreOf(t *testing.T) {
	data, err := os.ReadFile("testdata/build/herbaria.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w := build(t, "herbaria", toolsOf(t, txtar.Parse(data)))
	seen := 0
	for _, r := range w.Rows {
		var row struct{ CabinetID, CabinetArn string }
		if err := json.Unmarshal(r.Value, &row); err != nil {
			t.Fatal(err)
		}
		if seen++; row.CabinetID == "" || !strings.HasSuffix(row.CabinetArn, "/"+row.CabinetID) {
			t.Fatalf("row %s lies in %q, by arn in %q", r.Key, row.CabinetID, row.CabinetArn)
		}
	}
	if seen == 0 {
		t.Error("no rows")
	}
}
