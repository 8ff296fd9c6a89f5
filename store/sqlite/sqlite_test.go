package sqlite

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// written is a world in a file.
func written(t *testing.T, w *scaler.World) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out ?#%.db") // a name that has to be escaped
	if err := Write(t.Context(), path, w); err != nil {
		t.Fatal(err)
	}
	return path
}

// edit runs statements as any client would.
func edit(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := open(path, "rw")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func read(t *testing.T, path string, w *scaler.World) []scaler.Row {
	t.Helper()
	rows, found, err := Read(t.Context(), path, w)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
	return rows
}

// A file that nobody edited gives the rows it was made of, to the byte.
func TestRoundTrip(t *testing.T) {
	for _, w := range []*scaler.World{worldtest.Library(), awkward()} {
		rows := read(t, written(t, w), w)
		if len(rows) != len(w.Rows) {
			t.Fatalf("%s: %d rows of %d", w.ID, len(rows), len(w.Rows))
		}
		for i := range rows {
			if want := string(w.Rows[i].Value); string(rows[i].Value) != want || rows[i].Key != w.Rows[i].Key || rows[i].Table != w.Rows[i].Table {
				t.Errorf("%s: row %d\n got %s\nwant %s", w.ID, i, rows[i].Value, want)
			}
		}
	}
}

// awkward has what SQL cannot say: names that differ in case, a reserved name,
// whole floats, values of another type than their column's, null beside missing,
// numbers beyond 64 bits, an order of its own, a field that no column is for.
func awkward() *scaler.World {
	w := &scaler.World{ID: "awkward", Schema: scaler.Schema{Tables: []scaler.Table{
		{Name: "Items", Key: "id", Columns: []scaler.Column{
			{Name: "id", Type: "integer"}, {Name: "ID", Type: "string"}, {Name: "price", Type: "number"}, {Name: "on", Type: "boolean"},
			{Name: "note", Type: "string", Nullable: true}, {Name: "select", Type: "array"}, {Name: `q"u`, Type: "object"},
			{Name: "ref", Type: "string", Ref: "sqlite_x"}}},
		{Name: "items", Key: "k", Columns: []scaler.Column{{Name: "k", Type: "string"}}},
		{Name: "sqlite_x", Key: "k", Columns: []scaler.Column{{Name: "k", Type: "string"}}},
	}}}
	for _, r := range [][3]string{
		{"Items", "20", `{"id": 20, "ID": "a", "price": 5, "on": true, "note": null, "select": [1, {"b": "ü"}], "q\"u": {"z": 1, "a": 2.0}, "ref": "x"}`},
		{"items", "z", `{"k": "z"}`},
		{"Items", "3", `{"price": 5.0, "id": 3, "ID": 7, "on": 1, "extra": [null]}`},
		{"Items", "4", `{"id": 4, "price": "free", "select": "none", "on": "yes", "note": "", "ref": "gone"}`},
		{"Items", "5", `{"id": 5, "price": 123456789012345678901234567890, "q\"u": null, "select": []}`},
		{"sqlite_x", "x", `{"k": "x"}`},
	} {
		w.Rows = append(w.Rows, scaler.Row{Table: r[0], Key: r[1], Value: json.RawMessage(r[2])})
	}
	return w
}

// Any client sees tables with keys, foreign keys and types.
func TestSchemaInSQL(t *testing.T) {
	db, err := open(written(t, worldtest.Library()), "ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	one := func(query string) (s string) {
		if err := db.QueryRow(query).Scan(&s); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return s
	}
	if got := one(`SELECT sql FROM sqlite_master WHERE name = 'loans'`); got != `CREATE TABLE "loans" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "member_id" INTEGER REFERENCES "members" ("id") DEFERRABLE INITIALLY DEFERRED,
  "book_id" TEXT REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED,
  "status" TEXT, -- one of "open", "returned", "lost"
  "due" TEXT, -- date
  "renewals" INTEGER
)` {
		t.Errorf("%s", got)
	}
	if got := one(`SELECT name || ', ' || (address ->> '$.city') FROM members JOIN loans ON member_id = members.id WHERE loans.id = 'L-0001'`); !strings.Contains(got, ", ") {
		t.Errorf("%s", got)
	}
}

// What a statement changes, a tool of the world sees.
func TestEdit(t *testing.T) {
	w := worldtest.Library()
	before, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path := written(t, w)
	edit(t, path,
		`UPDATE members SET fines = 12.5, address = json_set(address, '$.city', 'Newport') WHERE id = 1001`,
		`INSERT INTO books (id, title, author, year, genres, copies) VALUES ('B-900', 'SQL for Librarians', 'A. Clerk', 2020, '["manual"]', '{"total": 1, "available": 1}')`,
		`DELETE FROM loans WHERE status = 'returned'`,
		`UPDATE members SET fines = fines`)
	w.Rows = read(t, path, w)

	after, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if after.Base() == before.Base() {
		t.Error("nothing changed")
	}
	s, err := after.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ tool, args, says string }{
		{"get_member", `{"member_id": 1001}`, `"address": {"street": "4 Quay Street", "city": "Newport"}, "fines": 12.5`},
		{"list_books", `{"title": "sql"}`, `"SQL for Librarians"`},
		{"borrow_book", `{"member_id": 1001, "book_id": "B-900"}`, "owes 12.5"},
		{"list_loans", `{"status": "returned"}`, `{"loans": []}`},
	} {
		if r := s.Call(t.Context(), c.tool, []byte(c.args)); !strings.Contains(r.Text, c.says) {
			t.Errorf("%s: %s", c.tool, r.Text)
		}
	}
	if last := slices.IndexFunc(w.Rows, func(r scaler.Row) bool { return r.Key == "B-900" }); w.Rows[last+1].Table != "loans" {
		t.Error("the new book is not the last of the books")
	}
}

// What does not fit is said with its place, and no rows come of it.
func TestFindings(t *testing.T) {
	for _, c := range []struct{ statement, says string }{
		{`UPDATE members SET fines = 'none' WHERE id = 1001`, `members 1001: fines: "none" is no number`},
		{`UPDATE loans SET status = 'eaten' WHERE id = 'L-0001'`, `loans L-0001: status: "eaten" is not what the schema allows: value must be one of 'open', 'returned', 'lost'`},
		{`UPDATE loans SET due = 'soon' WHERE id = 'L-0001'`, `loans L-0001: due: "soon" is not what the schema allows: 'soon' is not valid date`},
		{`UPDATE loans SET renewals = 1.5 WHERE id = 'L-0001'`, `loans L-0001: renewals: 1.5 is no integer`},
		{`UPDATE loans SET renewals = x'00ff' WHERE id = 'L-0001'`, `loans L-0001: renewals: a blob of 2 bytes is no integer`},
		{`UPDATE books SET genres = 'crime' WHERE id = 'B-101'`, `books B-101: genres: "crime" is not the JSON text of an array`},
		{`UPDATE members SET address = '{"street": "x"}' WHERE id = 1001`, `members 1001: address: "{'street': 'x'}" is not what the schema allows: missing property 'city'`},
		{`DELETE FROM books WHERE id = (SELECT book_id FROM loans WHERE id = 'L-0001')`, `which is not there`},
		{`INSERT INTO loans (id, member_id) VALUES ('L-9000', 5)`, `loans L-9000: member_id: points at members "5", which is not there`},
		{`DROP TABLE loans`, `loans: cannot be read: SQL logic error: no such table: loans`},
		{`ALTER TABLE loans DROP COLUMN due`, `loans: cannot be read: SQL logic error: no such column: due`},
		{`CREATE TABLE shelves (id TEXT)`, `shelves: the world has no such table`},
	} {
		w := worldtest.Library()
		path := written(t, w)
		edit(t, path, c.statement)
		rows, found, err := Read(t.Context(), path, w)
		if err != nil || rows != nil {
			t.Errorf("%s: %d rows, error %v", c.statement, len(rows), err)
		}
		if !slices.ContainsFunc(found, func(f Finding) bool { return strings.Contains(f.String(), c.says) }) {
			t.Errorf("%s: %v", c.statement, found)
		}
	}
}

// A column of unique values keeps them so; null goes where null may be.
func TestUniqueAndNull(t *testing.T) {
	w := worldtest.Library()
	w.Schema.Tables[0].Columns[2].Unique = true
	w.Schema.Tables[0].Columns[2].Nullable = true
	path := written(t, w)
	edit(t, path, `UPDATE members SET email = 'ines@example.org' WHERE id = 1002`)
	if _, found, err := Read(t.Context(), path, w); err != nil || len(found) != 1 || !strings.Contains(found[0].Says, "is the value of 1001 too") {
		t.Errorf("%v %v", found, err)
	}
	edit(t, path, `UPDATE members SET email = NULL, since = NULL WHERE id = 1002`)
	if got := string(read(t, path, w)[1].Value); !strings.Contains(got, `"email": null`) || strings.Contains(got, "since") {
		t.Error(got)
	}
}

// A schema that somebody edited may name a key that is no column.
func TestKeyWithoutColumn(t *testing.T) {
	w := worldtest.Library()
	path := written(t, w)
	w.Schema.Tables[0].Key = "number"
	if _, _, err := Read(t.Context(), path, w); err == nil || !strings.Contains(err.Error(), `no column "number"`) {
		t.Errorf("error %v", err)
	}
}

// A file that is there is not written over; one that is not there cannot be read.
func TestFilesAreKept(t *testing.T) {
	w := worldtest.Library()
	path := written(t, w)
	if err := Write(t.Context(), path, w); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("error %v", err)
	}
	if _, _, err := Read(t.Context(), path+"x", w); err == nil {
		t.Error("a file that is not there was read")
	}
	other := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(other, []byte(strings.Repeat("no database\n", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Read(t.Context(), other, w); err == nil || !strings.Contains(err.Error(), "not a database") {
		t.Errorf("error %v", err)
	}
}
