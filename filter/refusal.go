package filter

import (
	"fmt"
	"slices"
	"strings"
)

// refusalLookups asks that the agent looked before it refused.
func refusalLookups(c *Case) Finding {
	done := c.Replay.succeeded()
	for _, tool := range c.Task.Refusal.Lookups {
		if !slices.ContainsFunc(done, func(call Call) bool { return call.Tool == tool }) {
			return Finding{LookupMissing, fmt.Sprintf("the request was refused without %s", tool)}
		}
	}
	return Finding{}
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
