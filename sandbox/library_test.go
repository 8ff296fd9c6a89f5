package sandbox_test

import (
	"context"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// open starts a session of the library world.
func open(t testing.TB) *sandbox.Session {
	t.Helper()
	w, err := sandbox.Open(worldtest.Library(), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	s, err := w.Start(scaler.Init{Digest: w.Base()}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A conversation with the library, call by call, as an agent reads it.
func TestLibrary(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ tool, args, want string }{
		{"list_books", `{"author": "lindqvist", "available": true}`,
			`{"books": [{"id": "B-106", "title": "The Clockmaker's Debt", "author": "Ada Lindqvist", "year": 2019}]}`},
		{"list_books", `{"genre": "travel", "limit": 1}`,
			`{"books": [{"id": "B-108", "title": "Letters to an Island", "author": "Carlos Vieira", "year": 2016}]}`},
		{"borrow_book", `{"member_id": 1002, "book_id": "B-106"}`,
			`{"error": {"code": "forbidden", "message": "Member 1002 owes 3.5."}}`},
		{"borrow_book", `{"member_id": 1001, "book_id": "B-103"}`,
			`{"error": {"code": "out_of_stock", "message": "No copy of Twelve Quiet Crimes is on the shelf."}}`},
		{"borrow_book", `{"member_id": 1001, "book_id": "B-106"}`,
			`{"id": "L-0009", "member_id": 1001, "book_id": "B-106", "status": "open", "due": "2026-04-06", "renewals": 0}`},
		{"get_book", `{"book_id": "B-106"}`,
			`{"id": "B-106", "title": "The Clockmaker's Debt", "author": "Ada Lindqvist", "year": 2019, "genres": ["crime"], "copies": {"total": 4, "available": 2}}`},
		{"return_book", `{"loan_id": "L-0004"}`,
			`{"error": {"code": "invalid_state", "message": "Loan L-0004 is returned."}}`},
		{"renew_loan", `{"loan_id": "L-0001"}`,
			`{"id": "L-0001", "member_id": 1001, "book_id": "B-101", "status": "open", "due": "2026-04-03", "renewals": 1}`},
		{"delete_member", `{"member_id": 1004}`, `{"deleted": 1004}`},
		{"get_member", `{"member_id": 1004}`, `{"error": {"code": "not_found", "message": "There is no member 1004."}}`},
		{"get_member", `{"member_id": "1001"}`,
			`{"error": {"code": "invalid_arguments", "message": "member_id: expected integer, got string"}}`},
		{"get_member", `{"member_id": 1001, "verbose": true}`,
			`{"error": {"code": "invalid_arguments", "message": "unknown argument verbose"}}`},
		{"get_member", `{}`, `{"error": {"code": "invalid_arguments", "message": "missing member_id"}}`},
		{"get_member", `[]`,
			`{"error": {"code": "invalid_arguments", "message": "The arguments have to be a JSON object, not an array."}}`},
		{"burn_book", `{}`, `{"error": {"code": "unknown_tool", "message": "There is no tool burn_book."}}`},
	} {
		got := s.Call(context.Background(), c.tool, []byte(c.args))
		if got.Err != nil || got.Text != c.want {
			t.Errorf("%s %s\n got %s %v\nwant %s", c.tool, c.args, got.Text, got.Err, c.want)
		}
	}
	if d := s.Dangling(); len(d) > 0 {
		t.Error(d)
	}
}
