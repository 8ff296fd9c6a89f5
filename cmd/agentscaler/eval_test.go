package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// benchmarkData is a file or folder beside the repository; the test is skipped
// where it is not there.
func benchmarkData(t *testing.T, elem ...string) string {
	t.Helper()
	if sharedData() == "" {
		t.Skip("shared data absent")
	}
	return filepath.Join(append([]string{sharedData()}, elem...)...)
}

func evalCommand(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Main(t.Context(), append([]string{"eval"}, args...), strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// A replay of official answers agrees; what it prints is a file that agrees
// again; an answer that was tampered with is found.
func TestEvalReplay(t *testing.T) {
	data, file := benchmarkData(t, "benchmarks", "tau-bench"), benchmarkData(t, "reference", "tau1-retail-dev.json")
	code, out, errs := evalCommand(t, "replay", "tau-bench", "--data", data, file, "--json")
	var totals struct {
		Calls, Matched, States int
		StatesMatched          int `json:"states_matched"`
	}
	if err := json.Unmarshal([]byte(out), &totals); err != nil {
		t.Fatal(err)
	}
	if code != exitDone || totals.Calls == 0 || totals.Matched != totals.Calls || totals.States != 20 || totals.StatesMatched != 20 {
		t.Errorf("exit %d, %+v %s", code, totals, errs)
	}
	code, out, _ = evalCommand(t, "replay", "tau-bench", "--data", data, file)
	if code != exitDone {
		t.Fatal("exit", code)
	}
	ours := filepath.Join(t.TempDir(), "ours.json")
	for text, want := range map[string]int{out: exitDone, strings.Replace(out, `"output": "`, `"output": "x`, 1): exitFailed} {
		if err := os.WriteFile(ours, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if code, out, _ := evalCommand(t, "replay", "tau-bench", "--data", data, ours, "--check"); code != want {
			t.Errorf("exit %d, want %d: %s", code, want, out)
		}
	}
}

func TestEvalRescore(t *testing.T) {
	data, file := benchmarkData(t, "benchmarks", "tau-bench"), benchmarkData(t, "reference", "tau1-recorded-sample.json")
	code, out, errs := evalCommand(t, "rescore", "tau-bench", "--data", data, file)
	if code != exitDone || !strings.HasSuffix(out, "8 of 8 rewards equal, average 0.1250\n") {
		t.Errorf("exit %d: %s %s", code, out, errs)
	}
}

// Mistakes on the command line, and data that is not there.
func TestEvalMistakes(t *testing.T) {
	calls := filepath.Join(t.TempDir(), "calls.json")
	if err := os.WriteFile(calls, []byte(`{"meta": {"domain": "retail"}, "sequences": [{"id": 0, "calls": []}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"replay", "tau3", "--data", ".", calls}, exitUsage, `no benchmark "tau3"; there are tau-bench, tau2-bench`},
		{[]string{"tau3"}, exitUsage, `there is no command "tau3"; see agentscaler eval --help`},
		{[]string{"replay", "tau3", calls}, exitUsage, `required flag(s) "data" not set; see agentscaler eval replay --help`},
		{[]string{"replay", "tau-bench", "--data", t.TempDir(), calls}, exitFailed, "data of tau-bench retail"},
		{[]string{"replay", "tau2-bench", "--data", t.TempDir(), calls}, exitFailed, "data of tau2-bench retail"},
	} {
		code, _, errs := evalCommand(t, c.args...)
		if code != c.code || !strings.Contains(errs, c.want) {
			t.Errorf("%v: exit %d: %s", c.args, code, errs)
		}
	}
}
