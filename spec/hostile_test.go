package spec_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/agentscaler/scaler/spec"
)

const good = `{"openapi": "3.0.0", "info": {"title": "Good"}, "paths": {"/a": {"get": {"operationId": "getA"}}}}`

// Files made to hurt are rejected with their reason, in seconds and in bounded
// memory, and the good file behind them is read.
func TestHostileFiles(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		name, text string
		reason     string // of the file; empty where something in it can be used
	}{
		{"brackets.json", strings.Repeat("[", 50*mb), "unparseable"},
		{"objects.json", strings.Repeat(`{"a":`, 10*mb), "unparseable"},
		{"commented.json", strings.Repeat("[//]\n", 10*mb), "unparseable"},
		{"flow.yaml", "a: " + strings.Repeat("[", 50*mb), "unparseable"},
		{"dashes.yaml", strings.Repeat("- ", 10*mb), "unparseable"},
		{"deep.yaml", deepYAML(3000), "unparseable"},
		{"zeros.json", strings.Repeat("\x00", mb), "binary"},
		{"noise.yaml", strings.Repeat("\x80\xfd\x81a", mb), "binary"},
		{"empty.json", " \n\t", "empty"},
		{"huge.json", strings.Repeat(" ", 65*mb), "too-large"},
		{"merges.yaml", mergeBomb(), "unparseable"},
		{"laughs.yaml", billionLaughs(), ""},
		{"cycle.yaml", cyclicYAML, ""},
		{"web.json", schemaWeb(40), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, c.name, c.text)
			write(t, dir, "zz-good.json", good)
			start, before := time.Now(), heap()
			kept, reasons := 0, []string{}
			for item, err := range (spec.Reader{}).Read(context.Background(), []string{dir}) {
				switch {
				case err != nil:
					t.Fatal(err)
				case item.Tool != nil:
					kept++
					if n := len(item.Tool.Parameters) + len(item.Tool.Result); n > 200_000 {
						t.Errorf("schemas of %d bytes", n)
					}
				case item.Rejection != nil && item.Rejection.Origin.File == c.name:
					reasons = append(reasons, item.Rejection.Reason)
				}
			}
			want := 1
			if c.reason == "" {
				want = 2
			}
			if kept != want || c.reason != "" && fmt.Sprint(reasons) != "["+c.reason+"]" {
				t.Errorf("kept %d tools, rejected %v; want %d and [%s]", kept, reasons, want, c.reason)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			if grown := heap() - before; grown > 800*mb {
				t.Errorf("the heap grew by %d MB", grown/mb)
			}
		})
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapSys)
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func deepYAML(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// mergeBomb is 20,000 maps, each of which merges 10,000 keys.
func mergeBomb() string {
	var b strings.Builder
	b.WriteString("swagger: '2.0'\na: &a\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "  k%d: 1\n", i)
	}
	for i := range 20_000 {
		fmt.Fprintf(&b, "m%d: {<<: *a}\n", i)
	}
	return b.String()
}

// Twenty thousand tools of two names get a name each, in no time.
func TestTwins(t *testing.T) {
	const n = 20_000
	dir := t.TempDir()
	write(t, dir, "twins.json", `{"tools": [`+strings.Repeat(`{"name": "twin", "inputSchema": {}}, {"name": "Twin_2", "inputSchema": {}},`, n/2)+`]}`)
	names := map[string]bool{}
	for item, err := range (spec.Reader{KeepWeak: true}).Read(context.Background(), []string{dir}) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Tool != nil {
			names[strings.ToLower(item.Tool.Name)] = true
		}
	}
	if len(names) != n {
		t.Errorf("%d different names, want %d", len(names), n)
	}
}

// billionLaughs is a schema that written out would have 10^40 properties, and an
// example of the same size.
func billionLaughs() string {
	var b strings.Builder
	b.WriteString("openapi: 3.0.0\ninfo: {title: Laughs}\nx-bomb:\n  l0: &l0 {type: string}\n")
	for i := 1; i <= 40; i++ {
		fmt.Fprintf(&b, "  l%d: &l%d {type: object, properties: {", i, i)
		for j := range 10 {
			fmt.Fprintf(&b, "p%d: *l%d, ", j, i-1)
		}
		b.WriteString("}}\n")
	}
	b.WriteString("paths:\n  /laugh:\n    post:\n      operationId: laugh\n      requestBody: {content: {application/json: {schema: *l40, example: *l40}}}\n" +
		"      responses: {200: {description: ok, content: {application/json: {schema: *l40, example: *l40}}}}\n")
	return b.String()
}

const cyclicYAML = `
openapi: 3.0.0
info: {title: Cycle}
x: &x
  type: object
  properties: {self: *x}
paths:
  /cycle:
    get:
      operationId: cycle
      responses: {200: {description: ok, content: {application/json: {schema: {allOf: [{$ref: "#/components/schemas/A"}, *x]}}}}}
components:
  schemas:
    A: {allOf: [{$ref: "#/components/schemas/B"}], properties: {b: {$ref: "#/components/schemas/B"}}}
    B: {allOf: [{$ref: "#/components/schemas/A"}], properties: {a: {$ref: "#/components/schemas/A"}, all: {type: array, items: {$ref: "#/components/schemas/B"}}}}
`

// schemaWeb is n schemas, each of which refers to all others.
func schemaWeb(n int) string {
	var b strings.Builder
	b.WriteString(`{"openapi": "3.0.0", "info": {"title": "Web"}, "paths": {"/web": {"get": {"operationId": "web", "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}}}}}, "components": {"schemas": {`)
	for i := range n {
		fmt.Fprintf(&b, `"S%d": {"type": "object", "properties": {`, i)
		for j := range n {
			fmt.Fprintf(&b, `"p%d": {"$ref": "#/components/schemas/S%d"},`, j, j)
		}
		b.WriteString("}},")
	}
	return b.String() + "}}}"
}
