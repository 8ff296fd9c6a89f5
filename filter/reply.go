package filter

import (
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/pyjson"
)

// reply asks that the agent told the user every fact that a right reply must
// contain, and, where the request had to be refused, that it is refused.
func reply(c *Case) Finding {
	text := told(c.Rollout)
	said := tokens(text)
	var missing []string
	for _, f := range c.Task.Reply {
		if !states(said, f) {
			missing = append(missing, f.Label+" ("+f.Text+")")
		}
	}
	if len(missing) > 0 {
		return Finding{FactMissing, "the reply does not state: " + strings.Join(missing, ", ")}
	}
	if c.Task.Refusal != nil && !saysNo(closing(c.Rollout)) {
		return Finding{NotRefused, "the reply does not say that the request is refused"}
	}
	return Finding{}
}

// told returns what the agent told the user once it could know something: what
// it said after its first call was answered. An agent that called nothing is
// heard in full.
func told(r scaler.Rollout) string {
	first := slices.IndexFunc(r.Messages, func(m scaler.Message) bool { return m.Role == "tool" })
	var b strings.Builder
	for _, m := range r.Messages[max(first, 0):] {
		if m.Role == "assistant" {
			b.WriteString(m.Content)
			b.WriteString(" .\n")
		}
	}
	return b.String()
}

// closing returns what the agent told the user last: a no that is followed by
// "it is done" is none.
func closing(r scaler.Rollout) string {
	for _, m := range slices.Backward(r.Messages) {
		if m.Role == "assistant" && strings.TrimSpace(m.Content) != "" {
			return m.Content
		}
	}
	return ""
}

// states says whether tokens state a fact: by one of its texts or, for a
// number, by its value.
func states(said []string, f scaler.Fact) bool {
	forms := append([]string{f.Text}, f.Also...)
	if v, err := pyjson.Parse(f.Value); err == nil {
		switch v.(type) {
		case int64, float64:
			forms = append(forms, string(pyjson.Marshal(v)))
		}
	}
	return slices.ContainsFunc(forms, func(form string) bool {
		words := tokens(form)
		return len(words) > 0 && contains(said, words)
	})
}

// contains says whether part stands in said, without gaps.
func contains(said, part []string) bool {
	for i := 0; i+len(part) <= len(said); i++ {
		if slices.Equal(said[i:i+len(part)], part) {
			return true
		}
	}
	return false
}
