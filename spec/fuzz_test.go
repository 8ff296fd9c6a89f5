package spec_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler/spec"
	"golang.org/x/tools/txtar"
)

// Each importer is fed what the cases hold and what the fuzzer makes of it.
// Whatever comes out can be called.
func FuzzOpenAPIYAML(f *testing.F) {
	fuzzImporter(f, "fuzz.yaml", "openapi", "yaml-oddities", "references", "bodies", "links")
}

func FuzzOpenAPIJSON(f *testing.F) { fuzzImporter(f, "fuzz.json", "json-leniency", "links", "broken") }

func FuzzMCP(f *testing.F) { fuzzImporter(f, "fuzz.json", "mcp", "effects", "registries") }

func FuzzFunctions(f *testing.F) {
	fuzzImporter(f, "fuzz.json", "functions", "weak", "questions", "catalogue")
}

func FuzzToolBench(f *testing.F) { fuzzImporter(f, "fuzz.json", "toolbench") }

func FuzzDiscovery(f *testing.F) { fuzzImporter(f, "fuzz.json", "discovery") }

func FuzzSmithy(f *testing.F) { fuzzImporter(f, "fuzz.json", "smithy") }

func fuzzImporter(f *testing.F, file string, cases ...string) {
	for _, c := range cases {
		archive, err := txtar.ParseFile(filepath.Join("testdata", c+".txtar"))
		if err != nil {
			f.Fatal(err)
		}
		for _, seed := range archive.Files {
			if filepath.Ext(seed.Name) == filepath.Ext(file) {
				f.Add(seed.Data)
			}
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		write(t, dir, file, string(data))
		r := spec.Reader{Parallel: 1, KeepWeak: true, KeepDuplicates: true}
		for item, err := range r.Read(context.Background(), []string{filepath.Join(dir, file)}) {
			switch {
			case err != nil:
				t.Fatal(err)
			case item.Rejection != nil && item.Rejection.Reason == "unreadable":
				t.Fatal(item.Rejection.Detail)
			case item.Tool == nil:
				continue
			}
			tool := item.Tool
			if !callable.MatchString(tool.Name) {
				t.Errorf("%s: name %q is not callable", tool.ID, tool.Name)
			}
			for _, e := range tool.Examples {
				if !json.Valid(e.Value) {
					t.Errorf("%s: example %s", tool.ID, e.Value)
				}
			}
			compiles(t, tool.ID, "parameters", tool.Parameters)
			compiles(t, tool.ID, "result", tool.Result)
		}
	})
}
