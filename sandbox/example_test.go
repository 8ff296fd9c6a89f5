package sandbox_test

import (
	"context"
	"fmt"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// A session answers calls, refuses what the world's rules forbid, and knows
// what has changed.
func Example() {
	w, err := sandbox.Open(worldtest.Library(), sandbox.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer w.Close()
	s, err := w.Start(scaler.Init{}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	fmt.Println(s.Call(ctx, "return_book", []byte(`{"loan_id": "L-0006"}`)).Text)
	fmt.Println(s.Call(ctx, "return_book", []byte(`{"loan_id": "L-0006"}`)).Text)
	for _, c := range s.Diff() {
		for _, f := range c.Fields {
			fmt.Printf("%s %s: %s %s -> %s\n", c.Table, c.Key, f.Field, f.Old, f.New)
		}
	}
	s.Reset()
	fmt.Println(s.Digest() == w.Base())
	// Output:
	// {"id": "L-0006", "member_id": 1001, "book_id": "B-106", "status": "returned", "due": "2026-04-01", "renewals": 1}
	// {"error": {"code": "invalid_state", "message": "Loan L-0006 is returned."}}
	// books B-106: copies {"total": 4, "available": 3} -> {"total": 4, "available": 4}
	// loans L-0006: status "open" -> "returned"
	// true
}
