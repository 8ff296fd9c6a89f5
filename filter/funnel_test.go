package filter

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// What the funnel thinks of conversations about six tasks in the library.
// Each case says what happens in it; the tools really answer.
func TestJudge(t *testing.T) {
	env := library(t)
	tasks := map[string]scaler.Task{
		"return": task(t, env, scaler.FamilyWrite, []string{`get_member {"member_id": 1001}`, `return_book {"loan_id": "L-0001"}`},
			fact("status", `"returned"`, "returned")),
		"read": task(t, env, scaler.FamilyRead, []string{`get_book {"book_id": "B-101"}`}, fact("year", "1998", "1998")),
		"due":  task(t, env, scaler.FamilyRead, []string{`list_loans {"member_id": 1001, "status": "open"}`}, fact("due date", `"2026-04-01"`, "1 April 2026", "2026-04-01")),
		"refuse": refusal(task(t, env, scaler.FamilyRefusal, []string{`get_member {"member_id": 1002}`, `borrow_book {"member_id": 1002, "book_id": "B-106"}`},
			fact("fines", "3.5", "3.50"))),
		"email": task(t, env, scaler.FamilyWrite, []string{`update_member {"member_id": 1001, "email": "i@a.org"}`}),
		"both": task(t, env, scaler.FamilyMulti, []string{`return_book {"loan_id": "L-0001"}`, `renew_loan {"loan_id": "L-0006"}`},
			fact("due date", `"2026-04-15"`, "15 April 2026", "2026-04-15")),
	}
	for _, c := range []struct {
		name, task, talk string
		stage, reason    string // of a drop; empty: kept
		detail           string // what the verdict has to mention
		exact            bool
		errors           int
	}{
		{name: "the gold calls", task: "return", exact: true, talk: `
			user: I am 1001 and bring back L-0001.
			call: get_member {"member_id": 1001}
			call: return_book {"loan_id": "L-0001"}
			agent: Thank you. The loan is marked as Returned.`},
		{name: "another path to the same state", task: "return", talk: `
			user: I am 1001 and bring back L-0001.
			call: list_loans {"member_id": 1001}
			call: return_book {"loan_id": "L-0001"}
			agent: Done, it is returned.`},
		{name: "an error on the way, and a user who takes leave", task: "return", exact: true, errors: 2, talk: `
			user: I am 1001 and bring back L-0001.
			call: get_member {"member_id": "1001"}
			call: get_member {"member_id": 1001}
			call: return_book {"loan_id": "L-1"}
			call: return_book {"loan_id": "L-0001"}
			agent: It is returned.
			user: Bye!`},
		{name: "nothing done", task: "return", stage: "state", reason: NothingDone, detail: "loans L-0001", talk: `
			user: I am 1001 and bring back L-0001.
			agent: It is returned.`},
		{name: "one unrelated row too many", task: "return", stage: "state", reason: ExtraRow, detail: "loans L-0006 had to stay", talk: `
			user: I am 1001 and bring back L-0001.
			call: return_book {"loan_id": "L-0001"}
			call: renew_loan {"loan_id": "L-0006"}
			agent: It is returned.`},
		{name: "one gold row too few", task: "both", stage: "state", reason: MissingRow, detail: "loans L-0006 was not changed", talk: `
			user: Take back L-0001 and renew L-0006.
			call: return_book {"loan_id": "L-0001"}
			agent: Done, the other is due on 15 April 2026.`},
		{name: "the right row changed otherwise", task: "email", stage: "state", reason: WrongValue, detail: `members 1001.email is "i@b.org" instead of "i@a.org"`, talk: `
			user: I am 1001, my new address is i@a.org.
			call: update_member {"member_id": 1001, "email": "i@b.org"}
			agent: Done.`},
		{name: "called rightly, answered wrongly", task: "both", exact: true, stage: "reply", reason: FactMissing, detail: "15 April 2026", talk: `
			user: Take back L-0001 and renew L-0006.
			call: return_book {"loan_id": "L-0001"}
			call: renew_loan {"loan_id": "L-0006"}
			agent: Done, the other is due on 5 April 2026.`},
		{name: "stopped silently", task: "return", exact: true, stage: "validity", reason: StoppedSilently, talk: `
			user: I am 1001 and bring back L-0001.
			call: get_member {"member_id": 1001}
			call: return_book {"loan_id": "L-0001"}`},
		{name: "a tool that is not offered", task: "return", stage: "validity", reason: UnknownTool, errors: 1, talk: `
			user: I am 1001 and bring back L-0001.
			call: burn_book {"loan_id": "L-0001"}
			call: return_book {"loan_id": "L-0001"}
			agent: It is returned.`},
		{name: "arguments that are no object", task: "return", stage: "validity", reason: MalformedCall, errors: 1, talk: `
			user: I am 1001 and bring back L-0001.
			call: return_book {"loan_id": "L-0001"
			call: return_book {"loan_id": "L-0001"}
			agent: It is returned.`},
		{name: "an agent that goes round in circles", task: "read", exact: true, stage: "validity", reason: Repetitive, talk: `
			user: When was B-101 published?
			call: get_book {"book_id": "B-101"}
			agent: ` + strings.Repeat("It was 1998, I think, let me see. ", 12)},
		{name: "the same call again and again", task: "read", stage: "validity", reason: Looping, talk: `
			user: When was B-101 published?` + strings.Repeat(`
			call: get_book {"book_id": "B-101"}`, 5) + `
			agent: In 1998.`},
		{name: "answered without looking", task: "read", stage: "exact", reason: LookupMissing, detail: `get_book{"book_id":"B-101"}`, talk: `
			user: When was B-101 published?
			agent: In 1998.`},
		{name: "looked at something else", task: "read", stage: "exact", reason: LookupMissing, talk: `
			user: When was B-101 published?
			call: get_book {"book_id": "B-102"}
			agent: In 1998.`},
		{name: "another look-up that shows the same row", task: "due", talk: `
			user: I am 1001. Until when may I keep B-106?
			call: list_loans {"member_id": 1001}
			agent: Until April 1st, 2026.`},
		{name: "a reading task that changed something", task: "read", stage: "state", reason: ExtraRow, talk: `
			user: When was B-101 published?
			call: get_book {"book_id": "B-101"}
			call: renew_loan {"loan_id": "L-0001"}
			agent: In 1998.`},
		{name: "a request refused with its reason", task: "refuse", exact: true, talk: `
			user: I am 1002 and want B-106.
			call: get_member {"member_id": 1002}
			agent: You owe $3.50, so you cannot borrow a book.`},
		{name: "refused by the tool before", task: "refuse", exact: true, errors: 1, talk: `
			user: I am 1002 and want B-106.
			call: get_member {"member_id": 1002}
			call: borrow_book {"member_id": 1002, "book_id": "B-106"}
			agent: That isn't possible: there are 3.50 of fines.`},
		{name: "refused by the tool without looking before", task: "refuse", errors: 1, talk: `
			user: I am 1002 and want B-106.
			call: borrow_book {"member_id": 1002, "book_id": "B-106"}
			agent: That isn't possible: there are 3.50 of fines.`},
		{name: "refused by the tool for a reason of its own", task: "refuse", errors: 1, stage: "exact", reason: LookupMissing, talk: `
			user: I am 1002 and want B-106.
			call: borrow_book {"member_id": 1002, "book_id": "B-999"}
			agent: That isn't possible: there are 3.50 of fines.`},
		{name: "refused without looking", task: "refuse", stage: "exact", reason: LookupMissing, talk: `
			user: I am 1002 and want B-106.
			agent: You owe 3.50, so you cannot borrow a book.`},
		{name: "a refusal sold as success", task: "refuse", exact: true, stage: "reply", reason: NotRefused, talk: `
			user: I am 1002 and want B-106.
			call: get_member {"member_id": 1002}
			agent: You owe 3.50. The book is yours, enjoy!`},
		{name: "a no that is taken back", task: "refuse", exact: true, stage: "reply", reason: NotRefused, talk: `
			user: I am 1002 and want B-106.
			call: get_member {"member_id": 1002}
			agent: You owe 3.50, so you cannot borrow a book.
			user: But I want it.
			agent: All set, the book is yours.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			of := tasks[c.task]
			v := Funnel{}.Judge(env, of, play(t, env, of, c.talk))
			if v.Kept != (c.reason == "") || v.Stage != c.stage || v.Reason != c.reason || !strings.Contains(v.Detail, c.detail) {
				t.Errorf("got %+v", v)
			}
			if v.Exact != c.exact || v.Errors != c.errors {
				t.Errorf("exact %v, %d errors; want %v, %d", v.Exact, v.Errors, c.exact, c.errors)
			}
		})
	}
}

// With Require Exact another path is not enough.
func TestRequireExact(t *testing.T) {
	env := library(t)
	of := task(t, env, scaler.FamilyWrite, []string{`return_book {"loan_id": "L-0001"}`})
	const detour = `
		user: Take back L-0001.
		call: list_loans {"member_id": 1001}
		call: return_book {"loan_id": "L-0001"}
		agent: Done.`
	if v := (Funnel{}).Judge(env, of, play(t, env, of, detour)); !v.Kept {
		t.Errorf("without: %+v", v)
	}
	if v := (Funnel{Require: Exact}).Judge(env, of, play(t, env, of, detour)); v.Reason != OtherCalls {
		t.Errorf("with: %+v", v)
	}
}

// What a rollout claims is not believed: neither its digest nor what it says
// that the tools answered.
func TestClaimsAreProven(t *testing.T) {
	env := library(t)
	of := task(t, env, scaler.FamilyWrite, []string{`return_book {"loan_id": "L-0001"}`})
	idle := play(t, env, of, `
		user: Take back L-0001.
		agent: Done.`)
	idle.Digest, idle.Diff = of.Digest, of.Gold
	if v := (Funnel{}).Judge(env, of, idle); v.Reason != WrongDigestClaimed || v.State {
		t.Errorf("a claimed digest: %+v", v)
	}
	forged := play(t, env, of, `
		user: Take back L-0001.
		call: return_book {"loan_id": "L-0001"}
		agent: Done.`)
	forged.Messages[2].Content = `{"id": "L-0001", "status": "open"}`
	if v := (Funnel{}).Judge(env, of, forged); v.Reason != NotReproduced {
		t.Errorf("a forged answer: %+v", v)
	}
}

// How a conversation may not look.
func TestAlternation(t *testing.T) {
	env := library(t)
	of := task(t, env, scaler.FamilyRead, []string{`get_book {"book_id": "B-101"}`})
	say := func(role, text string) scaler.Message { return scaler.Message{Role: role, Content: text} }
	calls := scaler.Message{Role: "assistant", ToolCalls: []scaler.ToolCall{{ID: "a", Name: "get_book", Arguments: "{}"}}}
	for _, c := range []struct {
		want     string
		messages []scaler.Message
	}{
		{NotAlternating, []scaler.Message{say("user", "a"), say("user", "b"), say("assistant", "c")}},
		{NotAlternating, []scaler.Message{say("user", "a"), say("assistant", "b"), say("assistant", "c")}},
		{NotAlternating, []scaler.Message{say("user", "a"), say("tool", "b"), say("assistant", "c")}},
		{NotAlternating, []scaler.Message{say("user", "a"), calls, say("assistant", "c")}},
		{NotAlternating, []scaler.Message{say("system", "a"), say("user", "b"), say("assistant", "c")}},
		{EmptyTurn, []scaler.Message{say("user", "a"), say("assistant", " ")}},
		{EmptyTurn, nil},
		{MalformedCall, []scaler.Message{say("user", "a"), calls, {Role: "tool", ToolCallID: "b"}, say("assistant", "c")}},
	} {
		v := Funnel{}.Judge(env, of, scaler.Rollout{Messages: c.messages, Ended: "user_stop", Digest: env.Base()})
		if v.Reason != c.want {
			t.Errorf("%v: %s (%s), want %s", c.messages, v.Reason, v.Detail, c.want)
		}
	}
	for end, want := range map[string]string{"max_turns": TooLong, "max_tokens": TooLong, "error": Failed, "": Failed} {
		if v := (Funnel{}).Judge(env, of, scaler.Rollout{Ended: end}); v.Reason != want {
			t.Errorf("ended by %q: %s, want %s", end, v.Reason, want)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	env := library(b)
	of := task(b, env, scaler.FamilyWrite, []string{`get_member {"member_id": 1001}`, `return_book {"loan_id": "L-0001"}`}, fact("status", `"returned"`, "returned"))
	r := play(b, env, of, `
		user: I am 1001 and bring back L-0001.
		call: get_member {"member_id": 1001}
		call: return_book {"loan_id": "L-0001"}
		agent: Thank you. The loan is marked as returned.`)
	for b.Loop() {
		if v := (Funnel{}).Judge(env, of, r); !v.Kept {
			b.Fatal(v)
		}
	}
}

func library(t testing.TB) *sandbox.World {
	t.Helper()
	env, err := sandbox.Open(worldtest.Library(), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { env.Close() })
	return env
}

// task makes a task of gold calls, each "TOOL ARGUMENTS", by making them.
func task(t testing.TB, env *sandbox.World, f scaler.Family, calls []string, facts ...scaler.Fact) scaler.Task {
	t.Helper()
	of := scaler.Task{ID: "task", World: env.Spec().ID, Family: f, Init: scaler.Init{Digest: env.Base()}, Seed: 1, Reply: facts}
	for _, tool := range env.Spec().Tools {
		of.Tools = append(of.Tools, tool.Name)
	}
	s := start(t, env, of)
	for _, c := range calls {
		name, args, _ := strings.Cut(c, " ")
		got := s.Call(context.Background(), name, []byte(args))
		g := scaler.GoldCall{Tool: name, Arguments: json.RawMessage(args), Output: got.Text, Writes: got.Changed}
		if got.Refused != nil {
			g.Error = got.Refused.Code
		}
		of.Calls = append(of.Calls, g)
	}
	of.Gold, of.Digest = s.Diff(), s.Digest()
	return of
}

func refusal(of scaler.Task) scaler.Task {
	of.Refusal = &scaler.Refusal{Rule: "borrow_book.fines", Code: "forbidden", Lookups: []string{"get_member"}}
	return of
}

func fact(label, value, text string, also ...string) scaler.Fact {
	return scaler.Fact{Label: label, Value: json.RawMessage(value), Text: text, Also: also}
}

func start(t testing.TB, env *sandbox.World, of scaler.Task) *sandbox.Session {
	t.Helper()
	s, err := env.Start(of.Init, of.Seed)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// play makes a rollout of lines "user: TEXT", "agent: TEXT" and
// "call: TOOL ARGUMENTS", with what the tools answer.
func play(t testing.TB, env *sandbox.World, of scaler.Task, talk string) scaler.Rollout {
	t.Helper()
	s := start(t, env, of)
	r := scaler.Rollout{ID: "rollout", Task: of.ID, World: of.World, Ended: "user_stop"}
	for line := range strings.Lines(strings.TrimSpace(talk)) {
		who, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch who {
		case "user":
			r.Messages = append(r.Messages, scaler.Message{Role: "user", Content: text})
		case "agent":
			r.Messages = append(r.Messages, scaler.Message{Role: "assistant", Content: text})
		case "call":
			name, args, _ := strings.Cut(text, " ")
			id := fmt.Sprint("call_", len(r.Messages))
			answer := ""
			if slices.Contains(of.Tools, name) {
				answer = s.Call(context.Background(), name, []byte(args)).Text
			}
			r.Messages = append(r.Messages,
				scaler.Message{Role: "assistant", ToolCalls: []scaler.ToolCall{{ID: id, Name: name, Arguments: args}}},
				scaler.Message{Role: "tool", ToolCallID: id, Name: name, Content: answer})
		default:
			t.Fatalf("a line of the talk begins with %q", who)
		}
	}
	if last := r.Messages[len(r.Messages)-1]; last.Role == "tool" {
		r.Ended = "agent_stop"
	}
	r.Digest, r.Diff = s.Digest(), s.Diff()
	return r
}
