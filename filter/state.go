package filter

import (
	"fmt"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// stateAlignment drops a rollout whose world ended elsewhere than the gold
// calls lead. How it got there does not matter.
func stateAlignment(c *Case) Finding {
	if c.Replay.Digest == c.Task.Digest {
		return Finding{}
	}
	missing, extra, wrong := compare(c.Task.Gold, c.Replay.Diff)
	detail := strings.Join(append(append(missing, extra...), wrong...), "; ")
	switch {
	case len(c.Replay.Diff) == 0 && len(c.Task.Gold) > 0:
		return Finding{NothingDone, detail}
	case len(missing) > 0:
		return Finding{MissingRow, detail}
	case len(extra) > 0:
		return Finding{ExtraRow, detail}
	default:
		return Finding{WrongValue, detail}
	}
}

// compare says row by row how the changes that were made differ from the gold
// changes.
func compare(gold, made []scaler.Change) (missing, extra, wrong []string) {
	type row struct{ table, key string }
	rest := make(map[row]scaler.Change, len(made))
	for _, m := range made {
		rest[row{m.Table, m.Key}] = m
	}
	for _, g := range gold {
		at := row{g.Table, g.Key}
		m, ok := rest[at]
		if !ok {
			missing = append(missing, fmt.Sprintf("%s %s was not changed (%s)", g.Table, g.Key, describe(g)))
			continue
		}
		delete(rest, at)
		wrong = append(wrong, differ(g, m)...)
	}
	for _, m := range made {
		if _, left := rest[row{m.Table, m.Key}]; left {
			extra = append(extra, fmt.Sprintf("%s %s had to stay (%s)", m.Table, m.Key, describe(m)))
		}
	}
	return missing, extra, wrong
}

// describe names a change in a few words: "update status, total".
func describe(c scaler.Change) string {
	var fields []string
	for _, f := range c.Fields {
		fields = append(fields, f.Field)
	}
	return strings.TrimSpace(c.Op + " " + strings.Join(fields, ", "))
}

// differ lists the fields of one row that were set otherwise than in gold.
func differ(gold, made scaler.Change) []string {
	at := gold.Table + " " + gold.Key
	if gold.Op != made.Op {
		return []string{fmt.Sprintf("%s: %s instead of %s", at, made.Op, gold.Op)}
	}
	want, got := values(gold), values(made)
	var out []string
	for name, w := range want.All() {
		g, ok := got.Get(name)
		switch {
		case !ok:
			out = append(out, fmt.Sprintf("%s.%s was left as it was instead of %s", at, name, w))
		case g != w:
			out = append(out, fmt.Sprintf("%s.%s is %s instead of %s", at, name, g, w))
		}
	}
	for name, g := range got.All() {
		if _, ok := want.Get(name); !ok {
			out = append(out, fmt.Sprintf("%s.%s had to stay and is %s", at, name, g))
		}
	}
	return out
}

// values returns what a change sets, as canonical text by field.
func values(c scaler.Change) *pyjson.Object {
	out := pyjson.NewObject(len(c.Fields))
	if row, err := pyjson.ParseObject(c.Row); err == nil {
		for name, v := range row.All() {
			out.Set(name, string(pyjson.Canonical(v)))
		}
	}
	for _, f := range c.Fields {
		text := "absent"
		if v, err := pyjson.Parse(f.New); err == nil {
			text = string(pyjson.Canonical(v))
		}
		out.Set(f.Field, text)
	}
	return out
}
