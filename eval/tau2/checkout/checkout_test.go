package checkout_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/eval/tau2/checkout"
	"github.com/agentscaler/scaler/eval/tau2/tau2test"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// reference is what the official code makes of its own sources.
func reference(t *testing.T) *pyjson.Object {
	t.Helper()
	shared := os.Getenv("AGENTSCALER_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(shared, "reference", "tau2-prompts-tools.json"))
	if err != nil {
		t.Skip("shared data absent: ", err)
	}
	o, err := pyjson.ParseObject(text)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func get(v any, path ...string) any {
	for _, key := range path {
		o, ok := v.(*pyjson.Object)
		if !ok {
			return nil
		}
		v, _ = o.Get(key)
	}
	return v
}

// Every prompt has the SHA-256 of the official one, and every tool its schema.
func TestPromptsAndTools(t *testing.T) {
	c := tau2test.Official(t, "AGENTSCALER_TAU2_BENCH")
	want := reference(t)
	prompts, err := c.Prompts()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"retail", "airline", "telecom"} {
		d, err := c.Domain(name, false)
		if err != nil {
			t.Fatal(err)
		}
		of := get(want, "domains", name)
		system, err := prompts.AgentSystem(d)
		if err != nil || pyjson.Sum(system) != get(of, "agent_system_prompt_sha256") {
			t.Errorf("%s: the agent's prompt differs: %v", name, err)
		}
		sameTools(t, d.Agent, get(of, "agent_tools"))
		sameTools(t, d.User, get(of, "user_tools"))
		tasks, err := c.Tasks(name, "base")
		if err != nil {
			t.Fatal(err)
		}
		same := 0
		for _, task := range tasks {
			user, err := prompts.UserSystem(d.User != nil, get(task.Body, "user_scenario"))
			if err == nil && pyjson.Sum(user) == get(of, "user_prompts", task.ID, "sha256") {
				same++
			} else {
				t.Errorf("%s %s: the user's prompt differs: %v", name, task.ID, err)
			}
		}
		t.Logf("%s: %d tools of the agent, %d of the user, %d of %d prompts of users are the same", name, len(d.Agent), len(d.User), same, len(tasks))
		if name == "telecom" {
			solo, err := c.Domain(name, true)
			if err != nil {
				t.Fatal(err)
			}
			text, err := prompts.SoloSystem(solo, get(tasks[0].Body, "ticket"))
			if err != nil || tasks[0].ID != get(of, "solo_system_prompt_first_task", "task_id") || pyjson.Sum(text) != get(of, "solo_system_prompt_first_task", "sha256") {
				t.Errorf("the prompt of an agent alone differs: %v", err)
			}
			if workflow, err := c.Domain("telecom-workflow", false); err != nil || pyjson.Sum(workflow.Policy) != get(of, "workflow_policy_sha256") {
				t.Errorf("the policy by workflow differs: %v", err)
			}
		}
	}
}

func sameTools(t *testing.T, tools []checkout.Tool, want any) {
	t.Helper()
	list, _ := want.([]any)
	if len(tools) != len(list) {
		t.Fatalf("%d tools, want %d", len(tools), len(list))
	}
	for i, tool := range tools {
		if got, want := string(pyjson.Marshal(tool.Schema())), string(pyjson.Marshal(list[i])); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", tool.Name, got, want)
		}
	}
}

// Older versions are recognised and read, and what they lack is said.
func TestVersions(t *testing.T) {
	for _, v := range []struct{ variable, name, split string }{
		{"AGENTSCALER_TAU2_BENCH", "v1.0.1+", "train"},
		{"AGENTSCALER_TAU2_V1_0_0", "v1.0.0", "train"},
		{"AGENTSCALER_TAU2_V0_2_0", "v0.2", ""},
		{"AGENTSCALER_TAU2_V0_1_3", "v0.1", ""},
	} {
		t.Run(v.name, func(t *testing.T) {
			c := tau2test.Official(t, v.variable)
			if c.Version.Name != v.name || c.Version.Counts != (v.split != "") || c.Version.Judged != (v.split != "") {
				t.Errorf("%+v", c.Version)
			}
			if _, err := c.Prompts(); err != nil {
				t.Error(err)
			}
			for _, name := range checkout.Domains {
				d, err := c.Domain(name, strings.HasPrefix(name, "telecom"))
				if err != nil {
					t.Fatal(err)
				}
				if tasks, err := c.Tasks(d.World, "base"); err != nil || len(tasks) < 50 {
					t.Errorf("%s: %d tasks, %v", name, len(tasks), err)
				}
				if _, err := c.Tasks(d.World, "train"); (err == nil) != (v.split != "") {
					t.Errorf("%s: train: %v", name, err)
				}
				if edition, err := c.Edition(d.World); err != nil || (edition == "v1.0") != (v.split != "") {
					t.Errorf("%s: %s %v", name, edition, err)
				}
			}
		})
	}
}

// A folder of data alone is told from a checkout.
func TestDataOnly(t *testing.T) {
	_, err := checkout.Open(t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "lacks src/tau2/orchestrator/orchestrator.py") {
		t.Error(err)
	}
}
