package seed

import (
	"testing"
	"time"

	"github.com/agentscaler/scaler"
)

// A leave is as many days as lie between its dates, and pay is what is left of
// the gross.
func TestSpansAndPayAgree(t *testing.T) {
	var s scaler.Schema
	decode(t, []byte(`{"tables": [
{"name": "leaves", "entity": "leave", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "start_date", "type": "string", "format": "date"},
  {"name": "end_date", "type": "string", "format": "date"}, {"name": "days", "type": "integer"}]},
{"name": "payslips", "entity": "payslip", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "gross", "type": "number"}, {"name": "tax", "type": "number"}, {"name": "net", "type": "number"}]}
]}`), &s)
	for _, r := range Fill(5, clock, Style{}, s) {
		var row struct {
			Start           string `json:"start_date"`
			End             string `json:"end_date"`
			Days            int
			Gross, Tax, Net float64
		}
		decode(t, r.Value, &row)
		switch r.Table {
		case "leaves":
			from, to := dayOf(t, row.Start), dayOf(t, row.End)
			if n := int(to.Sub(from).Hours() / 24); n != row.Days {
				t.Errorf("%d days from %s to %s", row.Days, row.Start, row.End)
			}
		case "payslips":
			if left := row.Gross - row.Tax - row.Net; left > 0.011 || left < -0.011 || row.Net < row.Gross/2 {
				t.Errorf("%s does not add up", r.Value)
			}
		}
	}
}

func dayOf(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
