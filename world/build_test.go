package world

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the golden parts of testdata/build")

// toolsOf returns the tools of a case file.
func toolsOf(t testing.TB, ar *txtar.Archive) []scaler.Tool {
	t.Helper()
	var tools []scaler.Tool
	if err := json.Unmarshal(ar.Files[0].Data, &tools); err != nil {
		t.Fatal(err)
	}
	return tools
}

func build(t testing.TB, name string, tools []scaler.Tool) *scaler.World {
	t.Helper()
	w, err := Builder{}.Build(context.Background(), scaler.Domain{ID: scaler.DomainID(name), Name: name}, tools, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// toolsIn reads a list of tools.
func toolsIn(t testing.TB, name string) []scaler.Tool {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var tools []scaler.Tool
	if err := json.Unmarshal(raw, &tools); err != nil {
		t.Fatal(err)
	}
	return tools
}

// outline is a schema as a person reads it: a line for each column.
func outline(s scaler.Schema) string {
	var b strings.Builder
	for _, t := range s.Tables {
		fmt.Fprintf(&b, "%s, keyed by %s\n", t.Name, t.Key)
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "    %s %s", c.Name, c.Type)
			for _, part := range []struct{ name, text string }{{"is", c.Semantic}, {"of", c.Ref}, {"format", c.Format}} {
				if part.text != "" {
					fmt.Fprintf(&b, " %s %s", part.name, part.text)
				}
			}
			if len(c.Enum) > 0 {
				fmt.Fprintf(&b, " one of %s", bytes.Join(raws(c.Enum), []byte(" ")))
			}
			if c.Nullable {
				b.WriteString(" or null")
			}
			b.WriteByte('\n')
		}
		if t.Status != nil {
			for _, m := range t.Status.Moves {
				fmt.Fprintf(&b, "    %s: %s -> %s\n", m.Tool, strings.Join(m.From, ", "), m.To)
			}
		}
	}
	return b.String()
}

func raws(list []json.RawMessage) [][]byte {
	out := make([][]byte, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// verdicts says of each tool what it became and why.
func verdicts(w *scaler.World) string {
	var b strings.Builder
	for _, t := range w.Tools {
		fmt.Fprintf(&b, "%s: %s %s %s\n", t.Name, t.Tier, t.Kind, t.Table)
		for _, bind := range t.Binds {
			fmt.Fprintf(&b, "    %s is %s\n", bind.Param, strings.Join(strings.Fields(fmt.Sprint(bind.Role, " ", bind.Op, " ", bind.Table, " ", bind.Column)), " "))
		}
		for _, e := range t.Evidence {
			fmt.Fprintf(&b, "    (%s)\n", e)
		}
	}
	for _, d := range w.Dropped {
		fmt.Fprintf(&b, "dropped %s: %s: %s\n", d.Tool, d.Clause, d.Reason)
	}
	return b.String()
}

// Each case holds tools and what becomes of them: the schema, the meaning of
// each tool, its code, the handbook.
func TestBuild(t *testing.T) {
	files, err := filepath.Glob("testdata/build/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			w := build(t, strings.TrimSuffix(filepath.Base(file), ".txtar"), toolsOf(t, ar))
			got := []txtar.File{ar.Files[0],
				{Name: "schema", Data: []byte(outline(w.Schema))}, {Name: "verdicts", Data: []byte(verdicts(w))},
				{Name: "tools.star", Data: []byte(w.Code)}, {Name: "policy.md", Data: []byte(w.Policy)}}
			if *update {
				ar.Files = got
				if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(txtar.Format(&txtar.Archive{Files: ar.Files})), string(txtar.Format(&txtar.Archive{Files: got}))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for _, d := range w.Dropped {
				if d.Clause != Outside && d.Clause != Unsupported {
					t.Errorf("dropped %v", d)
				}
			}
			rulesAgree(t, w)
		})
	}
}

// rulesAgree says that code and handbook state every rule.
func rulesAgree(t *testing.T, w *scaler.World) {
	t.Helper()
	for _, r := range w.Rules {
		if !strings.Contains(w.Code, quote(r.ID)) {
			t.Errorf("the code does not enforce %s", r.ID)
		}
		if !strings.Contains(w.Policy, r.Text) {
			t.Errorf("the handbook does not say %q", r.Text)
		}
	}
}

// The order in which tools come does not matter, and a second build is the same.
func TestBuildIsDeterministic(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/build/orders.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tools := toolsOf(t, ar)
	first := build(t, "orders", tools)
	slices.Reverse(tools)
	second := build(t, "orders", tools)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	if first.Code != second.Code || first.Policy != second.Policy {
		t.Error("code or policy differ")
	}
}

// Two services with a tool of the same name keep both, under names of their own.
func TestNamesAreUnique(t *testing.T) {
	tool := func(service string) scaler.Tool {
		return scaler.Tool{ID: scaler.ToolID(service + "/get-user"), Name: "get-user", Service: service, Effect: scaler.Read,
			Parameters: json.RawMessage(`{"type": "object", "required": ["user_id"], "properties": {"user_id": {"type": "string"}}}`)}
	}
	w := build(t, "users", []scaler.Tool{tool("crm"), tool("billing")})
	if len(w.Tools) != 2 || w.Tools[0].Name != "get-user" || w.Tools[1].Name != "get-user_crm" {
		t.Errorf("tools %v", verdicts(w))
	}
	if !strings.Contains(w.Code, "def get_user(db, args):") || !strings.Contains(w.Code, "def get_user_crm(db, args):") {
		t.Error(w.Code)
	}
}

// A name that begins with a digit is a name all the same.
func TestNamesMayBeginWithDigits(t *testing.T) {
	w := build(t, "tickers", []scaler.Tool{{ID: "t/24_hour_tickers", Name: "24_hour_tickers", Service: "t", Effect: scaler.Read,
		Parameters: json.RawMessage(`{"type": "object", "required": ["symbol"], "properties": {"symbol": {"type": "string"}}}`)}})
	if len(w.Tools) != 1 || len(w.Dropped) > 0 {
		t.Errorf("tools %v, dropped %v", verdicts(w), w.Dropped)
	}
}

// Odd tools are left out or built, never a crash: no schema, a schema that is no
// object, a property without a type, names that are no identifiers.
func TestOddTools(t *testing.T) {
	odd := []string{``, `[]`, `{"type": "object"}`, `{"type": "object", "properties": {"": {}, "1 x": {"type": ["null"]}, "def": {"anyOf": []}}}`,
		`{"properties": {"a": {"type": "array"}, "b": {"enum": []}, "c": {"allOf": [{"$ref": "#/nowhere"}]}}, "required": ["a", "zz"]}`,
		`{"type": "object", "properties": {"id": {"type": "float"}, "ids": {"type": "array", "items": {"type": "array"}}}, "required": ["id"]}`}
	names := []string{"x", "get", "db", "1st", "get_", "list-lambda", "Ünïcode_get", "delete_delete", "import", "args.get"}
	var tools []scaler.Tool
	for i, name := range names {
		for j, schema := range odd {
			tools = append(tools, scaler.Tool{ID: scaler.ToolID(fmt.Sprint(i, "/", j)), Name: name, Service: fmt.Sprint(j),
				Parameters: json.RawMessage(schema), Result: json.RawMessage(odd[(i+j)%len(odd)]), Effect: []scaler.Effect{scaler.Read, scaler.Write, scaler.Unknown}[j%3],
				Method: []string{"", "POST", "GET"}[i%3], Path: []string{"", "/{id}/x:y", "/{}/v1/{a}{b}"}[i%3]})
		}
	}
	w, err := Builder{}.Build(context.Background(), scaler.Domain{Name: "odd"}, tools, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Tools)+len(w.Dropped) != len(tools) {
		t.Errorf("%d kept and %d dropped of %d", len(w.Tools), len(w.Dropped), len(tools))
	}
}

// The builder knows no benchmark: no source of it holds the name of one, or of
// one of its tools.
func TestBuilderNamesNoBenchmark(t *testing.T) {
	barred := []string{"tau-bench", "taubench", "tau2", "acebench", "toolbench", "bfcl", "restbench", "toolathlon"}
	shared := os.Getenv("AGENTSCALER_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	lists, _ := filepath.Glob(filepath.Join(shared, "reference", "tau*-prompts-tools.json"))
	for _, list := range lists {
		data, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(data), `"name": "`)[1:] {
			if name, _, ok := strings.Cut(part, `"`); ok && strings.Contains(name, "_") {
				barred = append(barred, `"`+name+`"`)
			}
		}
	}
	if len(lists) == 0 {
		t.Log("shared data absent: tool names of the benchmarks not compared")
	}
	sources, _ := filepath.Glob("*.go")
	for _, file := range sources {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range barred {
			if bytes.Contains(bytes.ToLower(data), []byte(word)) {
				t.Errorf("%s names %s", file, word)
			}
		}
	}
}
