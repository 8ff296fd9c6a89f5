package acebench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/llm"
)

// prompted adds prompts and tasks of our own to the data of our own.
func prompted(t *testing.T) *Data {
	t.Helper()
	d := made(t)
	d.versions["en"] = "our own"
	for file, text := range map[string]string{
		"model_inference/prompt_en.py": `
SYSTEM_PROMPT_FOR_NORMAL_DATA_EN = """Use {function}. It is {time}. {{}}"""
SYSTEM_PROMPT_FOR_SPECIAL_DATA_EN = 'Look for trouble in {function}.'
USER_PROMPT_EN = "{question}"
BASE_PROMPT_EN = "You hold a phone."
`,
		"model_inference/multi_turn/APIModel_agent.py": `
MULTI_TURN_AGENT_PROMPT_SYSTEM_EN = "Be an agent. "
MULTI_TURN_AGENT_PROMPT_USER_EN = "{functions} {history}"
`,
		"model_inference/multi_step/APIModel_agent.py": `
MULTI_TURN_AGENT_PROMPT_SYSTEM_ZH = "步步。"
MULTI_TURN_AGENT_PROMPT_USER_ZH = "{functions} {history}"
`,
		"model_inference/multi_turn/APIModel_user.py": `
SYSTEM_PROMPT_BASE_EN = "Want: {instruction}"
class User():
    def first(self):
        return [{"role": "user", "content": "你好"}, {"role": "user", "content": "Hello, what now?"}]
`,
		"data_all/data_en/data_normal_similar_api.json":                 `{"id": "normal_similar_api_0", "question": "user: count to 3", "time": "", "function": [{"name": "count", "parameters": {"properties": {"to": {"type": "integer"}}, "required": ["to"]}}]}`,
		"data_all/data_en/possible_answer/data_normal_similar_api.json": `{"id": "normal_similar_api_0", "ground_truth": {"count": {"to": 3}}}`,
	} {
		path := filepath.Join(d.Dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// A model is asked as the checkout's prompts say, its calls run, and its answers
// land in official result files, which score.
func TestRun(t *testing.T) {
	d := prompted(t)
	var seen []string
	agent := llm.Func("org/model", func(_ context.Context, r llm.Request) (llm.Response, error) {
		last := r.Messages[len(r.Messages)-1].Content
		seen = append(seen, r.For.Item+"|"+r.Messages[0].Content+"|"+last)
		switch {
		case strings.Contains(last, "count to"):
			return llm.Reply(llm.Say("[count(to=3)]")), nil
		case strings.Contains(last, "logged in"):
			return llm.Reply(llm.Say("Done. finish conversation")), nil
		}
		return llm.Reply(llm.Say("[login_device()]")), nil
	})
	user := llm.Func("user", func(_ context.Context, r llm.Request) (llm.Response, error) {
		return llm.Reply(llm.Say("Log in")), nil
	})
	run := Run{Player: Player{Data: d, Agent: agent, User: user}, Language: "en", Out: t.TempDir(), Parallel: 1,
		Categories: []string{"normal_similar_api", "agent_multi_turn", "agent_multi_step"}}
	if bad, err := run.Do(t.Context()); err != nil || bad != nil {
		t.Fatal(bad, err)
	}
	want := []string{
		`normal_similar_api_0|Use [{'name': 'count', 'parameters': {'properties': {'to': {'type': 'integer'}}, 'required': ['to']}}]. It is . {}|user: count to 3`,
		"agent_multi_step_0|步步。|None user:None\n",
		"agent_multi_step_0|步步。|None user:None\nexecution result:[{'status': True, 'message': 'Device has been logged in'}]\n",
		"agent_multi_turn_0|Be an agent. You hold a phone.|None user:Log in\n",
		"agent_multi_turn_0|Be an agent. You hold a phone.|None user:Log in\nagent:[login_device()]\nexecution:[{'status': True, 'message': 'Device has been logged in'}]\n",
	}
	if got := strings.Join(seen, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("asked\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	text, err := os.ReadFile(filepath.Join(run.Dir(0), "data_normal_similar_api_result.json"))
	if err != nil || string(text) != `{"id": "normal_similar_api_0", "result": "[count(to=3)]"}`+"\n" {
		t.Errorf("%s, %v", text, err)
	}
	seen = nil
	if bad, err := run.Do(t.Context()); err != nil || bad != nil || seen != nil {
		t.Errorf("a finished run asked again: %v %v %v", seen, bad, err)
	}
}

// A model that cannot be reached is no failure: the task stays open.
func TestRunAsksAgain(t *testing.T) {
	d := prompted(t)
	broken := llm.Func("m", func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{}, errors.New("unreachable")
	})
	run := Run{Player: Player{Data: d, Agent: broken}, Language: "en", Out: t.TempDir(), Categories: []string{"normal_similar_api", "agent_multi_step"}, Trials: 2}
	bad, err := run.Do(t.Context())
	if err != nil || len(bad) != 4 {
		t.Fatal(bad, err)
	}
	run.Categories = run.Categories[:1]
	run.Agent = llm.Func("m", func(_ context.Context, r llm.Request) (llm.Response, error) {
		return llm.Reply(llm.Say(fmt.Sprintf("[count(to=%d)]", 3+r.For.Rollout))), nil
	})
	if bad, err := run.Do(t.Context()); err != nil || bad != nil {
		t.Fatal(bad, err)
	}
	var reports []*Report
	for trial := range 2 {
		rows, err := readLines(filepath.Join(run.Dir(trial), "data_normal_similar_api_result.json"))
		if err != nil || len(rows) != 1 || text(rows[0], "result") != fmt.Sprintf("[count(to=%d)]", 3+trial) {
			t.Error(rows, err)
		}
		report, err := d.Rescore(run.Dir(trial), "en", "strict")
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, report)
	}
	if got := Trials(reports); len(got) != 2 || got[0].All != 0.5 || got[1].All != 0 || got[1].Any != 1 {
		t.Errorf("one of two trials is right: %+v", got)
	}
}

// The prompts of a real checkout are read, in both languages.
func TestCheckout(t *testing.T) {
	dir := os.Getenv("AGENTSCALER_ACEBENCH")
	if dir == "" {
		t.Skip("AGENTSCALER_ACEBENCH names no checkout of ACEBench")
	}
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages {
		p, err := d.Prompts(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range Categories {
			items, err := d.Items(lang, c.Name)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range items {
				if !c.isAgent() {
					_, _, err = p.single(c.Name, item)
				} else if _, err = p.userOf(item); err == nil {
					_, _, err = p.agentOfTurn(item, "")
				}
				if err != nil {
					t.Errorf("%s %s: %v", lang, text(item, "id"), err)
				}
			}
		}
	}
}
