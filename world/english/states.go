package english

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// Initials are the states a new row is in, the likeliest first.
var Initials = []string{"pending", "draft", "open", "new", "created", "active", "scheduled", "queued", "requested", "todo", "enabled", "available", "submitted", "unpaid", "started", "running", "in_progress", "ready", "provisioning", "creating", "starting", "succeeded"}

// Finals are states that nothing leaves but a reopening.
var Finals = words.Set(`cancelled canceled completed delivered closed refunded rejected deleted expired returned voided
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

// Opposites are the states that a thing was in before it was the other.
var Opposites = map[string]string{"enabled": "disabled", "started": "stopped", "running": "stopped", "open": "closed", "available": "reserved"}

// CanBegin says whether a new row can be in a state.
func CanBegin(state string) bool { return slices.Contains(Initials, state) }

// Mentioned returns the states a description speaks of: "already processed or
// delivered", "only pending".
func Mentioned(text string) []string {
	w := words.Split(text)
	out := demanded(text)
	for i, word := range w {
		if (word == "already" || word == "only" || word == "been" || word == "to" && i > 0 && w[i-1] == "changed") && i+1 < len(w) {
			for j := i + 1; j < len(w) && j < i+6; j++ {
				if IsState(w[j]) {
					out = append(out, w[j])
				} else if w[j] != "or" && w[j] != "and" && w[j] != "a" && w[j] != "an" && w[j] != "be" {
					break
				}
			}
		}
	}
	return out
}

// IsStatusWord says whether a word of a name describes the state of a row.
func IsStatusWord(w string) bool {
	switch w {
	case "pending", "active", "inactive", "open", "upcoming", "draft", "overdue", "expired", "available", "failed":
		return true
	}
	for _, to := range Participles {
		if w == to && strings.HasSuffix(w, "ed") {
			return true
		}
	}
	return false
}

// IsState says whether a word is a state by itself.
func IsState(w string) bool {
	return IsStatusWord(w) || Finals[w] && w != "done" || slices.Contains(Initials, w) && w != "new" && w != "created" && w != "open"
}

// Without returns states less those that are barred.
func Without(list, barred []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(barred, s) {
			out = append(out, s)
		}
	}
	return out
}

// MatchState returns the state that a participle means, in the service's own
// spelling; empty if it has none.
func MatchState(want string, states []string) string {
	if want == "" {
		return ""
	}
	for _, s := range states {
		if words.Snake(s) == want || strings.ReplaceAll(words.Snake(s), "ll", "l") == strings.ReplaceAll(want, "ll", "l") {
			return s
		}
	}
	for _, group := range same {
		if group[0] != want {
			continue
		}
		for _, other := range group[1:] {
			for _, s := range states {
				if words.Snake(s) == other {
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

// Initial returns the state a new row is in.
func Initial(states []string) string {
	for _, s := range Initials {
		for _, have := range states {
			if words.Snake(have) == s {
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
	last := words.Last(words.Snake(choice))
	return last == "unspecified" || last == "unknown" || last == "undefined" || choice == ""
}
