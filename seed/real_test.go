package seed

import (
	"fmt"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
)

// clinicTables are things that are planned, that last a year, and that are run.
const clinicTables = `{"tables": [
{"name": "patients", "entity": "patient", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "first_name", "type": "string"}, {"name": "last_name", "type": "string"},
  {"name": "email", "type": "string"}, {"name": "city", "type": "string"}, {"name": "country", "type": "string"}, {"name": "phone", "type": "string"}]},
{"name": "appointments", "entity": "appointment", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "patient_id", "type": "string", "ref": "patients"},
  {"name": "date", "type": "string", "format": "date"}, {"name": "time", "type": "string"}, {"name": "status", "type": "string", "enum": ["scheduled", "checked_in", "completed", "cancelled", "no_show"]},
  {"name": "created_at", "type": "string", "format": "date-time"}, {"name": "completed_at", "type": "string", "format": "date-time", "nullable": true}],
  "status": {"column": "status", "initial": "scheduled", "moves": [{"tool": "cancel", "from": ["scheduled"], "to": "cancelled"}]}},
{"name": "leases", "entity": "lease", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "start_date", "type": "string", "format": "date"}, {"name": "end_date", "type": "string", "format": "date"},
  {"name": "status", "type": "string", "enum": ["active", "ended"]}]},
{"name": "backup_jobs", "entity": "backup_job", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "start_time", "type": "string", "format": "date-time"}, {"name": "end_time", "type": "string", "format": "date-time"},
  {"name": "created_at", "type": "string", "format": "date-time"}, {"name": "updated_at", "type": "string", "format": "date-time"}]}
]}`

// Whatever the seed: dates come in order and agree with the clock and with the
// state of their row, and people's addresses with their names.
func TestRowsAgreeWithTheClock(t *testing.T) {
	var s scaler.Schema
	decode(t, []byte(clinicTables), &s)
	today := clock[:10]
	for seed := range uint64(40) {
		for _, r := range Fill(seed, clock, Style{}, s) {
			var row map[string]string
			decode(t, r.Value, &row)
			bad := func(what string) { t.Errorf("seed %d: %s: %s", seed, what, r.Value) }
			switch r.Table {
			case "patients":
				if last := strings.ToLower(row["last_name"]); !strings.Contains(strings.ReplaceAll(row["email"], "'", ""), strings.ReplaceAll(last, "'", "")) {
					bad("the address is somebody else's")
				}
			case "appointments":
				switch date := row["date"]; row["status"] {
				case "scheduled":
					if date < today {
						bad("what is scheduled is over")
					}
				case "checked_in":
					if date != today {
						bad("who is checked in came another day")
					}
				case "completed", "no_show":
					if date > today {
						bad("what is over is to come")
					}
				}
				if row["created_at"][:10] > row["date"] {
					bad("arranged after it took place")
				}
				if (row["completed_at"] != "") != (row["status"] == "completed") {
					bad("the time of a state that it is not in")
				}
			case "leases":
				if row["start_date"] >= row["end_date"] {
					bad("ends before it starts")
				}
				if over := row["end_date"] < today; over != (row["status"] == "ended") || row["start_date"] > today {
					bad("in force or over at the wrong time")
				}
			case "backup_jobs":
				last := ""
				for _, name := range []string{"created_at", "start_time", "end_time", "updated_at"} {
					if row[name] < last || row[name] > clock {
						bad(name + " is out of order")
					}
					last = row[name]
				}
			}
		}
	}
}

// What counts the rows of another table counts right.
func TestRowsAreCounted(t *testing.T) {
	var s scaler.Schema
	decode(t, []byte(`{"tables": [
{"name": "teams", "entity": "team", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "member_count", "type": "integer"}]},
{"name": "members", "entity": "member", "key": "id", "columns": [{"name": "id", "type": "string"}, {"name": "team_id", "type": "string", "ref": "teams"}]},
{"name": "stats", "entity": "stat", "key": "id", "size": 1, "columns": [{"name": "id", "type": "string"}, {"name": "total_members", "type": "integer"}]}
]}`), &s)
	members, said, all := map[string]int{}, map[string]int{}, 0
	for _, r := range Fill(1, clock, Style{}, s) {
		var row struct {
			Team  string `json:"team_id"`
			Count int    `json:"member_count"`
			Total int    `json:"total_members"`
		}
		decode(t, r.Value, &row)
		switch r.Table {
		case "teams":
			said[r.Key] = row.Count
		case "members":
			members[row.Team]++
			all++
		case "stats":
			if row.Total != all {
				t.Errorf("%d members in all, it says %d", all, row.Total)
			}
		}
	}
	for team, n := range said {
		if members[team] != n {
			t.Errorf("team %s has %d members, it says %d", team, members[team], n)
		}
	}
}

// The people of a world live where its locale says, and a world is as large as
// it was asked to be.
func TestStyle(t *testing.T) {
	var s scaler.Schema
	decode(t, []byte(clinicTables), &s)
	count := map[string]int{}
	for _, r := range Fill(1, clock, Style{Rows: 600, Locale: "de"}, s) {
		count[r.Table]++
		var row map[string]string
		decode(t, r.Value, &row)
		if r.Table == "patients" && (row["country"] != "Germany" || !strings.HasPrefix(row["phone"], "+49-")) {
			t.Errorf("not from Germany: %s", r.Value)
		}
	}
	if got := fmt.Sprint(count["appointments"] >= 600, count["patients"] >= 250, count["appointments"] < 800); got != "true true true" {
		t.Errorf("600 rows were asked for: %v", count)
	}
}
