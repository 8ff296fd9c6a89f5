package seed

import (
	"testing"
	"time"

	"github.com/agentscaler/scaler"
)

// A stay lasts a night at least, however its days are spelled, and what is valid
// already expires later.
func TestDatesComeInOrder(t *testing.T) {
	var s scaler.Schema
	decode(t, []byte(`{"tables": [
{"name": "houses", "entity": "house", "key": "id", "columns": [{"name": "id", "type": "string"},
  {"name": "check_in_date", "type": "string", "semantic": "date", "examples": ["05/21/2025"], "doc": "In the form MM/DD/YYYY."}, {"name": "check_out_date", "type": "string", "semantic": "date", "examples": ["05/23/2025"], "doc": "In the form MM/DD/YYYY."}]},
{"name": "seals", "entity": "seal", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "details", "type": "object",
  "schema": {"type": "object", "required": ["valid_at", "expires_at"], "properties": {"valid_at": {"type": "integer", "format": "unixtime"}, "expires_at": {"type": "integer", "format": "unixtime"}}}}]}
]}`), &s)
	now, _ := time.Parse(time.RFC3339, clock)
	for _, r := range Fill(5, clock, Style{}, s) {
		var row struct {
			In      string `json:"check_in_date"`
			Out     string `json:"check_out_date"`
			Details struct {
				Valid   int64 `json:"valid_at"`
				Expires int64 `json:"expires_at"`
			}
		}
		decode(t, r.Value, &row)
		if r.Table == "seals" && (row.Details.Valid >= row.Details.Expires || row.Details.Valid > now.Unix()) {
			t.Errorf("valid and expires: %s", r.Value)
		}
		if r.Table == "houses" {
			in, err := time.Parse("01/02/2006", row.In)
			out, also := time.Parse("01/02/2006", row.Out)
			if err != nil || also != nil || !out.After(in) {
				t.Errorf("in and out: %s", r.Value)
			}
		}
	}
}
