package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/internal/worldtest"
)

// A key that nothing knows is named with its place and the key that was meant;
// JSON that is embedded, such as a schema or a row, may hold any.
func TestUnknownKeysOfAWorld(t *testing.T) {
	for _, c := range []struct{ file, old, slip, want string }{
		{"schema.json", `"columns"`, `"colums"`, `schema.json:7:7: members: there is no key "colums"; did you mean "columns"?`},
		{"schema.json", `"moves"`, `"mvoes"`, `loans.status: there is no key "mvoes"; did you mean "moves"?`},
		{"schema.json", `"ref"`, `"rfe"`, `there is no key "rfe"; did you mean "ref"?`},
		{"schema.json", `"tables"`, `"banquet"`, `schema.json:2:3: there is no key "banquet"; the keys are tables`},
		{"world.json", `"role"`, `"rol"`, `.binds[0]: there is no key "rol"; did you mean "role"?`},
		{"world.json", `"text"`, `"txt"`, `: there is no key "txt"; did you mean "text"?`},
		{"world.json", `"properties"`, `"propertis"`, ""},
		{"state.jsonl", `"table"`, `"tabel"`, `state.jsonl:1: there is no key "tabel"; did you mean "table"?`},
	} {
		dir := filepath.Join(t.TempDir(), "library")
		if err := WriteWorldDir(dir, worldtest.Library()); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadWorldDir(dir); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, c.file)
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), c.old) {
			t.Fatalf("%s has no %s (%v)", c.file, c.old, err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(text), c.old, c.slip, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		switch _, err := ReadWorldDir(dir); {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.slip, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: got %v\nwant %s", c.slip, err, c.want)
		}
	}
}

// Of many slips of one kind the first few are named.
func TestUnknownKeysAreCounted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "library")
	if err := WriteWorldDir(dir, worldtest.Library()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "schema.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(text), `"type"`, `"typ"`)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadWorldDir(dir); err == nil || strings.Count(err.Error(), `"typ"`) != shownKeys || !strings.Contains(err.Error(), "more such keys") {
		t.Errorf("got %v", err)
	}
}
