package seed

import (
	"encoding/json"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// A part is never more than its whole, by whatever words the two are told.
func TestPartsFitTheirWhole(t *testing.T) {
	columns := []scaler.Column{{Name: "id", Type: "string", Unique: true}}
	pairs := [][2]string{{"copies_available", "copies_total"}, {"seatsTaken", "seats"}, {"used", "limit"}, {"min_price", "max_price"}}
	for _, pair := range pairs {
		columns = append(columns, scaler.Column{Name: pair[0], Type: "integer"}, scaler.Column{Name: pair[1], Type: "integer"})
	}
	s := scaler.Schema{Tables: []scaler.Table{{Name: "things", Entity: "thing", Key: "id", Columns: columns, Size: 60}}}
	for _, r := range Fill(7, clock, Style{}, s) {
		var row map[string]any
		if err := json.Unmarshal(r.Value, &row); err != nil {
			t.Fatal(err)
		}
		for _, pair := range pairs {
			if row[pair[0]].(float64) > row[pair[1]].(float64) {
				t.Errorf("%s: %v %v of %v %v", r.Key, row[pair[0]], pair[0], row[pair[1]], pair[1])
			}
		}
	}
}
