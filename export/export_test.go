package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
)

// What is written is what is read: every form gives the conversation back, as
// far as the form can say it.
func TestBoomerang(t *testing.T) {
	for name, row := range map[string]Row{
		"parallel calls, text before calls, thoughts": conversation("a", "library", parallel()...),
		"text that JSON and Python write differently": conversation("b", "library", plain("1.0 & <b>\u2028 \"x\"\n", "naïve 日本 😀")...),
		"a user who takes leave":                      conversation("c", "library", append(plain("Hi", "Hello"), said("user", "Bye"))...),
	} {
		want := newLine(row, Part{General, Train}, nil)
		for _, f := range Formats {
			t.Run(f.Name+": "+name, func(t *testing.T) {
				text, err := f.Encode(want)
				if err != nil {
					t.Fatal(err)
				}
				if !json.Valid(text) {
					t.Fatalf("not JSON: %s", text)
				}
				got, err := f.Decode(text)
				if err != nil {
					t.Fatal(err)
				}
				if essence(got) != essence(want) || got.ID != want.ID {
					t.Errorf("got  %s\nwant %s", essence(got), essence(want))
				}
			})
		}
		text, _ := canonical(want)
		got, err := readCanonical(text)
		again, _ := canonical(got)
		if err != nil || string(text) != string(again) {
			t.Errorf("%s: canonical row\n%s\nbecame\n%s\n%v", name, text, again, err)
		}
	}
}

// The bytes of one row in each form; trainers depend on them.
func TestBytes(t *testing.T) {
	l := newLine(conversation("a", "library", parallel()...), Part{General, Train}, nil)
	l.Tools = l.Tools[:0]
	l.Messages[0].Content = "Be kind."
	for i, want := range []string{
		`{"id": "a", "phase": "general", "domain": "library", "env_id": "library-1", "seed": "18446744073709551615", "messages": [` +
			`{"role": "system", "content": "Be kind.", "train": false}, ` +
			`{"role": "user", "content": "Two members, please.", "train": false}, ` +
			`{"role": "assistant", "content": "One moment.", "reasoning_content": "Both at once.", "tool_calls": [` +
			`{"id": "1", "type": "function", "function": {"name": "get_member", "arguments": "{\"member_id\":1001}"}}, ` +
			`{"id": "2", "type": "function", "function": {"name": "get_member", "arguments": "{\"member_id\": 9}"}}], "train": true}, ` +
			`{"role": "tool", "content": "{\"id\": 1001}", "tool_call_id": "1", "name": "get_member", "train": false}, ` +
			`{"role": "tool", "content": "{\"error\": 1.0}", "tool_call_id": "2", "name": "get_member", "train": false}, ` +
			`{"role": "assistant", "content": "1001 is known, 9 is not.", "train": true}], "tools": "[]", "reward": 1.0, "meta": `,
		`{"id": "a", "messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Two members, please."}, ` +
			`{"role": "assistant", "content": "One moment.", "reasoning_content": "Both at once.", "tool_calls": [` +
			`{"id": "1", "type": "function", "function": {"name": "get_member", "arguments": "{\"member_id\":1001}"}}, ` +
			`{"id": "2", "type": "function", "function": {"name": "get_member", "arguments": "{\"member_id\": 9}"}}]}, ` +
			`{"role": "tool", "content": "{\"id\": 1001}", "tool_call_id": "1", "name": "get_member"}, ` +
			`{"role": "tool", "content": "{\"error\": 1.0}", "tool_call_id": "2", "name": "get_member"}, ` +
			`{"role": "assistant", "content": "1001 is known, 9 is not."}], "tools": "[]"}`,
		`{"id": "a", "conversations": [{"from": "human", "value": "Two members, please."}, ` +
			`{"from": "function_call", "value": "<think>\nBoth at once.\n</think>\n\nOne moment.\n<tool_call>` +
			`[{\"name\": \"get_member\", \"arguments\": {\"member_id\": 1001}}, {\"name\": \"get_member\", \"arguments\": {\"member_id\": 9}}]</tool_call>"}, ` +
			`{"from": "observation", "value": "{\"id\": 1001}\n</tool_response>\n<tool_response>\n{\"error\": 1.0}"}, ` +
			`{"from": "gpt", "value": "1001 is known, 9 is not."}], "system": "Be kind.", "tools": "[]"}`,
	} {
		got, err := Formats[i].Encode(l)
		if err != nil || !strings.HasPrefix(string(got), want) {
			t.Errorf("%s: %v\n got %s\nwant %s", Formats[i].Name, err, got, want)
		}
	}
}

// A dataset holds what it says, in all forms, and says why a form lacks a row.
func TestWriteThenVerify(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	e := Exporter{Origins: origins(), Funnel: scaler.Report{Counts: []scaler.Count{{Name: "rollouts", N: 99}}}}
	report, err := e.Write(context.Background(), dir, dataset(12))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Verify(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows != 12*13/2+1 || len(got.Parts) != 3 {
		t.Errorf("verified %+v", got)
	}
	counts := map[string]float64{}
	for _, c := range report.Counts {
		counts[c.Name] = c.N
	}
	if counts["rows"] != float64(got.Rows) || counts["left out of llamafactory: "+errGreeting.Error()] != 1 || counts["vertical train"] != 12 {
		t.Errorf("reported %v", counts)
	}
	card, _ := os.ReadFile(filepath.Join(dir, "README.md"))
	for _, want := range []string{"config_name: vertical", "path: data/general/test.jsonl", "| library.yaml | Apache-2.0 | 9 |", "| rollouts | 99 |", got.Hash} {
		if !strings.Contains(string(card), want) {
			t.Errorf("the card lacks %q:\n%s", want, card)
		}
	}
	again := filepath.Join(t.TempDir(), "again")
	if _, err := e.Write(context.Background(), again, dataset(12)); err != nil {
		t.Fatal(err)
	}
	if second, err := Verify(again); err != nil || second.Hash != got.Hash {
		t.Errorf("the same rows have the hashes %s and %s, %v", got.Hash, second.Hash, err)
	}
}

// Verify finds what somebody has changed by hand.
func TestVerifyFindsChanges(t *testing.T) {
	for _, c := range []struct{ file, old, new, want string }{
		{"data/general/train.jsonl", `"train": true`, `"train": false`, "hash"},
		{"openai/general-train.jsonl", "Hello", "Hullo", "another conversation"},
		{"llamafactory/general-train.jsonl", `"gpt"`, `"human"`, "out of turn"},
		{"llamafactory/general-test.jsonl", "\n", "\n\n", "llamafactory/general-test.jsonl"},
		{"README.md", "| general | train |", "| general | train | 1", "README.md"},
		{"manifest.json", `"rows": 22,`, `"rows": 23,`, "manifest.json"},
	} {
		dir := filepath.Join(t.TempDir(), "dataset")
		if _, err := (Exporter{}).Write(context.Background(), dir, dataset(6)); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, c.file)
		text, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(text), c.old) {
			t.Fatalf("%s has no %q: %v", c.file, c.old, err)
		}
		if err := os.WriteFile(name, []byte(strings.Replace(string(text), c.old, c.new, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q for %q: %v", c.file, c.new, c.old, err)
		}
	}
}

// What is wrong with a single row, although its hash is right.
func TestCheckLine(t *testing.T) {
	where := Part{General, Train}
	for _, c := range []struct {
		want  string
		spoil func(*Line)
	}{
		{"", func(*Line) {}},
		{"has train true", func(l *Line) { l.Messages[1].Train = true }},
		{"has train false", func(l *Line) { l.Messages[2].Train = false }},
		{"follows", func(l *Line) { l.Messages = l.Messages[1:] }},
		{"no last word", func(l *Line) { l.Messages = l.Messages[:len(l.Messages)-1] }},
		{"not offered", func(l *Line) { l.Tools = l.Tools[:1] }},
		{"is missing", func(l *Line) { l.Tools = nil }},
		{"of vertical train", func(l *Line) { l.Phase = Vertical }},
	} {
		l := newLine(conversation("a", "library", parallel()...), where, nil)
		c.spoil(&l)
		err := checkLine(l, where)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// A dataset that cannot be finished leaves the old one in place.
func TestInterrupted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	if _, err := (Exporter{}).Write(context.Background(), dir, dataset(3)); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the disk is gone")
	passes := 0
	_, err := Exporter{}.Write(context.Background(), dir, func(yield func(Row, error) bool) {
		passes++
		for row, err := range dataset(4) {
			if !yield(row, err) {
				return
			}
		}
		if passes == 2 {
			yield(Row{}, broken)
		}
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if v, err := Verify(dir); err != nil || v.Rows != 3*4/2+1 {
		t.Errorf("left behind: %+v, %v", v, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Exporter{}).Write(ctx, dir, dataset(3)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}

// Where nothing passed the funnel there is a dataset still: an empty one that
// says so.
func TestNothingKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	if _, err := (Exporter{}).Write(context.Background(), dir, func(func(Row, error) bool) {}); err != nil {
		t.Fatal(err)
	}
	if v, err := Verify(dir); err != nil || v.Rows != 0 {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := Verify(t.TempDir()); err == nil {
		t.Error("a folder without a dataset is no error")
	}
}

// dataset yields n domains with one, two, ... rows, and one row more of the
// first in which the agent speaks first; rows that were not kept are between.
func dataset(n int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		greets := conversation("greets", "domain-01", append([]scaler.Message{said("assistant", "Welcome!")}, plain("Hi", "Hello")...)...)
		dropped := conversation("dropped", "domain-99", plain("Hi", "Hello")...)
		dropped.Verdict.Kept = false
		if !yield(greets, nil) || !yield(dropped, nil) {
			return
		}
		for d := 1; d <= n; d++ {
			for i := range d {
				row := conversation(fmt.Sprintf("row-%02d-%02d", d, i), fmt.Sprintf("domain-%02d", d), plain("Hi", "Hello")...)
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

func conversation(id, domain string, messages ...scaler.Message) Row {
	copied := *library()
	w := &copied
	w.ID, w.Domain, w.Name = scaler.WorldID(domain+"-1"), scaler.DomainID(domain), "the "+domain
	task := scaler.Task{ID: "task", Family: scaler.FamilyRead, Seed: 1<<64 - 1}
	for _, tool := range w.Tools {
		task.Tools = append(task.Tools, tool.Name)
	}
	task.Tools = task.Tools[1:]
	return Row{World: w, Task: task, Rollout: scaler.Rollout{ID: scaler.RolloutID(id), Messages: messages}, Verdict: scaler.Verdict{Kept: true}}
}

// library is read once: hundreds of conversations take place in it.
var library = sync.OnceValue(worldtest.Library)

func said(role, text string) scaler.Message { return scaler.Message{Role: role, Content: text} }

func plain(ask, answer string) []scaler.Message {
	return []scaler.Message{said("user", ask), said("assistant", answer)}
}

func parallel() []scaler.Message {
	return []scaler.Message{
		said("user", "Two members, please."),
		{Role: "assistant", Content: "One moment.", Reasoning: "Both at once.", ToolCalls: []scaler.ToolCall{
			{ID: "1", Name: "get_member", Arguments: `{"member_id":1001}`}, {ID: "2", Name: "get_member", Arguments: `{"member_id": 9}`}}},
		{Role: "tool", ToolCallID: "1", Name: "get_member", Content: `{"id": 1001}`},
		{Role: "tool", ToolCallID: "2", Name: "get_member", Content: `{"error": 1.0}`},
		said("assistant", "1001 is known, 9 is not."),
	}
}

func origins() map[scaler.ToolID]scaler.Place {
	all := map[scaler.ToolID]scaler.Place{}
	for _, tool := range library().Tools {
		all[tool.Tool] = scaler.Place{Source: "specs/library.yaml", License: "Apache-2.0"}
	}
	return all
}
