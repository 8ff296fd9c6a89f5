package sandbox_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/worldtest"
	"github.com/agentscaler/scaler/sandbox"
)

// prelude is what every chunk may use beside the dialect.
const prelude = `
def eq(got, want):
    if got != want:
        fail("got %r, want %r" % (got, want))

def same(got, want):
    eq(json.encode(got), json.encode(want))

def f(db, args):
`

// Each file of testdata/dialect is chunks of tool code, separated by "---" and
// run against the library world. A chunk succeeds, or fails at the line that
// ends in "### text" with a message that contains the text.
func TestDialect(t *testing.T) {
	files, err := filepath.Glob("testdata/dialect/*.star")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		line := 1
		for chunk := range strings.SplitSeq(string(text), "---\n") {
			t.Run(fmt.Sprintf("%s:%d", filepath.Base(file), line), func(t *testing.T) { runChunk(t, chunk) })
			line += strings.Count(chunk, "\n") + 1
		}
	}
}

func runChunk(t *testing.T, chunk string) {
	w := worldtest.Library()
	w.Code = prelude + "    pass\n"
	wantLine, want := 0, ""
	for line := range strings.Lines(chunk) {
		w.Code += "    " + line
		if _, text, ok := strings.Cut(line, "### "); ok {
			wantLine, want = strings.Count(w.Code, "\n"), strings.TrimSpace(text)
		}
	}
	w.Tools = []scaler.WorldTool{{Name: "f"}}
	x, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := x.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	r := s.Call(context.Background(), "f", []byte(`{"n": 1, "x": 1.0, "list": [1, {"a": null}]}`))
	switch {
	case want == "" && r.Refused != nil:
		t.Error(r.Refused.Message)
	case want != "" && r.Refused == nil:
		t.Errorf("no failure at line %d", wantLine)
	case want != "" && r.Refused.Code != sandbox.Internal:
		if !strings.Contains(r.Refused.Error(), want) {
			t.Errorf("refused with %v", r.Refused)
		}
	case want != "":
		if place := fmt.Sprintf("tools.star:%d: ", wantLine); !strings.HasPrefix(r.Refused.Message, place) || !strings.Contains(r.Refused.Message, want) {
			t.Errorf("want %s%s\n got %s", place, want, r.Refused.Message)
		}
	}
	if r.Refused != nil && s.Digest() != x.Base() {
		t.Error("the failed call changed the state")
	}
}
