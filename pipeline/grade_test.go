package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler/pipeline"
)

// gadgets is a service of which no text says what a gadget is.
const gadgets = `[
{"name": "list_gadgets", "description": "Lists the gadgets.", "parameters": {"type": "object", "properties": {}}},
{"name": "get_gadget", "description": "Gets one gadget.", "parameters": {"type": "object", "required": ["gadget_id"], "properties": {"gadget_id": {"type": "string"}}}},
{"name": "delete_gadget", "description": "Deletes a gadget.", "parameters": {"type": "object", "required": ["gadget_id"], "properties": {"gadget_id": {"type": "string"}}}}
]`

// A world that is not what its service is stays in the run, and no task is made
// of it unless the run asks for no grade.
func TestTasksWantAGrade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gadgets.json")
	if err := os.WriteFile(file, []byte(gadgets), 0o644); err != nil {
		t.Fatal(err)
	}
	s := pipeline.Defaults()
	strict := runPipeline(t, file, s)
	if count(strict, "world", "worlds") != 1 || count(strict, "task", "tasks") != 0 {
		t.Errorf("worlds %v, tasks %v, want 1 and none", count(strict, "world", "worlds"), count(strict, "task", "tasks"))
	}
	for _, name := range []string{"worlds without tasks: graded below 0.6", "worlds without tasks: most of their tools amiss are about rows of unknown content"} {
		if count(strict, "task", name) != 1 {
			t.Errorf("the report does not say %q", name)
		}
	}
	s.Grade = 0
	if n := count(runPipeline(t, file, s), "task", "tasks"); n == 0 {
		t.Error("no tasks, though no grade is asked for")
	}
}
