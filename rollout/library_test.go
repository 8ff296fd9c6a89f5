package rollout_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// A script is a task written by hand: what is said, what is known, and the calls
// that achieve it.
type script struct {
	family  scaler.Family
	opening string
	knows   string // "label: text; label: text"
	calls   string // "tool {arguments}; tool {arguments}"
	reply   string // texts a right reply contains: "a; b"
	refused bool
}

// scripts cover the families on the library's world.
var scripts = []script{
	{scaler.FamilyRead, "Could you tell me the year of book B-103?", "book ID: B-103", `get_book {"book_id": "B-103"}`, "2004", false},
	{scaler.FamilyRead, "I'd like to know the email of a member.", "member ID: 1002", `get_member {"member_id": 1002}`, "t.lund@example.org", false},
	{scaler.FamilyWrite, "Please renew a loan for me.", "loan number: L-0001", `renew_loan {"loan_id": "L-0001"}`, "", false},
	{scaler.FamilyWrite, "Can you change the email of member 1001 to ines.moreau@example.net?", "member ID: 1001", `update_member {"member_id": 1001, "email": "ines.moreau@example.net"}`, "", false},
	{scaler.FamilyMulti, "I'd like to borrow the book Under a Paper Moon. My member ID is 1004.", "member ID: 1004; book title: Under a Paper Moon",
		`list_books {"title": "Under a Paper Moon"}; borrow_book {"member_id": 1004, "book_id": "B-102"}`, "", false},
	{scaler.FamilyLong, "Please return loan L-0005. Then please renew loan L-0008. Also, please borrow book B-106 for member 1003.", "loan number: L-0005; second loan number: L-0008; book ID: B-106; member ID: 1003",
		`return_book {"loan_id": "L-0005"}; renew_loan {"loan_id": "L-0008"}; borrow_book {"member_id": 1003, "book_id": "B-106"}`, "", false},
	{scaler.FamilyRefusal, "I need to renew loan L-0002.", "loan number: L-0002", "", "", true},
	{scaler.FamilyRecovery, "Please renew loan L-0099. If that one can't be found, I misread it: the loan number is L-0006.", "loan number: L-0006", `renew_loan {"loan_id": "L-0006"}`, "", false},
}

// library opens the world of the fixtures.
func library(t testing.TB) (*scaler.World, *sandbox.World) {
	t.Helper()
	w := worldtest.Library()
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { env.Close() })
	return w, env
}

// task makes a task of a script by running its calls.
func (s script) task(t testing.TB, w *scaler.World, env *sandbox.World) scaler.Task {
	t.Helper()
	task := scaler.Task{ID: scaler.TaskID(scaler.ContentID(s.opening)), World: w.ID, Family: s.family, Seed: 5,
		Opening: s.opening, Intent: s.opening, Init: scaler.Init{Digest: env.Base()}}
	for _, tool := range w.Tools {
		task.Tools = append(task.Tools, tool.Name)
	}
	for _, k := range fields(s.knows) {
		label, text, _ := strings.Cut(k, ": ")
		task.Knows = append(task.Knows, scaler.Fact{Label: label, Text: text})
	}
	for _, text := range fields(s.reply) {
		task.Reply = append(task.Reply, scaler.Fact{Text: text})
	}
	if s.refused {
		task.Refusal = &scaler.Refusal{}
	}
	session, err := env.Start(task.Init, task.Seed)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range fields(s.calls) {
		tool, args, _ := strings.Cut(c, " ")
		if r := session.Call(context.Background(), tool, []byte(args)); r.Refused != nil || r.Err != nil {
			t.Fatalf("%s: %s %v", c, r.Text, r.Err)
		}
		task.Calls = append(task.Calls, scaler.GoldCall{Tool: tool, Arguments: json.RawMessage(args)})
	}
	task.Digest, task.Gold = session.Digest(), session.Diff()
	return task
}

func fields(list string) []string {
	var out []string
	for _, s := range strings.Split(list, "; ") {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// achieved says what is missing from a rollout, or nothing.
func achieved(t scaler.Task, r scaler.Rollout) string {
	if r.Digest != t.Digest {
		return "the state is not the gold state"
	}
	if r.Ended != "user_stop" {
		return "it ended by " + r.Ended + " " + r.Error
	}
	said := ""
	for _, m := range r.Messages {
		if m.Role == "assistant" {
			said += "\n" + m.Content
		}
	}
	for _, f := range t.Reply {
		ok := strings.Contains(strings.ToLower(said), strings.ToLower(f.Text))
		for _, also := range f.Also {
			ok = ok || strings.Contains(strings.ToLower(said), strings.ToLower(also))
		}
		if !ok {
			return "the reply lacks " + f.Label + " " + f.Text
		}
	}
	return ""
}

// transcript shows a rollout to a reader of a failing test.
func transcript(r scaler.Rollout) string {
	var b strings.Builder
	for _, m := range r.Messages {
		b.WriteString("  " + m.Role + ": " + m.Content)
		for _, c := range m.ToolCalls {
			b.WriteString(" -> " + c.Name + " " + c.Arguments)
		}
		b.WriteString("\n")
	}
	return b.String()
}
