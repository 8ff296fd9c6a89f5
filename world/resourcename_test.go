package world

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Every row named by its path lies under what the name says, and under both
// kinds of homes that tools speak of.
func TestNamesSayWhereRowsLie(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/build/queues.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w := build(t, "queues", toolsOf(t, ar))
	homes := map[string]int{}
	for _, r := range w.Rows {
		under := map[string]string{"queues": "parent", "tasks": "queue_id"}[r.Table]
		if under == "" {
			continue
		}
		home := textOf(r, under)
		if !strings.HasPrefix(r.Key, home+"/"+r.Table+"/") || textOf(r, "name") != r.Key {
			t.Errorf("%s %s lies under %s", r.Table, r.Key, home)
		}
		kind, _, _ := strings.Cut(home, "/")
		homes[r.Table+" in "+kind]++
	}
	for _, want := range []string{"queues in projects", "queues in folders", "tasks in projects"} {
		if homes[want] == 0 {
			t.Errorf("no %s: %v", want, homes)
		}
	}
}

func TestSpelledOut(t *testing.T) {
	for _, c := range []struct {
		pattern string
		i       int
		want    string
	}{
		{"^projects/[^/]+/locations/[^/]+$", 0, "projects/harbor-prod/locations/us-central1"},
		{"^shelves/[^/]+/settings$", 1, "shelves/shelf-37/settings"},
		{"^[a-z]+$", 0, ""},
	} {
		if got := spelledOut(c.pattern, c.i); got != c.want {
			t.Errorf("%s is %q, want %q", c.pattern, got, c.want)
		}
	}
}
