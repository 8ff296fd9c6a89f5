package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// A world whose files fit together has no flaw; each slip is found, at its
// place, and only it.
func TestFlaws(t *testing.T) {
	if found := Flaws(worldtest.Library()); len(found) > 0 {
		t.Errorf("the library has flaws: %v", found)
	}
	for place, slip := range map[string]func(w *scaler.World){
		"world.json: now: \"tomorrow\" is no time":                                    func(w *scaler.World) { w.Now = "tomorrow" },
		"world.json: scopes[0]: names the tool \"fly\"":                               func(w *scaler.World) { w.Scopes = [][]string{{"fly"}} },
		"world.json: get_book: names the table \"boks\"":                              func(w *scaler.World) { tool(w, "get_book").Table = "boks" },
		"world.json: get_book: its parameter book_id is bound to the table \"shelf\"": func(w *scaler.World) { tool(w, "get_book").Binds[0].Table = "shelf" },
		"world.json: get_book: its effect is read or write, not \"raed\"":             func(w *scaler.World) { tool(w, "get_book").Effect = "raed" },
		"world.json: get_book: its parameters are no usable JSON Schema":              func(w *scaler.World) { tool(w, "get_book").Parameters = []byte(`{"type": 7}`) },
		"schema.json: loans.book_id: refers to the table \"boks\"":                    func(w *scaler.World) { column(w, "loans", "book_id").Ref = "boks" },
		"schema.json: books.isbn: its type \"int\" is none of":                        func(w *scaler.World) { addColumn(w, "books", scaler.Column{Name: "isbn", Type: "int"}) },
		"schema.json: books.isbn: its format \"emial\" is none that is known; did you mean \"email\"?": func(w *scaler.World) {
			addColumn(w, "books", scaler.Column{Name: "isbn", Type: "string", Format: "emial"})
		},
		"schema.json: loans.status: the initial state \"opne\" is none of open, returned, lost; did you mean \"open\"?": func(w *scaler.World) { status(w, "loans").Initial = "opne" },
		"schema.json: loans.status: a move of return_book to \"retruned\" is none of open, returned, lost": func(w *scaler.World) {
			status(w, "loans").Moves[0].To = "retruned"
		},
		"world.json: get_book: its kind \"lst\" is none of get, list, create, update, delete, transition, relate, aggregate, compute, event; did you mean \"list\"?": func(w *scaler.World) {
			tool(w, "get_book").Kind = "lst"
		},
		"world.json: get_book: its tier \"Z\" is none of A, B, C, D, E":                                    func(w *scaler.World) { tool(w, "get_book").Tier = "Z" },
		"world.json: get_book: its parameter book_id is bound, but the role \"kye\" is none of key, ref,":  func(w *scaler.World) { tool(w, "get_book").Binds[0].Role = "kye" },
		"world.json: get_book: its parameter book_id is bound, but the op \"contain\" is none of contains": func(w *scaler.World) { tool(w, "get_book").Binds[0].Op = "contain" },
		"world.json: rule " + worldtest.Library().Rules[0].ID + ": its kind \"exist\" is none of balance, exists": func(w *scaler.World) {
			w.Rules[0].Kind = "exist"
		},
		"tools.star:": func(w *scaler.World) {
			w.Code += "\ndef g(db, args):\n    refuse(\"conflict\", \"no\", rule = \"g.new\")\n"
		},
		"world.json: rule new: is refused by nowhere": func(w *scaler.World) {
			w.Rules = append(w.Rules, scaler.Rule{ID: "new", Tool: "get_book", Kind: "limit"})
		},
		"policy.md: does not say: " + worldtest.Library().Rules[0].Text: func(w *scaler.World) { w.Policy = strings.ReplaceAll(w.Policy, "who owes", "with") },
		"state.jsonl:1: is a row of the table \"bend\"":                 func(w *scaler.World) { w.Rows[0].Table = "bend" },
	} {
		w := worldtest.Library()
		slip(w)
		var got []string
		for _, f := range Flaws(w) {
			got = append(got, f.Place+": "+f.Text)
		}
		if len(got) != 1 || !strings.HasPrefix(got[0], place) {
			t.Errorf("%q\n got %q", place, got)
		}
	}
}

// Values that a column does not allow are found once for each kind, with how many
// there are and what to do; a result that shows one is blamed on the row.
func TestFlawsOfRows(t *testing.T) {
	w := worldtest.Library()
	changed, line := 0, 0
	for i, r := range w.Rows {
		if r.Table == "books" {
			w.Rows[i].Value = bytes.Replace(r.Value, []byte(`"year": `), []byte(`"year": "about", "was": `), 1)
			w.Rows[i].Value = bytes.Replace(w.Rows[i].Value, []byte(`"year":1`), []byte(`"year": "about", "was":1`), 1)
			if changed++; line == 0 {
				line = i + 1
			}
		}
	}
	get := tool(w, "get_book")
	get.Result = []byte(`{"type": "object", "properties": {"year": {"type": "integer"}}}`)
	check, err := Check(t.Context(), w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := check.Flaws
	if len(found) != 1 || found[0].Minor || found[0].Place != fmt.Sprint("state.jsonl:", line) ||
		!strings.HasSuffix(found[0].Text, "is of type string, not integer, and so in 7 more rows; write a value of type integer there, or change the type of the column in schema.json") {
		text, _ := json.Marshal(found)
		t.Errorf("%d rows were changed, found %s", changed, text)
	}
	var report strings.Builder
	if err := WriteReport(&report, check); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"'/year': got string, want integer; the fault is in state.jsonl:", "    to do   mend that row of state.jsonl\n"} {
		if !strings.Contains(report.String(), want) {
			t.Errorf("the report lacks %q\n%s", want, &report)
		}
	}
}

// A value outside its column's enum is a fault with the same place.
func TestFlawsOfEnums(t *testing.T) {
	w := worldtest.Library()
	i := slices.IndexFunc(w.Rows, func(r scaler.Row) bool { return r.Table == "loans" })
	w.Rows[i].Value = bytes.Replace(w.Rows[i].Value, []byte(`"status": "open"`), []byte(`"status": "opne"`), 1)
	w.Rows[i].Value = bytes.Replace(w.Rows[i].Value, []byte(`"status":"open"`), []byte(`"status":"opne"`), 1)
	found := Flaws(w)
	if len(found) != 1 || found[0].Minor || !strings.Contains(found[0].Text, `is none of its column's values: "open" "returned" "lost"; write one of them there`) {
		t.Errorf("found %v", found)
	}
	column(w, "loans", "status").Enum = []json.RawMessage{[]byte(`"opne"`), []byte(`"open"`), []byte(`"returned"`), []byte(`"lost"`)}
	column(w, "loans", "status").Type = "integer"
	if strays := strays(w, nil); len(strays) > 0 {
		t.Errorf("what the enum lists is turned down: %v", strays)
	}
}

func tool(w *scaler.World, name string) *scaler.WorldTool {
	return &w.Tools[slices.IndexFunc(w.Tools, func(t scaler.WorldTool) bool { return t.Name == name })]
}

func addColumn(w *scaler.World, table string, c scaler.Column) {
	t := &w.Schema.Tables[slices.IndexFunc(w.Schema.Tables, func(t scaler.Table) bool { return t.Name == table })]
	t.Columns = append(slices.Clone(t.Columns), c)
}

func status(w *scaler.World, table string) *scaler.Status {
	return w.Schema.Tables[slices.IndexFunc(w.Schema.Tables, func(t scaler.Table) bool { return t.Name == table })].Status
}

func column(w *scaler.World, table, name string) *scaler.Column {
	t := &w.Schema.Tables[slices.IndexFunc(w.Schema.Tables, func(t scaler.Table) bool { return t.Name == table })]
	return &t.Columns[slices.IndexFunc(t.Columns, func(c scaler.Column) bool { return c.Name == name })]
}
