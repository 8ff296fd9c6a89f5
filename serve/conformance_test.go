package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/draw"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
	"github.com/agentscaler/scaler/spec"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A shape checks bodies against a schema that a specification declares.
func shape(tb testing.TB, schema []byte) *jsonschema.Schema {
	tb.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		tb.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("result.json", doc); err != nil {
		tb.Fatal(err)
	}
	s, err := c.Compile("result.json")
	if err != nil {
		tb.Fatalf("the schema does not compile: %v", err)
	}
	return s
}

// A tally is what a twin's answers came to. Misshapen successes are not of the
// declared shape.
type tally struct{ calls, succeeded, misshapen, refused int }

func (a *tally) add(b tally) {
	a.calls += b.calls
	a.succeeded += b.succeeded
	a.misshapen += b.misshapen
	a.refused += b.refused
}

// exercise calls every tool of a world by HTTP and directly, with arguments that
// the world's own check knows and others drawn from its state, in sessions that
// go on from call to call. The answers have to be the same; a success has the
// declared status and shape, a refusal a status that says so.
func exercise(t *testing.T, env *sandbox.World, rounds int) (sum tally) {
	t.Helper()
	h := start(t, Options{Seed: 7}, env).Handler()
	direct, err := env.Start(scaler.Init{}, 7)
	if err != nil {
		t.Fatal(err)
	}
	w := env.Spec()
	for _, tool := range w.Tools {
		o, err := newOperation(tool)
		if err != nil {
			t.Fatal(err)
		}
		var result *jsonschema.Schema
		if len(tool.Result) > 0 {
			result = shape(t, tool.Result)
		}
		for round, args := range trials(w, tool, direct, rounds) {
			want := direct.Call(context.Background(), tool.Name, args)
			parsed, err := pyjson.ParseObject(args)
			if err != nil {
				t.Fatal(err)
			}
			r := o.call(parsed)
			headers := []string{"X-Session: trial"}
			for name, value := range r.Header {
				headers = append(headers, name+": "+value)
			}
			if r.Body != nil {
				headers = append(headers, asJSON)
			}
			got := ask(t, h, r.Method, r.Path, string(r.Body), headers...)
			sum.calls++
			where := fmt.Sprintf("%s %s (%d) %s %s", w.ID, tool.Name, round, r.Method, r.Path)
			if got.header.Get("X-Tool") != tool.Name {
				t.Errorf("%s: answered by %q: %d %s", where, got.header.Get("X-Tool"), got.status, got.body)
				continue
			}
			if digest := got.header.Get("X-Digest"); digest != direct.Digest().String() {
				t.Fatalf("%s: arguments %s: the state went elsewhere", where, args)
			}
			if want.Refused != nil {
				sum.refused++
				checkRefusal(t, where, tool, want, got)
				continue
			}
			sum.succeeded++
			if !checkSuccess(t, where, o, want, got, result) {
				sum.misshapen++
			}
		}
	}
	return sum
}

// checkSuccess says whether the body has the declared shape.
func checkSuccess(t *testing.T, where string, o *operation, want sandbox.Result, got answer, result *jsonschema.Schema) bool {
	t.Helper()
	if got.status != o.status() {
		t.Errorf("%s: status %d, declared %v: %s", where, got.status, o.Statuses, got.body)
	}
	if empty(got.status) {
		return true
	}
	if strings.TrimSuffix(got.body, "\n") != want.Text {
		t.Errorf("%s: %s, called directly %s", where, got.body, want.Text)
	}
	if result == nil {
		return true
	}
	body, err := jsonschema.UnmarshalJSON(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	if err := result.Validate(body); err != nil {
		t.Logf("%s: not of the declared shape: %.300v", where, err)
		return false
	}
	return true
}

func checkRefusal(t *testing.T, where string, tool scaler.WorldTool, want sandbox.Result, got answer) {
	t.Helper()
	if strings.TrimSuffix(got.body, "\n") != want.Text {
		t.Errorf("%s: refused with %s, directly with %s", where, got.body, want.Text)
	}
	if !slices.Contains(refusals[want.Refused.Code], got.status) {
		t.Errorf("%s: %s is told with status %d", where, want.Refused.Code, got.status)
	}
	for _, declared := range tool.Statuses {
		if slices.Contains(refusals[want.Refused.Code], declared) && !slices.Contains(tool.Statuses, got.status) {
			t.Errorf("%s: %s is told with status %d although %d is declared", where, want.Refused.Code, got.status, declared)
		}
	}
}

// trials are arguments for a tool: those that succeed on a fresh session, drawn
// ones, and ones that point nowhere.
func trials(w *scaler.World, tool scaler.WorldTool, s *sandbox.Session, rounds int) [][]byte {
	out := [][]byte{[]byte("{}")}
	for _, c := range w.Check.Tools {
		if c.Name == tool.Name && len(c.Witness) > 0 {
			out[0] = c.Witness
		}
	}
	for i := range rounds {
		rng := scaler.Rand(3, tool.Name, fmt.Sprint(i))
		if args, ok := draw.Arguments(rng, tool, s, draw.Options{Schema: w.Schema, Optional: 0.6}); ok && !hole(tool, args) {
			out = append(out, draw.JSON(args))
		}
	}
	if args, err := pyjson.ParseObject(out[0]); err == nil {
		for _, b := range tool.Binds {
			if v, ok := args.Get(b.Param); ok && b.Role == "key" {
				if text, isText := v.(string); isText {
					args.Set(b.Param, stranger(tool, b.Param, text))
					out = append(out, pyjson.Marshal(args))
				}
			}
		}
	}
	return out
}

// stranger is a key that nobody has, with all that a path has to escape where the
// parameter's pattern lets it.
func stranger(tool scaler.WorldTool, name, known string) string {
	if _, ok := field(field(parsed(tool.Parameters), "properties"), name).Get("pattern"); ok {
		return known + "-0"
	}
	return "nobody/ has this?"
}

// hole says whether an argument is empty that has to fill a place in a path, which
// HTTP cannot say.
func hole(tool scaler.WorldTool, args []draw.Arg) bool {
	return slices.ContainsFunc(args, func(a draw.Arg) bool { return tool.In[a.Name] == "path" && a.Value == "" })
}

// Every tool of the demo's specifications answers by HTTP as it does directly,
// in the declared shape, with the declared status.
func TestAnswersAreAsDeclared(t *testing.T) {
	all, err := apis()
	if err != nil {
		t.Fatal(err)
	}
	least := tally{succeeded: 1000, refused: 200}
	if testing.Short() {
		all, least = all[:4], tally{succeeded: 200, refused: 40}
	}
	var sum tally
	for _, w := range all {
		sum.add(exercise(t, opened(t, w), 4))
	}
	t.Logf("%d worlds: %+v", len(all), sum)
	if sum.succeeded < least.succeeded || sum.refused < least.refused || sum.misshapen > 0 {
		t.Errorf("too few of a kind, or some misshapen: %+v", sum)
	}
}

var vendors = flag.String("vendors", "", "a specification, or a folder of them, to try as TestAnswersOfVendors does")

// The same for specifications that are not ours: prints figures rather than
// guards behaviour.
func TestAnswersOfVendors(t *testing.T) {
	if *vendors == "" {
		t.Skip("prints figures: go test ./serve -run TestAnswersOfVendors -v -args -vendors FILE")
	}
	all, err := worldsOf(t.Context(), *vendors)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range all {
		t.Logf("%s: %d tools, %+v", w.ID, len(w.Tools), exercise(t, opened(t, w), 4))
	}
}

// The twin's OpenAPI document, read as any specification is, gives the tools that
// the twin has.
func TestDocumentGivesTheSameTools(t *testing.T) {
	all, err := apis()
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		all = all[:4]
	}
	for _, w := range all {
		h := start(t, Options{}, opened(t, w)).Handler()
		file := filepath.Join(t.TempDir(), "openapi.json")
		if err := os.WriteFile(file, []byte(ask(t, h, "GET", "/openapi.json", "").body), 0o644); err != nil {
			t.Fatal(err)
		}
		read := map[string]*scaler.Tool{}
		for item, err := range (spec.Reader{KeepDuplicates: true, KeepWeak: true}).Read(t.Context(), []string{file}) {
			if err != nil {
				t.Fatal(err)
			}
			if item.Rejection != nil {
				t.Errorf("%s: %s: %s", w.ID, item.Rejection.Name, item.Rejection.Detail)
			}
			if item.Tool != nil {
				read[item.Tool.Name] = item.Tool
			}
		}
		for _, tool := range w.Tools {
			compare(t, tool, read[tool.Name])
		}
	}
}

func compare(t *testing.T, tool scaler.WorldTool, read *scaler.Tool) {
	t.Helper()
	if read == nil {
		t.Errorf("%s is not in the document", tool.Name)
		return
	}
	o, err := newOperation(tool)
	if err != nil {
		t.Fatal(err)
	}
	method, path := o.Method, o.Path
	if !o.onHTTP() {
		method, path = http.MethodPost, Prefix+"/tools/"+tool.Name
	}
	if read.Method != method || read.Path != path {
		t.Errorf("%s: %s %s became %s %s", tool.Name, method, path, read.Method, read.Path)
	}
	if got, want := read.Statuses, tool.Statuses; !slices.Equal(got, want) {
		t.Errorf("%s: statuses %v became %v", tool.Name, want, got)
	}
	for _, pair := range [][2]json.RawMessage{{tool.Parameters, read.Parameters}, {tool.Result, read.Result}} {
		if want, got := canonical(pair[0]), canonical(pair[1]); want != got {
			t.Errorf("%s: %s became %s", tool.Name, want, got)
		}
	}
}

func canonical(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	v, err := pyjson.Parse(text)
	if err != nil {
		return err.Error()
	}
	return string(pyjson.Canonical(v))
}
