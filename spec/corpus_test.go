package spec_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/spec"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// shared returns a path under the shared data, and skips the test without it.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("AGENTSCALER_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("shared data absent: ", path)
	}
	return path
}

var callable = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// Whatever real documents do, the tools that are kept can be called: unique names
// and IDs, schemas that compile, an effect with its evidence.
func TestCorpusIsUsable(t *testing.T) {
	archives, err := filepath.Glob(filepath.Join(shared(t, "corpus"), "*", "*.tar.zst"))
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, path := range archives {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			r := spec.Reader{KeepDuplicates: true, Limit: 4000}
			if testing.Short() {
				r.Limit = 500
			}
			names, ids, n := map[string]bool{}, map[scaler.ToolID]bool{}, 0
			for item, err := range r.Read(context.Background(), []string{path}) {
				if err != nil {
					t.Fatal(err)
				}
				tool := item.Tool
				if tool == nil {
					continue
				}
				if name := tool.Service + " " + tool.Name; names[name] || !callable.MatchString(tool.Name) {
					t.Errorf("%s: name %q is taken or not callable", tool.ID, tool.Name)
				} else {
					names[name] = true
				}
				if ids[tool.ID] {
					t.Errorf("%s: not the only one with this ID", tool.ID)
				}
				ids[tool.ID] = true
				if tool.Method != "" && (tool.Effect == scaler.Unknown || tool.EffectWhy == "") {
					t.Errorf("%s: effect %q because of %q", tool.ID, tool.Effect, tool.EffectWhy)
				}
				if n++; n%20 == 0 { // compiling all of them takes long
					compiles(t, tool.ID, "parameters", tool.Parameters)
					compiles(t, tool.ID, "result", tool.Result)
				}
			}
		})
	}
}

// compiles checks a schema against the meta-schema and compiles it.
func compiles(t *testing.T, id scaler.ToolID, what string, schema json.RawMessage) {
	t.Helper()
	if schema == nil {
		return
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Errorf("%s: %s: %v", id, what, err)
		return
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("tool.json", doc); err != nil {
		t.Errorf("%s: %s: %v", id, what, err)
		return
	}
	if _, err := c.Compile("tool.json"); err != nil {
		t.Errorf("%s: %s: %v\n%s", id, what, err, schema)
	}
}
