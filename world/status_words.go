package world

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/pyjson"
	"github.com/agentscaler/scaler/internal/words"
)

// initials are the states a new row is in, the likeliest first.
var initials = []string{"pending", "draft", "open", "new", "created", "active", "scheduled", "queued", "requested", "todo", "enabled", "available", "submitted", "unpaid", "started", "running", "in_progress", "ready", "provisioning", "creating", "starting", "succeeded"}

// finals are states that nothing leaves but a reopening.
var finals = wordSet(`cancelled canceled completed delivered closed refunded rejected deleted expired returned voided
	terminated archived resolved finished failed declined done revoked retired aborted discharged redeemed exchanged paid merged dismissed settled checked_out`)

// same are states that services spell differently.
var same = [][]string{
	{"active", "enabled", "open", "running", "started", "in_progress", "live", "on"},
	{"inactive", "disabled", "stopped", "off"},
	{"cancelled", "canceled", "voided", "aborted"},
	{"completed", "complete", "finished", "done", "closed"},
	{"rejected", "declined", "denied"},
	{"approved", "accepted", "confirmed"},
	{"accepted", "approved", "confirmed"},
	{"processing", "in_progress", "running"},
	{"started", "in_progress", "running", "active"},
	{"paused", "on_hold", "suspended"},
}

// opposites are the states that a thing was in before it was the other.
var opposites = map[string]string{"enabled": "disabled", "started": "stopped", "running": "stopped", "open": "closed", "available": "reserved"}

// begins says whether a new row can be in a state.
func begins(state string) bool { return slices.Contains(initials, state) }

// mentioned returns the states a description speaks of: "already processed or
// delivered", "only pending".
func mentioned(text string) []string {
	w := words.Split(text)
	out := demanded(text)
	for i, word := range w {
		if (word == "already" || word == "only" || word == "been" || word == "to" && i > 0 && w[i-1] == "changed") && i+1 < len(w) {
			for j := i + 1; j < len(w) && j < i+6; j++ {
				if isState(w[j]) {
					out = append(out, w[j])
				} else if w[j] != "or" && w[j] != "and" && w[j] != "a" && w[j] != "an" && w[j] != "be" {
					break
				}
			}
		}
	}
	return out
}

func isState(w string) bool {
	return isStatusWord(w) || finals[w] && w != "done" || slices.Contains(initials, w) && w != "new" && w != "created" && w != "open"
}

func without(list, barred []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(barred, s) {
			out = append(out, s)
		}
	}
	return out
}

// matchState returns the state that a participle means, in the service's own
// spelling; empty if it has none.
func matchState(want string, states []string) string {
	if want == "" {
		return ""
	}
	for _, s := range states {
		if snake(s) == want || strings.ReplaceAll(snake(s), "ll", "l") == strings.ReplaceAll(want, "ll", "l") {
			return s
		}
	}
	for _, group := range same {
		if group[0] != want {
			continue
		}
		for _, other := range group[1:] {
			for _, s := range states {
				if snake(s) == other {
					return s
				}
			}
		}
	}
	for _, s := range states {
		if n := min(len(want), len(s)); n >= 5 && strings.EqualFold(want[:5], s[:5]) {
			return s
		}
	}
	return ""
}

// initial returns the state a new row is in.
func initial(states []string) string {
	for _, s := range initials {
		for _, have := range states {
			if snake(have) == s {
				return have
			}
		}
	}
	for _, have := range states {
		if !unsaid(have) {
			return have
		}
	}
	return ""
}

// unsaid says whether a choice stands for that nothing was chosen:
// STATE_UNSPECIFIED.
func unsaid(choice string) bool {
	last := lastWord(snake(choice))
	return last == "unspecified" || last == "unknown" || last == "undefined" || choice == ""
}

func texts(enum []json.RawMessage) []string {
	var out []string
	for _, raw := range enum {
		if v, err := pyjson.Parse(raw); err == nil {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
	}
	return out
}
