package rows_test

import (
	"testing"

	"github.com/agentscaler/scaler/eval/rows"
	"github.com/agentscaler/scaler/internal/pyjson"
)

const shop = `{"users": {"u2": {"name": "Bo", "tags": ["a"]}, "u1": {"name": "Al", "age": 3}}, "orders": {"o1": {"total": 1.0}}}`

func parse(t *testing.T, text string) *pyjson.Object {
	t.Helper()
	o, err := pyjson.ParseObject([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// The hash of a changed state, put together from texts of the base and of the
// changed rows, is the hash of the whole data written at once.
func TestHash(t *testing.T) {
	store := rows.NewStore(parse(t, shop))
	s := store.Start()
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"untouched", func() {}, shop},
		{"a changed row", func() { s.Edit("users", "u1").Set("age", int64(4)) },
			`{"users": {"u2": {"name": "Bo", "tags": ["a"]}, "u1": {"name": "Al", "age": 4}}, "orders": {"o1": {"total": 1.0}}}`},
		{"a last row", func() { s.Insert("users", "u3", parse(t, `{"name": "Cy"}`)) },
			`{"users": {"u2": {"name": "Bo", "tags": ["a"]}, "u1": {"name": "Al", "age": 4}, "u3": {"name": "Cy"}}, "orders": {"o1": {"total": 1.0}}}`},
		{"a first row", func() { s.Insert("orders", "o0", parse(t, `{"total": 1}`)) },
			`{"users": {"u2": {"name": "Bo", "tags": ["a"]}, "u1": {"name": "Al", "age": 4}, "u3": {"name": "Cy"}}, "orders": {"o1": {"total": 1.0}, "o0": {"total": 1}}}`},
		{"reset", func() { s.Reset() }, shop},
	} {
		step.do()
		v := parse(t, step.want)
		for style, want := range map[rows.Style]string{
			rows.Canonical: pyjson.Sum(pyjson.Canonical(v)),
			rows.Tau1:      pyjson.Sum(pyjson.Hashable(v)),
			rows.Tau2:      pyjson.Sum(pyjson.MarshalSorted(v)),
		} {
			if got := s.Hash(style); got != want {
				t.Errorf("%s: hash %d is %s, want %s", step.name, style, got, want)
			}
		}
	}
}

// A table may be a list: its rows keep their order and are written without keys.
func TestListHash(t *testing.T) {
	store := rows.NewStore(parse(t, `{"lines": [{"id": "L2", "n": {"m": 1}}, {"id": "L1"}], "bills": []}`))
	s := store.Start()
	s.EditPath("lines", "000000", "n").Set("m", int64(2))
	s.Append("bills", parse(t, `{"id": "B1"}`))
	s.Append("bills", parse(t, `{"id": "B0"}`))
	want := parse(t, `{"lines": [{"id": "L2", "n": {"m": 2}}, {"id": "L1"}], "bills": [{"id": "B1"}, {"id": "B0"}]}`)
	for style, text := range map[rows.Style][]byte{rows.Canonical: pyjson.Canonical(want), rows.Tau2: pyjson.MarshalSorted(want)} {
		if got := s.Hash(style); got != pyjson.Sum(text) {
			t.Errorf("hash %d is not that of %s", style, text)
		}
	}
	if got := string(pyjson.Canonical(store.Data())); got != `{"bills":[],"lines":[{"id":"L2","n":{"m":1}},{"id":"L1"}]}` {
		t.Errorf("the store became %s", got)
	}
}

// Two states of one store do not see each other, and an edit that changes
// nothing is no change.
func TestStatesAreApart(t *testing.T) {
	store := rows.NewStore(parse(t, shop))
	a, b := store.Start(), store.Start()
	a.Mark()
	a.Edit("users", "u1").Set("age", int64(3))
	if a.Changed() {
		t.Error("writing the same value counts as a change")
	}
	row := a.Edit("users", "u2")
	row.Set("tags", []any{"a", "b"})
	row.Delete("name")
	got, fields := a.Changes()
	if len(got) != 1 || got[0] != "users/u2" || len(fields) != 2 ||
		fields[0] != (rows.Change{Path: "users/u2/name", Op: "del"}) || fields[1] != (rows.Change{Path: "users/u2/tags", Op: "set"}) {
		t.Error(got, fields)
	}
	a.Mark()
	if a.Changed() {
		t.Error("changes of the call before count again")
	}
	if a.Same(b, rows.Tau1) || b.Same(a, rows.Tau1) || !b.Same(store.Start(), rows.Tau1) {
		t.Error("Same does not see what differs")
	}
	if b.Hash(rows.Canonical) != store.Start().Hash(rows.Canonical) {
		t.Error("a write reached another state")
	}
	if r, _ := b.Row("users", "u2"); r.Len() != 2 {
		t.Error("a write reached the store")
	}
}
