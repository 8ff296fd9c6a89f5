package sandbox_test

import (
	"context"
	"sync"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// Sessions of one world run side by side, forks of one session too, and none
// sees what another does.
func TestSessionsInParallel(t *testing.T) {
	w, err := sandbox.Open(worldtest.Library(), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	parent, err := w.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	parent.Call(ctx, "renew_loan", []byte(`{"loan_id": "L-0001"}`))
	var wg sync.WaitGroup
	for range 8 {
		s := parent.Fork()
		wg.Go(func() {
			for range 20 {
				r := s.Call(ctx, "borrow_book", []byte(`{"member_id": 1003, "book_id": "B-107"}`))
				if want := `{"id": "L-0009", "member_id": 1003, "book_id": "B-107", "status": "open", "due": "2026-04-06", "renewals": 0}`; r.Text != want {
					t.Errorf("got %s", r.Text)
					return
				}
				if n := len(s.Diff()); n > 3 || len(s.Dangling()) > 0 {
					t.Errorf("%d rows differ", n)
				}
				s.Reset()
			}
		})
	}
	wg.Wait()
	if len(parent.Diff()) != 1 {
		t.Error("a fork changed its parent")
	}
}
