package store

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

func newRun(t *testing.T) *Run {
	t.Helper()
	run, err := Create(filepath.Join(t.TempDir(), "run"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close() })
	return run
}

// A writer that fails half-way, as a full disk does, leaves what was there.
func TestFailedWriteKeepsTheOldFile(t *testing.T) {
	run := newRun(t)
	put := func(text string, fail error) error {
		return run.Write("tools.jsonl", func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, fail)
		})
	}
	if err := put("good\n", nil); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	if err := put("half", full); !errors.Is(err, full) {
		t.Fatalf("got %v, want the writer's error", err)
	}
	got, err := os.ReadFile(run.Path("tools.jsonl"))
	if err != nil || string(got) != "good\n" {
		t.Fatalf("the file holds %q, %v", got, err)
	}
	left, err := filepath.Glob(run.Path(".tmp-*"))
	if err != nil || len(left) > 0 {
		t.Fatalf("left behind: %v, %v", left, err)
	}
}

func TestTwoWritersAreRefused(t *testing.T) {
	run := newRun(t)
	if _, err := Create(run.Path()); err == nil || !strings.Contains(err.Error(), "being written") {
		t.Fatalf("second writer got %v", err)
	}
	if err := run.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Create(run.Path())
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Close()
}

// A mistyped --out must not scatter a run over somebody's folder.
func TestForeignFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.tex"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(dir); err == nil {
		t.Fatal("a folder with other things in it was taken for a run")
	}
}

type item struct {
	ID string `json:"id"`
	N  int    `json:"n"`
}

// What a killed process finished is found again; its torn last line is not.
func TestJournalSurvivesAKill(t *testing.T) {
	run := newRun(t)
	s := Shard{"rollouts", "0001"}
	j, done, err := JournalOf[item](run, s, "key")
	if err != nil || len(done) != 0 {
		t.Fatal(done, err)
	}
	for i := range 3 {
		if err := j.Append(item{"a", i}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := j.f.WriteString(`{"id":"a","n"`); err != nil { // the kill
		t.Fatal(err)
	}
	_ = j.Close()

	j, done, err = JournalOf[item](run, s, "key")
	if err != nil || len(done) != 3 {
		t.Fatalf("found %v, %v; want three items", done, err)
	}
	if err := j.Append(item{"a", 3}); err != nil {
		t.Fatal(err)
	}
	_ = j.Close()
	if _, done, _ = JournalOf[item](run, s, "key"); len(done) != 4 || done[3].N != 3 {
		t.Fatalf("after going on: %v", done)
	}
	if _, done, _ = JournalOf[item](run, s, "another key"); len(done) != 0 {
		t.Fatalf("items of another key were taken over: %v", done)
	}
}

func TestShardIsFoundByTheBeginningOfAnID(t *testing.T) {
	run := newRun(t)
	s := Shard{"tasks", "0001"}
	items := []item{{"abc1", 1}, {"abd2", 2}, {"xyz3", 3}}
	if err := Publish(run, s, "key", nil, func(i item) string { return i.ID }, items); err != nil {
		t.Fatal(err)
	}
	got, err := Find[item](run, "tasks", "x")
	if err != nil || got.N != 3 {
		t.Fatal(got, err)
	}
	if _, err := Find[item](run, "tasks", "ab"); err == nil || !strings.Contains(err.Error(), "2 ids") {
		t.Fatalf("an ambiguous beginning gave %v", err)
	}
	if _, err := Find[item](run, "tasks", "nope"); err == nil {
		t.Fatal("found what is not there")
	}
	all, err := Collect(Rows[item](run, "tasks"))
	if err != nil || !slices.Equal(all, items) {
		t.Fatal(all, err)
	}
}

// A shard whose file does not have the length its manifest states is made again.
func TestDamagedShardDoesNotStand(t *testing.T) {
	run := newRun(t)
	s := Shard{"tasks", "0001"}
	if err := Publish(run, s, "key", nil, func(i item) string { return i.ID }, []item{{"a", 1}}); err != nil {
		t.Fatal(err)
	}
	if _, ok := run.Manifest(s); !ok {
		t.Fatal("a published shard does not stand")
	}
	if err := os.Truncate(run.Path("tasks", "0001.jsonl"), 3); err != nil {
		t.Fatal(err)
	}
	if _, ok := run.Manifest(s); ok {
		t.Fatal("a damaged shard stands")
	}
}

func TestWorldBoomerang(t *testing.T) {
	run := newRun(t)
	w := &scaler.World{
		ID: "shop-abc123", Name: "shop", Builder: "builtin", Now: "2026-01-01T00:00:00Z",
		Tools:  []scaler.WorldTool{{Name: "get_order", Parameters: json.RawMessage(`{"type":"object","properties":{"z":{},"a":{}}}`)}},
		Schema: scaler.Schema{Tables: []scaler.Table{{Name: "orders", Key: "id"}}},
		Code:   "def get_order(db, args):\n    return None\n", Policy: "# Shop\n",
		Rows: []scaler.Row{{Table: "orders", Key: "1", Value: json.RawMessage(`{"id":"1","total":10.0}`)}},
	}
	if err := run.WriteWorld(w, "made-from"); err != nil {
		t.Fatal(err)
	}
	before, err := run.WorldSum(w.ID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := run.ReadWorld(w.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Code != w.Code || got.Policy != w.Policy || string(got.Rows[0].Value) != string(w.Rows[0].Value) {
		t.Fatalf("read back %+v", got)
	}
	var compact strings.Builder
	for _, r := range string(got.Tools[0].Parameters) {
		if !strings.ContainsRune(" \n", r) {
			compact.WriteRune(r)
		}
	}
	if compact.String() != string(w.Tools[0].Parameters) {
		t.Fatalf("the schema's keys moved: %s", got.Tools[0].Parameters)
	}
	keys, err := run.WorldKeys()
	if err != nil || keys["made-from"] != w.ID {
		t.Fatal(keys, err)
	}
	if err := os.WriteFile(run.Path("worlds", string(w.ID), "tools.star"), []byte("# edited\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	after, err := run.WorldSum(w.ID)
	if err != nil || after == before {
		t.Fatal("an edit by hand goes unnoticed", err)
	}
}

func TestWorldIDsCannotLeaveTheRun(t *testing.T) {
	run := newRun(t)
	for _, id := range []scaler.WorldID{"../../etc", "a/b", "", ".hidden"} {
		if _, err := run.ReadWorld(id); err == nil {
			t.Errorf("read %q", id)
		}
		if err := run.RemoveWorld(id); err == nil {
			t.Errorf("removed %q", id)
		}
	}
}

func TestBadLineSaysWhere(t *testing.T) {
	run := newRun(t)
	if err := os.WriteFile(run.Path("tools.jsonl"), []byte("{\"id\":\"a\"}\n{oops\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Collect(ReadLines[item](run, "tools.jsonl"))
	if err == nil || !strings.Contains(err.Error(), "tools.jsonl:2:") {
		t.Fatalf("got %v", err)
	}
}
