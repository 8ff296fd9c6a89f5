package sandbox_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
	"pgregory.net/rapid"
)

// A drawnCall is a call of the library with ids that may or may not exist.
type drawnCall struct{ tool, args string }

func drawWrite(t *rapid.T) drawnCall {
	member := rapid.IntRange(1001, 1006).Draw(t, "member")
	book := fmt.Sprintf("B-10%d", rapid.IntRange(1, 9).Draw(t, "book"))
	loan := fmt.Sprintf("L-00%02d", rapid.IntRange(1, 12).Draw(t, "loan"))
	return rapid.SampledFrom([]drawnCall{
		{"borrow_book", fmt.Sprintf(`{"member_id": %d, "book_id": %q}`, member, book)},
		{"renew_loan", fmt.Sprintf(`{"loan_id": %q}`, loan)},
		{"return_book", fmt.Sprintf(`{"loan_id": %q}`, loan)},
		{"update_member", fmt.Sprintf(`{"member_id": %d, "email": "%s@example.org"}`, member, loan)},
		{"delete_member", fmt.Sprintf(`{"member_id": %d}`, member)},
	}).Draw(t, "write")
}

// detours are calls that lead nowhere: reads, refusals, mistakes.
var detours = []drawnCall{
	{"list_books", `{"sort": "year"}`}, {"list_loans", `{"status": "open"}`}, {"get_member", `{"member_id": 1001}`},
	{"get_book", `{"book_id": "B-999"}`}, {"return_book", `{"loan_id": "nope"}`}, {"borrow_book", `{"member_id": "x"}`}, {"renew_loan", `not JSON`}, {"nope", `{}`},
}

// What must not matter does not: detours between the calls, going on in a fork,
// running in a worker process, or replaying the diff on the way.
func TestWhatMustNotMatter(t *testing.T) {
	ctx := context.Background()
	here := openLibrary(t, sandbox.Options{})
	away := openLibrary(t, sandbox.Options{Isolate: true})
	rapid.Check(t, func(rt *rapid.T) {
		writes := rapid.SliceOfN(rapid.Custom(drawWrite), 1, 8).Draw(rt, "writes")
		plain, detoured, forked, isolated, applied := begin(rt, here), begin(rt, here), begin(rt, here), begin(rt, away), begin(rt, here)
		for _, c := range writes {
			want := plain.Call(ctx, c.tool, []byte(c.args))
			for range rapid.IntRange(0, 2).Draw(rt, "detours") {
				d := rapid.SampledFrom(detours).Draw(rt, "detour")
				if r := detoured.Call(ctx, d.tool, []byte(d.args)); r.Changed {
					rt.Fatalf("%s %s changed something", d.tool, d.args)
				}
			}
			abandoned := forked
			forked = forked.Fork()
			abandoned.Call(ctx, "renew_loan", []byte(`{"loan_id": "L-0008"}`))
			if err := applied.Apply(diffOf(plain, applied)); err != nil {
				rt.Fatal(err)
			}
			for name, s := range map[string]*sandbox.Session{"detoured": detoured, "forked": forked, "isolated": isolated} {
				got := s.Call(ctx, c.tool, []byte(c.args))
				if got.Err != nil || got.Text != want.Text || got.Changed != want.Changed {
					rt.Fatalf("%s: %s %s\n got %s %v\nwant %s", name, c.tool, c.args, got.Text, got.Err, want.Text)
				}
			}
			for name, s := range map[string]*sandbox.Session{"detoured": detoured, "forked": forked, "isolated": isolated, "applied": applied} {
				if s.Digest() != plain.Digest() {
					rt.Fatalf("%s: another digest after %s %s", name, c.tool, c.args)
				}
			}
			if d := plain.Dangling(); len(d) > 0 {
				rt.Fatal(d)
			}
		}
	})
}

// diffOf returns what leads from one session's state to another's.
func diffOf(to, from *sandbox.Session) []scaler.Change {
	from.Reset()
	return to.Diff()
}

func openLibrary(t *testing.T, o sandbox.Options) *sandbox.World {
	w, err := sandbox.Open(worldtest.Library(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func begin(t *rapid.T, w *sandbox.World) *sandbox.Session {
	s, err := w.Start(scaler.Init{}, 7)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
