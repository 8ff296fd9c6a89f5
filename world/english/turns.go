package english

import (
	"slices"

	"github.com/agentscaler/scaler/internal/words"
)

// Turns returns the state that a text says a tool brings something else into: "the
// item becomes available again", "lending it sets its status to on_loan". The states
// are those of the entity, which has to be named unless the state is none of own: the
// states of what the tool itself is about.
func Turns(text, entity string, states, own []string) string {
	noun := words.Last(entity)
	for _, s := range Sentences(text) {
		for i := range s {
			to := StateAt(s, i, states)
			if to == "" || !turned(s[:i]) {
				continue
			}
			named := slices.ContainsFunc(s[:i], func(w string) bool { return words.Singular(w) == noun })
			if !named && (slices.Contains(s[:i], "its") || slices.Contains(s[:i], "their")) {
				named = !slices.Contains(own, to)
			}
			if named {
				return to
			}
		}
	}
	return ""
}

// turned says whether a state that follows the words is one that something is
// brought into: they end in a word of change, and nothing in them demands or allows.
func turned(before []string) bool {
	if slices.ContainsFunc(before, func(w string) bool { return conditions[w] }) {
		return false
	}
	for len(before) > 0 && between[before[len(before)-1]] {
		before = before[:len(before)-1]
	}
	if len(before) == 0 {
		return false
	}
	switch last := before[len(before)-1]; {
	case becoming[last]:
		return true
	case last == "set" || last == "marked":
		return slices.ContainsFunc(before, func(w string) bool { return w == "is" || w == "are" || w == "be" || w == "gets" })
	case last == "to" || last == "as":
		return slices.ContainsFunc(before, func(w string) bool { return changing[w] })
	case last == "status" || last == "state":
		return false
	}
	// makes the item available
	n := len(before)
	return slices.ContainsFunc(before[max(0, n-4):n-1], func(w string) bool { return w == "makes" || w == "make" || w == "making" })
}

var (
	conditions = words.Set("must only cannot if unless when while can may should whether once until before provided")
	between    = words.Set("again now then back automatically immediately")
	becoming   = words.Set("becomes become becoming turns goes gets")
	changing   = words.Set(`set sets setting change changes changed changing move moves moved moving mark marks marked marking put puts switch switches
		switched switching update updates updated updating return returns returned reset resets flag flags flagged go goes turn turns flip flips transition
		transitions revert reverts`)
)

// Cleared returns the state that a text gives something when nothing is owed for it any
// more: "once the balance is zero the order becomes paid".
func Cleared(text string, states []string) string {
	for _, s := range Sentences(text) {
		at := slices.IndexFunc(s, func(w string) bool { return w == "zero" || w == "fully" || w == "full" })
		for i := range s {
			if to := StateAt(s, i, states); at >= 0 && i > 0 && to != "" && (becoming[s[i-1]] || s[i-1] == "to" || s[i-1] == "as" || s[i-1] == "set") {
				return to
			}
		}
	}
	return ""
}
