package contract

import (
	"context"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A world that changed is judged by an inspector that saw it before as by one
// that never did, whatever the change was.
func TestInspectorSeesChanges(t *testing.T) {
	changes := map[string]func(w *scaler.World){
		"nothing": func(w *scaler.World) {},
		"a table": func(w *scaler.World) { w.Rows = w.Rows[:len(w.Rows)-1] },
		"a helper": func(w *scaler.World) {
			w.Code = strings.Replace(w.Code, "There is no", "Nobody knows", 1)
		},
	}
	for _, tool := range worldtest.Library().Tools {
		changes["without "+tool.Name] = func(w *scaler.World) {
			w.Tools = slices.DeleteFunc(slices.Clone(w.Tools), func(t scaler.WorldTool) bool { return t.Name == tool.Name })
		}
	}
	for what, change := range changes {
		t.Run(what, func(t *testing.T) {
			var in Inspector
			if _, err := in.Check(context.Background(), worldtest.Library(), sandbox.Options{}); err != nil {
				t.Fatal(err)
			}
			w := worldtest.Library()
			change(w)
			again, err := in.Check(context.Background(), w, sandbox.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(check(t, w), again, cmpopts.IgnoreFields(scaler.Check{}, "Rules", "Flaws")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What a tool's evidence depends on is its own code, what that uses, and the
// tables in its reach.
func TestSegments(t *testing.T) {
	code := segments("FIELDS = [\n    \"id\",\n]\n\n\ndef need(table):\n    return table\n\n\ndef get(db, args):\n    return pick(need(db.orders), FIELDS)\n")
	named := map[string]bool{}
	var texts []string
	code.walk("get", named, func(text string) { texts = append(texts, strings.Fields(text)[0]) })
	if want := []string{"def", "def", "FIELDS"}; !slices.Equal(texts, want) || !named["orders"] {
		t.Errorf("visits %q, names %v", texts, named)
	}
}
