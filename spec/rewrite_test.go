package spec_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/spec"
	"github.com/google/go-cmp/cmp"
)

// weakTools writes sixty functions whose descriptions say no more than their names.
func weakTools(t *testing.T) string {
	t.Helper()
	var list []any
	for _, noun := range []string{"crate", "pallet", "truck", "route", "depot", "driver", "invoice", "claim", "seal", "permit"} {
		id := noun + "_id"
		for _, f := range []struct {
			name, text string
			params     []string
			result     []string
		}{
			{"get_" + noun, "", []string{id}, []string{id, "status", "weight_kg"}},
			{"list_" + noun + "s", "List " + noun + "s", []string{"depot_code", "limit"}, nil},
			{"create_" + noun, "create", []string{"label", "dueDate"}, []string{id}},
			{"update_" + noun, "Update.", []string{id, "label"}, nil},
			{"delete_" + noun, "", []string{id}, nil},
			{"assign_" + noun, "Assign " + noun, []string{id, "carrier"}, []string{"assigned_at"}},
		} {
			list = append(list, map[string]any{"name": f.name, "description": f.text, "parameters": objectOf(f.params), "returns": objectOf(f.result)})
		}
	}
	data, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "freight.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func objectOf(names []string) map[string]any {
	props := map[string]any{}
	for _, n := range names {
		props[n] = map[string]any{"type": "string"}
	}
	return map[string]any{"type": "object", "properties": props}
}

// writer plays a model that reads the prompt and writes a good description, but
// for the tools in lies: those get what stands there, as often as it says.
type writer struct {
	calls atomic.Int32
	lies  map[string][]string
}

func (w *writer) model() llm.Model {
	return llm.Func("writer", func(_ context.Context, req llm.Request) (llm.Response, error) {
		w.calls.Add(1)
		question := req.Messages[0].Content
		name := line(question, "Tool: ")
		text := honest(name, line(question, "Parameters (JSON Schema): "))
		if lies := w.lies[name]; req.For.Turn < len(lies) {
			text = lies[req.For.Turn]
		}
		answer, err := json.Marshal(map[string]any{"description": text, "parameters": []string{}})
		resp := llm.Reply(llm.Say(string(answer)))
		resp.Usage = scaler.Usage{Prompt: 10, Completion: 5}
		return resp, err
	})
}

func line(text, prefix string) string {
	for l := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(l, prefix); ok {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

func honest(name, parameters string) string {
	var schema struct{ Properties map[string]any }
	_ = json.Unmarshal([]byte(parameters), &schema)
	names := make([]string, 0, len(schema.Properties))
	for n := range schema.Properties {
		names = append(names, "`"+n+"`")
	}
	if len(names) == 2 && names[0] > names[1] {
		names[0], names[1] = names[1], names[0]
	}
	verb, noun, _ := strings.Cut(name, "_")
	return fmt.Sprintf("Helps a freight clerk to %s one %s of the yard. Takes %s. Returns what was found or changed.",
		verb, strings.ReplaceAll(noun, "_", " "), strings.Join(names, " and "))
}

func rewrites(t *testing.T, path string, model llm.Model, parallel int) (string, spec.Tally) {
	t.Helper()
	var b strings.Builder
	var tally spec.Tally
	for item, err := range (spec.Reader{Model: model, Parallel: parallel}).Read(t.Context(), []string{path}) {
		if err != nil {
			t.Fatal(err)
		}
		tally.Add(item)
		if w := item.Rewrite; w != nil {
			fmt.Fprintf(&b, "%s\n  before: %s\n  after:  %s\n", item.Tool.Name, w.Before, item.Tool.Description)
			if w.Finding != "" {
				fmt.Fprintf(&b, "  turned down: %s\n", w.Finding)
			}
		}
	}
	return b.String(), tally
}

// Sixty weak descriptions are rewritten. What invents a parameter is turned down:
// asked again the model mends one, and keeps inventing in three others, whose own
// descriptions stay.
func TestRewriteWeakDescriptions(t *testing.T) {
	path := weakTools(t)
	w := &writer{lies: map[string][]string{
		"get_seal":    {"Shows one seal of the yard. Takes `seal_id` and `include_history`.", "Shows one seal of the yard. Takes the `seal_id`."},
		"get_permit":  {"Shows one permit of the yard. Takes `permit_id` and includeExpired.", "Shows one permit of the yard. Takes the region and the permit id."},
		"get_claim":   {"Shows a claim of a customer. Requires permit_id.", "Shows a claim of a customer. Requires a customer number."},
		"create_seal": {"Seals it.", "Seals."},
	}}
	got, tally := rewrites(t, path, w.model(), 4)
	if tally.Rewritten != 57 || tally.Refused != 3 || w.calls.Load() != 64 {
		t.Errorf("%d rewritten, %d refused, %d calls; want 57, 3 and 64", tally.Rewritten, tally.Refused, w.calls.Load())
	}
	if tally.Tokens.Prompt != 640 {
		t.Errorf("%d prompt tokens, want 640", tally.Tokens.Prompt)
	}
	golden := filepath.Join("testdata", "rewrites.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if other, _ := rewrites(t, path, w.model(), 1); other != got {
		t.Error("the order or the texts depend on Parallel")
	}
}

// A rerun asks nothing twice, and a model that fails changes nothing.
func TestRewriteIsCachedAndFailsSoftly(t *testing.T) {
	path := weakTools(t)
	cache, err := llm.OpenCache(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer cache.Close()
	w := &writer{}
	first, _ := rewrites(t, path, cache.Model(w.model()), 2)
	again, _ := rewrites(t, path, cache.Model(w.model()), 2)
	if first != again || w.calls.Load() != 60 {
		t.Errorf("%d calls for two runs over 60 tools, or other texts", w.calls.Load())
	}
	broken := llm.Func("broken", func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{}, fmt.Errorf("the server is gone")
	})
	text, tally := rewrites(t, path, broken, 2)
	if tally.Refused != 60 || !strings.Contains(text, "turned down: the server is gone") {
		t.Errorf("%d refused, want 60", tally.Refused)
	}
}
