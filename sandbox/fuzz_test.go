package sandbox_test

import (
	"context"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// FuzzCall throws any bytes at any tool of the library: never a panic, never
// infrastructure; a failed call changes nothing, a call is repeatable, and what
// it changed is what its diff says.
func FuzzCall(f *testing.F) {
	for i, args := range []string{
		`{"author": "lindqvist", "limit": 2, "sort": "year", "offset": 1}`,
		`{"book_id": "B-101"}`, `{"member_id": 1001}`,
		`{"member_id": 1001, "email": "new@example.org", "address": {"street": "x", "city": "\u0000\ud800"}}`,
		`{"member_id": 1004.0}`, `{"status": "open", "limit": 100}`,
		`{"member_id": 1003, "book_id": "B-107"}`, `{"loan_id": "L-0001"}`, `{"loan_id": "L-0008"}`,
		`{"a":`, `[[[[`, `1e999`, `{"A": 1, "": 2}`, "{\"\xff\": null}",
	} {
		f.Add(uint8(i), []byte(args))
	}
	world := worldtest.Library()
	w, err := sandbox.Open(world, sandbox.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, tool uint8, args []byte) {
		name := world.Tools[int(tool)%len(world.Tools)].Name
		s, err := w.Start(scaler.Init{}, 1)
		if err != nil {
			t.Fatal(err)
		}
		again := s.Fork()
		r := s.Call(context.Background(), name, args)
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		if r.Refused != nil && (s.Digest() != w.Base() || r.Changed) {
			t.Fatalf("%s was refused and changed the state: %s", name, r.Text)
		}
		if r.Refused != nil && r.Refused.Code == sandbox.Internal {
			t.Fatalf("%s failed: %s", name, r.Text)
		}
		if r.Changed != (s.Digest() != w.Base()) || r.Changed != (len(r.Wrote) > 0) || r.Changed != (len(s.Diff()) > 0) {
			t.Fatalf("%s: accounts of the change differ: %+v", name, r)
		}
		if text := string(pyjson.Marshal(r.Value)); text != r.Text {
			t.Fatalf("%s: value %s, text %s", name, text, r.Text)
		}
		if other := again.Call(context.Background(), name, args); other.Text != r.Text || again.Digest() != s.Digest() {
			t.Fatalf("%s: a second call answers %s, the first %s", name, other.Text, r.Text)
		}
		again.Reset()
		if err := again.Apply(s.Diff()); err != nil || again.Digest() != s.Digest() {
			t.Fatalf("%s: the diff leads elsewhere: %v", name, err)
		}
	})
}
