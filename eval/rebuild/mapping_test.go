package rebuild

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/google/go-cmp/cmp"
)

// A cinema as its owner keeps it, and the tables under which a rebuilt world
// knows the same.
const cinema = `{"guests": {"g1": {"name": {"first": "Bo"}, "cards": {"c1": {"kind": "gift", "left": 20}, "c2": {"kind": "bank"}},
	"visits": [{"film": "Up", "cost": 9}]}}}`

var tables = scaler.Schema{Tables: []scaler.Table{
	{Name: "guests", Key: "guest_id", Columns: []scaler.Column{{Name: "guest_id", Type: "string"}, {Name: "first_name", Type: "string"},
		{Name: "visits", Type: "array", Schema: json.RawMessage(`{"properties": {"film": {}, "price": {}, "state": {"enum": ["seen", "missed"]}}}`)}}},
	{Name: "cards", Key: "card_id", Columns: []scaler.Column{{Name: "card_id", Type: "string"}, {Name: "guest_id", Type: "string"},
		{Name: "type", Type: "string"}, {Name: "balance", Type: "number", Nullable: true}}},
}}

const names = `
guests.first_name = name/first   # a column
guests.visits = visits/*
guests.visits.price = cost
cards = guests/*/cards/*
cards.card_id = @
cards.guest_id = ../../@
cards.type = kind
cards.balance = left
`

func theirs(t *testing.T) (*Mapping, *pyjson.Object) {
	t.Helper()
	m, err := ReadMapping(names)
	if err != nil {
		t.Fatal(err)
	}
	data, err := pyjson.ParseObject([]byte(cinema))
	if err != nil {
		t.Fatal(err)
	}
	row, _ := spot{[]string{""}, []any{data}}.at([]string{"guests", "g1"})
	return m, row.(*pyjson.Object)
}

// Official rows become rows of ours: columns under their own names, nested rows
// as tables or lists, and nothing where the data says nothing.
func TestRowsOfOurs(t *testing.T) {
	m, row := theirs(t)
	var got []string
	for _, table := range tables.Tables {
		for _, f := range m.rows(table, "guests", "g1", row) {
			got = append(got, f.row.Table+" "+f.row.Key+" "+string(f.row.Value))
		}
	}
	want := []string{
		`guests g1 {"guest_id": "g1", "first_name": "Bo", "visits": [{"price": 9, "film": "Up", "state": "seen"}]}`,
		`cards c1 {"card_id": "c1", "guest_id": "g1", "type": "gift", "balance": 20}`,
		`cards c2 {"card_id": "c2", "guest_id": "g1", "type": "bank", "balance": null}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Changes of ours become changes of the official rows; a new row lies where the
// column says whose it is, and what has no counterpart counts against us.
func TestChangesOfTheirs(t *testing.T) {
	m, row := theirs(t)
	x := translation{Mapping: m, schema: tables, tables: []string{"guests"}, before: one{row},
		places: map[string]map[string]place{"guests": {"g1": {"guests", "g1", nil}}, "cards": {"c1": {"guests", "g1", []string{"cards", "c1"}}}}}
	e := x.back([]scaler.Change{
		{Table: "cards", Key: "c1", Op: "update", Fields: []scaler.FieldChange{{Field: "balance", New: json.RawMessage(`5`)}}},
		{Table: "cards", Key: "c9", Op: "insert", Row: json.RawMessage(`{"card_id": "c9", "guest_id": "g1", "type": "gift", "balance": 3}`)},
		{Table: "guests", Key: "g1", Op: "update", Fields: []scaler.FieldChange{{Field: "visits", New: json.RawMessage(`[{"film": "Up", "price": 8}]`)}}},
		{Table: "log", Key: "l1", Op: "insert", Row: json.RawMessage(`{"id": "l1"}`)},
	})
	_, fields := align(tablesOf{one{row}, []string{"guests"}}, e)
	want := "guests/g1/cards/c1/left set, guests/g1/cards/+ set, guests/g1/visits/0/cost set, log/+ set"
	if got := strings.Join(fields, ", "); got != want {
		t.Errorf("changed %s, want %s", got, want)
	}
}

// A mapping renames, in few lines.
func TestMappingIsShort(t *testing.T) {
	if _, err := ReadMapping(strings.Repeat("a = b/*\n", lines+1)); err == nil {
		t.Error("a mapping of any length is read")
	}
	if _, err := ReadMapping("orders\n"); err == nil {
		t.Error("a line without = is read")
	}
}

type one struct{ row *pyjson.Object }

func (o one) Row(table, key string) (*pyjson.Object, bool) {
	return o.row, table == "guests" && key == "g1"
}

var _ official = (*rows.State)(nil)
