package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/tau2/live"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/llm/llmtest"
)

// A small checkout is evaluated over HTTP with three models; the results score
// the same again, and what cannot be evaluated says why.
func TestTau2(t *testing.T) {
	dir := tau2test.Checkout(t)
	c, err := checkout.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := c.Tasks("telecom", "base")
	if err != nil {
		t.Fatal(err)
	}
	script := &tau2test.Script{Tasks: tasks, Plan: func(task string, seed uint64) bool { return task != "idle" || seed != live.Seed(300, 1) }}
	server := llmtest.NewServer(func(int) llmtest.Fault { return llmtest.Fault{Delay: 3 * time.Millisecond} }, script.Models()...)
	defer server.Close()
	out := filepath.Join(t.TempDir(), "out")
	evaluate := func(more ...string) (int, string, string) {
		return evalCommand(t, append([]string{"tau2-bench", "--data", dir, "--domain", "telecom", "--llm", server.Base(), "--model", tau2test.AgentName,
			"--user-model", tau2test.UserName, "--judge-model", tau2test.JudgeName, "--out", out}, more...)...)
	}
	code, text, errs := evaluate("--trials", "2", "--json")
	var reports []live.Report
	if err := json.Unmarshal([]byte(text), &reports); err != nil || code != exitDone || len(reports) != 1 {
		t.Fatal(code, err, text, errs)
	}
	r := reports[0]
	if r.Rows != 8 || r.Passes[0].All != 0.875 || r.Passes[1].All != 0.75 || r.Passes[1].Any != 1 || r.Judge != tau2test.JudgeName {
		t.Errorf("%+v", r)
	}
	if code, text, errs := evalCommand(t, "rescore", "tau2-bench", "--data", dir, r.File); code != exitDone || !strings.Contains(text, "8 of 8 rewards equal") {
		t.Error(code, text, errs)
	}
	asked := server.Requests()
	if code, text, errs := evaluate("--trials", "2"); code != exitDone || server.Requests() != asked || !strings.Contains(text, "pass^2 0.750") {
		t.Errorf("exit %d, %d requests: %s%s", code, server.Requests()-asked, text, errs)
	}
	sameWhenKilled(t, server, dir, r.File)
	if code, text, errs := evaluate("--solo", "--tasks", "slow", "--max-steps", "9"); code != exitDone || !strings.Contains(text, "telecom solo split base") {
		t.Error(code, text, errs)
	}
	for want, more := range map[string][]string{
		"no split":      {"--split", "test"},
		"not supported": {"--domain", "banking_knowledge"},
		"no task":       {"--tasks", "none"},
		"no solo mode":  {"--solo", "--domain", "retail"},
	} {
		if code, _, errs := evaluate(more...); code == exitDone || !strings.Contains(errs, want) {
			t.Errorf("%v: exit %d %s", more, code, errs)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "src")); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := evaluate(); code == exitDone || !strings.Contains(errs, "is no full checkout of tau2-bench: it lacks src/tau2/") {
		t.Errorf("data alone: exit %d %s", code, errs)
	}
}

// sameWhenKilled runs the same evaluation as a process that is killed, and then
// to its end: its results have the bytes of the one that was not disturbed.
func sameWhenKilled(t *testing.T, server *llmtest.Server, dir, undisturbed string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "killed")
	command := func() *exec.Cmd {
		return exec.Command("agentscaler", "eval", "tau2-bench", "--data", dir, "--domain", "telecom", "--llm", server.Base(), "--model", tau2test.AgentName,
			"--user-model", tau2test.UserName, "--judge-model", tau2test.JudgeName, "--out", out, "--trials", "2", "--parallel", "2")
	}
	before := server.Requests()
	killWhen(t, command(), func() bool { return server.Requests() > before+20 })
	if _, err := os.Stat(filepath.Join(out, "telecom.json")); err == nil {
		t.Error("it had ended before it was killed")
	}
	if text, err := command().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	want, err := os.ReadFile(undisturbed)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(out, "telecom.json")); err != nil || !bytes.Equal(got, want) {
		t.Errorf("a run killed and resumed wrote something else: %v", err)
	}
}
