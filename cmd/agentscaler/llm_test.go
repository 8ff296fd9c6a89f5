package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm/llmtest"
	"github.com/agentscaler/scaler/rollout"
	"github.com/agentscaler/scaler/store"
)

// Models in both roles over real HTTP, with a server that stumbles now and
// then, give conversations that pass the funnel and reach the dataset; a rerun
// asks nothing; the key is written nowhere.
func TestModelsInBothRoles(t *testing.T) {
	agent, user := rollout.Planner(1), rollout.ScriptedUser(1, 0)
	stumble := llmtest.At(llmtest.Fault{Status: 429, RetryAfter: "0"}, llmtest.Fault{Status: 500}, llmtest.Fault{CutOff: true})
	server := llmtest.NewServer(stumble, agent, user)
	defer server.Close()
	const key = "sk-this-must-not-be-written"
	out := filepath.Join(t.TempDir(), "run")
	play := func() {
		cmd := exec.Command("agentscaler", "demo", "--out", out, "--tasks-per-world", "2", "--rollouts-per-task", "1",
			"--llm", server.Base(), "--model", agent.Name(), "--user-model", user.Name())
		cmd.Env = append(os.Environ(), "OPENAI_API_KEY="+key)
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	play()
	asked := server.Requests()
	if asked == 0 {
		t.Fatal("no model was asked")
	}

	run, err := store.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for v, err := range store.Rows[scaler.Verdict](run, "verdicts") {
		if err != nil {
			t.Fatal(err)
		}
		if v.Kept {
			kept++
		}
	}
	rows, err := filepath.Glob(filepath.Join(out, "dataset", "data", "*", "train.jsonl"))
	if err != nil || len(rows) == 0 || kept == 0 {
		t.Fatalf("kept %d rollouts in %v (%v)", kept, rows, err)
	}

	if err := os.RemoveAll(filepath.Join(out, "rollouts")); err != nil {
		t.Fatal(err)
	}
	play()
	if again := server.Requests(); again != asked {
		t.Errorf("a rerun made %d requests", again-asked)
	}
	walk(t, out, func(path string, _ fs.FileInfo) {
		if data, err := os.ReadFile(path); err != nil || bytes.Contains(data, []byte(key)) {
			t.Errorf("the key stands in %s (%v)", path, err)
		}
	})
}

// A model may come in for the conversations alone: what was made without it
// stays as it is.
func TestModelFromRolloutOn(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	agent := rollout.Planner(1)
	server := llmtest.NewServer(nil, agent)
	defer server.Close()
	run := filepath.Join(t.TempDir(), "run")
	for _, args := range [][]string{
		{"run", "--out", run, "--until", "task", "--tasks-per-world", "2", "--rollouts-per-task", "1", filepath.Join("..", "..", "pipeline", "testdata", "garage.json")},
		{"rollout", run, "--until", "rollout", "--llm", server.Base(), "--model", agent.Name()},
	} {
		if out, code := agentscaler(args...); code != 0 {
			t.Fatalf("%v: exit %d\n%s", args, code, out)
		}
	}
	if server.Requests() == 0 {
		t.Error("no model was asked")
	}
}
