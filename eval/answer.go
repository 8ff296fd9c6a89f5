package eval

import (
	"bytes"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
)

// asked are the keys of a call that are questions; the others are answers.
var asked = map[string]bool{"tool": true, "requestor": true, "arguments": true, "case": true, "call": true}

// write returns the call with our answer, as files of its kind write it.
func write(kind string, call *pyjson.Object, a Answer) *pyjson.Object {
	out := pyjson.NewObject(8)
	for key, v := range call.All() {
		if asked[key] {
			out.Set(key, v)
		}
	}
	switch {
	case a.Skipped:
		out.Set("skipped_terminate_tool", true)
	case kind == "case":
		writeCase(out, a)
	default:
		if kind != "dialogue" || a.Raises == "" {
			writeOutput(out, call, a)
		}
		if a.Error != nil {
			out.Set("error", a.Error)
		}
		if a.Gold != nil {
			out.Set("gold_env_output", a.Gold)
		}
		if a.Raises != "" {
			out.Set("raises", a.Raises)
		}
		if _, ok := call.Get("state_changed"); ok || kind == "sequence" {
			out.Set("state_changed", a.Changed)
		}
	}
	return out
}

// writeOutput writes a long listing as its hash where the file does.
func writeOutput(out, call *pyjson.Object, a Answer) {
	if _, ok := call.Get("output_sha256"); ok && a.Output != nil {
		out.Set("output_sha256", pyjson.Sum(pyjson.Str(a.Output)))
		return
	}
	out.Set("output", a.Output)
}

// longestText is where files of single calls cut a refusal.
const longestText = 200

// refusal is the text of a failed call, or the exception that left the tool.
func refusal(a Answer) string {
	if a.Raises != "" {
		return a.Raises
	}
	runes := []rune(pyjson.Str(a.Output))
	return string(runes[:min(len(runes), longestText)])
}

func writeCase(out *pyjson.Object, a Answer) {
	failed := a.Error != nil && a.Error != false
	out.Set("ok", !failed)
	if failed {
		out.Set("error", refusal(a))
	}
	if len(a.Rows) == 0 {
		return
	}
	var names, fields []any
	for _, row := range a.Rows {
		names = append(names, row)
	}
	for _, f := range a.Fields {
		fields = append(fields, []any{f.Path, f.Op})
	}
	out.Set("rows", names)
	out.Set("changed", fields)
}

// byClass are exceptions whose text depends on versions of Python and pydantic:
// the class and the state count.
var byClass = map[any]bool{"TypeError": true, "ValidationError": true, "SyntaxError": true}

// compareCall compares the answers in a recorded call with ours.
func compareCall(want, got *pyjson.Object) []Difference {
	var out []Difference
	classed := byClass[pyjson.Path(want, "error")] && pyjson.Path(want, "error") == pyjson.Path(got, "error")
	seen := map[string]bool{}
	for _, o := range []*pyjson.Object{want, got} {
		for key := range o.All() {
			if asked[key] || seen[key] || classed && strings.HasPrefix(key, "output") {
				continue
			}
			seen[key] = true
			x, y := pyjson.Path(want, key), pyjson.Path(got, key)
			if !equal(x, y) && !(isSyntaxError(x) && isSyntaxError(y)) {
				out = append(out, Difference{Key: key, Want: x, Got: y})
			}
		}
	}
	return out
}

// isSyntaxError knows the text of a SyntaxError where a file has no classes.
func isSyntaxError(v any) bool {
	s, _ := v.(string)
	return strings.HasPrefix(s, "Error: ") && strings.Contains(s, " (<string>, line ")
}

func equal(a, b any) bool { return bytes.Equal(pyjson.Canonical(a), pyjson.Canonical(b)) }

// compareEnd compares hashes and scores: all hashes of an item are one state,
// each set of scores counts by itself.
func (r *Report) compareEnd(item *Item, end *pyjson.Object) {
	states, same := 0, true
	for key, got := range end.All() {
		want, ok := item.Body.Get(key)
		if !ok {
			continue
		}
		if key == "scores" {
			r.compareScores(item, want, got)
			continue
		}
		states++
		if !equal(want, got) {
			same = false
			r.Differences = append(r.Differences, Difference{Item: item.ID, Call: -1, Key: key, Want: want, Got: got})
		}
	}
	if states > 0 {
		r.States++
		if same {
			r.StatesMatched++
		}
	}
}

func (r *Report) compareScores(item *Item, want, got any) {
	for name, w := range want.(*pyjson.Object).All() {
		r.Scores++
		if g := pyjson.Path(got, name); equal(w, g) {
			r.ScoresMatched++
		} else {
			r.Differences = append(r.Differences, Difference{Item: item.ID, Call: -1, Key: "scores " + name, Want: w, Got: g})
		}
	}
}
