package pipeline_test

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/store"
)

// The ledger of vouched code is kept out of the user's own; edited code runs
// in workers, which are this program again.
func TestMain(m *testing.M) {
	sandbox.Main()
	dir, err := os.MkdirTemp("", "pipeline-*")
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		_ = os.Setenv(name, dir)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// stagesMade is a Progress that notes which stages were made.
type stagesMade []string

func (s *stagesMade) Start(string, int) {}
func (s *stagesMade) Step(int)          {}
func (s *stagesMade) Stop()             {}
func (s *stagesMade) Done(report scaler.Report, unchanged bool) {
	if !unchanged {
		*s = append(*s, report.Stage)
	}
}

// A workbench is a run folder on a small source, to be run again and again.
type workbench struct {
	*testing.T
	dir      string
	settings pipeline.Settings
}

func newWorkbench(t *testing.T) *workbench {
	t.Helper()
	s := pipeline.Defaults()
	s.Sources = []string{filepath.Join("testdata", "garage.json")}
	s.TasksPerWorld, s.RolloutsPerTask = 6, 1
	return &workbench{t, filepath.Join(t.TempDir(), "run"), s}
}

// run brings the folder up to date and returns the stages that were made.
func (b *workbench) run(change ...func(*pipeline.Options)) []string {
	b.Helper()
	made, err := b.try(change...)
	if err != nil {
		b.Fatal(err)
	}
	return made
}

// try is run where it may fail.
func (b *workbench) try(change ...func(*pipeline.Options)) ([]string, error) {
	b.Helper()
	var made stagesMade
	o := pipeline.Options{Settings: b.settings, Parallel: 2, Progress: &made}
	for _, f := range change {
		f(&o)
	}
	run, err := store.Create(b.dir)
	if err != nil {
		b.Fatal(err)
	}
	defer run.Close()
	err = pipeline.Run(context.Background(), run, o)
	return made, err
}

// made fails unless exactly the stages from first to last were made.
func (b *workbench) made(got []string, first, last string) {
	b.Helper()
	names := pipeline.Names()
	want := names[slices.Index(names, first) : slices.Index(names, last)+1]
	if !slices.Equal(got, want) {
		b.Errorf("made %v, want %v", got, want)
	}
}

// one returns the only file of the run like pattern.
func (b *workbench) one(pattern string) string {
	b.Helper()
	found, err := filepath.Glob(filepath.Join(b.dir, pattern))
	if err != nil || len(found) != 1 {
		b.Fatalf("%s is %v, %v; want one file", pattern, found, err)
	}
	return found[0]
}

// files returns what the run holds, without run.json, which says when.
func (b *workbench) files() map[string]string {
	b.Helper()
	all := map[string]string{}
	for _, path := range b.glob("*.jsonl", "*/*", "*/*/*", "*/*/*/*") {
		if data, err := os.ReadFile(path); err == nil {
			all[strings.TrimPrefix(path, b.dir)] = string(data)
		}
	}
	return all
}

func (b *workbench) glob(patterns ...string) (found []string) {
	for _, p := range patterns {
		more, err := filepath.Glob(filepath.Join(b.dir, p))
		if err != nil {
			b.Fatal(err)
		}
		found = append(found, more...)
	}
	return found
}

func (b *workbench) same(want map[string]string) {
	b.Helper()
	got := b.files()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			b.Errorf("%s is not what it was", name)
		}
	}
	if len(got) != len(want) {
		b.Errorf("%d files, were %d", len(got), len(want))
	}
}

func (b *workbench) edit(path string, change func([]byte) []byte) {
	b.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, change(data), 0o644); err != nil {
		b.Fatal(err)
	}
}

// Only what follows from a changed setting is made, and nothing without one.
func TestRerunMakesOnlyWhatChanged(t *testing.T) {
	b := newWorkbench(t)
	b.made(b.run(), "spec", "export")
	first := b.files()
	if got := b.run(); len(got) > 0 {
		t.Errorf("a rerun made %v", got)
	}
	b.same(first)

	b.settings.Require = "exact"
	b.made(b.run(), "filter", "export")
	b.settings.Noisy = 1
	b.made(b.run(), "rollout", "export")
	b.settings.Vertical = []string{"none"}
	b.made(b.run(), "export", "export")
	b.settings.TasksPerWorld = 2
	b.made(b.run(), "task", "export")
	if got := b.run(); len(got) > 0 {
		t.Errorf("a rerun made %v", got)
	}
	again := newWorkbench(t)
	again.dir = b.dir
	again.run()
	b.same(first)
}

// What somebody wrote into a world stays, and its tasks are made anew from it.
func TestEditedWorldIsKeptAndUsed(t *testing.T) {
	b := newWorkbench(t)
	b.run()
	code, policy := b.one("worlds/*/tools.star"), b.one("worlds/*/policy.md")
	b.edit(code, func(was []byte) []byte { return append(was, "\n# looked over by hand\n"...) })
	b.made(b.run(), "task", "export")
	b.edit(policy, func(was []byte) []byte { return append(was, "\nBe brief.\n"...) })
	b.made(b.run(), "task", "export")
	for path, want := range map[string]string{code: "# looked over by hand", policy: "Be brief."} {
		if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s lost the edit (%v)", filepath.Base(path), err)
		}
	}
	if data, err := os.ReadFile(filepath.Join(b.dir, "dataset", "data", "general", "train.jsonl")); err != nil || !bytes.Contains(data, []byte("Be brief.")) {
		t.Errorf("the dataset does not show the edited policy (%v)", err)
	}
}

// What is deleted or cut short is made again as it was, and nothing else: the
// stages after it find their inputs unchanged.
func TestLostPartIsMadeAgain(t *testing.T) {
	b := newWorkbench(t)
	b.run()
	first := b.files()
	for _, lost := range []struct {
		stage, file string
	}{
		{"task", "tasks/????.jsonl"}, {"task", "tasks/????.manifest.json"}, {"rollout", "rollouts/????.index.jsonl"},
		{"filter", "verdicts/????.jsonl"}, {"world", "worlds/*-*"}, {"spec", "tools.jsonl"}, {"graph", "graph.jsonl"}, {"export", "dataset"},
	} {
		if err := os.RemoveAll(b.one(lost.file)); err != nil {
			t.Fatal(err)
		}
		b.made(b.run(), lost.stage, lost.stage)
		b.same(first)
	}
	if err := os.Truncate(b.one("rollouts/????.jsonl"), 100); err != nil {
		t.Fatal(err)
	}
	b.made(b.run(), "rollout", "rollout")
	b.same(first)
}

// Whatever a killed process leaves of its journal, the rollouts are the same.
func TestJournalOfAKilledRun(t *testing.T) {
	b := newWorkbench(t)
	b.run()
	first := b.files()
	place, rows := b.one("rollouts/????.manifest.json"), b.one("rollouts/????.jsonl")
	key := manifestKey(t, place)
	lines := bytes.SplitAfter([]byte(first[strings.TrimPrefix(rows, b.dir)]), []byte("\n"))
	head := []byte(`{"key":"` + key + `"}` + "\n")
	torn := lines[1][:len(lines[1])/2]
	for name, journal := range map[string][][]byte{
		"one item and a torn one": {head, lines[0], torn},
		"a torn head":             {head[:5]},
		"of another key":          {[]byte(`{"key":"other"}` + "\n"), lines[1]},
		"all items, twice":        append([][]byte{head}, append(slices.Clone(lines), lines...)...),
	} {
		if err := os.Remove(place); err != nil {
			t.Fatal(err)
		}
		path := strings.TrimSuffix(place, ".manifest.json") + ".journal"
		if err := os.WriteFile(path, bytes.Join(journal, nil), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Log(name)
		b.made(b.run(), "rollout", "rollout")
		b.same(first)
	}
}

func manifestKey(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(data), `"key": "`)
	key, _, _ := strings.Cut(after, `"`)
	return key
}

// A stage that is forced takes nothing over, and what follows from the same
// bytes stays.
func TestForcedStageIsMadeAnew(t *testing.T) {
	b := newWorkbench(t)
	b.run()
	first := b.files()
	code := b.one("worlds/*/tools.star")
	b.edit(code, func(was []byte) []byte { return append(was, "\n# a slip\n"...) })
	b.made(b.run(func(o *pipeline.Options) { o.From, o.Force = "world", true }), "world", "world")
	b.same(first)
	b.made(b.run(func(o *pipeline.Options) { o.From, o.Force = "task", true }), "task", "task")
	b.same(first)
}

// A stage does not go on from earlier ones that other settings would have made.
func TestStageRefusesOutdatedInputs(t *testing.T) {
	b := newWorkbench(t)
	b.run()
	first := b.files()
	run, err := store.Create(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	s := b.settings
	s.Seed = 5
	err = pipeline.Run(context.Background(), run, pipeline.Options{Settings: s, From: "task"})
	if err == nil || !strings.Contains(err.Error(), "agentscaler domain") {
		t.Errorf("went on from the domains of another seed: %v", err)
	}
	b.same(first)
}

// Nothing is claimed to hold of what can no longer be tried.
func TestVerifyMissesWhatIsGone(t *testing.T) {
	b := newWorkbench(t)
	b.run()
	run, err := store.Open(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	broken := func() (n int) {
		claims, err := pipeline.Verify(context.Background(), run, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range claims {
			n += c.Of - c.Held
		}
		return n
	}
	if n := broken(); n > 0 {
		t.Fatalf("%d claims of a fresh run do not hold", n)
	}
	verdicts := b.one("verdicts/????.jsonl")
	text, err := os.ReadFile(verdicts)
	if err != nil {
		t.Fatal(err)
	}
	b.edit(verdicts, func(was []byte) []byte { return bytes.Replace(was, []byte(`"kept":true`), []byte(`"kept":null`), 1) })
	if n := broken(); n == 0 {
		t.Error("a row of a rollout that is not kept counts as verified")
	}
	b.edit(verdicts, func([]byte) []byte { return text })
	if err := os.RemoveAll(b.one("worlds/*-*")); err != nil {
		t.Fatal(err)
	}
	if broken() == 0 {
		t.Error("tasks and rollouts of a deleted world count as verified")
	}
}
