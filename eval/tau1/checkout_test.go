package tau1_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/eval/tau1"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// official is the user's checkout of tau-bench, outside of the project.
func official(t *testing.T) *tau1.Checkout {
	t.Helper()
	dir := os.Getenv("AGENTSCALER_TAU_BENCH")
	if dir == "" {
		t.Skip("AGENTSCALER_TAU_BENCH names no checkout of tau-bench")
	}
	c, err := tau1.OpenCheckout(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// reference reads a file of what the official code answers.
func reference(t *testing.T, name string) any {
	t.Helper()
	shared := os.Getenv("AGENTSCALER_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(shared, "reference", name))
	if err != nil {
		t.Skip("shared data absent")
	}
	v, err := pyjson.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func at(v any, path ...string) any {
	for _, key := range path {
		v, _ = v.(*pyjson.Object).Get(key)
	}
	return v
}

// Every prompt and every tool schema that is read out of a checkout is the
// official one.
func TestPrompts(t *testing.T) {
	c, want := official(t), reference(t, "tau1-prompts-tools.json")
	if v := c.Version(); v != tau1.Commit {
		t.Fatalf("the checkout is %s, the reference %s", v, tau1.Commit)
	}
	for _, d := range tau1.Domains {
		e, err := c.Env(d.Name, "test")
		if err != nil {
			t.Fatal(err)
		}
		infos, _ := at(want, d.Name, "tools_info").([]any)
		if len(infos) != len(e.Tools) {
			t.Fatalf("%s: %d tools, want %d", d.Name, len(e.Tools), len(infos))
		}
		for i, info := range infos {
			if got, want := pyjson.Marshal(e.Tools[i]), pyjson.Marshal(info); !bytes.Equal(got, want) {
				t.Errorf("%s: tool %d\n%s\nwant\n%s", d.Name, i, got, want)
			}
		}
		same := func(what, text string, want any) {
			if got := pyjson.Sum(text); got != want {
				t.Errorf("%s: %s has the hash %s, want %v", d.Name, what, got, want)
			}
		}
		for key, strategy := range map[string]int{"wiki_sha256": 0, "act_prompt_sha256": 1, "react_prompt_sha256": 2} {
			text, err := e.System(tau1.AgentStrategies[strategy])
			if err != nil {
				t.Fatal(err)
			}
			same(key, text, at(want, d.Name, key))
		}
		prompts := 0
		for key, strategy := range map[string]int{"user_prompts_llm": 0, "user_prompts_react": 1} {
			hashes, _ := at(want, d.Name, key).([]any)
			if len(hashes) != len(e.Tasks) {
				t.Fatalf("%s: %d tasks, want %d", d.Name, len(e.Tasks), len(hashes))
			}
			for i, hash := range hashes {
				text, err := e.UserSystem(tau1.UserStrategies[strategy], i)
				if err != nil {
					t.Fatal(err)
				}
				same(key, text, hash)
				prompts++
			}
		}
		t.Logf("%s: %d tools, 3 prompts of agents, %d of users", d.Name, len(infos), prompts)
	}
}

// The tasks that are read out of Python literals are the official ones.
func TestTasks(t *testing.T) {
	c := official(t)
	for domain, splits := range map[string][]string{"retail": tau1.Splits, "airline": {"test"}} {
		for _, split := range splits {
			want, _ := reference(t, "tau-bench-tasks/"+domain+"-"+split+".json").([]any)
			e, err := c.Env(domain, split)
			if err != nil {
				t.Fatal(err)
			}
			if len(e.Tasks) != len(want) || len(want) == 0 {
				t.Fatalf("%s %s: %d tasks, want %d", domain, split, len(e.Tasks), len(want))
			}
			for i, task := range e.Tasks {
				got := task.Object()
				for key, v := range want[i].(*pyjson.Object).All() {
					if key != "annotator" && !bytes.Equal(pyjson.Marshal(at(got, key)), pyjson.Marshal(v)) {
						t.Errorf("%s %s %d: %s is %s, want %s", domain, split, i, key, pyjson.Marshal(at(got, key)), pyjson.Marshal(v))
					}
				}
			}
		}
	}
	if c.Has("airline", "train") || !c.Has("retail", "train") {
		t.Error("only retail has the split train")
	}
}

// Every state of the official repository since users have strategies is read and
// recognised. The folder holds a checkout for each, under its commit:
//
//	for c in $(git log --first-parent --format=%h 9ae1dea~..59a200c); do
//	  mkdir -p ../versions/$c && git archive $c tau_bench | tar x -C ../versions/$c; done
func TestVersions(t *testing.T) {
	dir := os.Getenv("AGENTSCALER_TAU_BENCH_VERSIONS")
	if dir == "" {
		t.Skip("AGENTSCALER_TAU_BENCH_VERSIONS names no folder of checkouts of tau-bench")
	}
	folders, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, f := range folders {
		c, err := tau1.OpenCheckout(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tau1.Domains {
			e, err := c.Env(d.Name, "test")
			if err != nil {
				t.Errorf("%s: %v", f.Name(), err)
				continue
			}
			if _, err := e.UserSystem(tau1.UserStrategies[1], 0); err != nil || len(e.Tasks) == 0 {
				t.Errorf("%s %s: %d tasks, %v", f.Name(), d.Name, len(e.Tasks), err)
			}
		}
		found[c.Version()]++
	}
	if len(found) < 12 || found[tau1.Commit] == 0 {
		t.Errorf("versions %v", found)
	}
	for v := range found {
		if strings.Contains(v, "no known version") {
			t.Error(v)
		}
	}
	t.Logf("%d commits, %d versions: %v", len(folders), len(found), found)
}

// Data without sources are no checkout, and the error says what is missing.
func TestMissing(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"tau_bench/envs/retail/wiki.md", "tau_bench/envs/retail/tasks_test.py", "tau_bench/envs/retail/data/users.json"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := tau1.OpenCheckout(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Env("retail", "test")
	for _, want := range []string{"full checkout", "no known version", "tau_bench/envs/user.py", "tau_bench/envs/retail/tools/__init__.py", "data/orders.json"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %s: %v", want, err)
		}
	}
	if err != nil && strings.Contains(err.Error(), "wiki.md") {
		t.Errorf("wiki.md is there: %v", err)
	}
	if _, err := tau1.OpenCheckout(filepath.Join(dir, "tau_bench")); err == nil || !strings.Contains(err.Error(), "name a checkout") {
		t.Error(err)
	}
}
