package filter

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// demandedCalls asks of the calls what the funnel requires.
//
// With Require Exact they are the gold calls. Else a task that changes
// something is judged by its state alone. One that only reads leaves no trace
// there, so it is asked that everything the gold calls found out was found out:
// by the same calls, or by others that returned the same rows. Further
// look-ups do no harm. A refusal has look-ups of its own.
func demandedCalls(c *Case) Finding {
	switch {
	case c.Require == Exact:
		return sameCalls(c)
	case c.Task.Refusal != nil:
		return refusalLookups(c)
	case onlyReads(c.Task):
		return lookups(c)
	}
	return Finding{}
}

func onlyReads(t scaler.Task) bool {
	return !slices.ContainsFunc(t.Calls, func(g scaler.GoldCall) bool { return g.Writes })
}

// sameCalls asks that the calls that succeeded are the gold calls that succeed,
// in order, with the same arguments once both are normalised.
func sameCalls(c *Case) Finding {
	want, got := goldCalls(c.Task), c.Replay.succeeded()
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			return Finding{OtherCalls, fmt.Sprintf("call %d, %s, is missing", i+1, want[i].Tool)}
		case i >= len(want):
			return Finding{OtherCalls, fmt.Sprintf("call %d, %s, is one too many", i+1, got[i].Tool)}
		case want[i].Tool != got[i].Tool:
			return Finding{OtherCalls, fmt.Sprintf("call %d is %s instead of %s", i+1, got[i].Tool, want[i].Tool)}
		}
		if w, g := c.normal(want[i]), c.normal(got[i]); w != g {
			return Finding{OtherCalls, fmt.Sprintf("call %d, %s, has the arguments %s instead of %s", i+1, got[i].Tool, g, w)}
		}
	}
	return Finding{}
}

// goldCalls returns the gold calls that succeed.
func goldCalls(t scaler.Task) []Call {
	var calls []Call
	for _, g := range t.Calls {
		if g.Error == "" {
			calls = append(calls, gold(g))
		}
	}
	return calls
}

// lookups asks that each gold look-up was made, or what it returned was seen.
func lookups(c *Case) Finding {
	made := map[string]bool{}
	var seen []*pyjson.Object
	for _, call := range c.Replay.succeeded() {
		made[call.Tool+c.normal(call)] = true
		seen = appendObjects(seen, call.Value)
	}
	var missing []string
	for _, want := range goldCalls(c.Task) {
		if args := c.normal(want); !made[want.Tool+args] && !witnessed(want.Value, seen) {
			missing = append(missing, want.Tool+args)
		}
	}
	if len(missing) > 0 {
		return Finding{LookupMissing, "nothing found out what these return: " + strings.Join(missing, ", ")}
	}
	return Finding{}
}

// witnessed says whether a result was seen elsewhere: an object in one that
// holds all its fields, a list in the objects it consists of. An empty list is
// an answer of its own and has to be asked for.
func witnessed(result any, seen []*pyjson.Object) bool {
	switch v := result.(type) {
	case *pyjson.Object:
		return slices.ContainsFunc(seen, func(o *pyjson.Object) bool { return holds(o, v) })
	case []any:
		return len(v) > 0 && !slices.ContainsFunc(v, func(item any) bool { return !witnessed(item, seen) })
	}
	return false
}

// holds says whether o has every field of part with the same value.
func holds(o, part *pyjson.Object) bool {
	if o.Len() < part.Len() {
		return false
	}
	for name, want := range part.All() {
		got, ok := o.Get(name)
		if !ok || string(pyjson.Canonical(got)) != string(pyjson.Canonical(want)) {
			return false
		}
	}
	return part.Len() > 0
}

// appendObjects appends every object in v.
func appendObjects(out []*pyjson.Object, v any) []*pyjson.Object {
	switch v := v.(type) {
	case *pyjson.Object:
		out = append(out, v)
		for _, inner := range v.All() {
			out = appendObjects(out, inner)
		}
	case []any:
		for _, inner := range v {
			out = appendObjects(out, inner)
		}
	}
	return out
}
