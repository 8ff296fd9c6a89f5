package task

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

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

func made(t testing.TB, m Maker) []scaler.Task {
	t.Helper()
	w, env := library(t)
	tasks, _, err := m.Make(context.Background(), w, env, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tasks
}

// A small hand-written world yields what is asked for: every family, every tool,
// from many starts, no two tasks alike.
func TestMakeLibrary(t *testing.T) {
	w, env := library(t)
	tasks, report, err := Maker{Seed: 7, PerWorld: 40}.Make(context.Background(), w, env, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(tasks) != 40 {
		t.Errorf("%d tasks, want 40", len(tasks))
	}
	families, ids, starts, covered := map[scaler.Family]int{}, map[scaler.TaskID]bool{}, map[scaler.Digest]bool{}, map[string]bool{}
	for _, k := range tasks {
		families[k.Family]++
		ids[k.ID] = true
		starts[k.Init.Digest] = true
		for _, name := range k.Covers {
			covered[name] = true
			if !slices.Contains(k.Tools, name) {
				t.Errorf("task %s needs %s, which is not offered", k.ID, name)
			}
		}
		if k.Hardness < 0 || k.Hardness > 1 || k.Steps != len(k.Calls) {
			t.Errorf("task %s: hardness %v, %d steps", k.ID, k.Hardness, k.Steps)
		}
	}
	for _, f := range Families {
		if families[f.Family] == 0 {
			t.Errorf("no task of family %s", f.Family)
		}
	}
	if len(ids) != len(tasks) || len(starts) < len(tasks)/2 || len(covered) != len(w.Tools) {
		t.Errorf("%d ids, %d starts, %d of %d tools for %d tasks", len(ids), len(starts), len(covered), len(w.Tools), len(tasks))
	}
	if report.Counts[0].N != 40 {
		t.Errorf("the report counts %v", report.Counts[0])
	}
}

// A world with nothing in it yields no tasks, and says what was missing.
func TestMakeOfNothing(t *testing.T) {
	for name, w := range map[string]*scaler.World{
		"no tools": {ID: "void", Now: "2026-03-02T09:00:00Z"},
		"no tables": {ID: "bare", Now: "2026-03-02T09:00:00Z", Code: "def ping(db, args):\n    return {\"ok\": True}\n",
			Tools: []scaler.WorldTool{{Name: "ping", Effect: scaler.Read, Kind: scaler.Compute, Parameters: json.RawMessage(`{"type": "object"}`)}}},
	} {
		env, err := sandbox.Open(w, sandbox.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		tasks, report, err := Maker{}.Make(context.Background(), w, env, nil)
		if err != nil || len(tasks) != 0 {
			t.Errorf("%s: %d tasks, %v", name, len(tasks), err)
		}
		if !slices.ContainsFunc(report.Counts, func(c scaler.Count) bool { return c.Name == "discarded: no tool for the family" }) {
			t.Errorf("%s: the report does not say what was missing: %v", name, report.Counts)
		}
	}
}

// Every task proves again from its JSON, as verify reads it from disk.
func TestEveryTaskProvesAgain(t *testing.T) {
	_, env := library(t)
	for seed := range uint64(8) {
		for _, phrasing := range []int{0, 1, 2, 3} {
			for _, k := range made(t, Maker{Seed: seed, Phrasing: phrasing}) {
				p, err := Prove(context.Background(), env, reread(t, k))
				if err != nil {
					t.Fatal(err)
				}
				if clause := objection(p); clause != "" {
					t.Errorf("seed %d: task %s (%s) is not proven: %s\n%s", seed, k.ID, k.Family, clause, k.Opening)
				}
			}
		}
	}
}

func reread(t testing.TB, k scaler.Task) scaler.Task {
	t.Helper()
	text, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	var out scaler.Task
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// The same maker makes the same bytes; another seed makes others.
func TestMakeIsDeterministic(t *testing.T) {
	text := func(m Maker) string {
		b, err := json.Marshal(made(t, m))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	first := text(Maker{Seed: 3})
	if again := text(Maker{Seed: 3}); again != first {
		t.Error("the same seed made other tasks")
	}
	if text(Maker{Seed: 3}) == text(Maker{Seed: 4}) {
		t.Error("another seed made the same tasks")
	}
}

// What the user says is complete: the intent states every fact that is not a
// misreading, and the opening those that are marked as said.
func TestWordsAreComplete(t *testing.T) {
	for _, k := range made(t, Maker{Seed: 11, PerWorld: 40}) {
		for _, f := range k.Knows {
			if !states(k.Intent, f) {
				t.Errorf("%s: intent %q does not state %s %s", k.ID, k.Intent, f.Label, f.Text)
			}
			if f.Upfront != states(k.Opening, f) {
				t.Errorf("%s: opening %q, %s is upfront: %v", k.ID, k.Opening, f.Label, f.Upfront)
			}
		}
	}
}

// Sources name where each argument is from, and what they name is there.
func TestSourcesHold(t *testing.T) {
	for _, k := range made(t, Maker{Seed: 5, PerWorld: 40}) {
		for i, c := range k.Calls {
			for _, s := range c.Sources {
				switch s.From {
				case "user":
					if !slices.ContainsFunc(k.Knows, func(f scaler.Fact) bool { return f.Label == s.Label }) {
						t.Errorf("%s: nobody knows %q", k.ID, s.Label)
					}
				case "call":
					if s.Call >= i || k.Calls[s.Call].Error != "" {
						t.Errorf("%s: call %d takes %s from call %d", k.ID, i, s.Param, s.Call)
					}
				}
			}
		}
	}
}

// A recovery fails first and then goes on: what was misread is never known
// before, nor used after.
func TestRecoveryIsMisreadOnce(t *testing.T) {
	n := 0
	for seed := range uint64(6) {
		for _, k := range made(t, Maker{Seed: seed, PerWorld: 40}) {
			wrong := slices.IndexFunc(k.Knows, func(f scaler.Fact) bool { return strings.HasSuffix(f.Label, " as first given") })
			if k.Family != scaler.FamilyRecovery || wrong < 0 {
				continue
			}
			n++
			failed := slices.IndexFunc(k.Calls, func(c scaler.GoldCall) bool { return c.Error != "" })
			right := strings.TrimSuffix(k.Knows[wrong].Label, " as first given")
			if failed < 0 || used(k.Calls[:failed], right) || !used(k.Calls[failed+1:], right) || used(k.Calls[failed+1:], k.Knows[wrong].Label) {
				t.Errorf("%s: call %d fails on %s: %s", k.ID, failed, right, sequence(k))
			}
			if !strings.Contains(k.Opening, k.Knows[wrong].Text) || strings.Contains(k.Opening, k.Knows[slices.IndexFunc(k.Knows, func(f scaler.Fact) bool { return f.Label == right })].Text) {
				t.Errorf("%s: the opening gives away what is right: %s", k.ID, k.Opening)
			}
		}
	}
	if n < 5 {
		t.Errorf("only %d recoveries from a misreading", n)
	}
}

// A refusal ends in its refusal, changes nothing, and says why.
func TestRefusalsChangeNothing(t *testing.T) {
	for _, k := range made(t, Maker{Seed: 1, PerWorld: 60}) {
		if k.Refusal == nil {
			continue
		}
		last := k.Calls[len(k.Calls)-1]
		if k.Family != scaler.FamilyRefusal || last.Error != k.Refusal.Code || len(k.Gold) > 0 || k.Digest != k.Init.Digest || len(k.Reply) == 0 {
			t.Errorf("%s: %s after %s, %d changes, %d facts", k.ID, last.Error, sequence(k), len(k.Gold), len(k.Reply))
		}
	}
}

// BenchmarkMake reports proven tasks per second.
func BenchmarkMake(b *testing.B) {
	w, env := library(b)
	tasks := 0
	for i := 0; b.Loop(); i++ {
		list, _, err := Maker{Seed: uint64(i)}.Make(context.Background(), w, env, nil)
		if err != nil {
			b.Fatal(err)
		}
		tasks += len(list)
	}
	b.ReportMetric(float64(tasks)/b.Elapsed().Seconds(), "tasks/s")
}
