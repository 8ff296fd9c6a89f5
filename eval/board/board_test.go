package board_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/eval/board"
)

// rows are tau-bench results: trials of each task whose agent called a tool of
// the domain so often, and whether that solved it.
func rows(tool string, trials map[string][]int) string {
	var all []string
	for _, task := range []string{"0", "1", "2"} {
		for n, calls := range trials[task] {
			var messages []string
			for range calls {
				messages = append(messages, fmt.Sprintf(`{"role": "assistant", "tool_calls": [{"function": {"name": %q}}]}`, tool))
			}
			all = append(all, fmt.Sprintf(`{"task_id": %s, "trial": %d, "reward": %d, "traj": [%s]}`, task, n, calls%2, strings.Join(messages, ",")))
		}
	}
	return "[" + strings.Join(all, ",") + "]"
}

const telecom = `{"info": {"agent_info": {"llm": "small"}, "environment_info": {"domain_name": "telecom-workflow"}}, "simulations": [
	{"task_id": "a", "trial": 0, "termination_reason": "user_stop", "reward_info": {"reward": 1.0}, "messages": [{"role": "assistant", "tool_calls": [{"name": "x"}]}, {"role": "user", "tool_calls": [{"name": "y"}]}]},
	{"task_id": "b", "trial": 0, "termination_reason": "infrastructure_error", "reward_info": {"reward": 0.0}, "messages": []},
	{"task_id": "c", "trial": 0, "termination_reason": "max_steps", "reward_info": {"reward": 0.0}, "messages": []}]}`

// read reads a folder in which two runs lie.
func read(t *testing.T) []board.Set {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"tau/tool-calling-large-0.0_range_0--1_user-x.json": rows("cancel_pending_order", map[string][]int{"0": {1, 1}, "1": {3, 4}, "2": {2, 2}}),
		"tau/notes.json":            `{"neither": "of them"}`,
		"tau2/results/telecom.json": telecom,
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sets, err := board.Reader{}.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if renamed, err := (board.Reader{}).Read("mine=" + dir); err != nil || renamed[0].Model != "mine" {
		t.Error(renamed, err)
	}
	return board.Join(sets)
}

// Models are rows, domains are columns in the paper's order, and what was not
// played stays empty; infrastructure errors are in no score.
func TestTable(t *testing.T) {
	var b strings.Builder
	table := board.Table(read(t))
	if err := table.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"| model | tau-bench retail | tau2-bench telecom |", "| large | 50.0 |  |", "| small |  | 50.0 |"} {
		if !strings.Contains(b.String(), line+"\n") {
			t.Errorf("no line %q in\n%s", line, b.String())
		}
	}
	text, err := json.Marshal(table)
	if err != nil || !strings.Contains(string(text), `{"k":2,"pass_all":0.3333333333333333,`) {
		t.Errorf("%s %v", text, err)
	}
}

// pass^k falls over k; trials with more calls lie further right, and trials of
// equal length are never torn apart.
func TestCurves(t *testing.T) {
	want := map[string]string{"pass": "1:0.50 2:0.33", "calls": "1:1.00 2:0.00 3:1.00 4:0.00"}
	for _, c := range board.Curves {
		picture, err := c.Draw(read(t)[:1])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range picture.Series[0].Points {
			got = append(got, fmt.Sprintf("%g:%.2f", p.X, p.Y))
		}
		if s := strings.Join(got, " "); s != want[c.Name] {
			t.Errorf("%s: %s, want %s", c.Name, s, want[c.Name])
		}
	}
}

// A folder without results is an error, and answers of ACEBench need its data.
func TestNoResults(t *testing.T) {
	dir := t.TempDir()
	if _, err := (board.Reader{}).Read(dir); err == nil {
		t.Error("an empty folder has results")
	}
	if err := os.WriteFile(filepath.Join(dir, "data_agent_multi_turn_result.json"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := (board.Reader{}).Read(dir); err == nil || !strings.Contains(err.Error(), "checkout") {
		t.Error(err)
	}
}
