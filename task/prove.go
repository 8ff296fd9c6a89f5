package task

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/sandbox"
)

// Prove checks a task by running it, from nothing but the task and its world:
// what Maker wrote down about sources and families is not believed. The error
// is infrastructure's; a task that is not proven has a false in its Proof.
func Prove(ctx context.Context, env *sandbox.World, t scaler.Task) (scaler.Proof, error) {
	return prove(ctx, env, newView(env.Spec(), nil), t)
}

func prove(ctx context.Context, env *sandbox.World, v *view, t scaler.Task) (p scaler.Proof, err error) {
	start, err := env.Start(t.Init, t.Seed)
	if err != nil {
		return p, nil // a start that cannot be had is a task that does not replay
	}
	outcome, err := replay(ctx, start.Fork(), t.Calls, -1)
	if err != nil {
		return p, fmt.Errorf("prove %s: %w", t.ID, err)
	}
	p.Replays = reproduces(t, outcome)
	p.NotEmpty = notEmpty(t, start.Digest())
	p.Flow = flows(v, t)
	p.NoLeak = keepsSecret(v, start, t)
	p.Minimal, err = minimal(ctx, start, t)
	if err != nil {
		return p, fmt.Errorf("prove %s: %w", t.ID, err)
	}
	return p, nil
}

// proven says whether every clause holds.
func proven(p scaler.Proof) bool { return objection(p) == "" }

// objection names the first clause that does not hold.
func objection(p scaler.Proof) string {
	for _, clause := range []struct {
		name  string
		holds bool
	}{{"replays", p.Replays}, {"not_empty", p.NotEmpty}, {"flow", p.Flow}, {"minimal", p.Minimal}, {"no_leak", p.NoLeak}} {
		if !clause.holds {
			return clause.name
		}
	}
	return ""
}

// An outcome is what calls led to.
type outcome struct {
	results []sandbox.Result // of the calls that were made
	digest  scaler.Digest
	diff    []scaler.Change
}

// replay makes the calls, all but the one at skip.
func replay(ctx context.Context, s *sandbox.Session, calls []scaler.GoldCall, skip int) (outcome, error) {
	var o outcome
	for i, c := range calls {
		if i == skip {
			continue
		}
		res := s.Call(ctx, c.Tool, c.Arguments)
		if res.Err != nil {
			return o, res.Err
		}
		o.results = append(o.results, res)
	}
	o.digest, o.diff = s.Digest(), s.Diff()
	return o, nil
}

// reproduces says whether an outcome is the recorded one: outputs, refusals,
// final state. A refused request must end in its refusal.
func reproduces(t scaler.Task, o outcome) bool {
	for i, res := range o.results {
		if c := t.Calls[i]; res.Text != c.Output || code(res) != c.Error || res.Changed != c.Writes {
			return false
		}
	}
	if t.Refusal != nil && (len(o.results) == 0 || code(o.results[len(o.results)-1]) != t.Refusal.Code) {
		return false
	}
	return o.digest == t.Digest && sameChanges(o.diff, t.Gold)
}

func code(r sandbox.Result) string {
	if r.Refused == nil {
		return ""
	}
	return r.Refused.Code
}

func sameChanges(a, b []scaler.Change) bool {
	return slices.EqualFunc(a, b, func(x, y scaler.Change) bool {
		return x.Table == y.Table && x.Key == y.Key && x.Op == y.Op && sameJSON(x.Row, y.Row) &&
			slices.EqualFunc(x.Fields, y.Fields, func(f, g scaler.FieldChange) bool {
				return f.Field == g.Field && sameJSON(f.Old, g.Old) && sameJSON(f.New, g.New)
			})
	})
}

func sameJSON(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	x, errX := pyjson.Parse(a)
	y, errY := pyjson.Parse(b)
	return errX == nil && errY == nil && bytes.Equal(pyjson.Canonical(x), pyjson.Canonical(y))
}

// notEmpty says whether somebody who does nothing fails: the state has to
// change, or something has to be said that nobody has told.
func notEmpty(t scaler.Task, start scaler.Digest) bool {
	writes := len(t.Gold) > 0 || slices.ContainsFunc(t.Calls, func(c scaler.GoldCall) bool { return c.Writes })
	if t.Refusal == nil && writes {
		return t.Digest != start && len(t.Gold) > 0
	}
	if t.Digest != start || len(t.Gold) > 0 {
		return false
	}
	if t.Refusal != nil && len(t.Refusal.Lookups) > 0 {
		return true
	}
	return slices.ContainsFunc(t.Reply, func(f scaler.Fact) bool { return tells(t, f) })
}

// tells says whether a reply with that fact shows that somebody looked: it was
// not told before and is no yes or no.
func tells(t scaler.Task, f scaler.Fact) bool {
	if s := string(f.Value); s == "true" || s == "false" || s == "null" {
		return false
	}
	said := t.Intent + "\n" + t.Opening
	for _, k := range t.Knows {
		said += "\n" + k.Text + "\n" + strings.Join(k.Also, "\n")
	}
	return !states(said, f)
}

// minimal says whether every write is needed: without it a later call comes to
// something else, or the world ends elsewhere.
func minimal(ctx context.Context, start *sandbox.Session, t scaler.Task) (bool, error) {
	for i, c := range t.Calls {
		if !c.Writes {
			continue
		}
		o, err := replay(ctx, start.Fork(), t.Calls, i)
		if err != nil {
			return false, err
		}
		if o.digest == t.Digest && sameCodes(o, t, i) {
			return false, nil
		}
	}
	return true, nil
}

func sameCodes(o outcome, t scaler.Task, skip int) bool {
	rest := slices.Delete(slices.Clone(t.Calls), skip, skip+1)
	for i, res := range o.results {
		if code(res) != rest[i].Error {
			return false
		}
	}
	return true
}

// flows says whether every argument is something the user knows, an earlier
// output showed, or the schema's own default.
func flows(v *view, t scaler.Task) bool {
	seen := map[string]bool{}
	see := func(value any) {
		seen[string(pyjson.Canonical(value))] = true
		for _, n := range nodes(value) {
			seen[plain(n.value)] = true
		}
	}
	for _, f := range t.Knows {
		if value, err := pyjson.Parse(f.Value); err == nil {
			see(value)
		}
	}
	for _, c := range t.Calls {
		args, err := pyjson.ParseObject(c.Arguments)
		if err != nil {
			return false
		}
		for _, n := range nodes(args) {
			if !seen[plain(n.value)] && !isDefault(v.named[c.Tool], n) {
				return false
			}
		}
		if out, err := pyjson.Parse([]byte(c.Output)); err == nil {
			see(out)
		}
	}
	return true
}

func isDefault(t *tool, n node) bool {
	if t == nil {
		return false
	}
	p, ok := t.param(n.path)
	return ok && p.fixed != nil && plain(p.fixed) == plain(n.value)
}

// keepsSecret says whether the user's words are free of ids that the user would
// not know: keys that the agent's tools are there to look up.
func keepsSecret(v *view, s *sandbox.Session, t scaler.Task) bool {
	h := newHorizon(v, t.Tools, sampler(s))
	words := spokenWords(t)
	told := map[string]bool{}
	for _, f := range t.Knows {
		told[strings.Trim(string(f.Value), `"`)] = !strings.HasSuffix(f.Label, "ID")
	}
	// A key that names a row of a table whose keys the user has is no secret.
	known := func(key string) bool {
		return slices.ContainsFunc(v.world.Schema.Tables, func(other scaler.Table) bool {
			_, ok := s.Row(other.Name, key)
			return ok && h.knows(other.Name)
		})
	}
	secret := func(r row) bool {
		return !h.knows(r.table) && words[r.key] && revealing(r.key, told[r.key]) && !known(r.key)
	}
	for _, c := range t.Calls {
		tool := v.named[c.Tool]
		args, err := pyjson.ParseObject(c.Arguments)
		if tool == nil || err != nil {
			return false
		}
		for _, n := range nodes(args) {
			p, _ := tool.param(n.path)
			if to, ok := v.points(p.bind); ok && scalar(n.value) && secret(row{to.Name, plain(n.value)}) {
				return false
			}
		}
	}
	for word := range words {
		for _, table := range v.world.Schema.Tables {
			if _, ok := s.Row(table.Name, word); ok && secret(row{table.Name, word}) {
				return false
			}
		}
	}
	return true
}

// revealing says whether a word can only be the key: not a small number or a
// plain word, which mean other things as well when they are told as facts.
func revealing(key string, told bool) bool {
	if len(key) < 3 || !strings.ContainsAny(key, "0123456789") {
		return false
	}
	return !told || strings.Trim(key, "0123456789") != ""
}

// spokenWords returns the words of everything the user says.
func spokenWords(t scaler.Task) map[string]bool {
	words := map[string]bool{}
	add := func(text string) {
		words[text] = true
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \n\t,;:!?()\"'“”", r) }) {
			words[strings.TrimRight(w, ".")] = true
		}
	}
	add(t.Intent)
	add(t.Opening)
	for _, f := range t.Knows {
		add(f.Text)
	}
	return words
}

// sampler returns the first key of each table, to judge what its keys are like.
func sampler(s *sandbox.Session) func(table string) string {
	return func(table string) string {
		for key := range s.Rows(table) {
			return key
		}
		return ""
	}
}
