package filter

import (
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// refusalLookups asks that the agent looked before it refused: with the tools
// that the task names, with others that returned the same rows, or by making
// the forbidden call itself and reading why it is forbidden.
func refusalLookups(c *Case) Finding {
	if triedForbidden(c) {
		return Finding{}
	}
	done := c.Replay.succeeded()
	var seen []*pyjson.Object
	for _, call := range done {
		seen = appendObjects(seen, call.Value)
	}
	for _, tool := range c.Task.Refusal.Lookups {
		ofTool := func(call Call) bool { return call.Tool == tool }
		known := slices.ContainsFunc(goldCalls(c.Task), func(g Call) bool { return ofTool(g) && witnessed(g.Value, seen) })
		if !known && !slices.ContainsFunc(done, ofTool) {
			return Finding{LookupMissing, fmt.Sprintf("the request was refused without %s", tool)}
		}
	}
	return Finding{}
}

// triedForbidden says whether the agent made a call that is refused in the gold
// calls too, and was refused for the same reason.
func triedForbidden(c *Case) bool {
	return slices.ContainsFunc(c.Task.Calls, func(g scaler.GoldCall) bool {
		want := gold(g)
		return g.Error == c.Task.Refusal.Code && slices.ContainsFunc(c.Replay.Calls, func(made Call) bool {
			return made.Tool == want.Tool && made.Error == want.Error && c.normal(made) == c.normal(want)
		})
	})
}

// refusing are the words that a reply cannot do without when it says no. That
// it gives the right reason is for the task's facts to say.
var refusing = []string{
	"not", "cannot", "can't", "couldn't", "won't", "doesn't", "don't", "isn't", "aren't", "wasn't", "unable", "unfortunately",
	"sorry", "only", "already", "declined", "denied", "refused", "rejected", "impossible", "forbidden", "no longer",
}

// saysNo says whether a text refuses something.
func saysNo(text string) bool {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	said := tokens(text)
	return slices.ContainsFunc(refusing, func(w string) bool { return contains(said, tokens(w)) })
}
