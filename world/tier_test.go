package world

import (
	"testing"

	"github.com/agentscaler/scaler/contract"
	"github.com/rogpeppe/go-internal/txtar"
)

// What is computed or looked up is no stand-in; what is only logged is.
func TestGeneric(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/build/utilities.txtar")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"get_weather": false, "multiply_numbers": false, "send_sms": true}
	for _, tool := range build(t, "utilities", toolsOf(t, ar)).Tools {
		if contract.Generic(tool) != want[tool.Name] {
			t.Errorf("%s: generic %v", tool.Name, !want[tool.Name])
		}
	}
}
