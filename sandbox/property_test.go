package sandbox

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"pgregory.net/rapid"
)

// tiny is a world without tools: two tables, one with integer keys, one with a
// column whose order carries no meaning.
func tiny(rows ...scaler.Row) *scaler.World {
	return &scaler.World{
		ID: "tiny", Now: "2026-03-09T10:00:00Z",
		Schema: scaler.Schema{Tables: []scaler.Table{
			{Name: "users", Entity: "user", Key: "id", Columns: []scaler.Column{{Name: "id", Type: "integer"}, {Name: "name", Type: "string"}}},
			{Name: "notes", Entity: "note", Key: "id", Columns: []scaler.Column{
				{Name: "id", Type: "string"}, {Name: "user", Type: "integer", Ref: "users"}, {Name: "tags", Type: "array", Unordered: true}, {Name: "list", Type: "array"}}},
		}},
		Rows: rows,
	}
}

func mustOpen(t testing.TB, w *scaler.World) *World {
	t.Helper()
	x, err := Open(w, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func mustStart(t testing.TB, w *World, patch ...scaler.Change) *Session {
	t.Helper()
	s, err := w.Start(scaler.Init{Patch: patch}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drawValue draws any JSON value of a row.
func drawValue(t *rapid.T, depth int) any {
	kinds := []string{"null", "bool", "int", "float", "string"}
	if depth > 0 {
		kinds = append(kinds, "list", "object")
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "bool":
		return rapid.Bool().Draw(t, "bool")
	case "int":
		return rapid.Int64Range(-3, 3).Draw(t, "int")
	case "float":
		return rapid.SampledFrom([]float64{-1, 0, 0.5, 1, 2.25, 1e300}).Draw(t, "float")
	case "string":
		return rapid.SampledFrom([]string{"", "a", "b", "é", "1"}).Draw(t, "string")
	case "list":
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "n"))
		for i := range list {
			list[i] = drawValue(t, depth-1)
		}
		return list
	case "object":
		o := pyjson.NewObject(2)
		for range rapid.IntRange(0, 3).Draw(t, "n") {
			o.Set(rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "key"), drawValue(t, depth-1))
		}
		return o
	}
	return nil
}

// drawRow draws a row of either table.
func drawRow(t *rapid.T, table, key string) *pyjson.Object {
	o := pyjson.NewObject(4)
	if table == "users" {
		n, _ := strconv.ParseInt(key, 10, 64)
		o.Set("id", n)
	} else {
		o.Set("id", key)
	}
	if table == "notes" && rapid.Bool().Draw(t, "refers") {
		o.Set("user", rapid.SampledFrom([]any{int64(1), int64(2), int64(9), nil}).Draw(t, "user"))
	}
	for _, field := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"name", "tags", "list", "more"}), rapid.ID[string]).Draw(t, "fields") {
		o.Set(field, drawValue(t, 2))
	}
	return o
}

func drawPlace(t *rapid.T) (table, key string) {
	return rapid.SampledFrom([]string{"users", "notes"}).Draw(t, "table"), strconv.Itoa(rapid.IntRange(1, 6).Draw(t, "key"))
}

// mutate makes one change straight in the session's state.
func mutate(t *rapid.T, s *Session) {
	name, key := drawPlace(t)
	table := s.w.byName[name]
	if rapid.IntRange(0, 3).Draw(t, "op") == 0 {
		s.writable().remove(table.index, key)
		return
	}
	r := table.newRecord(key, drawRow(t, name, key))
	s.writable().put(table.index, r)
}

// rows returns the state as a world would store it.
func rows(s *Session) []scaler.Row {
	var list []scaler.Row
	for _, t := range s.w.tables {
		for key, row := range s.Rows(t.Name) {
			list = append(list, scaler.Row{Table: t.Name, Key: key, Value: pyjson.Marshal(row)})
		}
	}
	return list
}

// The digest kept change by change is the one that a fresh world with the same
// rows has, in whatever order they come.
func TestDigestIsThatOfTheRows(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := mustStart(t, mustOpen(t, tiny(scaler.Row{Table: "users", Key: "1", Value: []byte(`{"id": 1}`)}, scaler.Row{Table: "users", Key: "2", Value: []byte(`{"id": 2}`)})))
		for range rapid.IntRange(0, 12).Draw(rt, "changes") {
			mutate(rt, s)
		}
		list := rows(s)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "order"), 0))
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if got, want := mustOpen(t, tiny(list...)).Base(), s.Digest(); got != want {
			rt.Fatalf("recomputed %s, kept %s", got, want)
		}
		for _, table := range s.w.tables {
			if n := len(slices.Collect(s.cur.all(table.index))); n != s.Len(table.Name) {
				rt.Fatalf("%s: %d rows, Len says %d", table.Name, n, s.Len(table.Name))
			}
		}
	})
}

// A session's diff, applied to another session at the same start, leads to the
// same digest and the same rows.
func TestDiffReproducesTheState(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := mustOpen(t, tiny(scaler.Row{Table: "users", Key: "1", Value: []byte(`{"id": 1, "name": null, "tags": [1, 2]}`)}, scaler.Row{Table: "notes", Key: "1", Value: []byte(`{"id": "1", "tags": ["a", "b"]}`)}))
		s := mustStart(t, w)
		for range rapid.IntRange(0, 4).Draw(rt, "before") {
			mutate(rt, s)
		}
		s.start, s.own = s.cur, false
		again := s.Fork()
		for range rapid.IntRange(0, 8).Draw(rt, "changes") {
			mutate(rt, s)
		}
		diff := s.Diff()
		if err := again.Apply(diff); err != nil {
			rt.Fatal(err)
		}
		if again.Digest() != s.Digest() {
			rt.Fatalf("the digest differs after %+v", diff)
		}
		if (len(diff) == 0) != (s.cur.sum == s.start.sum) {
			rt.Fatalf("digest and diff disagree on whether anything changed: %+v", diff)
		}
		again.start = s.cur
		if rest := again.Diff(); len(rest) > 0 {
			rt.Fatalf("%+v is left", rest)
		}
	})
}

// Looking only at what changed finds the same dangling keys as opening a world
// with those rows and looking at all.
func TestDanglingIsThatOfTheRows(t *testing.T) {
	base := []scaler.Row{
		{Table: "users", Key: "1", Value: []byte(`{"id": 1}`)},
		{Table: "users", Key: "2", Value: []byte(`{"id": 2}`)},
		{Table: "notes", Key: "1", Value: []byte(`{"id": "1", "user": 1}`)},
		{Table: "notes", Key: "2", Value: []byte(`{"id": "2", "user": 9}`)},
		{Table: "notes", Key: "3", Value: []byte(`{"id": "3", "user": [2, 2.0, null]}`)},
	}
	w := mustOpen(t, tiny(base...))
	if got, want := mustStart(t, w).Dangling(), "note 2: user points at user 9, which is not there"; len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := mustStart(t, w)
		for range rapid.IntRange(0, 6).Draw(rt, "changes") {
			mutate(rt, s)
		}
		got, want := s.Dangling(), mustStart(t, mustOpen(t, tiny(rows(s)...))).Dangling()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			rt.Fatalf("got %q, want %q", got, want)
		}
	})
}

// Forks go their own ways, and Reset goes back.
func TestForkAndReset(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := mustStart(t, mustOpen(t, tiny()))
		sessions := []*Session{s}
		want := []scaler.Digest{s.Digest()}
		for range rapid.IntRange(1, 15).Draw(rt, "steps") {
			i := rapid.IntRange(0, len(sessions)-1).Draw(rt, "session")
			switch rapid.SampledFrom([]string{"fork", "reset", "change"}).Draw(rt, "step") {
			case "fork":
				sessions = append(sessions, sessions[i].Fork())
				want = append(want, want[i])
			case "reset":
				sessions[i].Reset()
				want[i] = s.w.Base()
			case "change":
				mutate(rt, sessions[i])
				want[i] = sessions[i].Digest()
			}
			for j, other := range sessions {
				if other.Digest() != want[j] {
					rt.Fatalf("session %d changed with session %d", j, i)
				}
			}
		}
	})
}

// Two values are the same just when they encode the same, and a value handed to
// tool code and left alone is untouched.
func TestSameIsThatOfTheEncoding(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := drawValue(rt, 3), drawValue(rt, 3)
		if rapid.Bool().Draw(rt, "alike") {
			b = pyjson.Clone(a)
		}
		if got, want := same(a, b), bytes.Equal(appendHash(nil, a), appendHash(nil, b)); got != want {
			rt.Fatalf("%s and %s: same is %v", pyjson.Marshal(a), pyjson.Marshal(b), got)
		}
		if !untouched(a, toStarlark(a)) {
			rt.Fatalf("%s: touched", pyjson.Marshal(a))
		}
		if untouched(a, toStarlark(b)) && !same(a, b) {
			rt.Fatalf("%s and %s: untouched, but not the same", pyjson.Marshal(a), pyjson.Marshal(b))
		}
	})
}

// Which values are the same: numbers count by value, null is not absent, and
// only columns declared so are multisets.
func TestSame(t *testing.T) {
	w := mustOpen(t, tiny())
	notes := w.byName["notes"]
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{`{"id":"n","list":1}`, `{"list":1.0,"id":"n"}`, true},
		{`{"id":"n","list":0.0}`, `{"id":"n","list":-0.0}`, true},
		{`{"id":"n","list":9007199254740993}`, `{"id":"n","list":9007199254740992.0}`, false},
		{`{"id":"n","list":1e300}`, `{"id":"n","list":1` + fmt.Sprintf("%0300d", 0) + `}`, false},
		{`{"id":"n","list":18446744073709551616}`, `{"id":"n","list":1.8446744073709552e19}`, true},
		{`{"id":"n","list":1}`, `{"id":"n","list":true}`, false},
		{`{"id":"n","list":"1"}`, `{"id":"n","list":1}`, false},
		{`{"id":"n","list":null}`, `{"id":"n"}`, false},
		{`{"id":"n","tags":["a","b","a"]}`, `{"id":"n","tags":["a","a","b"]}`, true},
		{`{"id":"n","tags":["a","b","b"]}`, `{"id":"n","tags":["a","a","b"]}`, false},
		{`{"id":"n","list":["a","b"]}`, `{"id":"n","list":["b","a"]}`, false},
		{`{"id":"n","list":["ab",""]}`, `{"id":"n","list":["a","b"]}`, false},
		{`{"id":"n","list":[[1],2]}`, `{"id":"n","list":[[1,2]]}`, false},
		{`{"id":"n","list":{"x":1,"y":2}}`, `{"id":"n","list":{"y":2,"x":1}}`, true},
	} {
		record := func(text string) *record {
			o, err := pyjson.ParseObject([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			r := notes.newRecord("n", o)
			return r
		}
		a, b := record(c.a), record(c.b)
		if got := a.hash == b.hash; got != c.same {
			t.Errorf("%s and %s: same is %v", c.a, c.b, got)
		}
		if got := len(notes.fieldChanges(a.object(), b.object())) == 0; got != c.same {
			t.Errorf("%s and %s: an empty diff is %v", c.a, c.b, got)
		}
	}
}

// Apply refuses what does not fit, and then nothing has changed.
func TestApplyRefuses(t *testing.T) {
	s := mustStart(t, mustOpen(t, tiny(scaler.Row{Table: "users", Key: "1", Value: []byte(`{"id": 1, "name": "Ann"}`)})))
	before := s.Digest()
	fits := scaler.Change{Table: "users", Key: "2", Op: "insert", Row: []byte(`{"id": 2}`)}
	field := func(f scaler.FieldChange) scaler.Change {
		return scaler.Change{Table: "users", Key: "1", Op: "update", Fields: []scaler.FieldChange{f}}
	}
	for name, c := range map[string]scaler.Change{
		"no such table":   {Table: "x", Key: "1", Op: "delete"},
		"no such row":     {Table: "users", Key: "7", Op: "delete"},
		"row there":       {Table: "users", Key: "1", Op: "insert", Row: []byte(`{"id": 1}`)},
		"another key":     {Table: "users", Key: "3", Op: "insert", Row: []byte(`{"id": 4}`)},
		"not an object":   {Table: "users", Key: "3", Op: "insert", Row: []byte(`[]`)},
		"unknown op":      {Table: "users", Key: "1", Op: "upsert"},
		"key changes":     field(scaler.FieldChange{Field: "id", Old: []byte(`1`), New: []byte(`2`)}),
		"old differs":     field(scaler.FieldChange{Field: "name", Old: []byte(`"Bob"`), New: []byte(`"Cid"`)}),
		"field not there": field(scaler.FieldChange{Field: "age", Old: []byte(`1`), New: []byte(`2`)}),
		"field there":     field(scaler.FieldChange{Field: "name", New: []byte(`"Cid"`)}),
	} {
		if err := s.Apply([]scaler.Change{fits, c}); err == nil {
			t.Errorf("%s: no error", name)
		}
		if s.Digest() != before {
			t.Fatalf("%s: the state changed", name)
		}
	}
}
