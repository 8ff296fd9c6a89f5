package spec_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/agentscaler/scaler/spec"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected part of testdata/*.txtar")

// Each case is a folder of files and what comes of it. The first line of a case
// says why it exists; the words weak and duplicates in a line "keep: ..." switch
// the filters off.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases: ", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := readCase(t, archive)
			i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			if i < 0 {
				i = len(archive.Files)
				archive.Files = append(archive.Files, txtar.File{Name: "want"})
			}
			if *update {
				archive.Files[i].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[i].Data), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// readCase writes the files of a case into a folder, reads it and returns what
// came of it as text.
func readCase(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		if f.Name == "want" {
			continue
		}
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := spec.Reader{
		KeepWeak:       bytes.Contains(archive.Comment, []byte("keep: weak")),
		KeepDuplicates: bytes.Contains(archive.Comment, []byte("keep: duplicates")),
	}
	var b strings.Builder
	for item, err := range r.Read(context.Background(), []string{dir}) {
		if err != nil {
			t.Fatal(err)
		}
		describeItem(&b, item)
		if tool := item.Tool; tool != nil {
			compiles(t, tool.ID, "parameters", tool.Parameters)
			compiles(t, tool.ID, "result", tool.Result)
		}
	}
	return b.String()
}

func describeItem(b *strings.Builder, item spec.Item) {
	switch {
	case item.Skipped != nil:
		fmt.Fprintf(b, "skip %s: %s\n", item.Skipped.Origin.File, item.Skipped.Why)
		return
	case item.Rejection != nil:
		r := item.Rejection
		fmt.Fprintf(b, "reject %s#%s: %s", r.Origin.File, r.Origin.Pointer, r.Reason)
		for _, s := range []string{r.Name, r.Detail} {
			if s != "" {
				fmt.Fprintf(b, ": %s", s)
			}
		}
		b.WriteByte('\n')
		return
	}
	t := item.Tool
	line := func(name string, value any) {
		if text := fmt.Sprint(value); text != "" && text != "[]" && text != "map[]" {
			fmt.Fprintf(b, "    %s: %s\n", name, text)
		}
	}
	fmt.Fprintf(b, "tool %s\n", t.ID)
	line("name", t.Name)
	line("title", t.Title)
	line("text", t.Description)
	line("language", t.Language)
	line("effect", fmt.Sprintf("%s (%s)", t.Effect, t.EffectWhy))
	line("takes", string(t.Parameters))
	line("in", t.In)
	line("hidden", t.Hidden)
	if t.Result != nil {
		line("returns", string(t.ResultFrom)+" "+string(t.Result))
	}
	for _, e := range t.Examples {
		line("example "+e.Param, string(e.Value))
	}
	for _, l := range t.Links {
		line("link", fmt.Sprintf("%s from %s at %s (%s)", l.Param, l.From, l.Field, l.Kind))
	}
	line("tags", t.Tags)
	line("clone of", t.CloneOf)
	line("license", t.Origin.License)
}
